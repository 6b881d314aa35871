"""Versions: the days on which a rulebook applies."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import Report, quoted
from scorewright.program import NOT_EFFECTIVE, Program
from scorewright.rulebook import Document
from scorewright.rulebook.nodes import Mapping, Node, Sequence
from scorewright.validation import read_day

OLDEST: Final = 1800
"""No rulebook speaks of a day before this year: two digits of its year are missing."""

DAY_KEYS: Final = frozenset(
    [
        "from",
        "until",
        "min",
        "max",
        "is",
        "one_of",
        "not_one_of",
        "includes",
        "includes_any",
        "before",
        "after",
        "assume",
    ]
)
"""The keys below which a day may stand."""


def _days(document: Document) -> dict[str, str]:
    effective = document.rulebook.rulebook.effective
    given = {"from": effective.from_, "until": effective.until} if effective else {}
    return {key: day for key, day in given.items() if day is not None}


def days_exist(document: Document) -> Findings:
    """Find days that are not in the calendar."""
    find = Finder(document, "bad-format")
    for key, day in _days(document).items():
        if read_day(day) is None:
            yield find.at(("rulebook", "effective", key), f"{quoted(day)} is not a day of the calendar")


def dates_in_order(document: Document) -> Findings:
    """Find a rulebook that ends before it begins."""
    days = {key: read_day(day) for key, day in _days(document).items()}
    start, end = days.get("from"), days.get("until")
    if start is not None and end is not None and end < start:
        find = Finder(document, "effective-dates-reversed")
        labels = [(("rulebook", "effective", "from"), "begins here")]
        message = f"`until` {end} is before `from` {start}"
        yield find.at(("rulebook", "effective", "until"), message, "swap the two days", labels=labels)


def odd_years(document: Document) -> Findings:
    """Find days so long ago that their year was meant to be another one."""
    find = Finder(document, "odd-year")
    for path, text in _days_written(document.root):
        day = read_day(text)
        if day is not None and day.year < OLDEST:
            way = f"write the year with all its digits, such as {day.replace(year=2000 + day.year % 100)}"
            yield find.at(path, f"{quoted(text)} lies in the year {day.year}", way)


def _days_written(node: Node, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """List what is written where a day may stand."""
    # The reader allows 32 levels, so recursion is safe.
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _days_written(entry.value, (*path, entry.key.text))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _days_written(item, (*path, index))
    elif isinstance(node.value, str) and any(step in DAY_KEYS for step in path[-2:]):
        yield path, node.value


def not_effective(document: Document, program: Program, today: date) -> Report:
    """Find a rulebook that has ended, or not begun, on a day."""
    days, found = program.effective, []
    if days.ended_before(today):
        find = Finder(document, "rulebook-expired")
        way = "give it a later `until`, load its next version, or take it out"
        told = f"this rulebook applies until {days.last}: its answers are flagged `{NOT_EFFECTIVE}`"
        found.append(find.at(("rulebook", "effective", "until"), told, way))
    if days.begins_after(today):
        find = Finder(document, "rulebook-not-begun")
        told = (
            f"this rulebook applies from {days.first}: until then its answers are flagged `{NOT_EFFECTIVE}`"
        )
        found.append(find.at(("rulebook", "effective", "from"), told))
    return Report.of(found)


CHECKS: tuple[Check[Document], ...] = (
    Check("bad-format", days_exist),
    Check("odd-year", odd_years),
    Check("effective-dates-reversed", dates_in_order),
)
