"""The points of one criterion, from the answers alone."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from scorewright.program import Criterion
from scorewright.program.condition import Value
from scorewright.program.earning import ZERO, ConditionPoints
from scorewright.semantics.conditions import Environment, holds


def earned(criterion: Criterion, answers: Mapping[str, Value], as_of: date) -> Fraction | None:
    """Return the exact points of a criterion; None where they depend on a missing answer."""
    earning = criterion.earning
    if isinstance(earning, ConditionPoints):
        answer = holds(earning.condition, Environment(answers, as_of))
        return None if answer is None else (earning.points if answer else ZERO)
    value = answers.get(earning.input)
    return None if value is None else earning.earned(value, as_of)
