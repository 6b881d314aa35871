"""Earnings: the way a criterion earns its points, and the lowest and highest it can earn at all."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scorers.compiler.conditions import Inputs, lower_condition
from scorers.compiler.texts import days
from scorers.earning import Counted, Decay, Earning, Linear, Options, Step, Steps, When
from scorers.program import Input
from scorers.rulebook.criterion import Criterion

ZERO = Fraction(0)
ONE = Fraction(1)


def lower_earning(criterion: Criterion, inputs: Inputs) -> Earning:
    """Compile the one way in which a criterion earns."""
    if criterion.when is not None:
        return When(lower_condition(criterion.when, inputs), criterion.points or ZERO)
    assert criterion.input is not None  # INVARIANT: the model asks for it wherever there is no `when`
    item = inputs[criterion.input]
    if criterion.steps is not None:
        return _steps(item, [Step(step.from_, step.points, step.label) for step in criterion.steps])
    if criterion.options is not None:
        listed = criterion.options
        return Options(item.name, tuple((o, listed[o]) for o in item.options if o in listed))
    if criterion.each is not None:
        return Counted(item.name, criterion.each, criterion.up_to or ZERO)
    if criterion.decay is not None:
        return Decay(item.name, criterion.decay.points, days(criterion.decay.half_life))
    if isinstance(criterion.rating, dict):
        return _steps(item, [Step(Fraction(start), points) for start, points in criterion.rating.items()])
    if criterion.rating == "reversed":
        return Linear(item.name, -ONE, _number(item.minimum) + _number(item.maximum))
    return Linear(item.name, ONE, ZERO)


def _steps(item: Input, steps: Sequence[Step]) -> Steps:
    return Steps(item.name, tuple(sorted(steps, key=lambda step: step.start)))


def _number(bound: object) -> Fraction:
    return bound if isinstance(bound, Fraction) else ZERO


def extremes(earning: Earning, inputs: Inputs) -> tuple[Fraction, Fraction]:
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
        return _ends(list(_reached(earning, item)))
    return _ends(list(_line(earning, item)))


def _ends(points: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    return min(points, default=ZERO), max(points, default=ZERO)


def _reached(earning: Steps, item: Input) -> Iterator[Fraction]:
    """Give the points of every row that some value of the input reaches, 0 where one lies below the first."""
    rows = [(None, ZERO), *((step.start, step.points) for step in earning.steps)]
    nexts = [*(start for start, _ in rows[1:]), None]
    for (start, points), end in zip(rows, nexts, strict=True):
        if _holds_value(item, start, end):
            yield points


def _holds_value(item: Input, start: Fraction | None, end: Fraction | None) -> bool:
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
