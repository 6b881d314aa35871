"""The schema of rulebooks: complete, as strict as the model where it can be, and clear about a mistake."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from scorewright.rulebook import grammar
from scorewright.rulebook.document import read_rulebook
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.input import Kind
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.nodes import Node, Plain, plain
from scorewright.rulebook.schema.generator import DIALECT, ids_of, rulebook_schema, schema_text
from scorewright.rulebook.schema.json_types import Json
from scorewright.rulebook.schema.key_descriptions import DESCRIBED
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from tests.properties.test_shape_fuzz import EVERYTHING, spoilt
from tests.scorers.rulebook.test_document import RULES, SMALL

GENERAL = rulebook_schema()


def tree(text: str) -> Node:
    node, report = read_tree(Source("a.yaml", text))
    assert not report.has_errors, report
    assert node is not None
    return node


def as_json(value: Plain) -> Any:
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value


def mistakes(text: str, schema: Json = GENERAL) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(as_json(plain(tree(text))))
    return sorted(error.message for error in found)


def parts(schema: object) -> Iterator[Mapping[str, object]]:
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts(inner)


def test_it_is_valid_json_schema_also_with_a_rulebooks_own_ids() -> None:
    assert GENERAL["$schema"] == DIALECT
    for schema in (GENERAL, rulebook_schema(tree(EVERYTHING.read_text()))):
        Draft202012Validator.check_schema(schema)
        assert json.loads(schema_text(schema)) == schema


@pytest.mark.parametrize("path", [*RULES, EVERYTHING], ids=lambda path: path.stem)
def test_it_accepts_every_shipped_rulebook_also_with_its_own_ids(path: Path) -> None:
    text = path.read_text()
    assert mistakes(text) == []
    assert mistakes(text, rulebook_schema(tree(text))) == []


@given(data=st.data())
def test_it_accepts_whatever_is_read(data: st.DataObject) -> None:
    text = data.draw(spoilt("rules/lead_points_100.yaml"))
    if read_rulebook(Source("a.yaml", text))[0] is not None:
        assert mistakes(text) == []


@pytest.mark.parametrize("block", grammar.blocks(Rulebook), ids=lambda block: block.__name__)
def test_every_key_of_a_block_stands_in_one_place_with_its_description(block: type[Any]) -> None:
    definitions = GENERAL["$defs"]
    assert isinstance(definitions, dict)
    schema: Any = GENERAL if block is Rulebook else definitions[block.__name__]
    assert list(schema["properties"]) == list(grammar.keys(block))
    assert all(each["description"] for each in schema["properties"].values())
    assert schema["additionalProperties"] is False


def test_no_description_is_left_over() -> None:
    names = {f"{block.__name__}.{key}" for block in grammar.blocks(Rulebook) for key in grammar.keys(block)}
    used = {name if name in DESCRIBED else name.partition(".")[2] for name in names}
    assert set(DESCRIBED) == used


def test_nothing_is_said_by_one_of_or_any_of_that_an_editor_would_show() -> None:
    for part in parts(GENERAL):
        assert "oneOf" not in part
        # Inside `if` and `not` they are never told to anybody.
        told = {key: value for key, value in part.items() if key not in ("if", "not")}
        assert all("anyOf" not in inner for inner in told.values() if isinstance(inner, dict))


def test_enumerations_are_complete() -> None:
    (found,) = mistakes(SMALL.replace("integer", "interger"))
    assert found == f"'interger' is not one of {[kind.value for kind in Kind]}"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("at_least", "at_lest", "Additional properties are not allowed ('at_lest' was unexpected)"),
        ("{ input: team_size, at_least: 5 }", "team_size >= 5", "'team_size >= 5' is not of type 'object'"),
        ("{ input: team_size, at_least: 5 }", "{ input: team_size }", "'is' is a required property"),
        ("{ input: team_size, at_least: 5 }", "{ at_least: 5 }", "'input' is a required property"),
        ("at_least: 5 }", "at_least: 5, criterion: a }", None),
        ("at_least: 5 }", "at_least: 5, at_most: 9 }", None),
        (", points: 7.50", "", "'points' is a required property"),
        (
            "when: { input: team_size, at_least: 5 }",
            "input: team_size, options: { a: 1 }",
            "False schema does not allow 7.5",
        ),
        ("points: 7.50", "points: 7.50, up_to: 9", "False schema does not allow 9"),
        ("points: 7.50", 'points: "7.50"', "'7.50' is not of type 'number'"),
        ("max: 500", "max: 500, required: yes", "'yes' is not of type 'boolean'"),
        ("max: 500", "max: 500, if_missing: { asume: 1 }", None),
        (
            "max: 500",
            "max: 500, if_missing: none",
            "'none' is not one of ['no_points', 'incomplete', 'leave_out']",
        ),
        ("id: hot", "id: Hot", "'Hot' does not match '^(?:[a-z][a-z0-9_]{0,63})$'"),
        ("1.0.0", "1.0", "1 is not of type 'string'"),
        ("name: Small", 'name: ""', "'' should be non-empty"),
        ("bands:", "bandz:", None),
        ("out_of: 15, ", "", "'out_of' is a required property"),
        ("out_of: 15", "out_of: 15, of: unmet", "False schema does not allow 'unmet'"),
        ("  team_size: {", "  TeamSize: {", "'TeamSize' does not match '^(?:[a-z][a-z0-9_]{0,63})$'"),
        ("max: 500", "max: 500, decimals: 10", "10 is greater than the maximum of 9"),
        ("at_least: 5", "between: [1]", "[1] is too short"),
        ("at_least: 5", "one_of: []", "[] should be non-empty"),
    ],
)
def test_a_typical_mistake_is_told(right: str, wrong: str, message: str | None) -> None:
    assert right in SMALL
    found = mistakes(SMALL.replace(right, wrong, 1))
    assert found
    if message is not None:
        assert found == [message]


WATCHED = """\
rulebook: { id: small, name: Small, version: 1.0.0, owner: sales }
facts: { visit: { fields: { page: { type: text }, size: { type: count } } } }
signals:
  - { id: keen, when: { count: visit, where: { page: { is: pricing } }, within: 30 days, at_least: 3 } }
  - id: seen
    all: [{ fact: visit, as: v }, { no: visit, where: { size: { at_least: 2, times: v.size } } }]
inputs:
  visits: { type: count, measured: { count: visit, within: 30 days } }
  page: { type: text, measured: { latest: visit, field: page } }
score: { method: none }
bands: [{ id: hot, when: { signal: keen, is: true } }, { id: cold }]
actions: { call: { do: Call, owner: sales, due: same day, then: { facts: [{ fact: visit }] } } }
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (", at_least: 3", "", "'at_least' is a required property"),
        ("count: visit, where", "where", "'fact' is a required property"),
        ("count: visit, where", "count: visit, no: visit, where", None),
        ("at_least: 3", "at_least: 3, as: v", "False schema does not allow 'v'"),
        ("at_least: 3", "at_least: 3, field: size", "False schema does not allow 'size'"),
        ("count: visit, where", "total: visit, where", "'field' is a required property"),
        ("within: 30 days, at_least", "ending: 30 days, at_least", "'within' is a required property"),
        ("within: 30 days, at_least", "within: a month, at_least", None),
        ("{ is: pricing }", "{ is: pricing, at_least: 3 }", None),
        ("{ is: pricing }", "{}", "'is' is a required property"),
        ("{ is: pricing }", "pricing", "'pricing' is not of type 'object'"),
        ("at_least: 2, times", "is: 2, times", "False schema does not allow 'v.size'"),
        ("times: v.size", "times: v.size, above: v.size", None),
        ("no: visit, where", "no: visit, as: w, where", "False schema does not allow 'w'"),
        ("fact: visit, as: v", "fact: visit, as: v, at_least: 2", "False schema does not allow 2"),
        ("    all:", "    any:", None),
        ("{ count: visit, within: 30 days }", "{ within: 30 days }", "'count' is a required property"),
        ("latest: visit, field: page", "latest: visit", "'field' is a required property"),
        ("{ count: visit, within", "{ count: visit, field: x, within", "False schema does not allow 'x'"),
        ("{ count: visit, within", "{ count: visit, otherwise: 0, within", "False schema does not allow 0"),
        ("{ count: visit, within", "{ days_of: seen, within", "False schema does not allow '30 days'"),
        ("{ facts: [{ fact: visit }] }", "{}", "'actions' is a required property"),
        ("{ facts: [{ fact: visit }] }", "{ facts: visit }", "'visit' is not of type 'array'"),
    ],
)
def test_a_typical_mistake_about_facts_is_told(right: str, wrong: str, message: str | None) -> None:
    assert mistakes(WATCHED) == []
    assert right in WATCHED
    text = WATCHED.replace(right, wrong, 1)
    found = mistakes(text)
    assert found
    assert read_rulebook(Source("a.yaml", text))[0] is None
    if message is not None:
        assert found == [message]


def test_a_rulebook_needs_inputs_or_signals() -> None:
    inputs = WATCHED[WATCHED.index("inputs:") : WATCHED.index("score:")]
    assert mistakes(WATCHED.replace(inputs, "")) == []
    neither = WATCHED.replace(inputs, "").replace("signals:", "accepted: []\nsignal:")
    assert "'inputs' is a required property" in mistakes(SMALL.replace("inputs:", "groups:", 1))
    assert any("signal" in mistake for mistake in mistakes(neither))


def test_for_one_file_its_own_kinds_and_signals_are_the_ones_allowed() -> None:
    own = rulebook_schema(tree(WATCHED))
    wrong = WATCHED.replace("count: visit, where", "count: vist, where")
    wrong = wrong.replace("signal: keen", "signal: kean")
    assert mistakes(WATCHED, own) == []
    assert mistakes(wrong, own) == ["'kean' is not one of ['keen', 'seen']", "'vist' is not one of ['visit']"]


ACTIONS = """\
actions:
  call: { do: Call, owner: sales, due: same day, otherwise: mail }
  mail: { do: Mail, owner: sales, due: same day }
"""
BOOK = SMALL.replace("id: hot,", "id: hot, actions: [call],") + ACTIONS


def test_for_one_file_its_own_ids_are_the_ones_allowed() -> None:
    own = rulebook_schema(tree(BOOK))
    assert mistakes(BOOK, own) == []
    wrong = (
        BOOK.replace("input: team_size", "input: teamsize")
        .replace("[call]", "[cal]")
        .replace(": mail", ": male")
    )
    assert mistakes(wrong, own) == [
        "'cal' is not one of ['call', 'mail']",
        "'male' is not one of ['call', 'mail']",
        "'teamsize' is not one of ['team_size']",
    ]
    assert mistakes(wrong) == []


def test_ids_are_found_in_a_file_that_is_still_being_written() -> None:
    half = tree("inputs: { a: , b: 5 }\ncriteria: [{ id: x }, { id: }, 5, { label: y }]\nbands: 5\n")
    assert ids_of(half, "inputs") == ["a", "b"]
    assert ids_of(half, "criteria") == ["x"]
    assert ids_of(half, "bands") == []
    assert ids_of(tree("[]"), "inputs") == []
    Draft202012Validator.check_schema(rulebook_schema(half))


def test_what_a_criterion_may_earn_by_is_a_union_without_any_of() -> None:
    definitions = GENERAL["$defs"]
    assert isinstance(definitions, dict)
    rating = definitions[Criterion.__name__]["properties"]["rating"]
    assert rating["if"] == {"type": "object"}
    assert rating["else"] == {"enum": ["as_is", "reversed"]}
