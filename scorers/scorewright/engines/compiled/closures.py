"""Conditions and earnings as specialised functions, built once per program."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from scorewright.program import Criterion
from scorewright.program.condition import (
    All,
    Any,
    Compare,
    Condition,
    InputRef,
    Not,
    Op,
    PercentChange,
    Ratio,
    Value,
)
from scorewright.program.earning import ConditionPoints
from scorewright.semantics import Environment, value_of

Known = Mapping[str, Value]
Ask = Callable[[Known, date], bool | None]
Earn = Callable[[Known, date], Fraction | None]

ZERO = Fraction(0)


def asker(condition: Condition) -> Ask:
    """Build the function that tells whether a condition over inputs is true, false or unknown."""
    match condition:
        case Compare(InputRef(name), Op.KNOWN, value):
            return lambda known, _: (name in known) == value
        case Compare(InputRef(name)):
            return _of_input(name, condition)
        case Compare():
            return _of_pair(condition)
        case Not(part):
            inner = asker(part)
            return lambda known, as_of: None if (a := inner(known, as_of)) is None else not a
        case All(parts):
            return _settled(tuple(map(asker, parts)), deciding=False)
        case Any(parts):
            return _settled(tuple(map(asker, parts)), deciding=True)


def _settled(parts: tuple[Ask, ...], *, deciding: bool) -> Ask:
    def ask(known: Known, as_of: date) -> bool | None:
        unknown = False
        for part in parts:
            answer = part(known, as_of)
            if answer is deciding:
                return deciding
            unknown = unknown or answer is None
        return None if unknown else not deciding

    return ask


def _of_input(name: str, compare: Compare) -> Ask:
    test = compare.op.prepared(compare.value)

    def ask(known: Known, as_of: date) -> bool | None:
        value = known.get(name)
        return None if value is None else test(value, as_of)

    return ask


def _of_pair(compare: Compare) -> Ask:
    assert isinstance(compare.left, Ratio | PercentChange)  # INVARIANT: a criterion asks about inputs only
    left = compare.left
    if compare.op is Op.KNOWN:
        return lambda known, as_of: (value_of(left, Environment(known, as_of)) is not None) == compare.value
    test = compare.op.prepared(compare.value)

    def ask(known: Known, as_of: date) -> bool | None:
        value = value_of(left, Environment(known, as_of))
        return None if value is None else test(value, as_of)

    return ask


def earner(criterion: Criterion) -> Earn:
    """Build the function that gives a criterion's points, or None where they are unknown."""
    earning = criterion.earning
    if isinstance(earning, ConditionPoints):
        ask, points = asker(earning.condition), earning.points
        return lambda known, as_of: None if (a := ask(known, as_of)) is None else (points if a else ZERO)
    name, of_value = earning.input, earning.prepared()
    return lambda known, as_of: None if (value := known.get(name)) is None else of_value(value, as_of)
