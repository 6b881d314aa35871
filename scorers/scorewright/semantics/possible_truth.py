"""What a condition can come to once the missing answers are known: true, false, or unknown for good.

What divides by an answer of 0 stays unknown, and what divides by a missing one may come to.
"""

from collections.abc import Iterable
from itertools import product

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
)
from scorewright.semantics.conditions import Environment, holds, value_of

Told = frozenset[bool | None]

EITHER: Told = frozenset({True, False})
ANY: Told = EITHER | {None}
NEVER: Told = frozenset({None})


def outcomes(condition: Condition, environment: Environment) -> Told:
    """Return what a condition can come to; parts that share an answer count as independent."""
    match condition:
        case Compare():
            return _of_comparison(condition, environment)
        case Not(part):
            return frozenset(None if answer is None else not answer for answer in outcomes(part, environment))
        case All(parts):
            return joined([outcomes(part, environment) for part in parts], deciding=False)
        case Any(parts):
            return joined([outcomes(part, environment) for part in parts], deciding=True)


def joined(parts: Iterable[Told], *, deciding: bool) -> Told:
    """Return what parts come to together, each whatever the others do; one that is `deciding` decides."""
    found: Told = frozenset({not deciding})
    for part in parts:
        found = frozenset(_both(one, other, deciding) for one, other in product(found, part))
    return found


def _both(one: bool | None, other: bool | None, deciding: bool) -> bool | None:
    if deciding in (one, other):
        return deciding
    return None if None in (one, other) else not deciding


def _of_comparison(compare: Compare, environment: Environment) -> Told:
    answer = holds(compare, environment)
    if answer is not None:
        return frozenset({answer})
    could = _of_left(compare.left, environment)
    if compare.op is not Op.KNOWN:
        return could
    known = {True} if None not in could else {False} if could == NEVER else {True, False}
    return frozenset(each == compare.value for each in known)


def _of_left(left: Left, environment: Environment) -> Told:
    """Return what a comparison of something that is not known yet can come to."""
    match left:
        case InputRef(name):
            return EITHER if name in environment.coming else NEVER if name in environment.never else ANY
        case Ratio(first, second) | PercentChange(first, second):
            divisor = value_of(InputRef(second), environment)
            lost = divisor == 0 or not environment.never.isdisjoint((first, second))
            return NEVER if lost else ANY if divisor is None else EITHER
        case CriterionRef(id):
            return NEVER if id in environment.criteria else ANY
        case GroupRef(id):
            return NEVER if id in environment.groups else ANY
        case ListRef():
            return EITHER
        case _:
            return ANY
