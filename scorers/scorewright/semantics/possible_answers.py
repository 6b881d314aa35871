"""Answers that can be given: valid ones that represent all others, and those that earn the most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import chain, islice

from scorewright.partition import (
    FEW,
    Cuts,
    choices,
    compares,
    cuts_of,
    every_number,
    inputs_of,
    joint,
    representatives,
)
from scorewright.program import Criterion, Input, Program, Type
from scorewright.program.condition import AS_OF, All, Any, Condition, Not, Value
from scorewright.program.cut import Cut
from scorewright.program.earning import ConditionPoints
from scorewright.semantics.conditions import Environment, holds
from scorewright.semantics.earned_points import earned
from scorewright.semantics.total_bounds import components
from scorewright.validation import blank, check

Given = Mapping[str, Value]

MOST = 5_000
"""The most joint answers that are tried to make one condition come out."""

MOST_MEMBERS = 10
"""The most members of a list that are looked for while every set of them is tried."""

WINDOWS = 10
"""The most times that a list is looked at with other members."""


def joint_given(
    program: Program, cuts: Cuts, names: Sequence[str], known: Given, as_of: date
) -> Iterator[Given]:
    """Yield representative joint answers to some inputs that a caller can send, beside what is known."""
    items = {item.name: item for item in program.inputs}
    seen: dict[tuple[str, Value], bool] = {}

    def can_be(name: str, value: Value) -> bool:
        if (name, value) not in seen:
            seen[name, value] = can_be_given(items[name], value, as_of)
        return seen[name, value]

    for answers in joint(program, cuts, names, known, as_of):
        if all(can_be(name, answers[name]) for name in names):
            yield answers


def has_too_many_members(item: Input, cuts: Cuts) -> bool:
    """Return whether a list or a text is compared with more members than every set of can be tried."""
    return choices(item, cuts.by_input.get(item.name, ())) > MOST_MEMBERS


def can_be_given(item: Input, value: Value, as_of: date) -> bool:
    """Return whether a caller can send this answer; a blank text is none."""
    if isinstance(value, str) and blank(value):
        return False
    return not isinstance(check(item, item.name, _sent(value), as_of), list)


def _sent(value: Value | None) -> object:
    if isinstance(value, tuple):
        return [_sent(part) for part in value]
    if not isinstance(value, Fraction):
        return value
    with localcontext(prec=50):
        # A number that is no decimal gets more digits than a caller may send.
        return Decimal(value.numerator) / Decimal(value.denominator)


def given(item: Input, cuts: Sequence[Cut], as_of: date) -> Sequence[Value]:
    """List representative answers to an input that a caller can send."""
    return [value for value in representatives(item, cuts, as_of) if can_be_given(item, value, as_of)]


def every(item: Input, as_of: date) -> Sequence[Value] | None:
    """List every answer that can be given to an input of few; None for others."""
    match item.type:
        case Type.BOOLEAN:
            return (False, True)
        case Type.CHOICE:
            return [option for option in item.options if can_be_given(item, option, as_of)]
        case Type.NUMBER:
            return every_number(item)
        case Type.DATE:
            return _days(item, as_of)
        case _:
            return None


def _days(item: Input, as_of: date) -> Sequence[Value] | None:
    first, last = (as_of if end is AS_OF else end for end in (item.minimum, item.maximum))
    if not isinstance(first, date) or not isinstance(last, date) or (last - first).days >= FEW:
        return None
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def earning_most(program: Program, criterion: Criterion, as_of: date) -> Given | None:
    """Return answers to all inputs of a criterion that earn its most; None where none were found."""
    items = {item.name: item for item in program.inputs}
    if isinstance(criterion.earning, ConditionPoints):
        found = _fulfilled(program, criterion.earning.condition, criterion.earning.points > 0, as_of)
    else:
        cuts, names = cuts_of([criterion]), [criterion.earning.input]
        tried = islice(joint_given(program, cuts, names, {}, as_of), MOST)
        found = next((one for one in tried if earned(criterion, one, as_of) == criterion.highest), None)
    if found is None:
        return None
    rest = [items[name] for name in criterion.inputs if name not in found]
    return _filled(found, rest, as_of)


def _filled(found: Given, rest: Sequence[Input], as_of: date) -> Given | None:
    whole = dict(found)
    for item in rest:
        able = given(item, (), as_of)
        if not able:
            return None
        whole[item.name] = able[0]
    return whole


def _fulfilled(program: Program, condition: Condition, wanted: bool, as_of: date) -> Given | None:
    """Return answers that make a condition come out as wanted, to the inputs that it takes."""
    match condition:
        case Not(part):
            return _fulfilled(program, part, not wanted, as_of)
        case All(parts) | Any(parts) if isinstance(condition, All) == wanted:
            return _all_fulfilled(program, parts, wanted, as_of)
        case All(parts) | Any(parts):
            able = (_fulfilled(program, part, wanted, as_of) for part in parts)
            return next((one for one in able if one is not None), None)
        case _:
            return _tried(program, [_KnownCondition(condition)], wanted, as_of)


def _all_fulfilled(
    program: Program,
    conditions: Sequence[Condition],
    wanted: bool,
    as_of: date,
) -> Given | None:
    found: dict[str, Value] = {}
    for together in components(map(_KnownCondition, conditions), ()):
        if len(together) == 1:
            one = _fulfilled(program, together[0].condition, wanted, as_of)
        else:
            one = _tried(program, together, wanted, as_of)
        if one is None:
            return None
        found |= one
    return found


@dataclass(frozen=True, slots=True)
class _KnownCondition:
    condition: Condition

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(inputs_of(c.left) for c in compares(self.condition))))


def _tried(program: Program, asked: Sequence[_KnownCondition], wanted: bool, as_of: date) -> Given | None:
    names = tuple(dict.fromkeys(chain.from_iterable(each.inputs for each in asked)))
    if not {item.name for item in program.inputs}.issuperset(names):
        return None
    for cuts in _windows(program, cuts_of((), [each.condition for each in asked]), names):
        for one in islice(joint_given(program, cuts, names, {}, as_of), MOST):
            if all(holds(each.condition, Environment(one, as_of)) is wanted for each in asked):
                return one
    return None


def _windows(program: Program, cuts: Cuts, names: Sequence[str]) -> Iterator[Cuts]:
    """Let a list that is compared with many members be looked at with a few of them at a time."""
    long = [item for item in program.inputs if item.name in names and has_too_many_members(item, cuts)]
    if not long:
        yield cuts
        return
    for first in range(0, min(WINDOWS * MOST_MEMBERS, len(cuts.by_input[long[0].name])), MOST_MEMBERS):
        some = {item.name: cuts.by_input[item.name][first : first + MOST_MEMBERS] for item in long}
        yield Cuts({**cuts.by_input, **some}, cuts.lines)
