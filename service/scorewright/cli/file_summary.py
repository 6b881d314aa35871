"""What a whole file came to: counts by band, a histogram of totals, and why rows were refused."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from scorewright.cli.histogram_bins import HistogramBins
from scorewright.program import Program
from scorewright.records import Record, RowRefusal
from scorewright.results import Outcome, Status

EXAMPLES = 3
"""How many rows are shown of each reason to refuse one."""


NAMES = 1_000
"""How many names that nobody declared are counted each by itself."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Totals from `low` up to `high`, where None is no end; the last bin holds `high` as well."""

    low: Fraction | None
    high: Fraction | None
    count: int


@dataclass(slots=True)
class Reason:
    """Why rows were refused: how many, and the first of them."""

    count: int = 0
    examples: list[tuple[Record, RowRefusal]] = field(default_factory=list)


class Twice:
    """Finds subjects that come again, by hashes of their ids; bounded, so that later ones may be missed."""

    def __init__(self, most: int = 1_000_000) -> None:
        self.most = most
        self.count = 0
        self.beyond = 0
        self.examples: list[tuple[str, int]] = []
        self._seen: set[int] = set()

    def saw(self, subject: str, line: int) -> None:
        """Note a subject."""
        # 64 bits: of a million ids, two that differ are taken for one in less than one file of a million.
        key = hash(subject)
        if key in self._seen:
            self.count += 1
            if len(self.examples) < EXAMPLES:
                self.examples.append((subject, line))
        elif len(self._seen) < self.most:
            self._seen.add(key)
        else:
            self.beyond += 1


class FileTally:
    """Counts of one file; memory is bounded, however long the file.

    `given` are the declared inputs that any subject brought, None while there was no subject. `undeclared`
    counts the subjects that brought a name, and `more_undeclared` the names that came too late to be counted.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.scored = 0
        self.incomplete = 0
        self.refused = 0
        self.nameless = 0
        self.unsent = 0
        self.twice = Twice()
        self.given: set[str] | None = None
        self.undeclared: Counter[str] = Counter()
        self.more_undeclared = 0
        self._declared = frozenset(item.name for item in program.inputs)
        self.days: tuple[date, date] | None = None
        self.bands: Counter[str | None] = Counter()
        self.reasons: dict[str, Reason] = {}
        self._bins: Counter[int] = Counter()
        self._scale = HistogramBins.of(program)

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
        if outcome.total is not None:
            self._bins[self._scale.place(outcome.total)] += count

    def brought(self, record: Record) -> None:
        """Note who came, and with which inputs."""
        if record.subject is None:
            self.nameless += 1
        else:
            self.twice.saw(record.subject, record.line)
        if record.inputs is None:
            return
        if self.given is None:
            self.given = set()
        if len(self.given) < len(self._declared):
            self.given |= record.inputs.keys() & self._declared

    def ignored(self, names: Sequence[str]) -> None:
        """Count names that the rulebook does not declare, once a subject."""
        for name in names:
            if name in self.undeclared or len(self.undeclared) < NAMES:
                self.undeclared[name] += 1
            else:
                self.more_undeclared += 1

    def saw(self, as_of: date) -> None:
        """Note a day that subjects were scored as of; `days` are the first and the last of them."""
        first, last = self.days or (as_of, as_of)
        self.days = min(first, as_of), max(last, as_of)

    def refuse(self, record: Record, refusals: Sequence[RowRefusal]) -> None:
        """Count a refused row, under each of its reasons."""
        self.refused += 1
        for refusal in refusals:
            reason = self.reasons.setdefault(refusal.code, Reason())
            reason.count += 1
            if len(reason.examples) < EXAMPLES:
                # Without the inputs and facts, which may be large.
                reason.examples.append((record._replace(inputs=None, facts=None), refusal))

    def bins(self) -> Iterator[Bin]:
        """Yield the histogram, from the lowest total that occurred to the highest."""
        if not self._bins:
            return
        for place in range(min(self._bins), max(self._bins) + 1):
            yield Bin(*self._scale.ends(place), self._bins[place])
