from datetime import date
from fractions import Fraction

import pytest

from scorewright.program.condition import (
    AS_OF,
    All,
    Any,
    Compare,
    Condition,
    CriterionRef,
    GroupRef,
    InputRef,
    Not,
    Op,
    PercentChange,
    Ratio,
    TotalRef,
)
from tests.written import Written, rulebook

INPUTS: dict[str, Written] = {
    "yes": {"type": "boolean"},
    "size": {"type": "integer"},
    "other": {"type": "integer"},
    "source": {"type": "choice", "options": ["a", "b"]},
    "since": {"type": "date"},
    "tags": {"type": "list", "of": "text"},
    "days": {"type": "list", "of": "date"},
}


def lowered(written: Written) -> Condition:
    """Compile a condition as that of a trigger, which may ask for everything."""
    criteria: list[Written] = [{"id": "c", "group": "g", "when": {"input": "yes", "is": True}, "points": 1}]
    program = rulebook(INPUTS, criteria, groups=[{"id": "g"}], triggers=[{"id": "t", "when": written}])
    return program.triggers[0].condition


CHANGE = PercentChange("size", "other")
SIZE, SINCE, DAYS = InputRef("size"), InputRef("since"), InputRef("days")


@pytest.mark.parametrize(
    ("written", "compiled"),
    [
        ({"input": "yes", "is": False}, Compare(InputRef("yes"), Op.IS, False)),
        ({"input": "source", "one_of": ["a", "b"]}, Compare(InputRef("source"), Op.ONE_OF, ("a", "b"))),
        ({"input": "source", "not_one_of": ["a"]}, Compare(InputRef("source"), Op.NOT_ONE_OF, ("a",))),
        ({"input": "size", "equals": 2.5}, Compare(SIZE, Op.EQUALS, Fraction(5, 2))),
        ({"input": "size", "at_least": 2}, Compare(SIZE, Op.AT_LEAST, Fraction(2))),
        ({"input": "size", "at_most": 2}, Compare(SIZE, Op.AT_MOST, Fraction(2))),
        ({"input": "size", "more_than": 2}, Compare(SIZE, Op.MORE_THAN, Fraction(2))),
        ({"input": "size", "less_than": 2}, Compare(SIZE, Op.LESS_THAN, Fraction(2))),
        ({"input": "size", "between": [2, 3]}, Compare(SIZE, Op.BETWEEN, (Fraction(2), Fraction(3)))),
        ({"input": "size", "known": True}, Compare(SIZE, Op.KNOWN, True)),
        ({"input": "tags", "includes": "x"}, Compare(InputRef("tags"), Op.INCLUDES, "x")),
        ({"input": "days", "includes": "2026-01-31"}, Compare(DAYS, Op.INCLUDES, date(2026, 1, 31))),
        ({"input": "since", "before": "2026-01-31"}, Compare(SINCE, Op.BEFORE, date(2026, 1, 31))),
        ({"input": "since", "after": "as_of"}, Compare(SINCE, Op.AFTER, AS_OF)),
        ({"input": "since", "days_ago_at_least": 30}, Compare(SINCE, Op.DAYS_AGO_AT_LEAST, Fraction(30))),
        ({"input": "since", "days_ago_at_most": 30}, Compare(SINCE, Op.DAYS_AGO_AT_MOST, Fraction(30))),
        ({"ratio": ["size", "other"], "equals": 2}, Compare(Ratio("size", "other"), Op.EQUALS, Fraction(2))),
        ({"change": ["size", "other"], "equals": 3}, Compare(CHANGE, Op.EQUALS, Fraction(3))),
        ({"criterion": "c", "equals": 1}, Compare(CriterionRef("c"), Op.EQUALS, Fraction(1))),
        ({"group": "g", "equals": 1}, Compare(GroupRef("g"), Op.EQUALS, Fraction(1))),
        ({"score": "total", "equals": 1}, Compare(TotalRef(), Op.EQUALS, Fraction(1))),
    ],
)  # fmt: skip
def test_each_comparison_has_typed_values(written: Written, compiled: Condition) -> None:
    assert lowered(written) == compiled


def test_combinations_keep_their_order() -> None:
    yes = Compare(InputRef("yes"), Op.IS, True)
    no = Compare(InputRef("yes"), Op.IS, False)
    written: Written = {
        "all": [{"input": "yes", "is": True}, {"any": [{"not": {"input": "yes", "is": False}}]}]
    }
    assert lowered(written) == All((yes, Any((Not(no),))))
