"""How comparisons part the answers to one thing into cells in which none of them can tell two answers apart.

Numbers part at edges, texts and choices by words. A cell has an index, from 0, and one answer that stands for
all answers in it.
"""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

from scorewright.program.operators import Edge
from scorewright.program.value import Value


@dataclass(frozen=True, slots=True)
class Intervals:
    """The cells of a number, from the lowest: between edges in order."""

    edges: tuple[Edge, ...]

    @property
    def size(self) -> int:
        """Count the cells."""
        return len(self.edges) + 1

    def index(self, number: Fraction) -> int:
        """Find the cell of a number."""
        return bisect_right(self.edges, (number, False))

    def representative(self, cell: int) -> Fraction:
        """Return a number of a cell."""
        if not self.edges:
            return Fraction(0)
        number, above = self.edges[max(0, cell - 1)]
        if cell == 0:
            return number if above else number - 1
        if not above:
            return number
        return (number + self.edges[cell][0]) / 2 if cell < len(self.edges) else number + 1


@dataclass(frozen=True, slots=True)
class Words:
    """The cells of what is compared for being the same only: one for each value, the last for all others."""

    words: tuple[Value, ...]
    other: Value

    @property
    def size(self) -> int:
        """Count the cells."""
        return len(self.words) + 1

    def index(self, value: Value) -> int:
        """Find the cell of a value."""
        return self.words.index(value) if value in self.words else len(self.words)

    def representative(self, cell: int) -> Value:
        """Return a value of a cell."""
        return self.words[cell] if cell < len(self.words) else self.other


Partition = Intervals | Words
