"""What every row format is: what subjects share is prepared once, each subject adds its own."""

from collections.abc import Sequence
from typing import Any, Protocol

from scorewright.records.record import Record, Refusal
from scorewright.results.outcome import Score
from scorewright.semantics.signals import Measured


class Rows(Protocol):
    """Writes one row or line for each subject, in the order in which they come."""

    def prepare(self, score: Score) -> Any:
        """Write the part that every subject with this outcome shares."""

    def scored(self, record: Record, prepared: Any, measured: Measured | None) -> None:
        """Write a subject that was scored, with what its facts say where it has any."""

    def refused(self, record: Record, refusals: Sequence[Refusal]) -> None:
        """Write a subject that was refused, with all reasons."""

    def end(self) -> None:
        """Write what was held back."""
