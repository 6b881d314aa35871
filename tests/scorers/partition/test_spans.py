"""Between what a value can lie while answers are missing."""

from fractions import Fraction
from math import inf

import pytest

from scorewright.partition.spans import End, span_of
from scorewright.program.condition import Value
from tests.written import Written, table

INPUTS: dict[str, Written] = {
    "digit": {"type": "integer", "min": 0, "max": 9},
    "around": {"type": "number", "min": -2, "max": 3},
    "up": {"type": "number", "min": 1},
    "down": {"type": "number", "max": 4},
    "free": {"type": "number"},
    "half": {"type": "number", "min": 0.25, "max": 1.75, "decimals": 1},
    "kind": {"type": "choice", "options": ["a", "b"]},
    "rows": {"type": "list", "fields": {"n": {"type": "number"}}},
}


def ends(formula: Written, answers: dict[str, Value] | None = None, **more: Written) -> tuple[End, End]:
    program = table("value", "v", INPUTS, values={"v": formula, **more})
    span = span_of(program, "v", answers or {})
    return span.lowest, span.highest


@pytest.mark.parametrize(
    ("formula", "span"),
    [
        ({"add": ["digit", 1]}, (1, 10)),
        ({"add": ["digit", "around"]}, (-2, 12)),
        ({"add": ["digit", "up"]}, (1, inf)),
        ({"add": ["up", "down"]}, (-inf, inf)),
        ({"subtract": ["digit", "around"]}, (-3, 11)),
        ({"subtract": ["digit", "up"]}, (-inf, 8)),
        ({"subtract": ["digit", "digit", 1]}, (-10, 8)),
        ({"multiply": ["digit", "around"]}, (-18, 27)),
        ({"multiply": ["digit", -2]}, (-18, 0)),
        ({"multiply": ["up", "up"]}, (1, inf)),
        ({"multiply": ["up", -1]}, (-inf, -1)),
        ({"multiply": ["up", "around"]}, (-inf, inf)),
        ({"multiply": ["free", 0]}, (0, 0)),
        ({"divide": ["digit", 3]}, (0, 3)),
        ({"divide": ["digit", -3]}, (-3, 0)),
        ({"percent": ["digit", 4]}, (0, 225)),
        ({"divide": ["digit", "up"]}, (-inf, inf)),
        ({"divide": ["digit", 0]}, (-inf, inf)),
        ({"add": ["half", 0]}, (Fraction(3, 10), Fraction(17, 10))),
        ({"lookup": {"input": "kind", "options": {"a": 1}}}, (-inf, inf)),
        ({"sum": {"over": "rows", "of": ["n"]}}, (-inf, inf)),
    ],
)
def test_the_range_of_a_formula_over_missing_answers(formula: Written, span: tuple[End, End]) -> None:
    assert ends(formula) == span


def test_what_is_known_counts_as_it_is() -> None:
    assert ends({"subtract": ["digit", "around"]}, {"around": Fraction(1)}) == (-1, 8)
    assert ends({"divide": ["digit", "up"]}, {"up": Fraction(2)}) == (0, Fraction(9, 2))
    assert ends({"add": ["digit", 1]}, {"digit": Fraction(1), "v": Fraction(2)}) == (2, 2)


def test_a_value_is_never_outside_its_own_range() -> None:
    assert ends({"subtract": ["digit", "up"], "min": -3, "blame": "up"}) == (-3, 8)
    assert ends({"divide": ["digit", "up"], "min": 0, "max": 5, "blame": "up"}) == (0, 5)


def test_values_are_worked_out_from_the_ranges_of_others() -> None:
    ending: Written = {"subtract": ["digit", "up"], "min": 0, "blame": "up"}
    assert ends({"percent": ["ending", 10]}, ending=ending) == (0, 80)


def test_products_of_many_large_answers_stay_exact() -> None:
    large: Written = {"type": "number", "min": 0, "max": 999_999_999_999_999}
    names = [f"n{index}" for index in range(30)]
    values = {"product": {"multiply": names}, "v": {"add": ["product", "free"]}}
    program = table(
        "value", "v", {"free": {"type": "number", "min": 0}, **dict.fromkeys(names, large)}, values=values
    )
    assert span_of(program, "product", {}).highest == 999_999_999_999_999**30
    assert span_of(program, "v", {}).highest == inf
