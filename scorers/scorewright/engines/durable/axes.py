"""What a program's conditions compare, reduced to small whole numbers.

An axis is one thing that is compared: a number, a day, how many days ahead it lies, a word, whether an answer
is known; or, for a comparison that parts answers in none of these ways, whether it holds. It is cut at the
values that the program compares it with; between two cuts nothing makes a difference. Each such cell has a
number, and only that number reaches the rules, so that all comparing of answers is exact and done here. What
is unknown has no cell.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from scorewright.program.condition import AsOf, Compare, Left, Op, Value
from scorewright.program.operators import Edge, Parts, Span, values_of
from scorewright.semantics.conditions import Grounds, value_of

ZERO = Fraction(0)


class Kind(Enum):
    """How an axis is read off the grounds."""

    NUMBER = "number"
    DAY = "day"
    AHEAD = "ahead"
    WORD = "word"
    HOLDS = "holds"
    KNOWN = "known"


ORDERED = (Kind.NUMBER, Kind.DAY, Kind.AHEAD)


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that is compared; `asked` is the comparison that may hold."""

    kind: Kind
    left: Left
    asked: Compare | None = None

    def value(self, grounds: Grounds) -> Value | None:
        """Read the axis off the grounds; None where it is unknown."""
        value = value_of(self.left, grounds)
        if self.kind is Kind.KNOWN:
            return value is not None
        if value is None:
            return None
        if self.asked is not None:
            return self.asked.op.holds(value, self.asked.value, grounds.as_of)
        if self.kind is Kind.DAY:
            return Fraction(value.toordinal()) if isinstance(value, date) else None
        if self.kind is Kind.AHEAD:
            return Fraction((value - grounds.as_of).days) if isinstance(value, date) else None
        return value


@dataclass(frozen=True, slots=True)
class Basic:
    """One comparison of one axis with values of its own kind."""

    axis: Axis
    op: Op
    value: Value


def basics(compare: Compare) -> tuple[Basic, ...]:
    """Give the comparisons of single axes any of which makes a comparison true."""
    left, op, value = compare.left, compare.op, compare.value
    if op is Op.KNOWN:
        return (Basic(Axis(Kind.KNOWN, left), Op.IS, value is True),)
    if (span := op.span(value)) is not None:
        return (_of_days(left, span),)
    in_order = op.row.parts in _IN_ORDER
    if in_order and isinstance(value, AsOf):
        return (Basic(Axis(Kind.AHEAD, left), op, ZERO),)
    if in_order and isinstance(value, date):
        return (Basic(Axis(Kind.DAY, left), op, Fraction(value.toordinal())),)
    values = values_of(value)
    if op.edges(value) is not None and values and all(isinstance(part, Fraction) for part in values):
        return (Basic(Axis(Kind.NUMBER, left), op, value),)  # type: ignore[arg-type]  # AS_OF was sorted out
    if op.row.parts is Parts.SAME and all(isinstance(part, bool | str) for part in values):
        return (Basic(Axis(Kind.WORD, left), op, value),)  # type: ignore[arg-type]  # AS_OF was sorted out
    if op.row.each is not None and isinstance(value, tuple):
        parts = (Compare(left, Op(op.row.each), part) for part in values)
        return tuple(basic for part in parts for basic in basics(part))
    return (Basic(Axis(Kind.HOLDS, left, compare), Op.IS, True),)


_IN_ORDER = (Parts.SAME, Parts.FROM, Parts.UP_TO)


def _of_days(left: Left, span: Span) -> Basic:
    first, last = span
    axis = Axis(Kind.AHEAD, left)
    if first is None:
        assert last is not None  # INVARIANT: a word that counts days has a limit
        return Basic(axis, Op.AT_MOST, last)
    return Basic(axis, Op.AT_LEAST, first) if last is None else Basic(axis, Op.BETWEEN, (first, last))


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one axis, from the lowest: between edges, or one for each word and one for all others."""

    axis: Axis
    edges: tuple[Edge, ...]
    words: tuple[Value, ...]

    @property
    def size(self) -> int:
        """Count the cells."""
        return len(self.edges or self.words) + 1

    def cell(self, value: Value) -> int:
        """Give the cell of a value."""
        if not isinstance(value, Fraction):
            return self.words.index(value) if value in self.words else len(self.words)
        return bisect_right(self.edges, (value, False))

    def where(self, basic: Basic) -> int:
        """Give the cells in which a comparison is true, as a set of bits."""
        if self.axis.kind not in ORDERED:
            named = (*self.words, _ANY_OTHER)
            return sum(1 << cell for cell, word in enumerate(named) if _true(basic, word))
        # Between two of its own edges a comparison is the same in all cells.
        own = sorted(bisect_right(self.edges, edge) for edge in _edges(basic))
        spans = pairwise((0, *own, self.size))
        return sum((1 << end) - (1 << start) for start, end in spans if _true(basic, self._sample(start)))

    def _sample(self, cell: int) -> Fraction:
        """Give a number of a cell."""
        numbers = [number for number, _ in self.edges[max(0, cell - 1) : cell + 1]]
        if cell == 0:
            return numbers[0] - 1
        return numbers[0] + 1 if cell == len(self.edges) else (numbers[0] + numbers[1]) / 2


_ANY_OTHER = ()
"""A word that the program does not name: no word and no yes or no is equal to it."""


def _true(basic: Basic, value: Value) -> bool:
    # No clock is asked: days have become numbers.
    return basic.op.holds(value, basic.value, date.min)


def _edges(basic: Basic) -> frozenset[Edge]:
    return basic.op.edges(basic.value) or frozenset()


def cut(axis: Axis, found: Iterable[Basic]) -> Cells:
    """Cut an axis by all comparisons that are made of it."""
    if axis.kind in ORDERED:
        edges = {edge for basic in found for edge in _edges(basic)}
        return Cells(axis, tuple(sorted(edges)), ())
    values = (part for basic in found for part in values_of(basic.value) if not isinstance(part, AsOf))
    return Cells(axis, (), tuple(dict.fromkeys(values)))
