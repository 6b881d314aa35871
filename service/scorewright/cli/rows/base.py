"""What every row format is: what subjects share is prepared once, each subject adds its own."""

from collections.abc import Sequence
from typing import Any, Protocol

from scorewright.records import Record, RowRefusal
from scorewright.results import Score
from scorewright.semantics.signals import MeasuredFacts


class Rows(Protocol):
    """Writes one row or line for each subject, in the order in which they come."""

    def prepare(self, score: Score) -> Any:
        """Write the part that every subject with this outcome shares."""

    def scored(self, record: Record, prepared: Any, measured: MeasuredFacts | None) -> None:
        """Write a subject that was scored, with what its facts say where it has any."""

    def refused(self, record: Record, refusals: Sequence[RowRefusal]) -> None:
        """Write a subject that was refused, with all reasons."""

    def end(self) -> None:
        """Write what was held back."""
