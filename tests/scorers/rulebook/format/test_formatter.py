"""Formatting: the same values, the same comments, one layout."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.rulebook.format.formatter import format_source
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import plain, read_tree
from tests.architecture.source import ROOT

FILES = sorted([*(ROOT / "rules").glob("*.yaml"), *(ROOT / "tests" / "data").glob("every*.yaml")])
UGLY = Path(__file__).parent / "ugly.yaml"


def formatted(text: str) -> str | None:
    return format_source(Source("x.yaml", text))[0]


def values(text: str) -> object:
    root, report = read_tree(Source("x.yaml", text))
    assert root is not None, report
    return plain(root)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_formatted_stays_as_it_is(path: Path) -> None:
    assert formatted(path.read_text()) == path.read_text()


def test_the_golden_of_an_ugly_file(golden: Callable[[str, str], None]) -> None:
    text = UGLY.read_text()
    done = formatted(text)
    assert done is not None
    assert formatted(done) == done
    assert values(done) == values(text)
    golden("format/ugly.yaml", done)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("a: 1", "a: 1\n"),
        ("a: 1\n\n\n", "a: 1\n"),
        ("\n\n# c\n\n\n\na: 1\n", "# c\n\na: 1\n"),
        ("a: 1   \nb: 2\t" .replace("\t", " ") + "\n", "a: 1\nb: 2\n"),
        ("a:\n - 1\n - 2\n", "a:\n  - 1\n  - 2\n"),
        ("a:\n- 1\n-   2\n", "a:\n  - 1\n  - 2\n"),
        ("- a:   1\n  b: 2\n-   c: 3\n    d: 4\n", "- a:   1\n  b: 2\n- c: 3\n  d: 4\n"),
        ("a:\n      b:\n       c: 1\n", "a:\n  b:\n    c: 1\n"),
        ("a: {b: 1,\n    c: 2}\n", "a: {b: 1,\n    c: 2}\n"),
        ("a:\n    b: {c: 1,\n        d: 2}\n", "a:\n  b: {c: 1,\n      d: 2}\n"),
        ("a:\n    b: |\n          x\n            y\n          z\n", "a:\n  b: |\n    x\n      y\n    z\n"),
        ("a:\n    b: >-\n      x\n\n\n      y\n", "a:\n  b: >-\n    x\n\n\n    y\n"),
        ("a:\n    b: |2\n        x\n", "a:\n  b: |2\n      x\n"),
        ("a:\n    b: 'x\n\n      y'\n", "a:\n  b: 'x\n\n    y'\n"),
        ("a:\n    # one\n    b: 1\n    # two\n# c\nc: 1\n", "a:\n  # one\n  b: 1\n  # two\n# c\nc: 1\n"),
        ("a: 1\nb:\n  c: 1\nd:\n  e: 1\n", "a: 1\n\nb:\n  c: 1\n\nd:\n  e: 1\n"),
        ("a:\n  b: 1\n# of c\nc:\n  d: 1\n", "a:\n  b: 1\n\n# of c\nc:\n  d: 1\n"),
        ("a:\n -\n   b: 1\n", "a:\n  -\n    b: 1\n"),
        ("---\na: 1\n", None),
    ],
)  # fmt: skip
def test_layout(text: str, done: str | None) -> None:
    assert formatted(text) == done


@pytest.mark.parametrize("text", ["", "a: [", "a: &b 1\n", "\tx", "a: 1\na: 2\n", "[" * 40])
def test_what_cannot_be_read_is_not_formatted(text: str) -> None:
    done, report = format_source(Source("x.yaml", text))
    assert done is None
    assert report.has_errors


def disturbed(text: str, seed: int) -> str:
    """Move every block of a formatted text further in, by a chance amount a level, and add blank lines."""
    chance = Random(seed)
    steps = [chance.randint(1, 7) for _ in range(30)]
    lines = []
    for line in text.splitlines():
        depth, odd = divmod(len(line) - len(line.lstrip(" ")), 2)
        moved = " " * sum(steps[:depth]) + line.lstrip(" ") if line.strip() and not odd else line
        lines += [moved + " " * chance.randint(0, 2)]
        lines += [""] * (chance.randint(0, 2) if chance.random() < 0.2 else 0)
    return "\n".join(lines)


@given(st.sampled_from(FILES), st.integers(0, 10_000))
def test_any_layout_of_a_file_keeps_its_values_and_comments(path: Path, seed: int) -> None:
    text = disturbed(path.read_text(), seed)
    root, _ = read_tree(Source("x.yaml", text))
    done = formatted(text)
    if root is None or done is None:
        return
    assert values(done) == plain(root)
    assert formatted(done) == done
    assert _comments(done) == _comments(text)


def _comments(text: str) -> Counter[str]:
    return Counter(line[line.index("#") :].strip() for line in text.splitlines() if "#" in line)


@given(st.text(alphabet="ab:-# \n{}[],'\"|>0", max_size=60))
def test_any_text_is_formatted_safely_or_not_at_all(text: str) -> None:
    done = formatted(text)
    if done is not None:
        assert values(done) == values(text)
        assert formatted(done) == done
