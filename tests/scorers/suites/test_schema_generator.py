from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scorewright.rulebook import grammar
from scorewright.rulebook.read_files import suite_path
from scorewright.rulebook.source import Source
from scorewright.suites.read_suite import read_suite
from scorewright.suites.schema_generator import DESCRIBED, suite_schema
from scorewright.suites.suite import Suite
from tests.scorers.rulebook.schema.test_generator import mistakes, parts, tree
from tests.scorers.rulebook.test_document import RULES

GENERAL = suite_schema()
TESTED = [path for path in RULES if suite_path(path).is_file()]
CASE = """\
tests_for: small
cases:
  - { name: One, inputs: { team_size: null }, expect: { band: null, score: 5 } }
"""
BOOK = "inputs: { team_size: {} }\ncriteria: [{ id: big }]\nbands: [{ id: hot }, { id: cold }]\n"


def test_it_is_valid_json_schema_without_one_of() -> None:
    Draft202012Validator.check_schema(GENERAL)
    assert not any("oneOf" in part or "anyOf" in part for part in parts(GENERAL))


@pytest.mark.parametrize("path", TESTED, ids=lambda path: path.stem)
def test_it_accepts_every_shipped_suite_also_with_the_ids_of_its_rulebook(path: Path) -> None:
    text = suite_path(path).read_text()
    assert mistakes(text, GENERAL) == []
    assert mistakes(text, suite_schema(tree(path.read_text()))) == []


def test_no_description_is_left_over() -> None:
    names = {f"{block.__name__}.{key}" for block in grammar.blocks(Suite) for key in grammar.keys(block)}
    used = {name if name in DESCRIBED else name.partition(".")[2] for name in names}
    assert set(DESCRIBED) == used


def test_an_empty_value_says_that_there_is_none() -> None:
    assert mistakes(CASE, GENERAL) == []


CELLS = {
    "null": True, "true": True, "1.5": True, "text": True, '""': True,
    "[]": True, "[1, text]": True, "[null]": True, "[[]]": False, "[[1]]": False,
    "{}": False, "{ a: 1 }": False,
    "[{}]": True, "[{ a: 1, b: text }]": True, "[{ a: null }]": True, '[{ a: "" }, { a: 1 }]': True,
    "[{ a: [] }]": False, "[{ a: [1] }]": False, "[{ a: {} }]": False, "[{ a: 1 }, 2]": True,
}  # fmt: skip
PLACES = [
    "cases: [{{ name: One, inputs: {{ x: {} }}, expect: {{ score: 1 }} }}]",
    "cases: [{{ name: One, inputs: {{}}, expect: {{ measured: {{ x: {} }} }} }}]",
    "tables: [{{ name: One, inputs: {{ x: {} }}, columns: [x], rows: [[1]] }}]",
    "tables: [{{ name: One, columns: [x], rows: [[{}]] }}]",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("cell", CELLS)
def test_what_an_input_may_hold_is_the_same_to_the_schema_and_to_the_reader(place: str, cell: str) -> None:
    text = f"tests_for: small\n{place.format(cell)}\n"
    document, _ = read_suite(Source("small.tests.yaml", text))
    assert (document is not None) is CELLS[cell]
    assert (mistakes(text, GENERAL) == []) is CELLS[cell]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("expect:", "expects:", None),
        ("score: 5", "scor: 5", "Additional properties are not allowed ('scor' was unexpected)"),
        ("score: 5", "status: done", "'done' is not one of ['scored', 'incomplete', None]"),
        ("{ band: null, score: 5 }", "{}", "{} should be non-empty"),
        ("name: One, ", "", "'name' is a required property"),
    ],
)
def test_a_typical_mistake_is_told(right: str, wrong: str, message: str | None) -> None:
    found = mistakes(CASE.replace(right, wrong, 1), GENERAL)
    assert found
    if message is not None:
        assert found == [message]


def test_with_a_rulebook_its_ids_are_the_ones_allowed() -> None:
    own = suite_schema(tree(BOOK))
    table = "tables: [{ name: T, columns: [team_size, points.big, band], rows: [[1, 2, hot]] }]\n"
    assert mistakes(CASE + table, own) == []
    wrong = CASE.replace("team_size", "teamsize").replace("band: null", "band: warm") + table.replace(
        "points.big", "points.bog"
    )
    assert [message.partition(" is not one of ")[0] for message in mistakes(wrong, own)] == [
        "'points.bog'",
        "'teamsize'",
        "'warm'",
    ]
