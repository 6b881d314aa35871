"""The lowest and highest total still possible are those of real answers."""

from fractions import Fraction

import pytest

from scorewright.program.program import Program
from scorewright.results.outcome import Outcome
from tests.written import RATING, Written, outcome, rulebook, yes

YES_NO: Written = {"type": "boolean"}
NUMBER: Written = {"type": "number", "min": 0, "max": 100}


def ends(found: Outcome) -> tuple[object, object]:
    assert found.bounds is not None
    return found.bounds.lowest, found.bounds.highest


def test_nothing_missing_carries_no_bounds() -> None:
    assert outcome(rulebook({"a": YES_NO}, [yes("a")]), a=True).bounds is None


def test_a_missing_answer_lies_within_its_declared_range() -> None:
    ratings = {"a": RATING, "b": {"type": "rating", "min": 2, "max": 4}}
    program = rulebook(
        ratings, [{"id": n, "input": n, "rating": "as_is"} for n in ratings], {"if_missing": "incomplete"}
    )
    assert ends(outcome(program, a=5)) == (7, 9)
    assert ends(outcome(program, b=2)) == (3, 7)


def test_criteria_that_share_a_missing_answer_are_considered_together() -> None:
    source: Written = {"type": "choice", "options": ["inbound", "outbound", "referral"]}
    program = rulebook(
        {"source": source},
        [
            {"id": "referral", "when": {"input": "source", "is": "referral"}, "points": 20},
            {"id": "inbound", "when": {"input": "source", "is": "inbound"}, "points": 10},
            {"id": "cold", "when": {"input": "source", "not_one_of": ["referral"]}, "points": -5},
        ],
    )
    assert ends(outcome(program)) == (-5, 20)


def test_criteria_that_share_an_answer_through_a_third_are_considered_together() -> None:
    program = rulebook(
        {"a": YES_NO, "b": YES_NO},
        [
            yes("a", 10),
            {"id": "not_b", "when": {"input": "b", "is": False}, "points": 10},
            {
                "id": "unequal",
                "when": {"all": [{"input": "a", "is": True}, {"input": "b", "is": False}]},
                "points": -15,
            },
        ],
    )
    assert ends(outcome(program)) == (0, 10)


@pytest.mark.parametrize(("test", "lowest", "highest"), [("at_least", 0, 35), ("less_than", 5, 30)])
def test_a_number_that_earns_as_it_is_and_by_a_condition_is_tried_on_both_sides(
    test: str, lowest: int, highest: int
) -> None:
    program = rulebook(
        {"x": {"type": "number", "min": 0, "max": 30}},
        [
            {"id": "x", "input": "x", "value": "as_is"},
            {"id": "c", "when": {"input": "x", test: 20}, "points": 5},
        ],
    )
    assert ends(outcome(program)) == (lowest, highest)


def test_an_end_just_beside_a_cut_is_the_cut_once_rounded() -> None:
    program = rulebook(
        {"x": {"type": "number", "min": 0, "max": 30}},
        [
            {"id": "x", "input": "x", "value": "as_is"},
            {"id": "c", "when": {"input": "x", "at_least": 20}, "points": -15},
        ],
    )
    assert ends(outcome(program)) == (0, 20)


def test_whole_numbers_are_tried_on_their_grid() -> None:
    program = rulebook(
        {"x": {"type": "integer", "min": 0, "max": 9}},
        [
            {"id": "x", "input": "x", "value": "as_is"},
            {"id": "c", "when": {"input": "x", "more_than": 4.5}, "points": -10},
        ],
    )
    assert ends(outcome(program)) == (-5, 4)


def test_caps_and_floors_hold_for_the_bounds_too() -> None:
    program = rulebook(
        {"a": YES_NO, "b": YES_NO, "c": YES_NO},
        [yes("a", 30, group="g"), yes("b", 30, group="g"), yes("c", -90, group="g")],
        groups=[{"id": "g", "cap": 45, "floor": -20}],
    )
    assert ends(outcome(program)) == (-20, 45)
    assert ends(outcome(program, c=False)) == (0, 45)


def test_an_answer_that_moves_two_groups_moves_them_together() -> None:
    program = rulebook(
        {"a": YES_NO, "b": YES_NO},
        [
            yes("a", 10, group="fit"),
            {"id": "not_a", "when": {"input": "a", "is": False}, "points": 10, "group": "intent"},
            yes("b", 50, group="fit"),
        ],
        groups=[{"id": "fit", "cap": 50}, {"id": "intent"}],
    )
    assert ends(outcome(program)) == (10, 60)
    assert ends(outcome(program, b=True)) == (50, 60)


def test_weights_hold_for_the_bounds_too() -> None:
    program = rulebook(
        {"a": RATING, "b": RATING},
        [{"id": n, "input": n, "rating": "as_is", "group": n} for n in "ab"],
        {"method": "weighted", "if_missing": "leave_out", "minimum_known": 1},
        groups=[{"id": "a", "weight": 75}, {"id": "b", "weight": 25}],
    )
    assert ends(outcome(program, a=4)) == (65, 85)


def fell() -> Program:
    numbers: Written = {"type": "number", "min": 1, "max": 1000}
    return rulebook(
        {"now": numbers, "before": numbers},
        [
            {"id": "fell", "when": {"change": ["now", "before"], "at_most": -30}, "points": -20},
            {"id": "large", "when": {"input": "now", "at_least": 500}, "points": 10},
        ],
    )


def test_a_change_between_two_numbers_is_told_from_the_one_that_is_known() -> None:
    assert ends(outcome(fell(), before=600)) == (-20, 10)
    assert ends(outcome(fell(), before=1)) == (0, 10)
    assert ends(outcome(fell(), now=600)) == (-10, 10)
    assert ends(outcome(fell())) == (-20, 10)


@pytest.mark.parametrize(
    ("test", "highest"),
    [
        ({"equals": 0.3}, 12),
        ({"between": [0.3, 0.305]}, 12),
        ({"between": [0.301, 0.305]}, 15),
        ({"equals": 0.45}, 50),
    ],
)
def test_a_ratio_that_few_whole_numbers_have_is_found_among_them(test: Written, highest: int) -> None:
    program = rulebook(
        {"n": {"type": "integer", "min": 0, "max": 12}, "m": {"type": "integer", "min": 1, "max": highest}},
        [{"id": "c", "when": {"ratio": ["n", "m"], **test}, "points": 10}],
    )
    some = any(outcome(program, n=n, m=m).total == 10 for n in range(13) for m in range(1, highest + 1))
    assert ends(outcome(program)) == (0, 10 if some else 0)


def test_a_ratio_is_met_exactly_though_no_end_of_a_wide_range_meets_it() -> None:
    program = rulebook(
        {
            "n": {"type": "integer", "min": 0, "max": 10_000_000},
            "m": {"type": "integer", "min": 1, "max": 9_999_999},
        },
        [{"id": "c", "when": {"ratio": ["n", "m"], "equals": 0.3}, "points": 10}],
    )
    assert outcome(program, n=3, m=10).total == 10
    assert ends(outcome(program)) == (0, 10)


DAYS: Written = {"type": "list", "of": "date", "max": "as_of"}


def test_a_list_can_hold_several_members_none_or_others() -> None:
    tags = {"tags": {"type": "list", "of": "text", "max_items": 2}}
    earns = [
        {"id": tag, "when": {"input": "tags", "includes": tag}, "points": points}
        for tag, points in (("a", 10), ("b", 20), ("c", 5), ("bad", -50))
    ]
    assert ends(outcome(rulebook(tags, earns))) == (-50, 30)


def test_a_list_of_days_holds_none_that_lies_outside_its_range() -> None:
    program = rulebook(
        {"visits": DAYS},
        [
            {"id": "soon", "when": {"input": "visits", "includes": "2026-02-01"}, "points": 10},
            {"id": "today", "when": {"input": "visits", "includes": "2026-01-31"}, "points": 3},
        ],
    )
    assert ends(outcome(program)) == (0, 3)


def test_a_missing_date_may_lie_on_any_day_of_its_range() -> None:
    program = rulebook(
        {"visit": {"type": "date", "min": "2026-01-01", "max": "as_of"}},
        [
            {"id": "fades", "input": "visit", "decay": {"points": 16, "half_life": "10 days"}},
            {"id": "old", "when": {"input": "visit", "days_ago_at_least": 20}, "points": 7},
        ],
    )
    assert ends(outcome(program)) == (Fraction("4.2871"), 16)


def test_what_is_missing_is_known_once_it_is_answered() -> None:
    unasked = {"id": "unasked", "when": {"input": "a", "known": False}, "points": -10}
    found = outcome(rulebook({"a": YES_NO}, [unasked]))
    assert [found.total, ends(found)] == [Fraction(-10), (0, 0)]


def test_bounds_are_rounded_as_totals_are() -> None:
    thirds = {"a": YES_NO, "b": YES_NO}
    program = rulebook(
        thirds,
        [yes("a", 1, group="g"), yes("b", 2, group="g")],
        {"method": "weighted"},
        groups=[{"id": "g", "weight": 100}],
    )
    assert ends(outcome(program, b=False)) == (0, Fraction("33.3333"))
