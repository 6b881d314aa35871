"""The days on which a rulebook applies; on any other its answers are marked."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NOT_EFFECTIVE: Final = "not_effective"
"""The flag of an answer that was asked as of a day on which its rulebook does not apply."""


@dataclass(frozen=True, slots=True)
class Effective:
    """The first and the last day, both in; None for no end."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether the rulebook applies on a day (law 21)."""
        return not self.begins_after(day) and not self.ended_before(day)

    def begins_after(self, day: date) -> bool:
        """Return whether the rulebook has not begun on a day."""
        return self.first is not None and day < self.first

    def ended_before(self, day: date) -> bool:
        """Return whether the rulebook has ended on a day."""
        return self.last is not None and day > self.last

    def flags(self, day: date) -> tuple[str, ...]:
        """Mark an answer that is asked as of a day."""
        return () if self.holds(day) else (NOT_EFFECTIVE,)

    def __str__(self) -> str:
        first = f"from {self.first}" if self.first else ""
        last = f"until {self.last}" if self.last else ""
        return " ".join(part for part in (first, last) if part)


ALWAYS: Final = Effective()
