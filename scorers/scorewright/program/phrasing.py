"""Conditions, values and earnings in words: the short form that answers, diffs and documents print."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from scorewright.program.condition import (
    All,
    Any,
    Compare,
    Condition,
    CriterionRef,
    GroupRef,
    InputRef,
    Left,
    ListRef,
    Not,
    PercentChange,
    Ratio,
    Value,
)
from scorewright.program.earning import ConditionPoints
from scorewright.program.program import Criterion


def zero_text(divisors: Sequence[str]) -> str:
    """Return why something cannot be worked out: `income is 0, by which nothing can be divided`."""
    verb = "is" if len(divisors) == 1 else "are"
    return f"{', '.join(divisors)} {verb} 0, by which nothing can be divided"


def left_text(left: Left) -> str:
    """Write the left side of a comparison."""
    match left:
        case InputRef(name):
            return name
        case Ratio(first, second):
            return f"{first} / {second}"
        case PercentChange(now, before):
            return f"change of {now} from {before} in percent"
        case CriterionRef(id):
            return f"own points of {id}"
        case GroupRef(id):
            return f"own points of group {id}"
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
    """Write in one line why a criterion with a known answer earned its points.

    The line depends on the answer only as far as the points do, so that subjects can share it.
    """
    if isinstance(criterion.earning, ConditionPoints):
        return f"{condition_text(criterion.earning.condition)}: {'yes' if points else 'no'}"
    return criterion.earning.text(value, as_of)
