"""Values of a number or a date that make a difference, one by one or, where they lie close, cell by cell."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from scorewright.partition import grid_of
from scorewright.program import Input
from scorewright.program.condition import Value
from scorewright.program.earning import OfInput

MOST_GRID = 5_000
"""The most values of a number that count one by one; a finer number counts as a run."""
MOST_SHARED_GRID = 200
"""The same for a number that criteria share."""


def grid(item: Input, earning: OfInput, most: int) -> Sequence[Fraction] | None:
    """List the values that make a difference to an earning; None where they are too many or not separate."""
    low, high = earning.telling(item)
    if not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return None
    if low == high:
        return (low,)
    if item.decimals is None:
        return None
    step = Fraction(1, 10**item.decimals)
    count = -(-(high - low) // step) + 1
    return [low + step * index for index in range(int(count))] if count <= most else None


def is_cell(item: Input, low: Value, high: Value) -> bool:
    """Return whether values lie between two neighbouring ones that are tried; nothing changes among them."""
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        return high - low > grid_of(item)
    return isinstance(low, date) and isinstance(high, date) and (high - low).days > 1
