"""Sets of numbers that can occur, and their sums: points apart, and runs of all numbers between two ends.

Everything is a whole multiple of 1/unit. Where adding would take too long the sum is one run from the lowest
to the highest: more than what can occur, so that whatever it does not hold is still impossible.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scorers.checks.budget import Budget

Run = tuple[int, int]
MAX_BITS = 2_000_000
MAX_POINTS = 100_000
MAX_RUNS = 1_000


@dataclass(frozen=True, slots=True)
class Spread:
    """Points and runs, both sorted and apart; where it is not `exact`, it holds more than can occur."""

    unit: int
    points: tuple[int, ...]
    runs: tuple[Run, ...] = ()
    exact: bool = True

    @classmethod
    def of(cls, unit: int, points: Iterable[int], runs: Iterable[Run] = (), exact: bool = True) -> "Spread":
        """Build a spread from points and runs in any order, overlapping or not."""
        merged = tuple(_merged([run for run in runs if run[0] < run[1]]))
        single = {*points, *(run[0] for run in runs if run[0] == run[1])}
        return cls(unit, tuple(sorted(p for p in single if not _inside(p, merged))), merged, exact)

    @property
    def _ends(self) -> tuple[int, int]:
        starts = [*self.points[:1], *(run[0] for run in self.runs[:1])]
        stops = [*self.points[-1:], *(run[1] for run in self.runs[-1:])]
        return min(starts), max(stops)

    @property
    def lowest(self) -> Fraction:
        """Give the lowest number."""
        return Fraction(self._ends[0], self.unit)

    @property
    def highest(self) -> Fraction:
        """Give the highest number."""
        return Fraction(self._ends[1], self.unit)

    def first(self, low: Fraction) -> Fraction | None:
        """Give the lowest number that is at least `low`."""
        start = low * self.unit
        index = bisect_left(self.points, ceil(start))
        found = [Fraction(point) for point in self.points[index : index + 1]]
        place = bisect_left(self.runs, ceil(start), key=lambda run: run[1])
        found += [max(Fraction(run[0]), start) for run in self.runs[place : place + 1]]
        return min(found) / self.unit if found else None

    def last(self, high: Fraction) -> Fraction | None:
        """Give the highest number that is at most `high`."""
        stop = high * self.unit
        index = bisect_right(self.points, floor(stop))
        found = [Fraction(point) for point in self.points[max(index - 1, 0) : index]]
        place = bisect_right(self.runs, floor(stop), key=lambda run: run[0])
        found += [min(Fraction(run[1]), stop) for run in self.runs[max(place - 1, 0) : place]]
        return max(found) / self.unit if found else None

    def meets(self, low: Fraction | None, below: Fraction | None) -> bool:
        """Tell whether a number lies from `low` up to, but not on, `below`; None is no limit."""
        found = self.lowest if low is None else self.first(low)
        return found is not None and (below is None or found < below)

    def map(self, change: Callable[[int], int], unit: int) -> "Spread":
        """Apply a function that never falls; a run stays a run."""
        runs = [(change(low), change(high)) for low, high in self.runs]
        return Spread.of(unit, map(change, self.points), runs, self.exact)

    def hull(self) -> "Spread":
        """Give one run from the lowest to the highest number."""
        return Spread.of(self.unit, (), [self._ends], exact=False)

    def plus(self, other: "Spread", budget: Budget) -> "Spread":
        """Add every number of one spread to every number of the other."""
        points = _sums(self, other, budget)
        run_sums = len(self.runs) * (len(other.points) + len(other.runs)) + len(self.points) * len(other.runs)
        if points is None or run_sums > MAX_POINTS or not budget.spend(10 * run_sums):
            return self.hull()._plus_hull(other.hull())
        total = Spread.of(self.unit, points, _run_sums(self, other), self.exact and other.exact)
        return total if len(total.points) <= MAX_POINTS and len(total.runs) <= MAX_RUNS else total.hull()

    def _plus_hull(self, other: "Spread") -> "Spread":
        low, high = (a + b for a, b in zip(self._ends, other._ends, strict=True))
        return Spread.of(self.unit, (), [(low, high)], exact=low == high)


def union(spreads: Sequence[Spread]) -> Spread:
    """Put spreads of one unit together."""
    points = (point for spread in spreads for point in spread.points)
    runs = [run for spread in spreads for run in spread.runs]
    return Spread.of(spreads[0].unit, points, runs, all(spread.exact for spread in spreads))


def _inside(point: int, runs: Sequence[Run]) -> bool:
    place = bisect_right(runs, point, key=lambda run: run[0])
    return place > 0 and point <= runs[place - 1][1]


def _merged(runs: list[Run]) -> Iterator[Run]:
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


def _run_sums(one: Spread, two: Spread) -> list[Run]:
    ends_one = [*one.runs, *((point, point) for point in one.points)]
    ends_two = [*two.runs, *((point, point) for point in two.points)]
    sums = [(a + c, b + d) for a, b in one.runs for c, d in ends_two]
    return sums + [(a + c, b + d) for c, d in two.runs for a, b in ends_one]


def _sums(one: Spread, two: Spread, budget: Budget) -> Iterable[int] | None:
    few, many = sorted((one.points, two.points), key=len)
    if not few:
        return ()
    size = len(few) * len(many)
    if size <= 10_000 and budget.spend(size * (1 + one.unit.bit_length() // 500)):
        return {a + b for a in few for b in many}
    width = few[-1] - few[0] + many[-1] - many[0] + 1
    if width <= MAX_BITS and budget.spend(width // 5 + len(few) * (10 + width // 5_000)):
        return _bit_sums(few, many, width)
    return None


def _bit_sums(few: Sequence[int], many: Sequence[int], width: int) -> Iterator[int]:
    """Add by shifting: bit n of a mask stands for the number n above the lowest."""
    digits = bytearray(b"0") * width
    for number in many:
        digits[width - 1 - (number - many[0])] = ord("1")
    mask = int(digits, 2)
    found = 0
    for number in few:
        found |= mask << (number - few[0])
    base = few[0] + many[0]
    for index, digit in enumerate(reversed(f"{found:b}")):
        if digit == "1":
            yield base + index
