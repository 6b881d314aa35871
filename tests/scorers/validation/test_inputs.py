"""Answers that are lists, records, or worked out: each wrong part is named by its place."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from scorewright.program.condition import Value
from scorewright.program.program import Program
from scorewright.results.outcome import Invalid
from scorewright.validation.inputs import Answers, validate
from tests.written import AS_OF, Written, errors, outcome, table

DEALS: Written = {
    "type": "list",
    "max_items": 3,
    "fields": {
        "value": {"type": "money", "min": 0},
        "probability": {"type": "number", "min": 0, "max": 1, "decimals": 2},
        "stage": {"type": "choice", "options": ["open", "won"]},
        "closes": {"type": "date", "min": "as_of"},
        "named": {"type": "boolean"},
    },
}
ROW = {"value": 100, "probability": 0.5, "stage": "open", "closes": "2026-02-01", "named": True}


def pipeline(**deals: object) -> Program:
    values = {"weighted": {"sum": {"over": "deals", "of": ["value", "probability"]}}}
    return table("value", "weighted", {"deals": {**DEALS, **deals}}, values=values)


def row(**cells: object) -> dict[str, object]:
    return {**ROW, **cells}


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in ROW.items() if key != name}


def message(program: Program, raw: Mapping[str, object]) -> str:
    found = validate(program, raw, AS_OF)
    assert isinstance(found, Invalid)
    (error,) = found.errors
    return error.message


def test_records_are_read_exactly() -> None:
    deals = [row(), row(value=10.1, probability=0.3)]
    assert outcome(pipeline(), deals=deals).total == Fraction("53.03")
    assert outcome(pipeline(), deals=[]).total == 0
    assert outcome(pipeline(), deals=(row(),)).total == 50


@pytest.mark.parametrize("value", [3, "deals", True, {"value": 1}, {}])
def test_what_is_no_list_is_of_the_wrong_type(value: object) -> None:
    assert errors(pipeline(), {"deals": value}) == [("deals", "wrong_type")]


@pytest.mark.parametrize("value", [3, "x", None, [1], [row()]])
def test_what_is_no_record_is_named_by_its_place(value: object) -> None:
    assert errors(pipeline(), {"deals": [row(), value]}) == [("deals[1]", "wrong_type")]


@pytest.mark.parametrize("name", ROW)
def test_every_field_needs_an_answer(name: str) -> None:
    assert errors(pipeline(), {"deals": [row(), without(name)]}) == [(f"deals[1].{name}", "required")]
    assert errors(pipeline(), {"deals": [row(**{name: None})]}) == [(f"deals[0].{name}", "required")]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("value", "100", "wrong_type"),
        ("value", True, "wrong_type"),
        ("value", [100], "wrong_type"),
        ("value", -1, "out_of_range"),
        ("value", float("nan"), "not_finite"),
        ("value", 10**15, "too_precise"),
        ("probability", 50, "out_of_range"),
        ("probability", 0.125, "too_precise"),
        ("stage", "lost", "unknown_choice"),
        ("stage", 1, "wrong_type"),
        ("closes", "2026-01-30", "out_of_range"),
        ("closes", "tomorrow", "wrong_type"),
        ("named", "yes", "wrong_type"),
        ("named", 1, "wrong_type"),
    ],
)
def test_a_field_is_checked_as_an_input_is(name: str, value: object, code: str) -> None:
    assert errors(pipeline(), {"deals": [row(), row(**{name: value})]}) == [(f"deals[1].{name}", code)]


def test_everything_wrong_is_named_at_once() -> None:
    deals = [row(value=-1, stage="lost"), 3, without("named")]
    assert errors(pipeline(), {"deals": deals}) == [
        ("deals[0].stage", "unknown_choice"),
        ("deals[0].value", "out_of_range"),
        ("deals[1]", "wrong_type"),
        ("deals[2].named", "required"),
    ]


def test_a_list_that_is_too_long_is_refused_as_a_whole() -> None:
    assert outcome(pipeline(), deals=[row()] * 3).total == 150
    assert errors(pipeline(), {"deals": [3] * 4}) == [("deals", "out_of_range")]
    assert message(pipeline(), {"deals": [row()] * 4}) == "a list of 4 items is longer than 3"


def test_messages_say_what_is_wrong_with_a_record() -> None:
    assert message(pipeline(), {"deals": [[row()]]}) == "a list is not an object"
    assert message(pipeline(), {"deals": [without("value")]}) == "an answer is required"
    assert message(pipeline(), {"deals": {"value": 1}}) == "an object is not a list"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"value": -1}, "-1 is less than 0"),
        ({"probability": 50}, "50 is outside 0 to 1"),
        ({"probability": 0.125}, "0.125 has more than 2 decimals"),
        ({"closes": "2026-01-30"}, "2026-01-30 is before as_of"),
    ],
)
def test_messages_say_which_end_of_the_range_is_passed(cells: dict[str, object], said: str) -> None:
    assert message(pipeline(), {"deals": [row(**cells)]}) == said


def test_undeclared_fields_change_nothing() -> None:
    assert outcome(pipeline(), deals=[row(owner="Ann")]) == outcome(pipeline(), deals=[row()])


def test_a_missing_list_of_records_is_missing_and_a_required_one_is_asked_for() -> None:
    assert outcome(pipeline()).missing == ("deals",)
    assert errors(pipeline(required=True), {}) == [("deals", "required")]
    assert outcome(pipeline(required=True), deals=[]).missing == ()


RANGED: dict[str, Written] = {
    "a": {"type": "number", "min": 0},
    "b": {"type": "number", "min": 0},
    "c": {"type": "number"},
}


def ranged(**values: Written) -> Program:
    last = next(reversed(values))
    return table("value", last, RANGED, values=values)


LEFT: Written = {"label": "What is left", "subtract": ["a", "b"], "min": 0, "blame": "b"}


def test_a_value_outside_its_range_makes_the_input_that_it_blames_inconsistent() -> None:
    assert outcome(ranged(left=LEFT), a=3, b=3).total == 0
    assert errors(ranged(left=LEFT), {"a": 3, "b": 4}) == [("b", "inconsistent")]
    assert message(ranged(left=LEFT), {"a": 3, "b": 4}) == "What is left would be -1, less than 0"
    most = {**LEFT, "max": 5}
    assert message(ranged(left=most), {"a": 9, "b": 1}) == "What is left would be 8, outside 0 to 5"


def test_one_input_is_blamed_once_and_beside_what_is_invalid() -> None:
    program = ranged(left=LEFT, twice={**LEFT, "subtract": ["left", "b"]})
    assert errors(program, {"a": 3, "b": 4}) == [("b", "inconsistent")]
    both = [("c", "wrong_type"), ("b", "inconsistent")]
    assert errors(program, {"a": 3, "b": 4, "c": "x"}) == both


def test_a_value_that_cannot_be_worked_out_blames_nothing() -> None:
    assert outcome(ranged(left=LEFT), a=3, c=1).missing == ("b",)


def test_a_value_too_large_for_any_answer_is_refused() -> None:
    names = [f"n{index}" for index in range(25)]
    declared = {name: {"type": "number", "min": 0, "max": 10**14} for name in names}
    program = table("value", "v", declared, values={"v": {"label": "Volume", "multiply": names}})
    whole = dict.fromkeys(names, 10**14)
    assert errors(program, whole) == [("v", "inconsistent")]
    assert message(program, whole) == "Volume would have more than 300 digits"
    assert outcome(program, {**whole, "n0": 0}).total == 0
    assert outcome(program).bounds is None


def test_values_stand_among_the_known_answers() -> None:
    found = validate(ranged(left=LEFT), {"a": 3, "b": 1}, AS_OF)
    assert isinstance(found, Answers)
    known: Mapping[str, Value] = found.known
    assert known == {"a": 3, "b": 1, "left": 2}
    assert found.missing == ("c",)
