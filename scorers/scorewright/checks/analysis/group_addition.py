"""From what groups earn to totals, as the law adds them: left-out shares, caps, weights, minimums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import ceil, lcm
from typing import Final, NamedTuple

from scorewright.checks.analysis.known_shares import Gauge, KnownShare, Profile, added
from scorewright.checks.analysis.value_sets import ValueSet, union
from scorewright.diagnostics import Budget
from scorewright.program import Group, Program
from scorewright.program.exact_numbers import PLACES, rounded
from scorewright.semantics.totals import clamp

ZERO: Final = Fraction(0)
TICKS: Final[int] = 10**PLACES


class Covered(NamedTuple):
    """How much of the shares is known, how much of them is covered, and how many criteria are answered."""

    share: int
    covered: int
    number: int


@dataclass(frozen=True)
class GroupAddition:
    """Adds what groups earn; points are multiples of 1/raw, and totals before redistribution of 1/unit."""

    program: Program
    gauge: Gauge
    raw: int
    profiles: Mapping[str, Profile[KnownShare] | None]
    budget: Budget

    @cached_property
    def unit(self) -> int:
        """Return a unit that everything a group can contribute is a multiple of."""
        numbers = [Fraction(1, self.raw)]
        for group in self.program.groups:
            known = self.profiles[group.id] or ()
            numbers += [self.times(group, each) / self.raw for each in known]
            numbers += [bound * self.factor(group) for bound in (group.cap, group.floor) if bound is not None]
        return lcm(*{number.denominator for number in numbers})

    @cached_property
    def shares(self) -> Fraction:
        """Return all shares together."""
        return sum((group.share for group in self.program.groups), ZERO)

    @cached_property
    def _whole(self) -> int:
        """Return a unit of shares, and of the parts of them that criteria cover."""
        parts = (group.share / self.most(group) for group in self.program.groups if self.most(group))
        return lcm(*(part.denominator for part in chain((g.share for g in self.program.groups), parts)))

    @cached_property
    def enough(self) -> int:
        """Return what must be covered for a total."""
        return ceil((self.program.minimum_coverage or ZERO) * self.shares * self._whole / 100)

    def most(self, group: Group) -> int:
        """Return what all criteria of a group can earn, in units of the gauge."""
        return sum(self.gauge.most[id] for id in group.criteria)

    def factor(self, group: Group) -> Fraction:
        """Return the weight of a group's points in the total when nothing is left out."""
        if not self.program.weighted:
            return Fraction(1)
        return group.share / group.possible if group.possible else ZERO

    def stretch(self, group: Group, known: KnownShare) -> Fraction:
        """Return what leads from the points of what counts to those of all criteria."""
        return Fraction(self.most(group), known.counting) if known.counting else Fraction(1)

    def times(self, group: Group, known: KnownShare) -> Fraction:
        """Return the weight of a group's points in the total while the same counts."""
        return self.stretch(group, known) * self.factor(group)

    def covered(self, group: Group, known: KnownShare) -> Covered:
        """Return what a group gives to the shares that are known."""
        most = self.most(group)
        covered = group.share * self._whole * known.covered / most if most else ZERO
        share = int(group.share * self._whole) if known.counting else 0
        return Covered(share, min(int(covered), self.enough), known.number)

    def plus(self, one: Covered, two: Covered) -> Covered:
        """Put together what is known; more than the minimum is as good as the minimum."""
        covered = min(one.covered + two.covered, self.enough)
        return Covered(one.share + two.share, covered, min(one.number + two.number, self.gauge.numbers))

    def scale(self, covered: Covered) -> Fraction | None:
        """Return what hands on the shares that are not known; None where too little is."""
        if covered.number < self.gauge.numbers or (self.shares and covered.covered < self.enough):
            return None
        if not self.shares:
            return Fraction(1)
        return self.shares * self._whole / covered.share if covered.share else None

    def contributed(self, group: Group, profile: Profile[KnownShare]) -> Profile[Covered]:
        """Return what a group contributes to the total before redistribution."""
        found: dict[Covered, list[ValueSet]] = {}
        for known, spread in profile.items():
            found.setdefault(self.covered(group, known), []).append(self._weighed(group, known, spread))
        return {covered: union(spreads) for covered, spreads in found.items()}

    def _weighed(self, group: Group, known: KnownShare, spread: ValueSet) -> ValueSet:
        if not known.counts:
            return ValueSet.zero(self.unit)
        times, factor = int(self.times(group, known) * self.unit / self.raw), self.factor(group)
        spread = self.times_of(spread, times, self.unit)
        cap, floor = (None if bound is None else bound * factor for bound in (group.cap, group.floor))
        return clamped(spread, cap, floor)

    def times_of(self, spread: ValueSet, factor: int, unit: int) -> ValueSet:
        """Multiply every number; where that takes too long, only the ends."""
        return replace(spread, unit=unit) if factor == 1 else self.few(spread).times(factor, unit)

    def few(self, spread: ValueSet) -> ValueSet:
        """Pay for looking at every number of a spread, or give one run from its lowest to its highest."""
        return spread if not spread or self.budget.spend(5 * len(spread)) else spread.hull()

    def sum(self, profiles: Iterable[Profile[Covered]]) -> Profile[Covered] | None:
        """Add what independent groups contribute; None where they are known in too many ways."""
        return added(profiles, {Covered(0, 0, 0): ValueSet.zero(self.unit)}, self.plus, self.budget)


def counted(group: Group, profile: Profile[KnownShare], adder: GroupAddition) -> ValueSet:
    """Return a group's points after what is left out, before cap and floor; nothing where nothing counts."""
    counting = {known: spread for known, spread in profile.items() if known.counts}
    unit = lcm(*(adder.stretch(group, known).denominator for known in counting)) * adder.raw
    stretched = [
        adder.times_of(spread, int(adder.stretch(group, known) * unit / adder.raw), unit)
        for known, spread in counting.items()
    ]
    return union(stretched) if stretched else ValueSet.of(adder.raw, ())


def clamped(spread: ValueSet, cap: Fraction | None, floor: Fraction | None) -> ValueSet:
    """Apply a cap, then a floor; the spread's unit is one of theirs."""
    if not spread or ((cap is None or cap >= spread.highest) and (floor is None or floor <= spread.lowest)):
        return spread
    high = spread.ends[1] if cap is None else int(cap * spread.unit)
    low = min(spread.ends[0], high) if floor is None else int(floor * spread.unit)
    return spread.map(lambda value: max(min(value, high), low), spread.unit)


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals as they are rounded, and the lowest and the highest before the total's cap and floor."""

    rounded: ValueSet
    uncapped: tuple[Fraction, Fraction] | None


def totals(adder: GroupAddition, profile: Profile[Covered]) -> Totals:
    """Hand on what is left out, apply the total's cap and floor, and round."""
    known = ((adder.scale(covered), spread) for covered, spread in profile.items() if spread)
    found = [(scale, spread) for scale, spread in known if scale is not None]
    ends = [end * scale for scale, spread in found for end in (spread.lowest, spread.highest)]
    return Totals(_rounded(adder, found), (min(ends), max(ends)) if ends else None)


def within(adder: GroupAddition, low: Fraction, high: Fraction) -> Totals:
    """Return all totals between two, which may be more than occur."""
    ends = (rounded(clamp(end, adder.program.cap, adder.program.floor)) for end in (low, high))
    first, last = (int(end * TICKS) for end in ends)
    return Totals(ValueSet.of(TICKS, (), [(first, last)], exact=False), (low, high))


def _rounded(adder: GroupAddition, found: Sequence[tuple[Fraction, ValueSet]]) -> ValueSet:
    cap, floor = (
        None if bound is None else rounded(bound) for bound in (adder.program.cap, adder.program.floor)
    )
    numbers = [scale / spread.unit for scale, spread in found]
    numbers += [bound for bound in (cap, floor) if bound is not None]
    exact = lcm(*(number.denominator for number in numbers))
    unit = exact if TICKS % exact == 0 else TICKS
    spreads = [_scaled(spread, scale, unit, adder) for scale, spread in found]
    return clamped(union(spreads), cap, floor) if spreads else ValueSet.of(unit, ())


def _scaled(spread: ValueSet, scale: Fraction, unit: int, adder: GroupAddition) -> ValueSet:
    over, under = scale.numerator * unit, scale.denominator * spread.unit
    if over == under:
        return replace(spread, unit=unit)
    return adder.few(spread).map(lambda value: (2 * value * over + under) // (2 * under), unit)
