"""Earnings: the way in which a criterion earns its points."""

from collections.abc import Sequence
from fractions import Fraction

from scorers.compiler.conditions import Inputs, lower_condition
from scorers.compiler.texts import days
from scorers.earning import Earning, When
from scorers.earning_by_row import Options, Step, Steps
from scorers.earning_by_value import Counted, Decay, Linear
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
