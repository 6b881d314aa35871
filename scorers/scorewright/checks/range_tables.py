"""Range tables: rows from low to high, for all values and for no others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.program import Criterion, Input
from scorewright.program.earning import holds_value
from scorewright.program.earning_by_row import RangePoints
from scorewright.program.exact_numbers import text
from scorewright.rulebook.model.criterion import Criterion as Written


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A row as written, its place, and whether the place is a key."""

    path: Path
    start: Fraction
    points: Fraction
    label: str | None
    key: bool


@dataclass(frozen=True, slots=True)
class RangeTable:
    """The rows of one criterion in the order of the file, and its input."""

    criterion: Criterion
    rows: Sequence[RangeRow]
    item: Input

    @property
    def in_order(self) -> bool:
        """Return whether every row starts above the one before."""
        return all(a.start < b.start for a, b in pairwise(self.rows))

    def next_start(self, index: int) -> Fraction | None:
        """Return where the row after this one starts."""
        return self.rows[index + 1].start if index + 1 < len(self.rows) else None


def _tables(analysis: Analysis) -> Iterator[RangeTable]:
    items = {item.name: item for item in analysis.program.inputs}
    for written, criterion in analysis.criteria():
        if isinstance(criterion.earning, RangePoints):
            yield RangeTable(criterion, _rows(written, criterion.path), items[criterion.earning.input])


def _rows(written: Written, path: Path) -> list[RangeRow]:
    if written.steps is not None:
        steps = enumerate(written.steps)
        return [RangeRow((*path, "steps", i), s.from_, s.points, s.label, key=False) for i, s in steps]
    table = written.rating if isinstance(written.rating, dict) else {}
    keys = (((*path, "rating", key), Fraction(key), points) for key, points in table.items())
    found = [RangeRow(place, start, points, None, key=True) for place, start, points in keys]
    # Keys may stand in any order; only equal ones are out of order.
    return sorted(found, key=lambda row: row.start)


def _ordered(analysis: Analysis) -> Iterator[RangeTable]:
    return (table for table in _tables(analysis) if table.in_order)


def out_of_order(analysis: Analysis) -> Findings:
    """Find rows that do not start above the row before."""
    find = Finder(analysis.document, "steps-out-of-order")
    for table in _tables(analysis):
        for before, row in pairwise(table.rows):
            if row.start <= before.start:
                twice = row.start == before.start
                late = f"step from {text(row.start)} comes after step from {text(before.start)}"
                message = f"two steps start at {text(row.start)}" if twice else late
                way = "list the steps from low to high, each start once"
                labels = [(before.path, "the step before")]
                yield find.at(row.path, message, way, key=row.key, labels=labels)


def gaps(analysis: Analysis) -> Findings:
    """Find values below the first row."""
    find = Finder(analysis.document, "steps-leave-a-gap")
    for table in _ordered(analysis):
        first, low = table.rows[0], table.item.minimum
        if isinstance(low, Fraction) and low < first.start and holds_value(table.item, None, first.start):
            message = f"values from {text(low)} up to {text(first.start)} have no row"
            yield find.at(first.path, message, f"start the first row at {text(low)}", key=first.key)


def beyond_range(analysis: Analysis) -> Findings:
    """Find rows that no value reaches."""
    find = Finder(analysis.document, "step-beyond-range")
    for table in _ordered(analysis):
        for index, row in enumerate(table.rows):
            end = table.next_start(index)
            if not holds_value(table.item, row.start, end):
                why = _why(table.item, row.start, end)
                yield find.at(row.path, f"no value reaches this row: {why}", "delete the row", key=row.key)


def _why(item: Input, start: Fraction, end: Fraction | None) -> str:
    low, high = item.minimum, item.maximum
    if isinstance(high, Fraction) and start > high:
        return f"{quoted(item.name)} stops at {text(high)}"
    if isinstance(low, Fraction) and end is not None and end <= low:
        return f"{quoted(item.name)} starts at {text(low)}"
    return f"{quoted(item.name)} has no value from {text(start)} up to {text(end or start)}"


def same_points(analysis: Analysis) -> Findings:
    """Find rows that earn the same as the row before, and have no label that tells them apart."""
    find = Finder(analysis.document, "steps-with-same-points")
    for table in _ordered(analysis):
        for before, row in pairwise(table.rows):
            if row.points == before.points and (row.label is None or row.label == before.label):
                message = f"this step gives the same {text(row.points)} points as the one before"
                yield find.at(row.path, message, "merge the two rows", key=row.key)


def not_monotonic(analysis: Analysis) -> Findings:
    """Find rows whose points rise and fall again, or fall and rise."""
    find = Finder(analysis.document, "points-not-monotonic")
    for table in _ordered(analysis):
        pairs = ((before, row) for before, row in pairwise(table.rows) if row.points != before.points)
        changes = [(row, row.points > before.points) for before, row in pairs]
        turn = next((row for (_, was), (row, now) in pairwise(changes) if was != now), None)
        if turn is not None:
            rises = changes[0][1]
            message = f"points {'rise and then fall' if rises else 'fall and then rise'} along the steps"
            way = "fine for a sweet spot such as 50-500 employees; otherwise check the numbers"
            yield find.at(turn.path, message, way, key=turn.key)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("steps-out-of-order", out_of_order),
    Check("steps-leave-a-gap", gaps),
    Check("step-beyond-range", beyond_range),
    Check("steps-with-same-points", same_points),
    Check("points-not-monotonic", not_monotonic),
)
