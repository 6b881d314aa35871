"""Weighted rulebooks: conditions ask own points, answers show contributions, and both are named apart."""

from fractions import Fraction
from typing import Any

import pytest

from scorewright.program.program import Program
from scorewright.results.points import OwnPoints
from tests.written import RATING, Written, acts, outcome, rulebook

SCORE: Written = {"method": "weighted", "out_of": 100, "if_missing": "leave_out", "minimum_known": 1}
A: Written = {"type": "rating", "min": 0, "max": 3}


def weighted(**more: Any) -> Program:
    return rulebook(
        {"a": A, "b": RATING, "c": RATING},
        [
            {"id": name, "group": "a" if name == "a" else "b", "input": name, "rating": "as_is"}
            for name in "abc"
        ],
        SCORE,
        groups=[{"id": "a", "weight": 60}, {"id": "b", "weight": 40}],
        **more,
    )


def test_an_answer_tells_own_points_beside_contributions() -> None:
    found = outcome(weighted(), a=3, b=1, c=3)
    assert [(c.points, c.own) for c in found.criteria] == [
        (Fraction(60), OwnPoints(Fraction(3), Fraction(3))),
        (Fraction(4), OwnPoints(Fraction(1), Fraction(5))),
        (Fraction(12), OwnPoints(Fraction(3), Fraction(5))),
    ]
    assert [(g.points, g.own) for g in found.groups] == [
        (Fraction(60), OwnPoints(Fraction(3), Fraction(3))),
        (Fraction(16), OwnPoints(Fraction(4), Fraction(10))),
    ]


def test_what_is_left_out_has_no_own_points_and_its_group_those_that_count_for_all() -> None:
    found = outcome(weighted(), a=3, c=4)
    assert [c.own for c in found.criteria][1] == OwnPoints(None, Fraction(5))
    assert found.groups[1].own == OwnPoints(Fraction(8), Fraction(10))


def test_a_sum_has_no_second_kind_of_points() -> None:
    found = outcome(rulebook({"a": A}, [{"id": "a", "input": "a", "rating": "as_is"}]), a=3)
    assert [c.own for c in found.criteria] == [None]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"group": "a", "at_most": 20}, "own points of group a <= 20 (own points of group a: 3 of 3)"),
        ({"criterion": "b", "at_least": 1}, "own points of b >= 1 (own points of b: 1 of 5)"),
        (
            {"all": [{"group": "a", "at_least": 1}, {"group": "a", "at_most": 3}]},
            "own points of group a >= 1 and own points of group a <= 3 (own points of group a: 3 of 3)",
        ),
        ({"any": [{"criterion": "c", "at_least": 1}, {"group": "a", "at_least": 1}]},
         "own points of c >= 1 or own points of group a >= 1 (own points of group a: 3 of 3)"),
    ],
)  # fmt: skip
def test_a_reason_says_which_points_it_means_and_how_many_there_are(asked: Written, reason: str) -> None:
    program = weighted(triggers=[{"id": "t", "when": asked}], disqualifiers=[{"id": "d", "when": asked}])
    found = outcome(program, a=3, b=1)
    assert [fired.reason for fired in (*found.triggers, *found.disqualifiers)] == [reason, reason]


def test_a_guard_and_a_text_speak_of_own_points() -> None:
    program = weighted(
        triggers=[
            {"id": "t", "when": {"input": "a", "at_least": 1}, "actions": ["x"], "reason": "{groups.a}"}
        ],
        actions=acts("x", only_if={"group": "a", "at_most": 2}),
    )
    found = outcome(program, a=3, b=1)
    assert found.triggers[0].reason == "3"
    assert found.withheld[0].reason == "own points of group a <= 2: no"
