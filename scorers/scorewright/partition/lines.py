"""Lines between two numbers, drawn by a ratio or a change: the answers at which one can be met exactly.

A line `first = slope * second` cuts either number at one value for each answer to the other. Numbers sit on
grids, so that a line, or a narrow strip between two, can pass between all answers near its ends and yet hold
some: of numbers with few values every one is tried, of others also those where the line meets both grids.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from scorewright.program import Input
from scorewright.program.condition import Compare, PercentChange, Ratio

FINEST = Fraction(1, 10**9)
"""How near to a cut an answer of any number of decimals is tried; no total can tell it from a nearer one."""

FEW = 64
"""The most values of a number that are all tried."""


@dataclass(frozen=True, slots=True)
class BoundaryLine:
    """A boundary `first = slope * second` between two inputs."""

    first: str
    second: str
    slope: Fraction


def lines_of(compare: Compare) -> tuple[BoundaryLine, ...]:
    """List the lines that a comparison draws."""
    left = compare.left
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    numbers = [value for value in values if isinstance(value, Fraction)]
    if isinstance(left, Ratio):
        return tuple(BoundaryLine(left.first, left.second, value) for value in numbers)
    if isinstance(left, PercentChange):
        return tuple(BoundaryLine(left.now, left.before, 1 + value / 100) for value in numbers)
    return ()


def grid_of(item: Input) -> Fraction:
    """Return the distance of two neighbouring values of a number."""
    return FINEST if item.decimals is None else Fraction(1, 10**item.decimals)


def met_by(line: BoundaryLine, partners: Sequence[Fraction], *, first: bool) -> Iterator[Fraction]:
    """Yield where the line meets one of its inputs for each answer to the other."""
    if first:
        yield from (value * line.slope for value in partners)
    elif line.slope:
        yield from (value / line.slope for value in partners)


def worth_meeting(line: BoundaryLine, item: Input, other: Input, cuts: Sequence[Fraction]) -> list[Fraction]:
    """List the values of one of a line's inputs at which the line may be met: all, or its ends and cuts.

    Beside an end or a cut stand the values nearest to it at which the other input has an answer on the line.
    """
    lowest, highest = ends_of(item)
    grid = grid_of(item)
    if lowest is not None and highest is not None and (highest - lowest) / grid < FEW:
        first = -floor(-lowest / grid)
        return [n * grid for n in range(first, floor(highest / grid) + 1)]
    slope = line.slope if item.name == line.second else 1 / line.slope if line.slope else Fraction(0)
    step = (slope * grid / grid_of(other)).denominator * grid
    numbers = [*(end for end in (lowest, highest) if end is not None), *cuts]
    beside = (floor(number / step) * step for number in numbers)
    return [*numbers, *(value + n * step for value in beside for n in (0, 1))]


def most_worth_meeting(item: Input, cuts: int) -> int:
    """Count, at most, how many values `worth_meeting` lists beside so many cuts, without listing them."""
    values = most_values(item)
    return 3 * (2 + cuts) if values is None or values > FEW else values


def most_values(item: Input) -> int | None:
    """Count the values of a number; None where its range has no end."""
    lowest, highest = ends_of(item)
    if lowest is None or highest is None:
        return None
    return floor((highest - lowest) / grid_of(item)) + 1


def ends_of(item: Input) -> tuple[Fraction | None, Fraction | None]:
    """Return the ends of a number's range, where it has them."""
    lowest, highest = (end if isinstance(end, Fraction) else None for end in (item.minimum, item.maximum))
    return lowest, highest
