"""Versions: the days on which a rulebook applies."""

from scorers.checks.base import Check, Finder, Findings
from scorers.inputs import read_day
from scorers.rulebook.read import Document
from scorers.wording import quoted


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


CHECKS: tuple[Check[Document], ...] = (
    Check("bad-format", days_exist),
    Check("effective-dates-reversed", dates_in_order),
)
