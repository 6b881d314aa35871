"""Conditions over answers, points and the total: true, false, or unknown (None)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    Op,
    PercentChange,
    Ratio,
    Value,
)


@dataclass(frozen=True, slots=True)
class Environment:
    """What a condition can be asked about; `tell` is an engine's own way to answer one.

    The points of a missing criterion, and of its group, are None, whatever they count for. `coming` names the
    missing inputs, and the values over unset fields, where a condition is asked what it can be once they are
    known, `never` the values that no further answer makes known; criteria and groups that can still change
    are absent then.
    """

    answers: Mapping[str, Value]
    as_of: date
    criteria: Mapping[str, Fraction | None] = field(default_factory=dict)
    groups: Mapping[str, Fraction | None] = field(default_factory=dict)
    total: Fraction | None = None
    lists: Mapping[str, Fraction] = field(default_factory=dict)
    tell: "Tell | None" = None
    coming: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


Tell = Callable[[Condition, Environment], bool | None]


def ask(condition: Condition, environment: Environment) -> bool | None:
    """Return whether a condition of the program is true, false, or unknown, by the engine that is asked."""
    return (
        holds(condition, environment)
        if environment.tell is None
        else environment.tell(condition, environment)
    )


def holds(condition: Condition, environment: Environment) -> bool | None:
    """Return whether a condition is true, false, or unknown (law 18)."""
    match condition:
        case Compare():
            return _compare(condition, environment)
        case All(parts):
            return _settle([holds(part, environment) for part in parts], deciding=False)
        case Any(parts):
            return _settle([holds(part, environment) for part in parts], deciding=True)
        case Not(part):
            answer = holds(part, environment)
            return None if answer is None else not answer


def _settle(answers: list[bool | None], *, deciding: bool) -> bool | None:
    if deciding in answers:
        return deciding
    return None if None in answers else not deciding


def _compare(compare: Compare, environment: Environment) -> bool | None:
    left = value_of(compare.left, environment)
    if compare.op is Op.KNOWN:
        known = _is_known(compare.left, left, environment)
        return None if known is None else known == compare.value
    if left is None:
        return None
    return compare.op.holds(left, compare.value, environment.as_of)


def _is_known(left: Left, value: Value | None, environment: Environment) -> bool | None:
    if value is not None or not environment.coming:
        return value is not None
    return True if isinstance(left, InputRef) and left.name in environment.coming else None


def value_of(left: Left, environment: Environment) -> Value | None:
    """Return the left side of a comparison; None where it is unknown."""
    match left:
        case InputRef(name):
            return environment.answers.get(name)
        case Ratio(first, second):
            return _ratio(environment.answers.get(first), environment.answers.get(second))
        case PercentChange(now, before):
            ratio = _ratio(environment.answers.get(now), environment.answers.get(before))
            return None if ratio is None else (ratio - 1) * 100
        case CriterionRef(id):
            return environment.criteria.get(id)
        case GroupRef(id):
            return environment.groups.get(id)
        case ListRef(id):
            return environment.lists.get(id)
        case _:
            return environment.total


def _ratio(first: Value | None, second: Value | None) -> Fraction | None:
    if isinstance(first, Fraction) and isinstance(second, Fraction) and second != 0:
        return first / second
    return None
