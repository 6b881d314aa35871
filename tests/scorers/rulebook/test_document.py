from fractions import Fraction
from pathlib import Path

import pytest

from scorewright.diagnostics.diagnostic import Report
from scorewright.rulebook.document import MAX_ERRORS, Document, read_rulebook
from scorewright.rulebook.nodes import locate
from scorewright.rulebook.source import Source

ROOT = Path(__file__).parent.parent.parent.parent
RULES = sorted(path for path in (ROOT / "rules").glob("*.yaml") if ".tests." not in path.name)
SMALL = """\
rulebook: { id: small, name: Small, version: 1.0.0, owner: sales }
inputs:
  team_size: { type: integer, min: 1, max: 500 }
score: { out_of: 15, if_missing: no_points }
criteria:
  - { id: big_team, when: { input: team_size, at_least: 5 }, points: 7.50 }
bands:
  - { id: hot, from: 15 }
  - { id: cold, from: 0 }
"""


def read(text: str) -> tuple[Document | None, Report]:
    return read_rulebook(Source("a.yaml", text))


def found(text: str) -> list[tuple[str, int, int]]:
    return [(d.code, d.span.line, d.span.column) for d in read(text)[1].diagnostics]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_shipped_rulebook_is_read_without_findings(path: Path) -> None:
    source, report = Source.read(path)
    assert source is not None
    document, found = read_rulebook(source)
    assert document is not None
    assert document.rulebook.rulebook.id == path.stem
    assert report + found == Report()


def test_a_document_has_the_model_beside_its_tree_and_source() -> None:
    document, _ = read(SMALL)
    assert document is not None
    assert document.source.text == SMALL
    assert document.rulebook.criteria[0].points == Fraction(15, 2)
    span = locate(document.root, ("criteria", 0, "points"))
    assert (span.line, span.column, span.end_column) == (6, 70, 74)


def test_a_text_finding_stops_the_shape_stage() -> None:
    assert found(SMALL.replace("inputs:", "inputz:").replace("7.50", "7,50")) == [
        ("not-yaml", 6, 70),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("at_least", "at_lest", "unknown-key"),
        ("criteria:", "critera:", "unknown-key"),
        ("points:", "pionts:", "unknown-key"),
        ("bands:", "band:", "unknown-key"),
        ("id: hot", "ID: hot", "unknown-key"),
        ("from: 15", "form: 15", "unknown-key"),
        ("integer", "interger", "value-not-allowed"),
        ("no_points", "nopoints", "value-not-allowed"),
        ("version: 1.0.0", "version: 1.0", "wrong-type"),
        ("version: 1.0.0", "version: v1", "bad-format"),
        ("out_of: 15", "out_of: fifteen", "wrong-type"),
        ("out_of: 15", "out_of: ", "value-missing"),
        ("when: { input: team_size, at_least: 5 }", "when: team_size >= 5", "wrong-shape"),
        ("owner: sales", "owner: [sales]", "wrong-shape"),
        ("{ id: cold, from: 0 }", "cold", "wrong-shape"),
        ("owner: sales }", "owner: sales, name: Other }", "key-twice"),
        ("at_least: 5 }", "at_least: 5, at_most: 9 }", "keys-exclude-each-other"),
        (", points: 7.50", "", "key-missing"),
        ("max: 500", "max: 500, required: yes", "old-boolean"),
    ],
)
def test_one_slip_is_one_finding(right: str, wrong: str, code: str) -> None:
    assert right in SMALL
    assert [each[0] for each in found(SMALL.replace(right, wrong, 1))] == [code]


@pytest.mark.parametrize(("other", "meant"), [("lower_than", "less_than"), ("higher_than", "more_than")])
def test_a_comparison_is_not_taken_for_its_opposite(other: str, meant: str) -> None:
    _, report = read_rulebook(Source("small.yaml", SMALL.replace("at_least", other, 1)))
    assert [each.help for each in report.diagnostics] == [f"did you mean `{meant}`?"]


def test_all_wrong_shapes_of_a_file_are_told_at_once() -> None:
    text = (
        SMALL.replace("integer", "interger").replace("at_least", "at_lest").replace("from: 0", "from: zero")
    )
    assert found(text) == [("value-not-allowed", 3, 22), ("unknown-key", 6, 47), ("wrong-type", 9, 23)]


def test_a_file_full_of_mistakes_is_told_of_some() -> None:
    many = "".join(f"    x{n}: 1\n" for n in range(10_000))
    assert len(found(SMALL.replace("max: 500 }", "max: 500 }\n  other:\n" + many))) == MAX_ERRORS


def test_a_file_full_of_empty_values_is_told_of_some() -> None:
    many = "".join(f"  x{n}:\n" for n in range(10_000))
    assert len(found(SMALL.replace("inputs:\n", "inputs:\n" + many))) <= 2 * MAX_ERRORS
