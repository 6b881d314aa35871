"""The cheapest ways to the next band, found on whole numbers.

Where the criteria that ways are made of share nothing, each gains what it lacks, and sets are only added up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate, combinations

from scorewright.engines.compiled.criterion_cache import POLICIES, CachedCriterion
from scorewright.engines.compiled.fixed_point import Number, whole
from scorewright.engines.compiled.group_sums import Sums
from scorewright.engines.compiled.memo import Memo
from scorewright.engines.compiled.totals_cache import SharesByMark, TotalsCache
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import UNIT
from scorewright.results import NextBandWay
from scorewright.semantics import CANDIDATES, Moves
from scorewright.semantics.way_search import WAYS, Change, Search, WaysFound

DAYS = 64
"""The most days that are kept."""

Chosen = tuple[int, ...]
"""The places of some criteria."""

Reaching = tuple[int, Chosen, int]
"""A set's order among those of its size, the set, and the total it gives in units of the last decimal."""


@dataclass(frozen=True, slots=True)
class CompiledState:
    """Where a subject stands: its parts and their marks, the sheet for them, and the sums of its groups."""

    parts: Sequence[CachedCriterion]
    marks: bytes
    sheet: SharesByMark
    sums: Sequence[Number]
    answers: Mapping[str, Value]
    as_of: date


class NextBandSearch:
    """Find the ways to the next band of one program."""

    def __init__(self, moves: Moves, book: TotalsCache, sums: Sums) -> None:
        program = moves.program
        self.moves = moves
        self.book = book
        self.sums = sums
        self._alone = Memo(self._alone_on, DAYS)
        self._actionable = [place for place, c in enumerate(program.criteria) if c.actionable]
        self._ids = [criterion.id for criterion in program.criteria]

    def to(self, now: CompiledState, edge: Fraction) -> WaysFound:
        """Find the smallest sets that reach an edge, in the law's order."""
        candidates = self._candidates(now)
        if not self._alone[now.as_of].issuperset(candidates):
            missing = [place for place in candidates if now.marks[place]]
            return Search(self.moves, SearchState(self, now)).ways(candidates, missing, edge)
        steps = int(-(-edge * UNIT // 1))
        left_out = any(now.parts[place].earned.points is None for place in candidates)
        find = self._one_by_one if left_out or not self.sums.plain else self._by_sums
        for found in find(now, candidates, steps):
            ranked = [
                (sum([not now.marks[place] for place in chosen]), total, order, chosen)
                for order, chosen, total in found
            ]
            if ranked:
                ways = [self._way(chosen, total) for _, total, _, chosen in sorted(ranked)[:WAYS]]
                return WaysFound(tuple(ways), 0)
        return WaysFound((), 0)

    def _alone_on(self, as_of: date) -> frozenset[int]:
        """Name the criteria that share nothing and can earn their most on a day."""
        return frozenset([p for p in self._actionable if self.moves.alone(p, as_of) is not None])

    def _candidates(self, now: CompiledState) -> list[int]:
        parts, marks = now.parts, now.marks
        open_ones = [p for p in self._actionable if parts[p].gain > 0 or parts[p].earned.points is None]
        return sorted(open_ones, key=lambda place: (not marks[place], -parts[place].gain))[:CANDIDATES]

    def _way(self, chosen: Chosen, total: int) -> NextBandWay:
        return NextBandWay(tuple([self._ids[place] for place in chosen]), Fraction(total, UNIT))

    def _by_sums(
        self, now: CompiledState, candidates: Sequence[int], steps: int
    ) -> Iterator[Iterable[Reaching]]:
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

    def _one_by_one(
        self, now: CompiledState, candidates: Sequence[int], steps: int
    ) -> Iterator[Iterable[Reaching]]:
        """Add up every set anew: what joins changes the shares, and caps and floors cut sums."""
        for size in range(1, len(candidates) + 1):
            sets = enumerate(combinations(candidates, size))
            totals = ((order, chosen, self._total(now, chosen)) for order, chosen in sets)
            yield [(order, chosen, total) for order, chosen, total in totals if total >= steps]

    def _total(self, now: CompiledState, chosen: Chosen) -> int:
        """Return the rounded total, in units of its last decimal, with these criteria at their most."""
        marks, sums = bytearray(now.marks), list(now.sums)
        for place in chosen:
            marks[place] = 0
            sums[self.sums.group_of[place]] += now.parts[place].gain
        sheet = self.book.sheets[bytes(marks)]
        return self.sums.rounded(sheet, sums)


class SearchState:
    """Where a subject stands, as the law's search asks for it."""

    def __init__(self, ways: NextBandSearch, now: CompiledState) -> None:
        self._ways = ways
        self._now = now
        self.points = [part.earned.points for part in now.parts]
        self.answers = now.answers
        self.as_of = now.as_of

    def total(self, changes: Sequence[Change]) -> Fraction | None:
        """Return the rounded total with some changes made; None where there is none."""
        now, adding = self._now, self._ways.sums
        marks, sums = bytearray(now.marks), list(now.sums)
        for moved, row in changes:
            for place, own, policy in zip(moved.readers, row.points, row.unknown, strict=True):
                marks[place] = POLICIES.index(policy)
                units = 0 if own is None else whole(own * adding.unit)
                sums[adding.group_of[place]] += units - now.parts[place].units
        sheet = self._ways.book.sheets[bytes(marks)]
        return Fraction(adding.rounded(sheet, sums), UNIT) if sheet.has_total else None
