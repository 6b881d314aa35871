"""Points as whole numbers, so that sums need no fractions.

The unit is the finest step that a program's points come in. Points off that grid, such as those of a number
with any decimals, stay fractions, which whole numbers can be added to and compared with: exact either way.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm

from scorewright.program import Criterion, Program
from scorewright.program.earning import OfInput

Number = int | Fraction

Limits = tuple[Number | None, Number | None]
"""A cap and a floor."""


def whole(number: Fraction) -> Number:
    """Return a whole number as int."""
    return number.numerator if number.denominator == 1 else number


def limits_of(cap: Fraction | None, floor: Fraction | None, unit: int | Fraction) -> Limits:
    """Return a cap and a floor in units."""
    return (None if cap is None else whole(cap * unit)), (None if floor is None else whole(floor * unit))


def finest(program: Program) -> int:
    """Return how many units one point has."""
    decimals = {item.name: item.decimals or 0 for item in program.inputs}
    steps = [step for criterion in program.criteria for step in _steps(criterion, decimals)]
    steps += [limit for g in program.groups for limit in (g.cap, g.floor) if limit is not None]
    return lcm(*(step.denominator for step in steps))


def _steps(criterion: Criterion, decimals: Mapping[str, int]) -> Iterator[Fraction]:
    earning = criterion.earning
    yield from (criterion.lowest, criterion.highest)
    yield from earning.grains(decimals.get(earning.input, 0) if isinstance(earning, OfInput) else 0)
