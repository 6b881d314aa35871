"""Values worked out from answers: every formula, exactly, and absent where an answer is."""

from fractions import Fraction

import pytest

from scorewright.program.condition import Value
from scorewright.program.derived_values import derive
from scorewright.program.formula import (
    Arithmetic,
    Derived,
    Distinct,
    Formula,
    Lookup,
    Operand,
    Sign,
    SumOf,
    Trailing,
)

X = {"x": Fraction(6), "y": Fraction(4), "z": Fraction(0)}


def named(name: str, formula: Formula) -> Derived:
    operands = formula.operands if isinstance(formula, Arithmetic) else ()
    return Derived(name, name, None, formula, tuple(o for o in operands if isinstance(o, str)))


def value(formula: Formula, answers: dict[str, Value]) -> Fraction | None:
    return derive((named("v", formula),), answers).values.get("v")


def worked_out(sign: Sign, *operands: Operand) -> Fraction | None:
    return value(Arithmetic(sign, operands), {**X})


@pytest.mark.parametrize(
    ("sign", "operands", "result"),
    [
        (Sign.ADD, ("x", "y"), 10),
        (Sign.ADD, ("x", "y", Fraction(1, 2)), Fraction(21, 2)),
        (Sign.SUBTRACT, ("x", "y", "y"), -2),
        (Sign.SUBTRACT, (Fraction(1), "x"), -5),
        (Sign.MULTIPLY, ("x", "y", "x"), 144),
        (Sign.MULTIPLY, ("x", "z"), 0),
        (Sign.DIVIDE, ("x", "y"), Fraction(3, 2)),
        (Sign.DIVIDE, ("y", "x"), Fraction(2, 3)),
        (Sign.PERCENT, ("y", "x"), Fraction(200, 3)),
        (Sign.PERCENT, ("z", "x"), 0),
    ],
)
def test_arithmetic_is_exact_and_goes_from_left_to_right(
    sign: Sign, operands: tuple[Operand, ...], result: Fraction
) -> None:
    assert worked_out(sign, *operands) == result


@pytest.mark.parametrize("sign", Sign)
def test_a_missing_answer_leaves_no_value(sign: Sign) -> None:
    assert worked_out(sign, "x", "unanswered") is None
    assert worked_out(sign, "unanswered", "x") is None


@pytest.mark.parametrize("sign", [Sign.DIVIDE, Sign.PERCENT])
def test_a_division_by_zero_has_no_value_and_names_its_divisor(sign: Sign) -> None:
    known = (named("v", Arithmetic(sign, ("x", "z"))), named("w", Arithmetic(sign, ("missing", "z"))))
    assert derive(known, {**X}).zero == {"v": ("z",), "w": ("z",)}
    assert not derive(known, {**X}).values


def test_a_divisor_that_is_itself_worked_out_is_named() -> None:
    left = named("left", Arithmetic(Sign.SUBTRACT, ("x", "x")))
    found = derive((left, named("v", Arithmetic(Sign.DIVIDE, ("y", "left")))), {**X})
    assert found.values == {"left": 0}
    assert found.zero == {"v": ("left",)}


def test_a_value_over_what_could_not_be_worked_out_names_the_divisor_that_is_zero() -> None:
    rate = named("rate", Arithmetic(Sign.DIVIDE, ("x", "z")))
    over = named("over", Arithmetic(Sign.DIVIDE, ("y", "rate")))
    both = named("both", Arithmetic(Sign.ADD, ("over", "missing")))
    gone = named("gone", Arithmetic(Sign.ADD, ("x", "missing")))
    assert derive((rate, over, both, gone), {**X}).zero == {"rate": ("z",), "over": ("z",), "both": ("z",)}


def test_a_value_may_read_those_before_it() -> None:
    first = named("first", Arithmetic(Sign.ADD, ("x", "y")))
    second = named("second", Arithmetic(Sign.MULTIPLY, ("first", "first")))
    assert derive((first, second), {**X}).values == {"first": 10, "second": 100}
    assert derive((first, second), {"x": Fraction(1)}).values == {}


def records(*rows: tuple[int, int]) -> dict[str, Value]:
    return {"rows": tuple(tuple(Fraction(cell) for cell in row) for row in rows)}


def test_a_sum_adds_the_products_of_fields() -> None:
    formula = SumOf("rows", (0, 1))
    assert value(formula, records((2, 3), (4, 5))) == 26
    assert value(SumOf("rows", (1,)), records((2, 3), (4, 5))) == 8
    assert value(SumOf("rows", (0, 0)), records((3, 1))) == 9
    assert value(formula, records()) == 0
    assert value(formula, {}) is None


@pytest.mark.parametrize(
    ("rows", "run"),
    [
        ((), 0),
        (((1, 1),), 1),
        (((0, 1),), 0),
        (((5, 1), (5, 1), (0, 1)), 0),
        (((0, 1), (5, 1), (5, 5)), 2),
        (((5, 1), (0, 1), (5, 1)), 1),
    ],
)
def test_a_trailing_run_counts_back_from_the_last_record(rows: tuple[tuple[int, int], ...], run: int) -> None:
    assert value(Trailing("rows", 0, 1), records(*rows)) == run
    assert value(Trailing("rows", 0, 1), {}) is None


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((), (), 0),
        (("A",), ("B",), 2),
        (("A", "A"), ("A",), 1),
        (("A", " A "), (), 1),
        (("A", "a"), (), 2),
        (("TBD", "None"), ("A",), 1),
        ((" TBD ",), (), 0),
        (("tbd",), (), 1),
        (("A?", "A"), ("B ?",), 1),
        (("", "  "), (), 0),
    ],
)
def test_distinct_counts_different_texts_but_for_some(
    first: tuple[str, ...], second: tuple[str, ...], count: int
) -> None:
    formula = Distinct(("one", "two"), ("None", "TBD"), "?")
    assert value(formula, {"one": first, "two": second}) == count
    assert value(formula, {"one": first}) is None


def test_without_an_ending_to_leave_out_all_endings_count() -> None:
    assert value(Distinct(("one",), (), None), {"one": ("A?", "A")}) == 2


def test_a_lookup_gives_the_number_of_the_choice() -> None:
    formula = Lookup("plan", (("basic", Fraction(10)), ("pro", Fraction(0))))
    assert value(formula, {"plan": "basic"}) == 10
    assert value(formula, {"plan": "pro"}) == 0
    assert value(formula, {"plan": "other"}) is None
    assert value(formula, {}) is None
