"""Facts: what happened to an account or holds for it, each of a declared kind and with a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from scorewright.program.condition import Value

Moment = int
"""A time, as microseconds since 1970-01-01 in UTC."""

DAY: Final = 86_400_000_000
"""The microseconds of a day."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY: Final = _EPOCH.toordinal()
_MICRO: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One event or record: its kind, its time, and the value of every field that the kind declares.

    `id` is the caller's own name for it, empty where it has none; a fact that a rule asserted has one that
    names the rule.
    """

    kind: str
    at: Moment
    values: Mapping[str, Value]
    id: str = ""


def moment_of(time: datetime) -> Moment:
    """Return a time with a zone as microseconds."""
    return (time - _EPOCH) // _MICRO


def time_of(moment: Moment) -> datetime:
    """Return microseconds as a time in UTC."""
    return _EPOCH + timedelta(microseconds=moment)


def time_text(moment: Moment) -> str:
    """Write a time in UTC as JSON does: `2026-01-31T10:00:00Z`."""
    return time_of(moment).isoformat().replace("+00:00", "Z")


def end_of(day: date) -> Moment:
    """Return the last moment of a day, which is when a rulebook is asked that is asked for a day."""
    return moment_of(datetime(day.year, day.month, day.day, tzinfo=UTC)) + DAY - 1


def day_of(moment: Moment) -> date:
    """Return the day in UTC that a moment lies in: the `as_of` of what is asked then."""
    return date.fromordinal(_FIRST_DAY + moment // DAY)
