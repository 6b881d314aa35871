"""The points of one criterion, from the answers alone."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from scorers.condition import Value
from scorers.earning import Counted, Decay, Linear, Options, Steps, When
from scorers.exact import rounded
from scorers.law.conditions import Grounds, holds
from scorers.program import Criterion

ZERO = Fraction(0)

SPENT = 128
"""Half-lives after which a decayed criterion earns nothing: less than any rounding could show."""


def earned(criterion: Criterion, answers: Mapping[str, Value], as_of: date) -> Fraction | None:
    """Give the exact points of a criterion; None where they depend on a missing answer."""
    earning = criterion.earning
    if isinstance(earning, When):
        answer = holds(earning.condition, Grounds(answers, as_of))
        return None if answer is None else (earning.points if answer else ZERO)
    value = answers.get(earning.input)
    return None if value is None else _of_value(earning, value, as_of)


def _of_value(earning: Steps | Options | Linear | Counted | Decay, value: Value, as_of: date) -> Fraction:
    match earning, value:
        case Options(), str():
            return dict(earning.points).get(value, ZERO)
        case Steps(), Fraction():
            return next((step.points for step in reversed(earning.steps) if step.start <= value), ZERO)
        case Linear(), Fraction():
            return earning.slope * value + earning.offset
        case Counted(), Fraction():
            points = earning.each * value
            return min(points, earning.up_to) if earning.each > 0 else max(points, earning.up_to)
        case Decay(), date():
            return decayed(earning, (as_of - value).days)
    raise AssertionError(earning)  # INVARIANT: the compiler pairs each earning with an input of its type


def decayed(decay: Decay, days: int) -> Fraction:
    """Halve points every half-life: exact at whole half-lives, rounded half up to 4 decimals between.

    A day after as_of counts in full: no answer can lie there, but an assumed one can.
    """
    halvings, rest = divmod(max(days, 0), decay.half_life)
    if halvings >= SPENT:
        return ZERO
    exact = decay.points / (1 << halvings)
    if rest == 0:
        return exact
    with localcontext(prec=60):
        factor = Decimal(2) ** (Decimal(-rest) / Decimal(decay.half_life))
    return rounded(exact * Fraction(factor))
