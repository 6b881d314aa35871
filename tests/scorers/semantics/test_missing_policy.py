"""Missing answers: no points, incomplete, left out, or assumed."""

from fractions import Fraction

import pytest

from scorewright.program.condition import Value
from scorewright.program.program import Program
from scorewright.results.outcome import AdjustmentKind, Assumed, Outcome, Status
from tests.written import RATING, Written, outcome, rulebook, yes

YES_NO: Written = {"type": "boolean"}
NAMES = ("a", "b", "c", "d")


def sum_of(policy: str, points: object = 10, **score: object) -> Program:
    """Write four yes/no criteria of equal points."""
    return rulebook(
        dict.fromkeys(NAMES, YES_NO), [yes(name, points) for name in NAMES], {"if_missing": policy, **score}
    )


def left_out(found: Outcome) -> list[tuple[str, str, str]]:
    return [(s.where, s.before, s.after) for s in found.adjustments if s.change is AdjustmentKind.LEFT_OUT]


@pytest.mark.parametrize("nothing", [{}, {"a": None}])
def test_absent_and_null_are_both_missing(nothing: dict[str, object]) -> None:
    found = outcome(sum_of("no_points"), {**nothing, "b": True, "c": True, "d": True})
    assert (found.total, found.missing) == (Fraction(30), ("a",))


@pytest.mark.parametrize(
    ("declared", "value"), [(YES_NO, False), ({"type": "count"}, 0), ({"type": "text"}, "no")]
)
def test_false_0_and_no_are_answers(declared: Written, value: object) -> None:
    program = rulebook(
        {"a": declared},
        [{"id": "a", "when": {"input": "a", "known": True}, "points": 10}],
        {"if_missing": "incomplete"},
    )
    found = outcome(program, a=value)
    assert [found.status, found.total, found.missing, found.bounds] == [Status.SCORED, 10, (), None]


def test_no_points_earns_nothing_and_is_listed() -> None:
    found = outcome(sum_of("no_points"), a=True)
    assert [found.status, found.total, found.missing] == [Status.SCORED, 10, ("b", "c", "d")]
    assert [shown.points for shown in found.criteria] == [10, 0, 0, 0]
    assert [shown.missing for shown in found.criteria] == [(), ("b",), ("c",), ("d",)]
    assert found.criteria[1].reason == "b is missing"


def test_incomplete_gives_no_total_but_shows_what_is_known() -> None:
    found = outcome(sum_of("incomplete"), a=True, b=True, c=False)
    assert (found.status, found.total, found.percent, found.missing) == (
        Status.INCOMPLETE,
        None,
        None,
        ("d",),
    )
    assert [shown.points for shown in found.criteria] == [10, 10, 0, None]
    assert found.bounds is not None
    assert [found.bounds.lowest, found.bounds.highest] == [20, 30]


def test_left_out_criteria_give_their_share_to_the_known_ones_in_proportion() -> None:
    program = rulebook(
        {"a": YES_NO, "b": YES_NO, "c": YES_NO},
        [yes("a", 20), yes("b", 15), yes("c", 5)],
        {"if_missing": "leave_out", "minimum_known": 1},
    )
    found = outcome(program, a=True, b=False)
    assert found.total == Fraction("22.8571")
    assert [shown.points for shown in found.criteria] == [20, 0, None]
    assert left_out(found) == [("total", "20 of 35", "22.8571 of 40")]


def test_an_empty_group_gives_its_share_to_the_other_groups_in_proportion() -> None:
    program = rulebook(
        dict.fromkeys(NAMES, RATING),
        [{"id": name, "input": name, "rating": "as_is", "group": f"g{name}"} for name in NAMES],
        {"method": "weighted", "if_missing": "leave_out", "minimum_known": 1},
        groups=[
            {"id": f"g{name}", "weight": weight} for name, weight in zip(NAMES, (40, 30, 20, 10), strict=True)
        ],
    )
    found = outcome(program, a=5, b=4, d=1)
    assert found.total == Fraction((40 + 24 + 2) * 100, 80)
    assert [group.points for group in found.groups] == [50, 30, None, Fraction("2.5")]
    assert left_out(found) == [("total", "66 of 80", "82.5 of 100")]


def test_shares_move_inside_a_group_before_they_leave_it() -> None:
    program = rulebook(
        dict.fromkeys(NAMES, YES_NO),
        [
            yes("a", 10, group="one"),
            yes("b", 30, group="one"),
            yes("c", 10, group="two"),
            yes("d", 50, group="two"),
        ],
        {"if_missing": "leave_out", "minimum_known": 1},
        groups=[{"id": "one"}, {"id": "two"}],
    )
    found = outcome(program, a=True, c=False, d=True)
    assert found.total == 40 + 50
    assert left_out(found) == [("one", "10 of 10", "40 of 40")]


def capped(**edges: object) -> Program:
    return rulebook(
        dict.fromkeys(NAMES, YES_NO),
        [yes("a", 5, group="one"), yes("b", 15, group="one"), yes("c", 10), yes("d", 10)],
        {"if_missing": "leave_out", "minimum_known": 1},
        groups=[{"id": "one", **edges}],
    )


def test_a_share_is_given_away_before_the_cap_of_its_group() -> None:
    found = outcome(capped(cap=12), a=True, c=False, d=False)
    assert found.total == 12
    assert [step.change for step in found.adjustments] == [AdjustmentKind.LEFT_OUT, AdjustmentKind.GROUP_CAP]


def test_a_floor_holds_after_a_share_is_given_away_so_that_nothing_counts_above_its_share() -> None:
    found = outcome(capped(floor=8), a=False, c=False, d=False)
    assert found.total == 8
    assert [step.change for step in found.adjustments] == [
        AdjustmentKind.LEFT_OUT,
        AdjustmentKind.GROUP_FLOOR,
    ]


def test_below_the_minimum_coverage_the_result_is_incomplete() -> None:
    program = sum_of("leave_out", minimum_coverage=50)
    enough = outcome(program, a=True, b=False)
    assert [enough.total, enough.flags] == [20, ("coverage:50",)]
    too_little = outcome(program, a=True)
    assert (too_little.status, too_little.total, too_little.flags) == (
        Status.INCOMPLETE,
        None,
        ("coverage:25",),
    )
    assert outcome(program, dict.fromkeys(NAMES, True)).flags == ()


def test_coverage_is_the_share_that_is_known_and_not_the_number_of_answers() -> None:
    program = rulebook(
        {"a": YES_NO, "b": YES_NO},
        [yes("a", 90), yes("b", 10)],
        {"if_missing": "leave_out", "minimum_coverage": 60},
    )
    assert outcome(program, a=True).flags == ("coverage:90",)
    assert outcome(program, b=True).flags == ("coverage:10",)


def test_below_the_minimum_of_known_criteria_the_result_is_incomplete() -> None:
    program = sum_of("leave_out", minimum_known=3)
    assert outcome(program, a=True, b=True, c=False).total == Fraction("26.6667")
    assert outcome(program, a=True, b=True).total is None


def test_nothing_known_at_all_gives_no_total() -> None:
    found = outcome(sum_of("leave_out", minimum_coverage=0))
    assert (found.status, found.total, found.missing) == (Status.INCOMPLETE, None, NAMES)


def test_an_input_may_have_a_policy_of_its_own() -> None:
    program = rulebook(
        {"a": YES_NO, "b": {**YES_NO, "if_missing": "incomplete"}},
        [yes("a"), yes("b")],
        {"if_missing": "no_points"},
    )
    assert outcome(program, b=True).total == 10
    assert outcome(program, a=True).total is None


def test_a_criterion_may_have_a_policy_of_its_own() -> None:
    inputs = {"a": YES_NO, "b": {**YES_NO, "if_missing": "incomplete"}}
    program = rulebook(inputs, [yes("a"), yes("b", if_missing="no_points")])
    assert outcome(program, a=True).total == 10


def test_the_strictest_of_the_missing_inputs_decides_for_a_criterion_over_several() -> None:
    inputs = {
        "a": {**YES_NO, "if_missing": "leave_out"},
        "b": {**YES_NO, "if_missing": "incomplete"},
        "c": YES_NO,
    }
    both = {
        "id": "both",
        "when": {"all": [{"input": "a", "is": True}, {"input": "b", "is": True}]},
        "points": 5,
    }
    program = rulebook(inputs, [both, yes("c", 10)], {"if_missing": "leave_out", "minimum_known": 1})
    assert outcome(program, b=True, c=True).total == 15
    assert outcome(program, a=True, c=True).total is None
    assert outcome(program, c=True).total is None


def test_a_missing_input_that_decides_nothing_does_not_touch_its_criterion() -> None:
    either = {
        "id": "either",
        "when": {"any": [{"input": "a", "is": True}, {"input": "b", "is": True}]},
        "points": 5,
    }
    program = rulebook({"a": YES_NO, "b": YES_NO}, [either], {"if_missing": "incomplete"})
    found = outcome(program, a=True)
    assert [found.status, found.total, found.missing] == [Status.SCORED, 5, ("b",)]
    assert [found.criteria[0].points, found.criteria[0].missing] == [5, ()]


@pytest.mark.parametrize(
    ("declared", "assume", "value"),
    [
        (YES_NO, False, False),
        ({"type": "rating"}, 3, Fraction(3)),
        ({"type": "choice", "options": ["x", "y"]}, "y", "y"),
    ],
)
def test_an_assumed_value_is_used_and_told(declared: Written, assume: object, value: Value) -> None:
    told = {"input": "a", "known": True}
    program = rulebook(
        {"a": {**declared, "if_missing": {"assume": assume}}}, [{"id": "c", "when": told, "points": 10}]
    )
    found = outcome(program)
    assert [found.total, found.missing, found.bounds] == [10, (), None]
    assert found.assumed == (Assumed("a", value),)


def test_an_answer_stands_before_what_would_be_assumed() -> None:
    program = rulebook({"a": {**YES_NO, "if_missing": {"assume": True}}}, [yes("a")])
    found = outcome(program, a=False)
    assert [found.total, found.assumed] == [0, ()]


def test_a_missing_input_of_no_criterion_leaves_the_total_alone() -> None:
    program = rulebook(
        {"a": YES_NO, "opt_in": YES_NO},
        [yes("a")],
        {"if_missing": "incomplete"},
        triggers=[{"id": "t", "when": {"input": "opt_in", "is": True}}],
    )
    found = outcome(program, a=True)
    assert [found.status, found.total, found.missing] == [Status.SCORED, 10, ("opt_in",)]
    assert found.flags == ("not_evaluated:t",)
    assert found.bounds is not None
    assert [found.bounds.lowest, found.bounds.highest, found.bounds.band_certain] == [10, 10, True]


def test_a_criterion_over_0_below_the_line_follows_the_policy_and_says_so() -> None:
    numbers: Written = {"type": "number", "min": 0, "max": 100}
    fell = {"id": "fell", "when": {"change": ["now", "before"], "at_most": -30}, "points": 5}
    program = rulebook({"now": numbers, "before": numbers}, [fell], {"if_missing": "incomplete"})
    found = outcome(program, now=5, before=0)
    assert (found.status, found.missing, found.bounds) == (Status.INCOMPLETE, (), None)
    assert found.criteria[0].reason == "before is 0, by which nothing can be divided"
    assert found.flags == ("divisor_zero:criterion:fell:before",)
