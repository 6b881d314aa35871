"""Conditions, values and earnings in words: the short form that answers, diffs and documents print."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from scorers.condition import (
    All,
    Any,
    Change,
    Compare,
    Condition,
    CriterionRef,
    GroupRef,
    InputRef,
    Left,
    ListRef,
    Not,
    Ratio,
    Value,
)
from scorers.earning import Counted, Decay, Linear, Options, Steps, When
from scorers.exact import text
from scorers.program import Criterion


def zero_text(divisors: Sequence[str]) -> str:
    """Say why something cannot be worked out: `income is 0, by which nothing can be divided`."""
    verb = "is" if len(divisors) == 1 else "are"
    return f"{', '.join(divisors)} {verb} 0, by which nothing can be divided"


def left_text(left: Left) -> str:
    """Write the left side of a comparison."""
    match left:
        case InputRef(name):
            return name
        case Ratio(first, second):
            return f"{first} / {second}"
        case Change(now, before):
            return f"change of {now} from {before} in percent"
        case CriterionRef(id):
            return f"points of {id}"
        case GroupRef(id):
            return f"points of group {id}"
        case ListRef(id):
            return f"number of {id}"
        case _:
            return "total"


def condition_text(condition: Condition) -> str:
    """Write a condition in one line: `team_size >= 5 and not (source is outbound)`."""
    match condition:
        case Compare():
            return _compare_text(condition)
        case All(parts):
            return " and ".join(_inner(part) for part in parts)
        case Any(parts):
            return " or ".join(_inner(part) for part in parts)
        case Not(part):
            return f"not ({condition_text(part)})"


def _inner(condition: Condition) -> str:
    plain = isinstance(condition, Compare | Not)
    return condition_text(condition) if plain else f"({condition_text(condition)})"


def _compare_text(compare: Compare) -> str:
    return f"{left_text(compare.left)} {compare.op.text(compare.value)}"


def earning_text(criterion: Criterion, points: Fraction, value: Value | None, as_of: date) -> str:
    """Say in one line why a criterion with a known answer earned its points.

    The line depends on the answer only as far as the points do, so that subjects can share it.
    """
    earning = criterion.earning
    match earning, value:
        case When(), _:
            return f"{condition_text(earning.condition)}: {'yes' if points else 'no'}"
        case Steps(), Fraction():
            return _step_text(earning, value)
        case Options(), str():
            return f"{earning.input} is {value}"
        case Linear(), Fraction():
            return f"{earning.input} is {text(value)}{', reversed' if earning.slope < 0 else ''}"
        case Counted(), Fraction():
            limit = f", up to {text(earning.up_to)}"
            return f"{earning.input} is {text(value)}: {text(earning.each)} each{limit}"
        case Decay(), date():
            return (
                f"{earning.input} was {(as_of - value).days} days ago: halves every {earning.half_life} days"
            )
    raise AssertionError(criterion)  # INVARIANT: a known criterion has a value of its earning's type


def _step_text(steps: Steps, value: Fraction) -> str:
    reached = [index for index, step in enumerate(steps.steps) if step.start <= value]
    if not reached:
        return f"{steps.input} < {text(steps.steps[0].start)}"
    index = reached[-1]
    step, later = steps.steps[index], steps.steps[index + 1 : index + 2]
    upper = f" and < {text(later[0].start)}" if later else ""
    label = f" ({step.label})" if step.label else ""
    return f"{steps.input} >= {text(step.start)}{upper}{label}"
