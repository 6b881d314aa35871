"""Which policies an unknown criterion can be counted by: those of inputs whose absence leaves it unknown."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from scorewright.checks.analysis.satisfiability import (
    ASKED,
    World,
    beyond_trying,
    combinations,
    counting,
    may_be_absent,
    subsets,
    truth,
)
from scorewright.partition import Cuts, compares, cuts_of, inputs_of, joint
from scorewright.program import Criterion, Input, Policy
from scorewright.program.condition import Condition, PercentChange, Ratio, Value
from scorewright.program.earning import ConditionPoints
from scorewright.semantics import Environment, divisors_of, earned
from scorewright.semantics.missing_policy import STRICTNESS, policy_of
from scorewright.validation import Answers


def may_be_missing(item: Input) -> bool:
    """Return whether a valid subject can leave an input unanswered."""
    return not item.required and item.assumed is None


def policies_of(criterion: Criterion, world: World) -> frozenset[Policy] | None:
    """Return the policies by which a criterion can count as unknown; None where that is not decided.

    A condition that is unknown stays so where further answers are missing, unless it asks whether they are
    known. It is enough to try for each policy all missing inputs that are no stricter.
    """
    if not isinstance(criterion.earning, ConditionPoints):
        lost = [name for name in criterion.inputs if may_be_missing(world.items[name])]
        return frozenset({policy_of(world.program, criterion, lost)} if lost else ())
    condition = criterion.earning.condition
    if _divisors(criterion) and len(possible_policies(criterion, world)) > 1:
        return _by_trying(criterion, world)
    found: set[Policy] = set()
    if not world.budget.spend(50 << len(may_be_absent(compares(condition), world))):
        return None
    for missing in _choices(criterion, condition, world):
        policy = policy_of(world.program, criterion, missing or _divisors(criterion))
        if policy not in found:
            told = truth(condition, replace(world, told={}, absent=missing))
            if told is None:
                return None
            found |= {policy} if None in told else set()
    return frozenset(found)


def possible_policies(criterion: Criterion, world: World) -> frozenset[Policy]:
    """Return every policy by which a criterion might count as unknown, whether or not it can be."""
    lacking = {name for name in criterion.inputs if may_be_missing(world.items[name])} | _divisors(criterion)
    # One input of each policy stands for all: a criterion may read very many.
    examples = {world.items[name].policy if name in world.items else None: name for name in lacking}
    return frozenset(policy_of(world.program, criterion, (name,)) for name in examples.values())


def _divisors(criterion: Criterion) -> set[str]:
    """Name the inputs that a criterion divides by: over zero it is unknown though everything is answered."""
    leaves = compares(criterion.earning.condition) if isinstance(criterion.earning, ConditionPoints) else ()
    return {inputs_of(leaf.left)[1] for leaf in leaves if isinstance(leaf.left, Ratio | PercentChange)}


def _by_trying(criterion: Criterion, world: World) -> frozenset[Policy] | None:
    """Return the policies of a criterion whose divisors may be of several, by answering it in every way."""
    items, cuts = [world.items[name] for name in criterion.inputs], cuts_of([criterion])
    days, absent = world.days_for(items), [item.name for item in items if may_be_missing(item)]
    if not days or any(beyond_trying(item, cuts) for item in items):
        return None
    if not world.budget.spend(ASKED + counting(world, cuts, criterion.inputs)):
        return None
    count = len(days) * combinations(world.program, cuts, items, days[0]) << len(absent)
    if not world.budget.spend(40 * count):
        return None
    names = [item.name for item in items]
    found: set[Policy] = set()
    for answers, day, missing in joint_answers(world, cuts, names, absent, days):
        if earned(criterion, answers, day) is None:
            found.add(policy_over(criterion, answers, day, missing, world))
    return frozenset(found)


def policy_over(
    criterion: Criterion, answers: Mapping[str, Value], day: date, missing: Collection[str], world: World
) -> Policy:
    """Return an unknown criterion's policy: the strictest of what is missing and of what divides as 0."""
    zero = divisors_of(criterion, Answers(answers, (*missing,), ()), Environment(answers, day))
    return policy_of(world.program, criterion, {*missing, *zero})


Answered = tuple[Mapping[str, Value], date, set[str]]
"""Answers, the day that they are given on, and what is missing."""


def joint_answers(
    world: World, cuts: Cuts, names: Sequence[str], absent: Sequence[str], days: Sequence[date]
) -> Iterator[Answered]:
    """Answer inputs together in every way that makes a difference, with every choice of absent ones."""
    for day, missing in product(days, subsets(absent)):
        asked = [name for name in names if name not in missing]
        for answers in world.budget.each(joint(world.program, cuts, asked, {}, day)):
            yield answers, day, missing


def _choices(criterion: Criterion, condition: Condition, world: World) -> Iterator[frozenset[str]]:
    if _divisors(criterion):
        yield frozenset()
    missing = [item for name in criterion.inputs if may_be_missing(item := world.items[name])]
    asked = may_be_absent(compares(condition), world)
    levels = sorted({STRICTNESS[item.policy] for item in missing}, reverse=True)
    for level, absent in product(levels, subsets(asked)):
        chosen = (item for item in missing if item.name in absent or item.name not in asked)
        yield frozenset(item.name for item in chosen if STRICTNESS[item.policy] <= level)
