"""What can occur is what some answers give, and all of it: compared with trying every answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import prod

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from scorers.budget import Budget
from scorers.checks.days import days_to_try
from scorers.checks.reach import reach
from scorers.checks.spread import Spread
from scorers.checks.truth import World, truth
from scorers.condition import Value
from scorers.earning import When
from scorers.earning_by_value import Decay
from scorers.law.bounds import total_of
from scorers.law.conditions import Grounds, holds
from scorers.law.earnings import earned
from scorers.law.settle import policy_of
from scorers.program import Input, Policy, Program
from tests.properties.completions import MOST, domain
from tests.properties.strategies import programs

slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
PLENTY = 10**9


def values_of(item: Input, day: date) -> Sequence[Value | None]:
    """List every answer, and None for a missing one."""
    may_be_missing = not item.required and item.assumed is None
    return [*domain(item, day), *([None] if may_be_missing else [])]


def all_answers(program: Program) -> Iterator[tuple[Mapping[str, Value], date]]:
    """Answer every input in every way, on every day that can make a difference."""
    for day in days_to_try(program):
        for values in product(*(values_of(item, day) for item in program.inputs)):
            named = zip(program.inputs, values, strict=True)
            yield {item.name: value for item, value in named if value is not None}, day


def few_answers(program: Program) -> None:
    sizes = [prod(len(values_of(item, day)) for item in program.inputs) for day in days_to_try(program)]
    assume(0 < sum(sizes) <= MOST)


def is_scored(program: Program, answers: Mapping[str, Value], day: date) -> bool:
    """Tell whether what is missing leaves all other points as they are."""
    unknown = [c for c in program.criteria if earned(c, answers, day) is None]
    lacking = [i.name for i in program.inputs if not answers.get(i.name)]
    return all(policy_of(program, criterion, lacking) is Policy.NO_POINTS for criterion in unknown)


def all_sums(program: Program) -> list[list[Fraction]]:
    """List what the groups earn together."""
    return [
        group_sums(program, *answered) for answered in all_answers(program) if is_scored(program, *answered)
    ]


def group_sums(program: Program, answers: Mapping[str, Value], day: date) -> list[Fraction]:
    points = {c.id: earned(c, answers, day) or Fraction(0) for c in program.criteria}
    return [sum((points[id] for id in group.criteria), Fraction(0)) for group in program.groups]


def decays(program: Program) -> bool:
    """Tell whether points fall with time: the days that are tried do not go far enough to see all of it."""
    return any(isinstance(criterion.earning, Decay) for criterion in program.criteria)


def numbers(spread: Spread) -> set[Fraction]:
    return {Fraction(point, spread.unit) for point in spread.points}


def holds_number(spread: Spread, number: Fraction) -> bool:
    return spread.first(number) == number == spread.last(number)


@slow
@given(st.data())
def test_totals_and_sums_that_can_occur_are_those_of_all_answers(data: st.DataObject) -> None:
    program: Program = data.draw(programs(finite=True, overrides=False))
    few_answers(program)
    found = reach(World(program, days_to_try(program), Budget(PLENTY)))
    sums = all_sums(program)
    assume(sums)
    totals = {total_of(program, each) for each in sums}
    event(f"exact {found.exact}, sharp {found.sharp}")
    assert all(holds_number(found.total, total) for total in totals)
    for index, group in enumerate(program.groups):
        assert all(holds_number(found.raw[group.id], each[index]) for each in sums)
    if found.sharp and not decays(program):
        assert (found.total.lowest, found.total.highest) == (min(totals), max(totals))
    if found.sharp and found.exact and not found.total.runs:
        assert numbers(found.total) == totals


@slow
@given(st.data())
def test_what_a_condition_can_be_is_what_it_is_for_some_answers(data: st.DataObject) -> None:
    program: Program = data.draw(programs(finite=True, overrides=False))
    few_answers(program)
    conditions = [c.earning.condition for c in program.criteria if isinstance(c.earning, When)]
    assume(conditions)
    world = World(program, days_to_try(program), Budget(PLENTY))
    for condition in conditions:
        found = truth(condition, world)
        tried = {holds(condition, Grounds(answers, day)) for answers, day in all_answers(program)}
        assert found is not None
        assert tried - {None} <= found


@slow
@given(st.data())
def test_without_a_budget_nothing_that_can_occur_is_lost(data: st.DataObject) -> None:
    program: Program = data.draw(programs(finite=True, overrides=False))
    few_answers(program)
    found = reach(
        World(program, days_to_try(program), Budget(data.draw(st.sampled_from([0, 50, 500, 5_000]))))
    )
    totals = {total_of(program, each) for each in all_sums(program)}
    assume(totals)
    assert all(holds_number(found.total, total) for total in totals)
    if found.sharp and not decays(program):
        assert (found.total.lowest, found.total.highest) == (min(totals), max(totals))
