"""Which points, group sums and totals can occur at all when every answer is known.

Parts that share no input are added as sets of sums, group by group, with caps, floors and weights between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import chain
from math import lcm

from scorers.budget import Budget
from scorers.checks.parts import Part, alone, or_nothing, parts_of
from scorers.checks.spread import Spread, union
from scorers.checks.truth import World
from scorers.program import Group, Program

MOST_VECTORS = 500
"""The most joint sums of parts that stand in several groups; past it they count as independent."""

Vector = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers for exact ones: points are multiples of 1/raw, totals of 1/total."""

    raw: int
    total: int


Pieces = Mapping[str, Sequence[tuple[Part, Spread]]]
"""For each group the parts that its sum is made of."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What can occur: by criterion, by group before and after cap and floor, and in total.

    `criteria` are the points while the answer is known, `counted` what counts in any case. It is `exact` if
    nothing else is among it, and `sharp` if the lowest and the highest do occur. In `pieces` every part
    counts as independent in each of its groups.
    """

    scale: Scale
    criteria: Mapping[str, Spread]
    counted: Mapping[str, Spread]
    raw: Mapping[str, Spread]
    groups: Mapping[str, Spread]
    uncapped: Spread
    total: Spread
    exact: bool
    sharp: bool
    pieces: Pieces


def reach(world: World) -> Reach:
    """Find out what can occur."""
    program = world.program
    single = {criterion.id: alone(criterion, world) for criterion in program.criteria}
    parts = parts_of(world, single)
    scale = _scale(program, chain(parts, single.values()))
    tied, loose = _tied(parts, scale.raw, world.budget)
    base = _sums(_pieces(program, loose, scale.raw), scale.raw, world.budget)
    size = len(tied) * sum(map(len, base.values()))
    if len(tied) > 1 and not world.budget.spend(10 * size):
        tied, loose = [{}], parts
        base = _sums(_pieces(program, loose, scale.raw), scale.raw, world.budget)
    raw = {id: union([spread.shifted(vector.get(id, 0)) for vector in tied]) for id, spread in base.items()}
    uncapped = union([_total(program, base, vector, scale, world.budget) for vector in tied])
    relaxed = any(len(_groups(part)) > 1 for part in loose)
    return Reach(
        scale=scale,
        criteria={id: _alone(part, scale) for id, part in single.items()},
        counted={id: _alone(or_nothing(part, world), scale) for id, part in single.items()},
        raw=raw,
        groups={group.id: clamped(raw[group.id], group.cap, group.floor) for group in program.groups},
        uncapped=uncapped,
        total=clamped(uncapped, program.cap, program.floor),
        exact=not relaxed and uncapped.exact and all(part.exact for part in parts),
        sharp=not relaxed and all(part.sharp for part in parts),
        pieces=_pieces(program, parts, scale.raw),
    )


def _scale(program: Program, parts: Iterable[Part]) -> Scale:
    numbers = [bound for bound in (program.cap, program.floor) if bound is not None]
    for group in program.groups:
        numbers += [bound for bound in (group.cap, group.floor) if bound is not None]
    for part in parts:
        numbers += [points for sums in part.sums for _, points in sums]
        numbers += [end for _, low, high in part.runs for end in (low, high)]
    raw = lcm(*{number.denominator for number in numbers})
    return Scale(raw, raw * lcm(*(factor(group).denominator for group in program.groups)))


def factor(group: Group) -> Fraction:
    """Give the weight of a group's points in the total when every answer is known."""
    return group.share / group.possible if group.possible else Fraction(1)


def _groups(part: Part) -> list[str]:
    return list(dict.fromkeys(criterion.group for criterion in part.criteria))


def _pieces(program: Program, parts: Iterable[Part], unit: int) -> Pieces:
    found: dict[str, list[tuple[Part, Spread]]] = {group.id: [] for group in program.groups}
    for part in parts:
        for group in _groups(part):
            found[group].append((part, _spread(part, group, unit)))
    return found


def _sums(pieces: Pieces, unit: int, budget: Budget) -> dict[str, Spread]:
    return {group: _sum([spread for _, spread in inside], unit, budget) for group, inside in pieces.items()}


def _tied(parts: Sequence[Part], unit: int, budget: Budget) -> tuple[Sequence[Vector], Sequence[Part]]:
    """Give what parts that stand in several groups earn together, and the parts that are not among them."""
    tied: list[Vector] = [{}]
    loose: list[Part] = []
    for part in parts:
        more = _tie(tied, part, unit, budget) if len(_groups(part)) > 1 and part.sums else None
        if more is None:
            loose.append(part)
        else:
            tied = more
    return tied, loose


def _tie(tied: Sequence[Vector], part: Part, unit: int, budget: Budget) -> list[Vector] | None:
    size = len(tied) * len(part.sums)
    groups = len(tied[0]) + len(_groups(part))
    if size > 10 * MOST_VECTORS or not budget.spend((30 + 3 * groups) * size):
        return None
    own = [{id: int(points * unit) for id, points in sums} for sums in part.sums]
    found = {
        tuple(sorted({**vector, **{id: vector.get(id, 0) + points for id, points in sums.items()}}.items()))
        for vector in budget.each(tied)
        for sums in own
    }
    return [dict(items) for items in found] if len(found) <= MOST_VECTORS else None


def _spread(part: Part, group: str, unit: int) -> Spread:
    points = (int(points * unit) for sums in part.sums for id, points in sums if id == group)
    runs = ((int(low * unit), int(high * unit)) for id, low, high in part.runs if id == group)
    return Spread.of(unit, points, runs)


def _alone(part: Part, scale: Scale) -> Spread:
    return _spread(part, part.criteria[0].group, scale.raw)


def _sum(spreads: Sequence[Spread], unit: int, budget: Budget) -> Spread:
    return reduce(lambda one, two: one.plus(two, budget), spreads, Spread.zero(unit))


def _total(
    program: Program, base: Mapping[str, Spread], vector: Vector, scale: Scale, budget: Budget
) -> Spread:
    spreads = [
        weighed(base[group.id].shifted(vector.get(group.id, 0)), group, scale) for group in program.groups
    ]
    return _sum(spreads, scale.total, budget)


def weighed(spread: Spread, group: Group, scale: Scale) -> Spread:
    """Give what a group's points contribute to the total: after cap, floor and weight."""
    times = int(factor(group) * scale.total / scale.raw)
    spread = clamped(spread, group.cap, group.floor)
    if times == 1:
        return replace(spread, unit=scale.total)
    return spread.map(lambda value: value * times, scale.total)


def clamped(spread: Spread, cap: Fraction | None, floor: Fraction | None) -> Spread:
    """Apply a cap, then a floor."""
    if (cap is None or cap >= spread.highest) and (floor is None or floor <= spread.lowest):
        return spread
    high = spread.ends[1] if cap is None else int(cap * spread.unit)
    low = min(spread.ends[0], high) if floor is None else int(floor * spread.unit)
    return spread.map(lambda value: max(min(value, high), low), spread.unit)


def without(spreads: Sequence[Spread], unit: int, budget: Budget) -> list[Spread]:
    """Give for each spread the sum of all others."""
    before = [Spread.zero(unit)]
    after = [Spread.zero(unit)]
    for spread, last in zip(spreads, reversed(spreads), strict=True):
        before.append(before[-1].plus(spread, budget))
        after.append(after[-1].plus(last, budget))
    return [a.plus(b, budget) for a, b in zip(before[:-1], reversed(after[:-1]), strict=True)]
