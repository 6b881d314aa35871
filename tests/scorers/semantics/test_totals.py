"""From points to the total: group sum, cap, floor, weights, total cap and floor, one rounding."""

from fractions import Fraction

import pytest

from scorewright.program.program import Program
from scorewright.results.outcome import AdjustmentKind, Outcome
from tests.written import RATING, Written, outcome, rulebook, yes

NUMBER: Written = {"type": "number", "min": -100, "max": 100}
TENTHS: Written = {"type": "rating", "decimals": 1}


def as_is(name: str, **keys: object) -> Written:
    return {"id": name, "input": name, "value": "as_is", **keys}


def rated(name: str, **keys: object) -> Written:
    return {"id": name, "input": name, "rating": "as_is", **keys}


def steps(found: Outcome) -> list[tuple[AdjustmentKind, str, str, str]]:
    return [(step.change, step.where, step.before, step.after) for step in found.adjustments]


def test_decimals_add_up_exactly_where_binary_floats_do_not() -> None:
    names = ("budget", "authority", "need", "timeline")
    gate = [{"id": "through", "from": 12}, {"id": "stopped", "from": 4}]
    program = rulebook(dict.fromkeys(names, TENTHS), [rated(name) for name in names], bands=gate)
    found = outcome(program, budget=1.0, authority=2.8, need=4.6, timeline=3.6)
    assert 1.0 + 2.8 + 4.6 + 3.6 < 12
    assert (found.total, found.band) == (Fraction(12), "through")


@pytest.mark.parametrize(
    ("total", "rounded"),
    [("0.00004", 0), ("0.00005", 1), ("0.00015", 2), ("-0.00005", 0), ("-0.00006", -1), ("-0.00015", -1)],
)
def test_the_total_is_rounded_half_up_to_4_decimals(total: str, rounded: int) -> None:
    found = outcome(rulebook({"x": NUMBER}, [as_is("x")]), x=float(total))
    assert found.total == Fraction(rounded, 10_000)


def test_the_total_is_rounded_once_and_not_the_points_that_it_is_made_of() -> None:
    program = rulebook({"x": NUMBER, "y": NUMBER}, [as_is("x"), as_is("y")])
    found = outcome(program, x=0.00003, y=0.00003)
    assert found.total == Fraction(1, 10_000)
    assert [criterion.points for criterion in found.criteria] == [0, 0]
    assert steps(found) == [(AdjustmentKind.ROUNDING, "total", "0.00006", "0.0001")]


def test_percent_is_of_out_of() -> None:
    program = rulebook({"x": NUMBER}, [as_is("x")], {"out_of": 30})
    assert outcome(program, x=20).percent == Fraction("66.6667")


def grouped(fit: Written, score: Written | None = None) -> Program:
    return rulebook({"x": NUMBER, "y": NUMBER}, [as_is("x", group="fit"), as_is("y", group="rest")], score,
                    groups=[{"id": "fit", **fit}, {"id": "rest"}])  # fmt: skip


def test_a_group_is_capped_before_it_is_added() -> None:
    found = outcome(grouped({"cap": 45}), x=60, y=-10)
    assert found.total == 35
    assert steps(found) == [(AdjustmentKind.GROUP_CAP, "fit", "60", "45")]
    assert [group.points for group in found.groups] == [45, -10]
    assert [group.max_points for group in found.groups] == [45, 100]


def test_a_group_has_a_floor() -> None:
    found = outcome(grouped({"floor": 0}), x=-60, y=10)
    assert found.total == 10
    assert steps(found) == [(AdjustmentKind.GROUP_FLOOR, "fit", "-60", "0")]


def test_the_total_is_capped_and_floored_after_the_groups() -> None:
    program = grouped({"cap": 45}, {"cap": 50, "floor": 0})
    high = outcome(program, x=60, y=10)
    assert high.total == 50
    assert steps(high) == [
        (AdjustmentKind.GROUP_CAP, "fit", "60", "45"),
        (AdjustmentKind.TOTAL_CAP, "total", "55", "50"),
    ]
    low = outcome(program, x=-60, y=10)
    assert [low.total, steps(low)] == [0, [(AdjustmentKind.TOTAL_FLOOR, "total", "-50", "0")]]


def test_the_total_is_rounded_after_its_cap() -> None:
    found = outcome(rulebook({"x": NUMBER}, [as_is("x")], {"cap": 33.33335}), x=50)
    assert found.total == Fraction("33.3334")
    assert [step.change for step in found.adjustments] == [AdjustmentKind.TOTAL_CAP, AdjustmentKind.ROUNDING]


USAGE = ("volume", "trend", "breadth")
CLIENT = rulebook(
    {**dict.fromkeys((*USAGE, "tickets"), RATING), "referred": {"type": "boolean"}},
    [
        *(rated(name, group="usage") for name in USAGE),
        rated("tickets", group="support"),
        yes("referred", 5, group="support"),
    ],
    {"method": "weighted", "if_missing": "leave_out", "minimum_known": 1},
    groups=[{"id": "usage", "weight": 75}, {"id": "support", "weight": 25}],
)


def test_a_weighted_group_counts_points_earned_of_points_possible() -> None:
    found = outcome(CLIENT, volume=5, trend=4, breadth=3, tickets=5, referred=False)
    assert found.total == Fraction(75 * 12, 15) + Fraction(25 * 5, 10)
    assert [group.points for group in found.groups] == [60, Fraction("12.5")]
    assert [group.max_points for group in found.groups] == [75, 25]


def test_criteria_of_a_weighted_rulebook_show_what_they_contribute() -> None:
    found = outcome(CLIENT, volume=5, trend=4, breadth=3, tickets=5, referred=False)
    assert [criterion.points for criterion in found.criteria] == [25, 20, 15, Fraction("12.5"), 0]
    assert [criterion.max_points for criterion in found.criteria] == [
        25,
        25,
        25,
        Fraction("12.5"),
        Fraction("12.5"),
    ]


def test_a_penalty_takes_from_its_weighted_group_in_proportion() -> None:
    program = rulebook(
        {"x": RATING, "late": {"type": "boolean"}},
        [rated("x", group="only"), yes("late", -2, group="only")],
        {"method": "weighted"},
        groups=[{"id": "only", "weight": 100}],
    )
    assert outcome(program, x=4, late=True).total == 40
