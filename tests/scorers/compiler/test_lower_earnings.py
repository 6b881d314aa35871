"""The ways to earn, and the lowest and highest points that they come to over the range of the input."""

from fractions import Fraction

import pytest

from scorewright.program.condition import Compare, InputRef, Op
from scorewright.program.earning import ConditionPoints, Earning
from scorewright.program.earning_by_row import OptionPoints, RangePoints, RangeStep
from scorewright.program.earning_by_value import CountPoints, DecayPoints, LinearPoints
from scorewright.program.program import Criterion
from tests.written import Written, rulebook

F = Fraction


def lowered(block: Written, criterion: Written) -> Criterion:
    """Compile a criterion that reads one input."""
    return rulebook({"x": block}, [{"id": "c", "input": "x", **criterion}]).criteria[0]


@pytest.mark.parametrize(
    ("block", "criterion", "earning"),
    [
        (
            {"type": "integer"},
            {"steps": [{"from": 0, "points": 1}, {"from": 2.5, "points": 3, "label": "many"}]},
            RangePoints("x", (RangeStep(F(0), F(1)), RangeStep(F(5, 2), F(3), "many"))),
        ),
        (
            {"type": "choice", "options": ["a", "b", "c"]},
            {"options": {"c": 1, "a": 2}},
            OptionPoints("x", (("a", F(2)), ("c", F(1)))),
        ),
        ({"type": "rating"}, {"rating": "as_is"}, LinearPoints("x", F(1), F(0))),
        ({"type": "rating"}, {"rating": "reversed"}, LinearPoints("x", F(-1), F(6))),
        (
            {"type": "rating", "min": 0, "max": 10},
            {"rating": {"5": 3, "0": 1, "7.5": 9}},
            RangePoints("x", (RangeStep(F(0), F(1)), RangeStep(F(5), F(3)), RangeStep(F(15, 2), F(9)))),
        ),
        ({"type": "number", "min": 0, "max": 9}, {"value": "as_is"}, LinearPoints("x", F(1), F(0))),
        ({"type": "count"}, {"each": 2, "up_to": 10}, CountPoints("x", F(2), F(10))),
        ({"type": "date"}, {"decay": {"points": 20, "half_life": "30 days"}}, DecayPoints("x", F(20), 30)),
        ({"type": "date"}, {"decay": {"points": 20, "half_life": "2 weeks"}}, DecayPoints("x", F(20), 14)),
    ],
)
def test_each_way_to_earn(block: Written, criterion: Written, earning: Earning) -> None:
    assert lowered(block, criterion).earning == earning


def test_a_condition_earns_its_points() -> None:
    written: Written = {"id": "c", "when": {"input": "x", "is": True}, "points": -5}
    criterion = rulebook({"x": {"type": "boolean"}}, [written]).criteria[0]
    assert criterion.earning == ConditionPoints(Compare(InputRef("x"), Op.IS, True), F(-5))
    assert (criterion.lowest, criterion.highest) == (F(-5), F(0))


UNREACHED = {"steps": [{"from": 1, "points": 1}, {"from": 2.25, "points": 9}, {"from": 2.75, "points": 3}]}
INTEGER = {"type": "integer", "min": 1, "max": 100}
TABLE = {"steps": [{"from": 0, "points": 7}, {"from": 10, "points": 2}, {"from": 50, "points": 5}]}


@pytest.mark.parametrize(
    ("block", "criterion", "lowest", "highest"),
    [
        (INTEGER, TABLE, 2, 7),
        ({"type": "integer", "min": 10, "max": 100}, TABLE, 2, 5),
        ({"type": "integer", "min": 1, "max": 9}, TABLE, 7, 7),
        ({"type": "integer"}, TABLE, 0, 7),
        ({"type": "integer", "min": -1}, TABLE, 0, 7),
        (INTEGER, UNREACHED, 1, 3),
        ({"type": "choice", "options": ["a", "b"]}, {"options": {"a": 2}}, 0, 2),
        ({"type": "choice", "options": ["a", "b"]}, {"options": {"a": 2, "b": 3}}, 2, 3),
        ({"type": "rating"}, {"rating": "as_is"}, 1, 5),
        ({"type": "rating", "min": 0, "max": 10}, {"rating": "reversed"}, 0, 10),
        ({"type": "rating"}, {"rating": {"3": 4, "5": 9}}, 0, 9),
        ({"type": "count"}, {"each": 2, "up_to": 5}, 0, 5),
        ({"type": "count", "max": 2}, {"each": 2, "up_to": 5}, 0, 4),
        ({"type": "count"}, {"each": -3, "up_to": -9}, -9, 0),
        ({"type": "count", "min": 1}, {"each": 2, "up_to": 5}, 2, 5),
        ({"type": "date"}, {"decay": {"points": 20, "half_life": "1 day"}}, 0, 20),
        ({"type": "date"}, {"decay": {"points": -20, "half_life": "1 day"}}, -20, 0),
    ],
)  # fmt: skip
def test_the_lowest_and_highest_points_are_those_of_the_range(
    block: Written, criterion: Written, lowest: int, highest: int
) -> None:
    compiled = lowered(block, criterion)
    assert (compiled.lowest, compiled.highest) == (F(lowest), F(highest))
