"""Earnings: the way in which a criterion earns its points."""

from fractions import Fraction

from scorewright.compiler.lower_conditions import Inputs, lower_condition
from scorewright.program.earning import ConditionPoints, Earning
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.earnings import WAYS


def lower_earning(criterion: Criterion, inputs: Inputs) -> Earning:
    """Compile the one way in which a criterion earns."""
    if criterion.when is not None:
        return ConditionPoints(lower_condition(criterion.when, inputs), criterion.points or Fraction(0))
    assert criterion.input is not None  # INVARIANT: the model asks for it wherever there is no `when`
    return WAYS[criterion.earning].make(criterion, inputs[criterion.input])
