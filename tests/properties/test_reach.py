"""What can occur is what some answers give, and all of it: compared with trying every answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from math import prod

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from scorewright.checks.analysis.attainable_totals import reach
from scorewright.checks.analysis.days import days_to_try
from scorewright.checks.analysis.satisfiability import World, truth
from scorewright.checks.analysis.value_sets import ValueSet
from scorewright.diagnostics.budget import Budget
from scorewright.program.condition import Value
from scorewright.program.earning import ConditionPoints
from scorewright.program.earning_by_value import DecayPoints
from scorewright.program.exact_numbers import rounded
from scorewright.program.program import Input, Program
from scorewright.semantics.breakdown import counted_groups, known_groups
from scorewright.semantics.conditions import Environment, holds
from scorewright.semantics.earned_points import earned
from scorewright.semantics.missing_policy import settle
from scorewright.semantics.totals import combine
from scorewright.validation.inputs import Answers
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


@dataclass(frozen=True)
class Answered:
    """What one subject comes to: a rounded total, and its groups as conditions and as a matrix read them."""

    total: Fraction | None
    known: Mapping[str, Fraction | None]
    counted: Mapping[str, Fraction | None]


def answered(program: Program, answers: Mapping[str, Value], day: date) -> Answered:
    missing = tuple(item.name for item in program.inputs if item.name not in answers)
    points = {criterion.id: earned(criterion, answers, day) for criterion in program.criteria}
    settled = settle(program, Answers(answers, missing, ()), points, day)
    combined = combine(program, settled.points)
    total = rounded(combined.total) if settled.complete and combined.total is not None else None
    return Answered(total, known_groups(settled, combined), counted_groups(settled, combined))


def all_answered(program: Program) -> list[Answered]:
    """Score every subject there is, those that leave answers out among them."""
    return [answered(program, *each) for each in all_answers(program)]


def decays(program: Program) -> bool:
    """Tell whether points fall with time: the days that are tried do not go far enough to see all of it."""
    return any(isinstance(criterion.earning, DecayPoints) for criterion in program.criteria)


def numbers(spread: ValueSet) -> set[Fraction]:
    return {Fraction(point, spread.unit) for point in spread.points}


def holds_number(spread: ValueSet, number: Fraction) -> bool:
    return spread.first(number) == number == spread.last(number)


@slow
@given(st.data())
def test_totals_and_sums_that_can_occur_are_those_of_all_answers(data: st.DataObject) -> None:
    program: Program = data.draw(programs(finite=True, overrides=False))
    few_answers(program)
    found = reach(World(program, days_to_try(program), Budget(PLENTY)))
    every = all_answered(program)
    totals = {each.total for each in every if each.total is not None}
    event(f"exact {found.exact}, sharp {found.sharp}, totals {bool(totals)}")
    assert all(holds_number(found.total, total) for total in totals)
    for id in found.groups:
        known, counted = (
            {getattr(each, name)[id] for each in every} - {None} for name in ("known", "counted")
        )
        assert all(holds_number(found.groups[id], points) for points in known)
        assert all(holds_number(found.counted[id], points) for points in counted)
        if found.exact and found.sharp and not decays(program):
            assert numbers(found.groups[id]) == known
            assert numbers(found.counted[id]) == counted
    if found.sharp and not decays(program):
        assert bool(totals) == bool(found.total)
        assert not totals or (found.total.lowest, found.total.highest) == (min(totals), max(totals))
    if found.sharp and found.exact and not found.total.runs:
        assert numbers(found.total) == totals


@slow
@given(st.data())
def test_what_a_condition_can_be_is_what_it_is_for_some_answers(data: st.DataObject) -> None:
    program: Program = data.draw(programs(finite=True, overrides=False))
    few_answers(program)
    conditions = [c.earning.condition for c in program.criteria if isinstance(c.earning, ConditionPoints)]
    assume(conditions)
    world = World(program, days_to_try(program), Budget(PLENTY))
    for condition in conditions:
        found = truth(condition, world)
        tried = {holds(condition, Environment(answers, day)) for answers, day in all_answers(program)}
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
    every = all_answered(program)
    totals = {each.total for each in every if each.total is not None}
    assert all(holds_number(found.total, total) for total in totals)
    for id in found.groups:
        known, counted = (
            {getattr(each, name)[id] for each in every} - {None} for name in ("known", "counted")
        )
        assert all(holds_number(found.groups[id], points) for points in known)
        assert all(holds_number(found.counted[id], points) for points in counted)
    if found.sharp and totals and not decays(program):
        assert (found.total.lowest, found.total.highest) == (min(totals), max(totals))
