"""What a program's conditions compare, reduced to small whole numbers.

An axis is one thing that is compared: a number, a day, how many days ahead it lies, a word, whether an answer
is known; or, for a comparison that parts answers in none of these ways, whether it holds. It is cut at the
values that the program compares it with; between two cuts nothing makes a difference. Each such cell has a
number, and only that number reaches the rules, so that all comparing of answers is exact and done here. What
is unknown has no cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from scorewright.partition import Intervals, Partition, Words
from scorewright.program.condition import AsOf, Compare, Left, Op, Value
from scorewright.program.operators import Parting, Span, values_of
from scorewright.semantics import Environment, value_of

ZERO = Fraction(0)


class AxisKind(Enum):
    """How an axis is read off the grounds."""

    NUMBER = "number"
    DAY = "day"
    AHEAD = "ahead"
    WORD = "word"
    HOLDS = "holds"
    KNOWN = "known"


ORDERED = (AxisKind.NUMBER, AxisKind.DAY, AxisKind.AHEAD)


@dataclass(frozen=True, slots=True)
class ConditionAxis:
    """One thing that is compared; `asked` is the comparison that may hold."""

    kind: AxisKind
    left: Left
    asked: Compare | None = None

    def value(self, environment: Environment) -> Value | None:
        """Read the axis off the grounds; None where it is unknown."""
        value = value_of(self.left, environment)
        if self.kind is AxisKind.KNOWN:
            return value is not None
        if value is None:
            return None
        if self.asked is not None:
            return self.asked.op.holds(value, self.asked.value, environment.as_of)
        if self.kind is AxisKind.DAY:
            return Fraction(value.toordinal()) if isinstance(value, date) else None
        if self.kind is AxisKind.AHEAD:
            return Fraction((value - environment.as_of).days) if isinstance(value, date) else None
        return value


@dataclass(frozen=True, slots=True)
class Basic:
    """One comparison of one axis with values of its own kind."""

    axis: ConditionAxis
    op: Op
    value: Value


def basics(compare: Compare) -> tuple[Basic, ...]:
    """Return the comparisons of single axes any of which makes a comparison true."""
    left, op, value = compare.left, compare.op, compare.value
    if op is Op.KNOWN:
        return (Basic(ConditionAxis(AxisKind.KNOWN, left), Op.IS, value is True),)
    if (span := op.span(value)) is not None:
        return (_of_days(left, span),)
    in_order = op.row.parts in _IN_ORDER
    if in_order and isinstance(value, AsOf):
        return (Basic(ConditionAxis(AxisKind.AHEAD, left), op, ZERO),)
    if in_order and isinstance(value, date):
        return (Basic(ConditionAxis(AxisKind.DAY, left), op, Fraction(value.toordinal())),)
    values = values_of(value)
    if op.edges(value) is not None and values and all(isinstance(part, Fraction) for part in values):
        return (Basic(ConditionAxis(AxisKind.NUMBER, left), op, value),)  # type: ignore[arg-type]  # AS_OF was sorted out
    if op.row.parts is Parting.SAME and all(isinstance(part, bool | str) for part in values):
        return (Basic(ConditionAxis(AxisKind.WORD, left), op, value),)  # type: ignore[arg-type]  # AS_OF was sorted out
    if op.row.each is not None and isinstance(value, tuple):
        parts = (Compare(left, Op(op.row.each), part) for part in values)
        return tuple(basic for part in parts for basic in basics(part))
    return (Basic(ConditionAxis(AxisKind.HOLDS, left, compare), Op.IS, True),)


_IN_ORDER = (Parting.SAME, Parting.FROM, Parting.UP_TO)


def _of_days(left: Left, span: Span) -> Basic:
    first, last = span
    axis = ConditionAxis(AxisKind.AHEAD, left)
    if first is None:
        assert last is not None  # INVARIANT: a word that counts days has a limit
        return Basic(axis, Op.AT_MOST, last)
    return Basic(axis, Op.AT_LEAST, first) if last is None else Basic(axis, Op.BETWEEN, (first, last))


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one axis."""

    axis: ConditionAxis
    partition: Partition

    @property
    def size(self) -> int:
        """Count the cells."""
        return self.partition.size

    def cell(self, value: Value) -> int:
        """Find the cell of a value."""
        return self.partition.index(value)  # type: ignore[arg-type]  # an axis in order is read as a number

    def where(self, basic: Basic) -> int:
        """Return the cells in which a comparison is true, as a set of bits."""
        tried = ((cell, self.partition.representative(cell)) for cell in range(self.size))
        # No clock is asked: days have become numbers.
        return sum(1 << cell for cell, value in tried if basic.op.holds(value, basic.value, date.min))


_ANY_OTHER = ()
"""A word that the program does not name: no word and no yes or no is equal to it."""


def cut(axis: ConditionAxis, found: Iterable[Basic]) -> Cells:
    """Cut an axis by all comparisons that are made of it."""
    if axis.kind in ORDERED:
        edges = {edge for basic in found for edge in basic.op.edges(basic.value) or ()}
        return Cells(axis, Intervals(tuple(sorted(edges))))
    values = (part for basic in found for part in values_of(basic.value) if not isinstance(part, AsOf))
    return Cells(axis, Words(tuple(dict.fromkeys(values)), _ANY_OTHER))
