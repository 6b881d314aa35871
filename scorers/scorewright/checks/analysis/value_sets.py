"""Sets of numbers that can occur, and their sums: points apart, and runs of all numbers between two ends.

Everything is a whole multiple of 1/unit. Points that lie near each other stand as the bits of one number, so
that adding is shifting. Where adding would take too long the sum is one run from the lowest to the highest:
more than what can occur, so that whatever it does not hold is still impossible.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scorewright.checks.analysis.integer_sets import Bits
from scorewright.diagnostics import Budget

Run = tuple[int, int]
MAX_POINTS = 100_000
MAX_RUNS = 1_000
FEW_RUNS = 20
"""The most runs that points are looked for in."""


@dataclass(frozen=True, slots=True)
class ValueSet:
    """Points and runs; where it is not `exact`, it holds more than can occur."""

    unit: int
    points: Bits
    runs: tuple[Run, ...] = ()
    exact: bool = True

    @classmethod
    def of(cls, unit: int, points: Iterable[int], runs: Iterable[Run] = (), exact: bool = True) -> "ValueSet":
        """Build a spread from points and runs in any order, overlapping or not."""
        given = list(runs)
        single = [*points, *(low for low, high in given if low == high)]
        return _of(unit, Bits.of(single), (run for run in given if run[0] < run[1]), exact)

    @classmethod
    def zero(cls, unit: int) -> "ValueSet":
        """Return nothing but 0."""
        return cls.of(unit, (0,))

    def __len__(self) -> int:
        return len(self.points) + len(self.runs)

    @property
    def ends(self) -> tuple[int, int]:
        """Return the lowest and the highest number, in units."""
        found = [*self.runs[:1], *self.runs[-1:]]
        if self.points:
            found.append((self.points.lowest, self.points.highest))
        return min(low for low, _ in found), max(high for _, high in found)

    @property
    def is_point(self) -> bool:
        """Return whether it is one number, which does occur."""
        return self.points.mask == 1 and not self.runs and self.exact

    @property
    def lowest(self) -> Fraction:
        """Return the lowest number."""
        return Fraction(self.ends[0], self.unit)

    @property
    def highest(self) -> Fraction:
        """Return the highest number."""
        return Fraction(self.ends[1], self.unit)

    def first(self, low: Fraction) -> Fraction | None:
        """Return the lowest number that is at least `low`."""
        start = low * self.unit
        point = self.points.first(ceil(start))
        place = bisect_left(self.runs, ceil(start), key=lambda run: run[1])
        found = [max(Fraction(run[0]), start) for run in self.runs[place : place + 1]]
        found += [] if point is None else [Fraction(point)]
        return min(found) / self.unit if found else None

    def last(self, high: Fraction) -> Fraction | None:
        """Return the highest number that is at most `high`."""
        stop = high * self.unit
        point = self.points.last(floor(stop))
        place = bisect_right(self.runs, floor(stop), key=lambda run: run[0])
        found = [min(Fraction(run[1]), stop) for run in self.runs[max(place - 1, 0) : place]]
        found += [] if point is None else [Fraction(point)]
        return max(found) / self.unit if found else None

    def meets(self, low: Fraction | None, below: Fraction | None) -> bool:
        """Return whether a number lies from `low` up to, but not on, `below`; None is no limit."""
        found = self.lowest if low is None else self.first(low)
        return found is not None and (below is None or found < below)

    def map(self, change: Callable[[int], int], unit: int) -> "ValueSet":
        """Apply a function that never falls; a run stays a run."""
        runs = [(change(low), change(high)) for low, high in self.runs]
        return ValueSet.of(unit, map(change, self.points), runs, self.exact)

    def times(self, factor: int, unit: int) -> "ValueSet":
        """Multiply every number by one that is not negative."""
        runs = tuple((low * factor, high * factor) for low, high in self.runs)
        return ValueSet.of(unit, (point * factor for point in self.points), runs, self.exact)

    def shifted(self, by: int) -> "ValueSet":
        """Add one number to all."""
        runs = tuple((low + by, high + by) for low, high in self.runs)
        return ValueSet(self.unit, self.points.shifted(by), runs, self.exact) if by else self

    def hull(self) -> "ValueSet":
        """Return one run from the lowest to the highest number."""
        return ValueSet.of(self.unit, (), [self.ends], exact=False)

    def plus(self, other: "ValueSet", budget: Budget) -> "ValueSet":
        """Add every number of one spread to every number of the other."""
        if other.is_point:
            return self.shifted(other.points.lowest)
        if self.is_point:
            return other.shifted(self.points.lowest)
        points = self.points.plus(other.points, budget, self.unit.bit_length())
        size = len(self.runs) * len(other) + len(self.points) * len(other.runs)
        if points is None or size > MAX_POINTS or not budget.spend(10 * size):
            low, high = (a + b for a, b in zip(self.ends, other.ends, strict=True))
            return ValueSet.of(self.unit, (), [(low, high)], exact=low == high)
        runs = _run_sums(self, other) if size else ()
        total = _of(self.unit, points, runs, self.exact and other.exact)
        return total if len(total.points) <= MAX_POINTS and len(total.runs) <= MAX_RUNS else total.hull()


def union(spreads: Sequence[ValueSet]) -> ValueSet:
    """Put spreads of one unit together."""
    if len(spreads) == 1:
        return spreads[0]
    points = Bits.union(spread.points for spread in spreads)
    runs = (run for spread in spreads for run in spread.runs)
    return _of(spreads[0].unit, points, runs, all(spread.exact for spread in spreads))


def _of(unit: int, points: Bits, runs: Iterable[Run], exact: bool) -> ValueSet:
    """Build a spread; what lies in one of few runs is no point of its own."""
    merged = tuple(_merged(runs))
    few = 0 < len(merged) <= FEW_RUNS
    return ValueSet(unit, points.outside(merged) if few else points, merged, exact)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    current: Run | None = None
    for low, high in sorted(runs):
        if current is None:
            current = (low, high)
        elif low <= current[1]:
            current = (current[0], max(high, current[1]))
        else:
            yield current
            current = (low, high)
    if current is not None:
        yield current


def _run_sums(one: ValueSet, two: ValueSet) -> Iterator[Run]:
    for low, high in one.runs:
        yield from ((low + a, high + b) for a, b in two.runs)
        yield from ((low + point, high + point) for point in two.points)
    for low, high in two.runs:
        yield from ((low + point, high + point) for point in one.points)
