"""CSV with a header: one row a subject, in columns that are named as in the tables of a suite."""

import csv
from collections.abc import Sequence
from fractions import Fraction
from typing import TextIO

from scorewright.cli.stdio import Paint
from scorewright.program import Program
from scorewright.program.exact_numbers import text
from scorewright.records import SUBJECT, Record, RowRefusal
from scorewright.results import Bounds, Score
from scorewright.semantics.signals import MeasuredFacts

_HEAD = ("status", "score", "percent", "band", "lowest", "highest")
_TAIL = (
    "matrix",
    "missing",
    "assumed",
    "triggers",
    "disqualified",
    "actions",
    "next_band",
    "flags",
    "invalid",
)


class CsvRows:
    """One CSV row a subject; lists are joined by `;`."""

    def __init__(self, out: TextIO, program: Program, _paint: Paint) -> None:
        self._row = csv.writer(out, lineterminator="\n").writerow
        groups = [f"groups.{group.id}" for group in program.groups if group.id]
        points = [f"points.{criterion.id}" for criterion in program.criteria]
        values = [f"values.{value.name}" for value in program.values]
        lists = [f"lists.{named.id}" for named in program.lists]
        header = (SUBJECT, *_HEAD, *groups, *points, *values, *lists, *_TAIL)
        self._empty = [""] * (len(header) - 3)
        self._row(header)

    def prepare(self, score: Score) -> list[str]:
        """Write every column but the subject's."""
        found = score.outcome
        return [
            found.status.value,
            _number(found.total),
            _number(found.percent),
            found.band or "",
            *_ends(found.bounds),
            *(_number(group.points) for group in found.groups),
            *(_number(criterion.points) for criterion in found.criteria),
            *(_number(value.value) for value in found.values),
            *(";".join(item.text for item in named.items) for named in found.lists),
            found.cell.label if found.cell else "",
            ";".join(found.missing),
            ";".join(item.input for item in found.assumed),
            ";".join(item.id for item in found.triggers),
            ";".join(item.id for item in found.disqualifiers),
            ";".join(action.id for action in found.actions),
            found.next_band.id if found.next_band else "",
            ";".join(score.flags()),
            "",
        ]

    def scored(self, record: Record, prepared: list[str], _measured: MeasuredFacts | None) -> None:
        """Write one subject."""
        self._row([record.subject, *prepared])

    def refused(self, record: Record, refusals: Sequence[RowRefusal]) -> None:
        """Write a subject without a score, and every reason in the last column."""
        reasons = ";".join(f"{r.input}:{r.code}" if r.input else r.code for r in refusals)
        self._row([record.subject, "invalid", *self._empty, reasons])

    def end(self) -> None:
        """Hold nothing back."""


def _number(number: Fraction | None) -> str:
    return "" if number is None else text(number)


def _ends(bounds: Bounds | None) -> tuple[str, str]:
    return ("", "") if bounds is None else (text(bounds.lowest), text(bounds.highest))
