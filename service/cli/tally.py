"""What a whole file came to: counts by band, a histogram of totals, and why rows were refused."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from scorers.exact import text
from scorers.program import Program
from scorers.records.record import Record, Refusal
from scorers.result import Outcome, Status

EXAMPLES = 3
"""How many rows are shown of each reason to refuse one."""

BINS = 10
_NICE = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


@dataclass(frozen=True, slots=True)
class Bin:
    """Totals from `low` up to `high`; the last bin holds `high` as well."""

    low: Fraction
    high: Fraction
    count: int


@dataclass(slots=True)
class Reason:
    """Why rows were refused: how many, and the first of them."""

    count: int = 0
    examples: list[tuple[Record, Refusal]] = field(default_factory=list)


class Tally:
    """Counts of one file; as large as the rulebook, however long the file."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.scored = 0
        self.incomplete = 0
        self.refused = 0
        self.nameless = 0
        self.bands: Counter[str | None] = Counter()
        self.reasons: dict[str, Reason] = {}
        self._bins: Counter[int] = Counter()
        self._top = _top(program)
        self._step = nice_step(self._top)
        self._last = ceil(self._top / self._step) - 1

    @property
    def rows(self) -> int:
        """Count all rows."""
        return self.scored + self.incomplete + self.refused

    def add(self, outcome: Outcome, count: int) -> None:
        """Count an outcome that so many subjects share."""
        self.bands[outcome.band] += count
        if outcome.status is Status.INCOMPLETE:
            self.incomplete += count
            return
        self.scored += count
        if outcome.total is None:
            return
        place = floor(outcome.total / self._step)
        self._bins[min(max(place, -BINS), self._last)] += count

    def refuse(self, record: Record, refusals: Sequence[Refusal]) -> None:
        """Count a refused row, under each of its reasons."""
        self.refused += 1
        for refusal in refusals:
            reason = self.reasons.setdefault(refusal.code, Reason())
            reason.count += 1
            if len(reason.examples) < EXAMPLES:
                # Without the inputs and facts, which may be large.
                reason.examples.append((record._replace(inputs=None, facts=None), refusal))

    def bins(self) -> Iterator[Bin]:
        """Give the histogram, from the lowest total that occurred to the highest."""
        if not self._bins:
            return
        for place in range(min(self._bins), max(self._bins) + 1):
            low = place * self._step
            high = self._top if place == self._last else low + self._step
            yield Bin(low, high, self._bins[place])


def _top(program: Program) -> Fraction:
    """Give the total that the histogram reaches up to; higher ones stand in its last bin."""
    if program.out_of is not None:
        return program.out_of
    edges = [band.edge for band in program.bands if not program.bands_by_condition]
    return max([Fraction(BINS), *(2 * edge for edge in edges)])


def nice_step(out_of: Fraction) -> Fraction:
    """Choose a round width of at most 10 bins that reach `out_of`."""
    if out_of <= 0:
        return Fraction(1)
    wanted = out_of / BINS
    power = Fraction(10) ** (len(text(Fraction(floor(wanted)))) - 1 if wanted >= 1 else -4)
    while power * 10 < wanted:
        power *= 10
    return next(power * step for step in _NICE if power * step >= wanted)
