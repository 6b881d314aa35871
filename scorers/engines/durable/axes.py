"""What a program's conditions compare, reduced to small whole numbers.

An axis is one thing that is compared: a number, a day, how long ago it was, a word, whether a list holds a
value, whether an answer is known. It is cut at the values that the program compares it with; between two cuts
nothing makes a difference. Each such cell has a number, and only that number reaches the rules, so that all
comparing of answers is exact and done here. What is unknown has no cell.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from scorers.condition import AsOf, Compare, Left, Op, Value
from scorers.engines.kept import Edge, edges_made
from scorers.law.conditions import Grounds, compares, value_of

ZERO = Fraction(0)


class Kind(Enum):
    """How an axis is read off the grounds."""

    NUMBER = "number"
    DAY = "day"
    AGO = "ago"
    WORD = "word"
    MEMBER = "member"
    KNOWN = "known"


ORDERED = (Kind.NUMBER, Kind.DAY, Kind.AGO)


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that is compared; `member` is the value that a list may hold."""

    kind: Kind
    left: Left
    member: Value | None = None

    def value(self, grounds: Grounds) -> Value | None:
        """Read the axis off the grounds; None where it is unknown."""
        value = value_of(self.left, grounds)
        if self.kind is Kind.KNOWN:
            return value is not None
        if self.kind is Kind.MEMBER:
            return None if value is None else isinstance(value, tuple) and self.member in value
        if self.kind is Kind.DAY:
            return Fraction(value.toordinal()) if isinstance(value, date) else None
        if self.kind is Kind.AGO:
            return Fraction((grounds.as_of - value).days) if isinstance(value, date) else None
        return value


@dataclass(frozen=True, slots=True)
class Basic:
    """One comparison of one axis with values of its own kind."""

    axis: Axis
    op: Op
    value: Value

    def compare(self) -> Compare:
        """Give it as a comparison of the language."""
        return Compare(self.axis.left, self.op, self.value)


_OF_DAYS = {Op.BEFORE: Op.LESS_THAN, Op.AFTER: Op.MORE_THAN, Op.IS: Op.EQUALS}
_OF_AGE = {Op.BEFORE: Op.MORE_THAN, Op.AFTER: Op.LESS_THAN, Op.IS: Op.EQUALS}
_AGES = {Op.DAYS_AGO_AT_LEAST: Op.AT_LEAST, Op.DAYS_AGO_AT_MOST: Op.AT_MOST}
_ONE_BY_ONE = {Op.ONE_OF: Op.IS, Op.INCLUDES_ANY: Op.INCLUDES}
_ON_NUMBERS = (Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN, Op.BETWEEN, Op.EQUALS, Op.IS, Op.ONE_OF)
_ON_WORDS = (Op.IS, Op.ONE_OF)


class NoAxisError(ValueError):
    """A comparison that has no axis."""


def basics(compare: Compare) -> tuple[Basic, ...]:
    """Give the comparisons of single axes any of which makes a comparison true."""
    left, op, value = compare.left, compare.op, compare.value
    if op is Op.KNOWN:
        return (Basic(Axis(Kind.KNOWN, left), Op.IS, value is True),)
    if isinstance(value, tuple) and (op is Op.INCLUDES_ANY or (op is Op.ONE_OF and _has_days(value))):
        parts = (replace(compare, op=_ONE_BY_ONE[op], value=part) for part in value)
        return tuple(basic for part in parts for basic in basics(part))
    if op is Op.INCLUDES and not isinstance(value, AsOf):
        return (Basic(Axis(Kind.MEMBER, left, value), Op.IS, True),)
    if op in _AGES and isinstance(value, Fraction):
        return (Basic(Axis(Kind.AGO, left), _AGES[op], value),)
    if isinstance(value, AsOf) and op in _OF_AGE:
        return (Basic(Axis(Kind.AGO, left), _OF_AGE[op], ZERO),)
    if isinstance(value, date) and op in _OF_DAYS:
        return (Basic(Axis(Kind.DAY, left), _OF_DAYS[op], Fraction(value.toordinal())),)
    single = value if isinstance(value, tuple) else (value,)
    if not single:
        raise NoAxisError(compare)
    if op in _ON_NUMBERS and all(isinstance(part, Fraction) for part in single):
        return (Basic(Axis(Kind.NUMBER, left), op, value),)  # type: ignore[arg-type]  # AS_OF was sorted out
    if op in _ON_WORDS and all(isinstance(part, bool | str) for part in single):
        return (Basic(Axis(Kind.WORD, left), op, value),)  # type: ignore[arg-type]  # AS_OF was sorted out
    raise NoAxisError(compare)


def _has_days(values: tuple[Value, ...]) -> bool:
    return any(isinstance(value, date | AsOf) for value in values)


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
            # A word that the program does not name is none of those that are compared.
            return sum(1 << cell for cell, word in enumerate(self.words) if _true(basic, word))
        # Between two of its own edges a comparison is the same in all cells.
        own = sorted(bisect_right(self.edges, edge) for edge in edges_made(basic.compare()))
        spans = pairwise((0, *own, self.size))
        return sum((1 << end) - (1 << start) for start, end in spans if _true(basic, self._sample(start)))

    def _sample(self, cell: int) -> Fraction:
        """Give a number of a cell."""
        numbers = [number for number, _ in self.edges[max(0, cell - 1) : cell + 1]]
        if cell == 0:
            return numbers[0] - 1
        return numbers[0] + 1 if cell == len(self.edges) else (numbers[0] + numbers[1]) / 2


def _true(basic: Basic, value: Value) -> bool:
    # No clock is asked: days have become numbers.
    return compares(basic.op, value, basic.value, date.min)


def cut(axis: Axis, found: Iterable[Basic]) -> Cells:
    """Cut an axis by all comparisons that are made of it."""
    if axis.kind in ORDERED:
        edges = {edge for b in found for edge in edges_made(b.compare())}
        return Cells(axis, tuple(sorted(edges)), ())
    values = (v for b in found for v in (b.value if isinstance(b.value, tuple) else (b.value,)))
    return Cells(axis, (), tuple(dict.fromkeys(values)))
