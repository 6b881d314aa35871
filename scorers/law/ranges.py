"""What an input's range allows: the rows of a table that it reaches, and the points at its ends."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from scorers.earning import Counted, Decay, Earning, Linear, Options, Steps, When
from scorers.program import Input

ZERO = Fraction(0)
ONE = Fraction(1)


def extremes(earning: Earning, inputs: Mapping[str, Input]) -> tuple[Fraction, Fraction]:
    """Give the lowest and highest points over the range of the input."""
    if isinstance(earning, When):
        return min(ZERO, earning.points), max(ZERO, earning.points)
    if isinstance(earning, Decay):
        return min(ZERO, earning.points), max(ZERO, earning.points)
    item = inputs[earning.input]
    if isinstance(earning, Options):
        points = dict(earning.points)
        return _ends([points.get(option, ZERO) for option in item.options])
    if isinstance(earning, Steps):
        return _ends(list(rows_reached(earning, item)))
    return _ends(list(_line(earning, item)))


def _ends(points: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    return min(points, default=ZERO), max(points, default=ZERO)


def rows_reached(earning: Steps, item: Input) -> Iterator[Fraction]:
    """Give the points of every row that some value of the input reaches, 0 where one lies below the first."""
    rows = [(None, ZERO), *((step.start, step.points) for step in earning.steps)]
    nexts = [*(start for start, _ in rows[1:]), None]
    for (start, points), end in zip(rows, nexts, strict=True):
        if holds_value(item, start, end):
            yield points


def holds_value(item: Input, start: Fraction | None, end: Fraction | None) -> bool:
    """Tell whether a value of the input lies from `start` up to, but not on, `end`."""
    starts = [bound for bound in (start, item.minimum) if isinstance(bound, Fraction)]
    if not starts:
        return True
    first = max(starts)
    if item.decimals is not None:
        grid = Fraction(1, 10**item.decimals)
        first = -(-first // grid) * grid
    below_end = end is None or first < end
    return below_end and not (isinstance(item.maximum, Fraction) and first > item.maximum)


def _line(earning: Linear | Counted, item: Input) -> Iterator[Fraction]:
    for bound, beyond in ((item.minimum, -ONE), (item.maximum, ONE)):
        if isinstance(earning, Linear):
            if isinstance(bound, Fraction):
                yield earning.slope * bound + earning.offset
        elif isinstance(bound, Fraction):
            yield _counted(earning, earning.each * bound)
        elif earning.each * beyond * earning.up_to > 0:
            yield earning.up_to
        else:
            yield ZERO


def _counted(earning: Counted, points: Fraction) -> Fraction:
    return min(points, earning.up_to) if earning.each > 0 else max(points, earning.up_to)
