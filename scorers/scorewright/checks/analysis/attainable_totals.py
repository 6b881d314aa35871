"""Which points, group sums and totals can occur, over all answers and all that may be missing of them.

Parts that share no input are added as sets of sums, group by group and apart for each amount that is known,
for what is left out changes what the rest is worth. Caps, floors and weights come between, as the law says.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import chain
from math import lcm

from scorewright.checks.analysis.criterion_ranges import CriterionRange, Sum, alone, parts_of
from scorewright.checks.analysis.group_addition import (
    Covered,
    GroupAddition,
    Totals,
    clamped,
    counted,
    totals,
)
from scorewright.checks.analysis.known_shares import NOTHING, Gauge, KnownShare, Profile, added, gauge_of
from scorewright.checks.analysis.rough_bounds import rough_group, rough_totals
from scorewright.checks.analysis.satisfiability import World
from scorewright.checks.analysis.value_sets import ValueSet, union
from scorewright.diagnostics import Budget
from scorewright.program import Group, Program

MOST_VECTORS = 500
"""The most joint sums of parts that stand in several groups; past it they count as independent."""

Vector = Mapping[str, tuple[KnownShare, int]]
"""What parts that stand in several groups earn together: by group how much is known, and the points."""

Pieces = Mapping[str, Sequence[tuple[CriterionRange, Profile[KnownShare]]]]
"""For each group the parts that its sum is made of."""


@dataclass(frozen=True, slots=True)
class AttainableTotals:
    """What can occur: by criterion, by group before and after cap and floor, and in total, rounded.

    `criteria` and `groups` are points while nothing of them is missing, as conditions ask for them; `raw` and
    `counted` are a group's points as they count, whatever is missing. The total is `exact` if nothing else
    is among it, `decided` if nothing else but what lies as near as totals lie together, and `sharp` if the
    lowest and the highest do occur. In `pieces` every part counts as
    independent in each of its groups.
    """

    criteria: Mapping[str, ValueSet]
    groups: Mapping[str, ValueSet]
    raw: Mapping[str, ValueSet]
    counted: Mapping[str, ValueSet]
    uncapped: tuple[Fraction, Fraction] | None
    total: ValueSet
    exact: bool
    decided: bool
    sharp: bool
    single: Mapping[str, CriterionRange]
    pieces: Pieces
    adder: GroupAddition


def reach(world: World) -> AttainableTotals:
    """Find out what can occur."""
    program, gauge = world.program, gauge_of(world.program)
    single = {criterion.id: alone(criterion, world, gauge) for criterion in program.criteria}
    parts = parts_of(world, single, gauge)
    raw = _unit(program, chain(parts, single.values()))
    pieces = _pieces(program, parts, raw)
    adder = adder_of(program, gauge, raw, pieces, world.budget)
    found, joint = _totals(adder, parts, pieces)
    told = found or rough_totals(adder, single)
    decided = found is not None and joint and told.rounded.exact
    earned = {group.id: _counted(group, single, adder) for group in program.groups}
    return AttainableTotals(
        criteria={id: _whole([part], part.groups[0], raw, world.budget) for id, part in single.items()},
        groups={group.id: _known(group, parts, raw, world.budget) for group in program.groups},
        raw=earned,
        counted={group.id: clamped(earned[group.id], group.cap, group.floor) for group in program.groups},
        uncapped=told.uncapped,
        total=told.rounded,
        exact=decided and all(part.exact for part in parts),
        decided=decided and all(part.decided for part in parts),
        sharp=found is not None and joint and all(part.sharp for part in parts),
        single=single,
        pieces=pieces,
        adder=adder,
    )


def _unit(program: Program, parts: Iterable[CriterionRange]) -> int:
    """Return a unit that all points are a multiple of."""
    numbers = [bound for bound in (program.cap, program.floor) if bound is not None]
    for group in program.groups:
        numbers += [bound for bound in (group.cap, group.floor) if bound is not None]
    for one in chain.from_iterable(chain.from_iterable(part.outcomes for part in parts)):
        numbers += (one.low, one.high)
    return lcm(*{number.denominator for number in numbers})


def _pieces(program: Program, parts: Iterable[CriterionRange], unit: int) -> Pieces:
    found: dict[str, list[tuple[CriterionRange, Profile[KnownShare]]]] = {
        group.id: [] for group in program.groups
    }
    for part in parts:
        for group in part.groups:
            found[group].append((part, profile_of(part, group, unit)))
    return found


def profile_of(part: CriterionRange, group: str, unit: int) -> Profile[KnownShare]:
    """Return what a part earns in a group, by how much is known."""
    by_known: dict[KnownShare, list[Sum]] = {}
    for one in chain.from_iterable(part.telling(group)):
        if one.known is not None:
            by_known.setdefault(one.known, []).append(one)
    return {known: spread_of(sums, unit) for known, sums in by_known.items()}


def spread_of(sums: Iterable[Sum], unit: int) -> ValueSet:
    """Return sums as a spread."""
    ends = [(int(one.low * unit), int(one.high * unit)) for one in sums]
    apart = (low for low, high in ends if low == high)
    return ValueSet.of(unit, apart, (end for end in ends if end[0] < end[1]))


def adder_of(program: Program, gauge: Gauge, raw: int, pieces: Pieces, budget: Budget) -> GroupAddition:
    """Add the parts of each group, and give what adds groups."""
    profiles = {
        group: added((profile for _, profile in inside), {NOTHING: ValueSet.zero(raw)}, gauge.plus, budget)
        for group, inside in pieces.items()
    }
    return GroupAddition(program, gauge, raw, profiles, budget)


def _counted(group: Group, single: Mapping[str, CriterionRange], adder: GroupAddition) -> ValueSet:
    profile = adder.profiles[group.id]
    if profile is not None:
        return counted(group, profile, adder)
    low, high = rough_group(group, single, adder)
    unit = adder.raw * low.denominator * high.denominator
    return ValueSet.of(unit, (), [(int(low * unit), int(high * unit))], exact=False)


def _whole(parts: Sequence[CriterionRange], group: str, unit: int, budget: Budget) -> ValueSet:
    """Add the points of parts of which nothing is missing in a group."""
    spreads = [spread_of((one for one in part.sums(group) if one.whole), unit) for part in parts]
    return reduce(lambda one, two: one.plus(two, budget), spreads, ValueSet.zero(unit))


def _known(group: Group, parts: Iterable[CriterionRange], unit: int, budget: Budget) -> ValueSet:
    inside = [part for part in parts if group.id in part.groups]
    return clamped(_whole(inside, group.id, unit, budget), group.cap, group.floor)


def folded(profiles: Iterable[Profile[KnownShare]], adder: GroupAddition) -> Profile[KnownShare] | None:
    """Add the parts of a group; None where they are known in too many ways."""
    return added(profiles, {NOTHING: ValueSet.zero(adder.raw)}, adder.gauge.plus, adder.budget)


def _totals(
    adder: GroupAddition, parts: Sequence[CriterionRange], pieces: Pieces
) -> tuple[Totals | None, bool]:
    """Add all groups, and tell whether parts that stand in several of them were kept together."""
    tied, loose = _tied(parts, adder)
    touched = {group for vector in tied for group in vector}
    base = dict(adder.profiles)
    for group in touched:
        own = (profile for part, profile in pieces[group] if id(part) in {id(other) for other in loose})
        base[group] = folded(own, adder)
    sizes = (len(spread) for group in touched for spread in (base[group] or {}).values())
    if touched and not adder.budget.spend(10 * len(tied) * sum(sizes)):
        tied, loose, base, touched = [{}], parts, dict(adder.profiles), set()
    found = _added(adder, base, tied, touched)
    return None if found is None else totals(adder, found), not any(len(part.groups) > 1 for part in loose)


def _added(
    adder: GroupAddition,
    base: Mapping[str, Profile[KnownShare] | None],
    tied: Sequence[Vector],
    touched: Container[str],
) -> Profile[Covered] | None:
    groups = [(group, profile) for group in adder.program.groups if (profile := base[group.id]) is not None]
    if len(groups) < len(base):
        return None
    fixed = adder.sum([adder.contributed(group, own) for group, own in groups if group.id not in touched])
    found: dict[Covered, list[ValueSet]] = {}
    for vector in tied if fixed is not None else ():
        moved = [
            (group, _moved(own, vector, group.id, adder)) for group, own in groups if group.id in touched
        ]
        total = adder.sum([fixed or {}, *(adder.contributed(group, own) for group, own in moved)])
        if total is None:
            return None
        for covered, spread in total.items():
            found.setdefault(covered, []).append(spread)
    return None if fixed is None else {covered: union(spreads) for covered, spreads in found.items()}


def _moved(
    profile: Profile[KnownShare], vector: Vector, group: str, adder: GroupAddition
) -> Profile[KnownShare]:
    known, points = vector.get(group, (NOTHING, 0))
    found: dict[KnownShare, list[ValueSet]] = {}
    for own, spread in profile.items():
        found.setdefault(adder.gauge.plus(own, known), []).append(spread.shifted(points))
    return {together: union(spreads) for together, spreads in found.items()}


def _tied(
    parts: Sequence[CriterionRange], adder: GroupAddition
) -> tuple[Sequence[Vector], Sequence[CriterionRange]]:
    """Return what parts that stand in several groups earn together, and the parts that are not among them."""
    tied: list[Vector] = [{}]
    loose: list[CriterionRange] = []
    for part in parts:
        more = _tie(tied, part, adder) if len(part.groups) > 1 and part.joint else None
        if more is None:
            loose.append(part)
        else:
            tied = more
    return tied, loose


def _tie(tied: Sequence[Vector], part: CriterionRange, adder: GroupAddition) -> list[Vector] | None:
    outcomes = list(part.telling())
    size = len(tied) * len(outcomes)
    groups = len(tied[0]) + len(part.groups)
    if size > 10 * MOST_VECTORS or not adder.budget.spend((30 + 3 * groups) * size):
        return None
    found = {_both(vector, outcome, adder) for vector in adder.budget.each(tied) for outcome in outcomes}
    return [dict(items) for items in found] if len(found) <= MOST_VECTORS else None


def _both(
    vector: Vector, outcome: Sequence[Sum], adder: GroupAddition
) -> tuple[tuple[str, tuple[KnownShare, int]], ...]:
    found = dict(vector)
    for one in outcome:
        known, points = found.get(one.group, (NOTHING, 0))
        assert one.known is not None  # INVARIANT: outcomes that make the total incomplete are sorted out
        found[one.group] = adder.gauge.plus(known, one.known), points + int(one.low * adder.raw)
    return tuple(sorted(found.items()))
