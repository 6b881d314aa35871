"""The grid of two groups, compiled."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """A range of a group's points."""

    id: str
    label: str
    edge: Fraction


@dataclass(frozen=True, slots=True)
class Matrix:
    """Two groups by their levels (from the highest edge), a text each cell, rows first."""

    id: str
    label: str
    row_group: str
    rows: tuple[Level, ...]
    column_group: str
    columns: tuple[Level, ...]
    cells: tuple[tuple[str, ...], ...]
    source: str | None = None
