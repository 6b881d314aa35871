"""What a criterion earns, one way at a time."""

from datetime import date, timedelta
from decimal import Decimal, getcontext
from fractions import Fraction

import pytest

from scorewright.program.earning_by_value import DecayPoints
from scorewright.program.exact_numbers import rounded
from scorewright.results.outcome import Outcome
from tests.written import AS_OF, Written, outcome, rulebook, yes

NUMBER: Written = {"type": "number", "min": -100, "max": 1000}


def points(earning: Written, declared: Written, value: object, as_of: date = AS_OF) -> Fraction | None:
    """Score one criterion that reads input `x`."""
    block = earning if "when" in earning else {"input": "x", **earning}
    found: Outcome = outcome(rulebook({"x": declared}, [{"id": "c", **block}]), {"x": value}, as_of=as_of)
    return found.criteria[0].points


def test_a_condition_earns_its_points_where_true_and_nothing_where_false() -> None:
    program = rulebook({"a": {"type": "boolean"}}, [yes("a", 12)])
    assert outcome(program, a=True).total == 12
    assert outcome(program, a=False).total == 0


@pytest.mark.parametrize(
    ("value", "earned"), [(-1, 0), (0, 3), (9.999, 3), (10, 7), (49.9, 7), (50, 1), (1000, 1)]
)
def test_a_step_holds_from_its_start_up_to_the_next(value: object, earned: int) -> None:
    steps = [{"from": 0, "points": 3}, {"from": 10, "points": 7}, {"from": 50, "points": 1}]
    assert points({"steps": steps}, NUMBER, value) == earned


def test_steps_written_in_any_order_are_read_from_low_to_high() -> None:
    steps = [{"from": 50, "points": 1}, {"from": 0, "points": 3}]
    assert points({"steps": steps}, NUMBER, 20) == 3


def test_an_option_that_is_not_listed_earns_nothing() -> None:
    role: Written = {"type": "choice", "options": ["leader", "other"]}
    assert points({"options": {"leader": 25}}, role, "leader") == 25
    assert points({"options": {"leader": 25}}, role, "other") == 0


@pytest.mark.parametrize(("rating", "earned"), [("as_is", "3.4"), ("reversed", "2.6")])
def test_a_rating_counts_as_it_is_or_reversed_within_its_scale(rating: str, earned: str) -> None:
    assert points({"rating": rating}, {"type": "rating", "decimals": 1}, 3.4) == Fraction(earned)


def test_reversed_mirrors_the_declared_scale_and_not_1_to_5() -> None:
    effort: Written = {"type": "rating", "min": 0, "max": 10}
    assert points({"rating": "reversed"}, effort, 3) == 7


@pytest.mark.parametrize(("value", "earned"), [(1, 0), (2.9, 0), (3, 10), (4.9, 10), (5, 20)])
def test_a_rating_between_two_rows_of_its_table_earns_the_lower_one(value: object, earned: int) -> None:
    table: Written = {"rating": {"1": 0, "3": 10, "5": 20}}
    assert points(table, {"type": "rating", "decimals": 1}, value) == earned


def test_a_value_that_is_points_already_counts_as_it_is() -> None:
    assert points({"value": "as_is"}, NUMBER, 10.5) == Fraction("10.5")


@pytest.mark.parametrize(("visits", "earned"), [(0, 0), (1, 4), (3, 12), (4, 15), (400, 15)])
def test_counted_events_earn_each_up_to_the_most(visits: int, earned: int) -> None:
    assert points({"each": 4, "up_to": 15}, {"type": "count"}, visits) == earned


def test_counted_penalties_stop_at_the_lowest() -> None:
    complaints: Written = {"each": -3, "up_to": -9}
    assert [points(complaints, {"type": "count"}, n) for n in (0, 2, 10)] == [0, -6, -9]


PAST: Written = {"type": "date", "max": "as_of"}
FADING: Written = {"decay": {"points": 20, "half_life": "30 days"}}


@pytest.mark.parametrize(("days", "earned"), [(0, "20"), (30, "10"), (60, "5"), (300, "0.01953125")])
def test_a_decay_is_exact_at_whole_half_lives(days: int, earned: str) -> None:
    assert decayed(DecayPoints("x", Fraction(20), 30), days) == Fraction(earned)
    assert points(FADING, PAST, AS_OF - timedelta(days=days)) == rounded(Fraction(earned))


@pytest.mark.parametrize("days", [1, 7, 29, 31, 45, 89, 365])
def test_a_decay_between_half_lives_is_rounded_half_up_to_4_decimals(days: int) -> None:
    getcontext().prec = 50
    by_logarithm = Decimal(20) * (-(Decimal(2).ln()) * days / 30).exp()
    assert decayed(DecayPoints("x", Fraction(20), 30), days) == rounded(Fraction(by_logarithm))


def decayed(decay: DecayPoints, days: int) -> Fraction:
    return decay.earned(date(2000, 1, 1), date(2000, 1, 1) + timedelta(days=days))


def test_a_decayed_penalty_is_rounded_half_up_too() -> None:
    assert decayed(DecayPoints("x", Fraction(-20), 30), 7) == rounded(
        -Fraction(Decimal(20) * Decimal(2) ** (Decimal(-7) / 30))
    )


def test_a_decay_of_weeks_halves_every_seven_days_a_week() -> None:
    fading: Written = {"decay": {"points": 8, "half_life": "2 weeks"}}
    assert points(fading, PAST, AS_OF - timedelta(days=14)) == 4


def test_a_decay_is_spent_in_the_end() -> None:
    assert points(FADING, PAST, date(1, 1, 1)) == 0


def test_an_assumed_day_after_as_of_decays_not_at_all() -> None:
    visit: Written = {"type": "date", "max": "as_of", "if_missing": {"assume": "2026-06-30"}}
    program = rulebook({"x": visit}, [{"id": "c", "input": "x", **FADING}])
    assert outcome(program).total == 20
