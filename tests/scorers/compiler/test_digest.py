"""The digest names what a rulebook computes, and nothing else."""

from pathlib import Path
from random import Random

import pytest

from scorewright.compiler.digest import canonical
from scorewright.compiler.lower import compile_rulebook
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.nodes import Plain, plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

ROOT = Path(__file__).parent.parent.parent.parent
FILES = sorted(path for path in (ROOT / "rules").glob("*.yaml") if not path.name.endswith(".tests.yaml"))
EVERYTHING = ROOT / "tests" / "data" / "everything.yaml"


def digest_of(text: str) -> str:
    return compile_rulebook(Rulebook.model_validate(read(text))).digest


def read(text: str) -> Plain:
    node, report = read_tree(Source("some.yaml", text))
    assert node is not None, report
    return plain(node)


def shuffled(value: object, random: Random) -> object:
    """Put the keys of every block into another order."""
    if isinstance(value, dict):
        keys = random.sample(list(value), len(value))
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(part, random) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("path", [*FILES, EVERYTHING], ids=lambda path: path.stem)
def test_the_order_of_keys_means_nothing(path: Path) -> None:
    text = path.read_text()
    for seed in range(5):
        mixed = Rulebook.model_validate(shuffled(read(text), Random(seed)))
        assert compile_rulebook(mixed).digest == digest_of(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_comments_and_layout_mean_nothing(path: Path) -> None:
    text = path.read_text()
    spaced = (
        "\n# a word before\n\n" + text.replace("\n\n", "\n\n# a word between\n\n\n") + "\n# a last word\n"
    )
    assert digest_of(spaced) == digest_of(text)


def test_equal_numbers_are_one_number() -> None:
    text = FILES[0].read_text()
    assert digest_of(text.replace("from: 3,", "from: 3.0,")) == digest_of(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1.0.0", "version: 1.0.1"),
        ("points: 20", "points: 21"),
        ("at_least: 5", "more_than: 5"),
        ("label: Budget", "label: Money"),
        ("owner: sales", "owner: ceo"),
        ("[a, b]", "[b, a]"),
    ],
)
def test_what_changes_an_answer_changes_the_digest(old: str, new: str) -> None:
    text = """
    rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }
    inputs:
      budget: { type: boolean, label: Budget }
      team_size: { type: integer, min: 1, max: 1000 }
      source: { type: choice, options: [a, b] }
    score: { out_of: 30, if_missing: no_points }
    criteria:
      - { id: budget, when: { input: budget, is: true }, points: 20 }
      - { id: team, when: { input: team_size, at_least: 5 }, points: 10 }
    bands: [{ id: cold, from: 0 }]
    """
    assert old in text
    assert digest_of(text.replace(old, new)) != digest_of(text)


def test_notes_and_guides_of_inputs_change_no_answer() -> None:
    text = EVERYTHING.read_text()
    assert "formerly: [licences]" in text
    assert digest_of(text.replace("formerly: [licences]", "formerly: [seats_sold]")) == digest_of(text)


def test_words_that_a_rulebook_does_not_use_are_no_part_of_its_digest() -> None:
    text = (ROOT / "rules" / "bant_20.yaml").read_text()
    parts = canonical(compile_rulebook(Rulebook.model_validate(read(text))))
    assert isinstance(parts, dict)
    assert "criteria" in parts
    assert parts.keys().isdisjoint({"kinds", "signals", "digest"})


def test_a_digest_has_64_digits() -> None:
    digest = digest_of(EVERYTHING.read_text())
    assert len(digest) == 64
    assert set(digest) <= set("0123456789abcdef")
