"""What each criterion, or each set of criteria that share inputs, can earn over all answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import chain, product

from scorers.checks.truth import (
    ASKED,
    World,
    beyond_trying,
    combinations,
    counting,
    may_be_absent,
    subsets,
    truth,
    weight,
)
from scorers.cut import Cut
from scorers.earning import OfInput, When
from scorers.law.bounds import components
from scorers.law.cells import Cuts, compares, cuts_of, joint
from scorers.law.earnings import earned
from scorers.program import Criterion, Input, Policy

ZERO = Fraction(0)
MOST_GRID = 5_000
"""The most values of a number that count one by one; a finer number counts as a run."""
MOST_SHARED_GRID = 200
"""The same for a number that criteria share."""

Sums = tuple[tuple[str, Fraction], ...]
"""What is earned together in each group."""


@dataclass(frozen=True, slots=True)
class Part:
    """Criteria that share no input with others: the sums that they reach, or else runs, one for each group.

    It is `exact` if it holds nothing that cannot occur, and `sharp` if its lowest and highest do occur.
    """

    criteria: tuple[Criterion, ...]
    sums: frozenset[Sums] = frozenset()
    runs: tuple[tuple[str, Fraction, Fraction], ...] = ()
    exact: bool = True
    sharp: bool = True


def parts_of(world: World, single: Mapping[str, Part]) -> tuple[Part, ...]:
    """Part the criteria into sets that share no inputs, with what each earns.

    `single` is what each criterion earns alone. Answers count as known, but for those whose absence earns
    nothing: that is a score like others.
    """
    return tuple(
        or_nothing(single[members[0].id], world) if len(members) == 1 else _shared(tuple(members), world)
        for members in components(world.program.criteria, {})
    )


def or_nothing(part: Part, world: World) -> Part:
    """Add the 0 that a criterion alone counts for while its answer is missing, if it does."""
    criterion = part.criteria[0]
    nothing = {((criterion.group, ZERO),)} if may_earn_nothing(criterion, world) else set()
    return replace(part, sums=part.sums | nothing)


def may_earn_nothing(criterion: Criterion, world: World) -> bool:
    """Tell whether a missing answer can make a criterion count as 0."""
    missing = [item for name in criterion.inputs if _may_be_missing(item := world.items[name])]
    if criterion.policy is not None:
        return bool(missing) and criterion.policy is Policy.NO_POINTS
    return any(item.policy is Policy.NO_POINTS for item in missing)


def _may_be_missing(item: Input) -> bool:
    return not item.required and item.assumed is None


def alone(criterion: Criterion, world: World) -> Part:
    """Give what a criterion earns, whatever the others earn."""
    earning = criterion.earning
    if isinstance(earning, When):
        found = truth(earning.condition, world)
        known = found is not None
        true = earning.points if found is None or True in found else ZERO
        false = ZERO if found is None or found != {True} else earning.points
        return _points(criterion, {true, false}, known)
    item = world.items[earning.input]
    points = earning.points_of(item)
    if points is not None:
        return _points(criterion, points)
    values = grid(item, earning, MOST_GRID)
    if values is None:
        run = (criterion.group, criterion.lowest, criterion.highest)
        return Part((criterion,), runs=(run,), exact=earning.continuous and item.decimals is None)
    return _points(criterion, {earned(criterion, {item.name: v}, date.min) or ZERO for v in values})


def _points(criterion: Criterion, points: Iterable[Fraction], known: bool = True) -> Part:
    return Part((criterion,), frozenset(((criterion.group, value),) for value in points), (), known, known)


def grid(item: Input, earning: OfInput, most: int) -> Sequence[Fraction] | None:
    """List the values that make a difference to an earning; None where they are too many or not separate."""
    low, high = earning.telling(item)
    if not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return None
    if low == high:
        return (low,)
    if item.decimals is None:
        return None
    step = Fraction(1, 10**item.decimals)
    count = -(-(high - low) // step) + 1
    return [low + step * index for index in range(int(count))] if count <= most else None


def _shared(members: tuple[Criterion, ...], world: World) -> Part:
    cuts, dense = _fine_cuts(members, world)
    items = [world.items[name] for name in dict.fromkeys(n for c in members for n in c.inputs)]
    days = world.days_for(items)
    if not days or any(beyond_trying(item, cuts) for item in items):
        return _box(members, world)
    if not world.budget.spend(ASKED + counting(world, cuts, [item.name for item in items])):
        return _box(members, world)
    absent = _absent(members, world)
    count = len(days)
    for item in items:
        count *= combinations(world.program, cuts, [item], days[0]) + (item.name in absent)
    if not world.budget.spend(20 * count * sum(map(_weight, members))):
        return _box(members, world)
    names = [item.name for item in items]
    sums = frozenset(_sums(members, world, cuts, names, days))
    return _runs(members, sums) if dense else Part(members, sums)


def _weight(criterion: Criterion) -> int:
    """Count what is looked at to earn a criterion once."""
    if isinstance(criterion.earning, When):
        return 2 * weight(compares(criterion.earning.condition))
    return 1 + criterion.earning.weight


def _fine_cuts(members: Sequence[Criterion], world: World) -> tuple[Cuts, bool]:
    """Give the cuts of criteria, with every value of a number whose each value earns other points."""
    cuts = cuts_of(members)
    found = {name: list(values) for name, values in cuts.by_input.items()}
    dense = False
    for criterion in members:
        if isinstance(criterion.earning, OfInput) and criterion.earning.edges() is None:
            values = grid(world.items[criterion.earning.input], criterion.earning, MOST_SHARED_GRID)
            dense = dense or values is None
            found.setdefault(criterion.earning.input, []).extend(Cut(value) for value in values or ())
    return Cuts({name: tuple(dict.fromkeys(values)) for name, values in found.items()}, cuts.lines), dense


def _sums(
    members: Sequence[Criterion], world: World, cuts: Cuts, names: Sequence[str], days: Sequence[date]
) -> Iterator[Sums]:
    for day, missing in product(days, subsets(_absent(members, world))):
        asked = [name for name in names if name not in missing]
        for answers in world.budget.each(joint(world.program, cuts, asked, {}, day)):
            points = [earned(criterion, answers, day) for criterion in members]
            if None in points and missing and not _earn_nothing(members, points, missing, world):
                continue
            found: dict[str, Fraction] = {}
            for criterion, value in zip(members, points, strict=True):
                found[criterion.group] = found.get(criterion.group, ZERO) + (value or ZERO)
            yield tuple(found.items())


def _absent(members: Sequence[Criterion], world: World) -> list[str]:
    """Name the inputs whose absence gives a score like others: it is asked for, or earns nothing."""
    conditions = (condition for criterion in members for condition in criterion.earning.conditions)
    asked = may_be_absent(chain.from_iterable(map(compares, conditions)), world)
    lost = (name for c in members if may_earn_nothing(c, world) for name in c.inputs)
    return list(dict.fromkeys([*asked, *(name for name in lost if _may_be_missing(world.items[name]))]))


def _earn_nothing(
    members: Sequence[Criterion], points: Sequence[Fraction | None], missing: set[str], world: World
) -> bool:
    """Tell whether every criterion that is unknown counts as 0; otherwise there is another total, or none."""
    unknown = (criterion for criterion, value in zip(members, points, strict=True) if value is None)
    for criterion in unknown:
        own = {world.items[name].policy for name in criterion.inputs if name in missing}
        if own and (criterion.policy or max(own, key=list(Policy).index)) is not Policy.NO_POINTS:
            return False
    return True


def _runs(members: tuple[Criterion, ...], sums: frozenset[Sums]) -> Part:
    """Keep only the ends: the points between them are not separate."""
    by_group: dict[str, list[Fraction]] = {}
    for together in sums:
        for group, points in together:
            by_group.setdefault(group, []).append(points)
    runs = tuple((group, min(points), max(points)) for group, points in by_group.items())
    return Part(members, frozenset(), runs, exact=False, sharp=len(runs) == 1)


def _box(members: tuple[Criterion, ...], world: World) -> Part:
    """Take every criterion for independent: more than can occur."""
    by_group: dict[str, tuple[Fraction, Fraction]] = {}
    for criterion in members:
        low, high = by_group.get(criterion.group, (ZERO, ZERO))
        nothing = [ZERO] if may_earn_nothing(criterion, world) else []
        lowest, highest = min([criterion.lowest, *nothing]), max([criterion.highest, *nothing])
        by_group[criterion.group] = (low + lowest, high + highest)
    runs = tuple((group, low, high) for group, (low, high) in by_group.items())
    return Part(members, frozenset(), runs, exact=False, sharp=False)
