"""What criteria earn, alone or with those that share their inputs: over all answers, and without some."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from scorewright.checks.analysis.known_shares import Gauge, KnownShare
from scorewright.checks.analysis.satisfiability import (
    ASKED,
    World,
    beyond_trying,
    combinations,
    counting,
    may_be_absent,
    truth,
    weight,
)
from scorewright.checks.analysis.unknown_policies import (
    Answered,
    joint_answers,
    may_be_missing,
    policies_of,
    policy_over,
    possible_policies,
)
from scorewright.checks.analysis.value_grids import MOST_GRID, MOST_SHARED_GRID, grid, is_cell
from scorewright.partition import Cuts, compares, cuts_of, joint
from scorewright.program import Criterion, Policy
from scorewright.program.condition import Value
from scorewright.program.cut import Cut
from scorewright.program.earning import ConditionPoints, OfInput
from scorewright.semantics import earned
from scorewright.semantics.total_bounds import components

ZERO = Fraction(0)


class Sum(NamedTuple):
    """What a part earns in one group: points, or a run of them, and how much is then known.

    `known` is None where a missing answer makes the total incomplete. It is `whole` if nothing is missing.
    """

    group: str
    known: KnownShare | None
    low: Fraction
    high: Fraction
    whole: bool


@dataclass(frozen=True, slots=True)
class CriterionRange:
    """Criteria that share no input with others, and their outcomes: what they earn together in each group.

    Where they are not `joint`, each outcome is of one group, and the groups count as independent. A part is
    `exact` if it holds nothing that cannot occur, `decided` if it holds nothing but what lies as near to it
    as points lie together, and `sharp` if its lowest and highest do occur.
    """

    criteria: tuple[Criterion, ...]
    outcomes: frozenset[tuple[Sum, ...]]
    joint: bool = True
    exact: bool = True
    decided: bool = True
    sharp: bool = True

    @property
    def groups(self) -> tuple[str, ...]:
        """Name the groups that the criteria stand in."""
        return tuple(dict.fromkeys(criterion.group for criterion in self.criteria))

    def sums(self, group: str) -> Iterator[Sum]:
        """List what is earned in one group."""
        return (one for outcome in self.outcomes for one in outcome if one.group == group)

    def telling(self, group: str | None = None) -> Iterator[tuple[Sum, ...]]:
        """List what leads to totals, but for what another leads to as well that knows more."""
        best: dict[tuple[Sum, ...], list[tuple[Sum, ...]]] = {}
        for outcome in self.outcomes if group is None else ((one,) for one in self.sums(group)):
            if all(one.known is not None for one in outcome):
                alike = best.setdefault(tuple(_plain(one) for one in outcome), [])
                if not any(_knows_more(other, outcome) for other in alike):
                    alike[:] = [outcome, *(other for other in alike if not _knows_more(outcome, other))]
        return chain.from_iterable(best.values())


def _plain(one: Sum) -> Sum:
    known = one.known and one.known._replace(covered=0, number=0)
    return one._replace(known=known, whole=True)


def _knows_more(one: Sequence[Sum], other: Sequence[Sum]) -> bool:
    pairs = ((a.known, b.known) for a, b in zip(one, other, strict=True))
    return all(a and b and a.covered >= b.covered and a.number >= b.number for a, b in pairs)


def parts_of(world: World, single: Mapping[str, CriterionRange], gauge: Gauge) -> tuple[CriterionRange, ...]:
    """Part the criteria into sets that share no inputs, with what each earns.

    `single` is what each criterion earns alone. Where what several earn together is not decided, each
    counts as independent: that is more than can occur.
    """
    found: list[CriterionRange] = []
    for members in components(world.program.criteria, {}):
        alone = [single[criterion.id] for criterion in members]
        shared = _shared(tuple(members), world, gauge) if len(members) > 1 else alone[0]
        found += (
            [replace(part, exact=False, decided=False, sharp=False) for part in alone]
            if shared is None
            else [shared]
        )
    return tuple(found)


def alone(criterion: Criterion, world: World, gauge: Gauge) -> CriterionRange:
    """Return what a criterion earns, whatever the others earn."""
    known, exact, sharp = _while_known(criterion, world)
    policies = policies_of(criterion, world)
    decided = policies is not None
    missing = possible_policies(criterion, world) if policies is None else policies
    whole = gauge.of(criterion, None)
    sums = [Sum(criterion.group, whole, low, high, True) for low, high in known]
    sums += [_unknown(criterion, policy, gauge) for policy in missing]
    decided = decided and sharp
    return CriterionRange(
        (criterion,), frozenset((one,) for one in sums), True, exact and decided, decided, decided
    )


def _unknown(criterion: Criterion, policy: Policy, gauge: Gauge) -> Sum:
    known = None if policy is Policy.INCOMPLETE else gauge.of(criterion, policy)
    return Sum(criterion.group, known, ZERO, ZERO, False)


Ends = tuple[Fraction, Fraction]


def _while_known(criterion: Criterion, world: World) -> tuple[Iterable[Ends], bool, bool]:
    """Return the points of a criterion that is known, and whether they are exact and their ends sharp."""
    earning = criterion.earning
    if isinstance(earning, ConditionPoints):
        found = truth(earning.condition, world)
        possible = (True, False) if found is None else found - {None}
        either = {earning.points if true else ZERO for true in possible}
        return _apart(either), found is not None, found is not None
    item = world.items[earning.input]
    points = earning.points_of(item)
    if points is not None:
        return _apart(points), True, True
    values = grid(item, earning, MOST_GRID)
    if values is None:
        return [(criterion.lowest, criterion.highest)], earning.continuous and item.decimals is None, True
    return _apart({earned(criterion, {item.name: v}, date.min) or ZERO for v in values}), True, True


def _apart(points: Iterable[Fraction]) -> list[Ends]:
    return [(value, value) for value in points]


def _shared(members: tuple[Criterion, ...], world: World, gauge: Gauge) -> CriterionRange | None:
    cuts, dense = _fine_cuts(members, world)
    items = [world.items[name] for name in dict.fromkeys(n for c in members for n in c.inputs)]
    days = world.days_for(items)
    if not days or any(beyond_trying(item, cuts) for item in items):
        return None
    if not world.budget.spend(ASKED + counting(world, cuts, [item.name for item in items])):
        return None
    absent = _absent(members, world)
    count = len(days)
    for item in items:
        count *= combinations(world.program, cuts, [item], days[0]) + (item.name in absent)
    if not world.budget.spend(20 * count * sum(map(_weight, members))):
        return None
    names = [item.name for item in items]
    if len(dense) == 1 and len({criterion.group for criterion in members}) == 1:
        apart = [name for name in names if name not in dense]
        others = joint_answers(world, cuts, apart, absent, days)
        runs = frozenset(_runs(members, world, gauge, cuts, dense.pop(), others))
        return CriterionRange(members, runs, exact=False)
    outcomes = frozenset(_outcomes(members, world, gauge, joint_answers(world, cuts, names, absent, days)))
    return _hull(members, outcomes) if dense else CriterionRange(members, outcomes)


def _weight(criterion: Criterion) -> int:
    """Count what is looked at to earn a criterion once."""
    if isinstance(criterion.earning, ConditionPoints):
        return 2 * weight(compares(criterion.earning.condition))
    return 1 + criterion.earning.weight


def _fine_cuts(members: Sequence[Criterion], world: World) -> tuple[Cuts, set[str]]:
    """Return the cuts of criteria, with every value of a number whose each value earns other points.

    Beside them stand the inputs whose values are too many, or not separate.
    """
    cuts = cuts_of(members)
    found = {name: list(values) for name, values in cuts.by_input.items()}
    dense: set[str] = set()
    for criterion in members:
        if isinstance(criterion.earning, OfInput) and criterion.earning.edges() is None:
            values = grid(world.items[criterion.earning.input], criterion.earning, MOST_SHARED_GRID)
            dense |= {criterion.earning.input} if values is None else set()
            found.setdefault(criterion.earning.input, []).extend(Cut(value) for value in values or ())
    return Cuts({name: tuple(dict.fromkeys(values)) for name, values in found.items()}, cuts.lines), dense


def _runs(
    members: Sequence[Criterion],
    world: World,
    gauge: Gauge,
    cuts: Cuts,
    dense: str,
    others: Iterable[Answered],
) -> Iterator[tuple[Sum, ...]]:
    """Yield what criteria of one group earn over an input whose values lie close together, cell by cell."""
    item = world.items[dense]
    for answers, day, missing in others:
        asked = [] if dense in missing else [dense]
        before: tuple[Value, Sum] | None = None
        for whole in joint(world.program, cuts, asked, answers, day):
            ((own,),) = _outcomes(members, world, gauge, [(whole, day, missing)])
            yield (own,)
            if before is not None and is_cell(item, before[0], whole[dense]):
                low, high = min(before[1].low, own.low), max(before[1].high, own.high)
                yield (own._replace(low=low, high=high),)
            before = (whole[dense], own) if asked else None


def _outcomes(
    members: Sequence[Criterion], world: World, gauge: Gauge, answered: Iterable[Answered]
) -> Iterator[tuple[Sum, ...]]:
    for answers, day, missing in answered:
        found: dict[str, Sum] = {}
        for criterion in members:
            own = _sum(criterion, (answers, day, missing), world, gauge)
            before = found.get(criterion.group)
            found[criterion.group] = own if before is None else _plus(before, own, gauge)
        yield tuple(found.values())


def _sum(criterion: Criterion, answered: Answered, world: World, gauge: Gauge) -> Sum:
    answers, day, missing = answered
    points = earned(criterion, answers, day)
    if points is None:
        return _unknown(criterion, policy_over(criterion, answers, day, missing, world), gauge)
    return Sum(criterion.group, gauge.of(criterion, None), points, points, True)


def _plus(one: Sum, two: Sum, gauge: Gauge) -> Sum:
    known = None if one.known is None or two.known is None else gauge.plus(one.known, two.known)
    return Sum(one.group, known, one.low + two.low, one.high + two.high, one.whole and two.whole)


def _absent(members: Sequence[Criterion], world: World) -> list[str]:
    """Name the inputs whose absence gives a score like others: it is asked for, or does not prevent one."""
    conditions = (condition for criterion in members for condition in criterion.earning.conditions)
    asked = may_be_absent(chain.from_iterable(map(compares, conditions)), world)
    lost = (name for c in members if possible_policies(c, world) - {Policy.INCOMPLETE} for name in c.inputs)
    return list(dict.fromkeys([*asked, *(name for name in lost if may_be_missing(world.items[name]))]))


def _hull(members: tuple[Criterion, ...], given: Iterable[tuple[Sum, ...]]) -> CriterionRange:
    """Keep only the ends: the points between them are not separate."""
    ends: dict[tuple[str, KnownShare | None, bool], Ends] = {}
    for one in chain.from_iterable(given):
        key = (one.group, one.known, one.whole)
        low, high = ends.get(key, (one.low, one.high))
        ends[key] = (min(low, one.low), max(high, one.high))
    sums = [Sum(group, known, *points, whole) for (group, known, whole), points in ends.items()]
    together = len({one.group for one in sums}) == 1
    outcomes = frozenset((one,) for one in sums)
    return CriterionRange(members, outcomes, together, exact=False, decided=False, sharp=together)
