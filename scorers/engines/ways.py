"""The cheapest ways to the next band, found on whole numbers: no set of criteria is combined anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, combinations

from scorers.engines.book import Book, Sheet
from scorers.engines.parts import Part
from scorers.engines.sums import Sums
from scorers.engines.units import Number
from scorers.exact import UNIT
from scorers.law.next_band import CANDIDATES, WAYS
from scorers.program import Program
from scorers.result import Way

Chosen = tuple[int, ...]
"""The places of some criteria."""

Reaching = tuple[int, Chosen, int]
"""A set's order among those of its size, the set, and the total it gives in units of the last decimal."""


@dataclass(frozen=True, slots=True)
class Now:
    """Where a subject stands: its parts and their marks, the sheet for them, and the sums of its groups."""

    parts: Sequence[Part]
    marks: bytes
    sheet: Sheet
    sums: Sequence[Number]


class Ways:
    """Find the ways to the next band of one program."""

    def __init__(self, program: Program, book: Book, sums: Sums) -> None:
        self.book = book
        self.sums = sums
        self._actionable = [place for place, c in enumerate(program.criteria) if c.actionable]
        self._ids = [criterion.id for criterion in program.criteria]

    def to(self, now: Now, edge: Fraction) -> tuple[Way, ...]:
        """Give the smallest sets that reach an edge, in the law's order."""
        candidates = self._candidates(now)
        steps = int(-(-edge * UNIT // 1))
        left_out = any(now.parts[place].earned.points is None for place in candidates)
        find = self._one_by_one if left_out or not self.sums.plain else self._by_sums
        for found in find(now, candidates, steps):
            ranked = [
                (sum([not now.marks[place] for place in chosen]), total, order, chosen)
                for order, chosen, total in found
            ]
            if ranked:
                return tuple(self._way(chosen, total) for _, total, _, chosen in sorted(ranked)[:WAYS])
        return ()

    def _candidates(self, now: Now) -> list[int]:
        parts, marks = now.parts, now.marks
        open_ones = [p for p in self._actionable if parts[p].gain > 0 or parts[p].earned.points is None]
        return sorted(open_ones, key=lambda place: (not marks[place], -parts[place].gain))[:CANDIDATES]

    def _way(self, chosen: Chosen, total: int) -> Way:
        return Way(tuple([self._ids[place] for place in chosen]), Fraction(total, UNIT))

    def _by_sums(self, now: Now, candidates: Sequence[int], steps: int) -> Iterator[Iterable[Reaching]]:
        """Add to the total what each candidate gains: nothing else changes."""
        sheet, twice = now.sheet, 2 * UNIT
        weights, group_of = sheet.weights, self.sums.group_of
        gains = [now.parts[place].gain * weights[group_of[place]] * twice for place in candidates]
        total = self.sums.total(sheet, now.sums) * twice
        needed = (2 * steps - 1) * sheet.whole - total
        most = accumulate(sorted(gains, reverse=True))
        for size, best in enumerate(most, start=1):
            if best < needed:
                continue
            sets = zip(combinations(candidates, size), combinations(gains, size), strict=True)
            yield [
                (order, chosen, int((total + sum(added) + sheet.whole) // (2 * sheet.whole)))
                for order, (chosen, added) in enumerate(sets)
                if sum(added) >= needed
            ]

    def _one_by_one(self, now: Now, candidates: Sequence[int], steps: int) -> Iterator[Iterable[Reaching]]:
        """Add up every set anew: what joins changes the shares, and caps and floors cut sums."""
        for size in range(1, len(candidates) + 1):
            sets = enumerate(combinations(candidates, size))
            totals = ((order, chosen, self._total(now, chosen)) for order, chosen in sets)
            yield [(order, chosen, total) for order, chosen, total in totals if total >= steps]

    def _total(self, now: Now, chosen: Chosen) -> int:
        """Give the rounded total, in units of its last decimal, with these criteria at their most."""
        marks, sums = bytearray(now.marks), list(now.sums)
        for place in chosen:
            marks[place] = 0
            sums[self.sums.group_of[place]] += now.parts[place].gain
        sheet = self.book.sheets[bytes(marks)]
        return self.sums.rounded(sheet, sums)
