"""A table for people: subject, total, band and what to do, one line each."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TextIO

from scorewright.cli.reporters.shown import shown, width
from scorewright.cli.stdio import Paint
from scorewright.program import Program
from scorewright.program.exact_numbers import text
from scorewright.program.phrasing import zero_text
from scorewright.records import Record, RowRefusal
from scorewright.results import Score, zero_divisors
from scorewright.semantics.signals import MeasuredFacts

MEASURED = 200
"""How many rows are held back to measure the column of subjects."""

WIDEST = 28
_Cells = tuple[str, str, str, str]


class TableRows:
    """Aligned columns; the first rows are held back until their subjects are measured."""

    def __init__(self, out: TextIO, program: Program, paint: Paint) -> None:
        self._out = out
        self._paint = paint
        self._held: list[tuple[str, _Cells | str]] = []
        self._subject: int | None = None
        self._total = max(len("total"), *(len(text(number)) for number in _totals(program)))
        self._band = max(len("band"), *(len(band.id) for band in program.bands))

    def prepare(self, score: Score) -> _Cells:
        """Write every column but the subject's."""
        found = score.outcome
        total = "-" if found.total is None else text(found.total)
        actions = ", ".join(action.id for action in found.actions)
        missing = f"{len(found.missing)} missing" if found.missing else ""
        if found.total is None and found.bounds is not None:
            missing += f" ({text(found.bounds.lowest)} to {text(found.bounds.highest)})"
        if zero := zero_divisors(found.over_zero):
            missing += f"{'; ' if missing else ''}{zero_text(zero)}"
        return total, found.band or "-", missing, actions

    def scored(self, record: Record, prepared: _Cells, _measured: MeasuredFacts | None) -> None:
        """Write one subject."""
        self._add(_name(record), prepared)

    def refused(self, record: Record, refusals: Sequence[RowRefusal]) -> None:
        """Write a subject without a score, and why."""
        reasons = "; ".join(f"{r.input}: {r.message}" if r.input else r.message for r in refusals)
        self._add(_name(record), shown(reasons))

    def end(self) -> None:
        """Write the rows that were held back."""
        if self._subject is None and self._held:
            self._measure()

    def _add(self, subject: str, cells: _Cells | str) -> None:
        if self._subject is not None:
            self._write(subject, cells)
            return
        self._held.append((subject, cells))
        if len(self._held) == MEASURED:
            self._measure()

    def _measure(self) -> None:
        self._subject = min(WIDEST, max(len("subject"), *(width(subject) for subject, _ in self._held)))
        head = f"{self._fit('subject')}  {'total':>{self._total}}  {'band':<{self._band}}  to do"
        self._out.write(f"{self._paint(head, 'bold')}\n")
        for subject, cells in self._held:
            self._write(subject, cells)
        self._held.clear()

    def _write(self, subject: str, cells: _Cells | str) -> None:
        name = self._fit(subject)
        if isinstance(cells, str):
            mark = self._paint(f"{'!':>{self._total}}", "bad")
            self._out.write(f"{name}  {mark}  {self._paint('refused', 'red')}: {cells}\n")
            return
        total, band, missing, actions = cells
        rest = "; ".join(part for part in (actions, self._paint(missing, "yellow")) if part)
        self._out.write(f"{name}  {total:>{self._total}}  {band:<{self._band}}  {rest}".rstrip() + "\n")

    def _fit(self, subject: str) -> str:
        wide = self._subject or 0
        if width(subject) > wide:
            while width(subject) > wide - 1:
                subject = subject[:-1]
            subject += "…"
        return subject + " " * (wide - width(subject))


def _name(record: Record) -> str:
    return f"line {record.line}" if record.subject is None else shown(record.subject)


def _totals(program: Program) -> list[Fraction]:
    """List totals that show how wide totals are."""
    return [*([program.out_of] if program.out_of else []), *(band.edge for band in program.bands)]
