"""Single answers are checked and never clamped or coerced; every invalid one is listed with its code."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from scorewright.program.program import Program
from scorewright.results.outcome import Invalid
from scorewright.validation.inputs import Answers, read_day, validate
from tests.written import AS_OF, Written, answer, errors, rulebook


def asking(**declared: Written) -> Program:
    """Write a rulebook with these inputs, none of which is worth points."""
    idle = {"id": "idle", "when": {"input": next(iter(declared)), "known": True}, "points": 1}
    return rulebook(declared, [idle])


def read(declared: Written, value: object, as_of: date = AS_OF) -> object:
    """Give the value that an answer is read as."""
    found = validate(asking(x=declared), {"x": value}, as_of)
    assert isinstance(found, Answers), found
    return found.known["x"]


def refused(declared: Written, value: object, as_of: date = AS_OF) -> list[tuple[str, str]]:
    """Give what every engine finds wrong with an answer."""
    return errors(asking(x=declared), {"x": value}, as_of=as_of)


YES_NO: Written = {"type": "boolean"}
NUMBER: Written = {"type": "number"}
RATING: Written = {"type": "rating"}
TENTHS: Written = {"type": "rating", "decimals": 1}
COUNT: Written = {"type": "count"}
CHOICE: Written = {"type": "choice", "options": ["yes", "no", "3"]}
TEXT: Written = {"type": "text"}
DATE: Written = {"type": "date"}
TEXTS: Written = {"type": "list", "of": "text", "max_items": 3}


@pytest.mark.parametrize(
    ("declared", "value", "want"),
    [
        (YES_NO, False, False),
        (NUMBER, 2.8, Fraction("2.8")),
        (NUMBER, 0.1, Fraction("0.1")),
        (NUMBER, Decimal("2.80"), Fraction("2.8")),
        (NUMBER, -0.0, Fraction(0)),
        (NUMBER, 1e-7, Fraction("0.0000001")),
        (NUMBER, 123456789012345, Fraction(123456789012345)),
        (NUMBER, 999999999999999.0, Fraction(999999999999999)),
        (RATING, 3.0, Fraction(3)),
        (RATING, Decimal("3.00"), Fraction(3)),
        (TENTHS, 3.5, Fraction("3.5")),
        (COUNT, 0, Fraction(0)),
        (CHOICE, "no", "no"),
        (TEXT, " a ", " a "),
        (TEXT, "x" * 10_000, "x" * 10_000),
        (DATE, "2024-02-29", date(2024, 2, 29)),
        (DATE, date(2024, 2, 29), date(2024, 2, 29)),
        (TEXTS, [], ()),
        (TEXTS, ("a", "b"), ("a", "b")),
    ],
)
def test_a_valid_answer_is_read_exactly(declared: Written, value: object, want: object) -> None:
    assert read(declared, value) == want


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (YES_NO, "yes"),
        (YES_NO, "true"),
        (YES_NO, 1),
        (YES_NO, 0),
        (RATING, "3"),
        (RATING, True),
        (NUMBER, [3]),
        (NUMBER, {}),
        (CHOICE, 3),
        (CHOICE, True),
        (TEXT, 3),
        (TEXT, b"x"),
        (DATE, "31.01.2026"),
        (DATE, "2026-02-30"),
        (DATE, "2026-1-31"),
        (DATE, "2026-W05-6"),
        (DATE, "\uff12026-01-31"),
        (DATE, "2026-01-31T00:00:00"),
        (DATE, datetime(2026, 1, 31, tzinfo=UTC)),
        (DATE, 20260131),
        (TEXTS, "a"),
        (TEXTS, {"a": 1}),
    ],
)
def test_another_type_is_never_coerced(declared: Written, value: object) -> None:
    assert refused(declared, value) == [("x", "wrong_type")]


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (RATING, 0),
        (RATING, 6),
        (TENTHS, 5.1),
        (COUNT, -1),
        ({"type": "number", "min": 0, "max": 3650}, -3),
        ({"type": "number", "max": 0.3}, 0.30000000000000004),
        (RATING, 10**400),
        (TEXT, "x" * 10_001),
        (TEXTS, ["a", "b", "c", "d"]),
        ({"type": "date", "min": "2026-01-01"}, "2025-12-31"),
        ({"type": "date", "max": "as_of"}, "2026-02-01"),
        ({"type": "date", "min": "as_of"}, "2026-01-30"),
    ],
)
def test_a_value_outside_its_range_is_never_clamped(declared: Written, value: object) -> None:
    assert refused(declared, value) == [("x", "out_of_range")]


def test_the_ends_of_a_range_are_in_it() -> None:
    assert read({"type": "number", "min": -0.5, "max": 0.3}, 0.3) == Fraction("0.3")
    assert read({"type": "number", "min": -0.5, "max": 0.3}, -0.5) == Fraction("-0.5")
    assert read({"type": "date", "max": "as_of"}, "2026-01-31") == AS_OF


def test_a_range_up_to_as_of_moves_with_the_request() -> None:
    past: Written = {"type": "date", "max": "as_of"}
    assert refused(past, "2026-01-31", date(2026, 1, 30)) == [("x", "out_of_range")]
    assert read(past, "2026-01-31", date(2026, 1, 31)) == date(2026, 1, 31)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("sNaN")]
)
def test_numbers_that_are_not_finite_are_invalid(value: object) -> None:
    assert refused(NUMBER, value) == [("x", "not_finite")]


@pytest.mark.parametrize(
    ("declared", "value"), [(RATING, 3.5), (COUNT, 0.1), ({"type": "integer"}, Decimal("4.5"))]
)
def test_a_part_of_a_whole_number_is_invalid(declared: Written, value: object) -> None:
    assert refused(declared, value) == [("x", "not_a_whole_number")]


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (TENTHS, 3.55),
        (NUMBER, 0.1 + 0.2),
        (NUMBER, 10**15),
        (NUMBER, -(10**15)),
        (NUMBER, 1e15),
        (NUMBER, Decimal("0.1234567890123456")),
        ({"type": "money", "decimals": 2, "max": 100}, 9.999),
    ],
)
def test_more_digits_than_allowed_are_invalid(declared: Written, value: object) -> None:
    assert refused(declared, value) == [("x", "too_precise")]


def test_an_option_that_is_not_listed_is_invalid_with_the_nearest_one() -> None:
    source: Written = {"type": "choice", "options": ["inbound", "outbound", "referral"]}
    found = answer(asking(x=source), x="referal")
    assert isinstance(found, Invalid)
    assert [(error.input, error.code, error.message) for error in found.errors] == [
        ("x", "unknown_choice", "`referal` is not an option; did you mean `referral`?")
    ]


@pytest.mark.parametrize("inputs", [{}, {"x": None}])
def test_a_required_answer_that_is_missing_is_invalid(inputs: dict[str, object]) -> None:
    assert errors(asking(x={**RATING, "required": True}), inputs) == [("x", "required")]


def test_all_invalid_answers_are_listed_at_once_in_the_order_of_the_program() -> None:
    program = asking(b=RATING, a={**YES_NO, "required": True}, c=CHOICE, d=TEXTS)
    assert errors(program, {"d": ["a", 1, None], "c": "maybe", "b": 6}) == [
        ("b", "out_of_range"),
        ("a", "required"),
        ("c", "unknown_choice"),
        ("d[1]", "wrong_type"),
        ("d[2]", "wrong_type"),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ({"of": "choice", "options": ["a"]}, "b", "unknown_choice"),
        ({"of": "integer", "min": 0}, 1.5, "not_a_whole_number"),
        ({"of": "integer", "min": 0}, -1, "out_of_range"),
        ({"of": "date", "max": "as_of"}, "2027-01-01", "out_of_range"),
        ({"of": "boolean"}, "true", "wrong_type"),
    ],
)
def test_items_of_a_list_are_checked_one_by_one(kind: Written, value: object, code: str) -> None:
    assert refused({"type": "list", **kind}, [value]) == [("x[0]", code)]


def test_messages_show_hostile_values_short_and_printable() -> None:
    for value in ("x" * 100_000, "\x1b[31m\n\ud800", 10**5000, Decimal(1).scaleb(300), [[[]]], object()):
        found = answer(asking(x=YES_NO), x=value)
        assert isinstance(found, Invalid)
        message = found.errors[0].message
        assert message.isprintable()
        assert len(message) < 120


def test_a_day_is_written_as_year_month_day_and_no_other_way() -> None:
    assert read_day("2026-01-31") == date(2026, 1, 31)
    for other in ("2026-031", "20260131", "2026-W05-6", "2026-01-31 ", "26-01-31", "", None, 5, "0000-01-01"):
        assert read_day(other) is None
