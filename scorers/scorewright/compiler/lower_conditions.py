"""Conditions: from keys to comparisons of typed values."""

from collections.abc import Mapping
from typing import cast

from scorewright.compiler.lower_inputs import lower_value
from scorewright.program import Input, Type
from scorewright.program.condition import (
    All,
    Any,
    AsOf,
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
    TotalRef,
    Value,
)
from scorewright.rulebook.model.comparison import Right
from scorewright.rulebook.model.condition import Condition as Written
from scorewright.rulebook.types import read_bound

Inputs = Mapping[str, Input]


def lower_condition(condition: Written, inputs: Inputs) -> Condition:
    """Compile a condition; recursion is safe, for the reader allows 32 levels."""
    if condition.all is not None:
        return All(tuple(lower_condition(part, inputs) for part in condition.all))
    if condition.any is not None:
        return Any(tuple(lower_condition(part, inputs) for part in condition.any))
    if condition.not_ is not None:
        return Not(lower_condition(condition.not_, inputs))
    left = lower_left(condition)
    op, value = condition.comparison
    return Compare(left, op, _right(left, value, inputs))


def lower_left(condition: Written) -> Left:
    """Compile the left side of a comparison."""
    if condition.input is not None:
        return InputRef(condition.input)
    if condition.signal is not None:
        return InputRef(condition.signal)
    if condition.value is not None:
        return InputRef(condition.value)
    if condition.list is not None:
        return ListRef(condition.list)
    if condition.ratio is not None:
        return Ratio(*condition.ratio)
    if condition.change is not None:
        return PercentChange(*condition.change)
    if condition.criterion is not None:
        return CriterionRef(condition.criterion)
    if condition.group is not None:
        return GroupRef(condition.group)
    return TotalRef()


def _right(left: Left, value: Right, inputs: Inputs) -> Value | AsOf:
    return lower_right(_kind(left, inputs), value)


def lower_right(kind: Type, value: Right) -> Value | AsOf:
    """Compile what stands after a comparison of a left side of this type."""
    if isinstance(value, tuple):
        return tuple(lower_value(kind, part) for part in value)
    if kind is Type.DATE and isinstance(value, str):
        # INVARIANT: the checks let only days and `as_of` through where a date is compared
        return cast("Value | AsOf", read_bound(value))
    return lower_value(kind, value)


def _kind(left: Left, inputs: Inputs) -> Type:
    item = inputs.get(left.name) if isinstance(left, InputRef) else None
    if item is None:
        return Type.NUMBER
    return item.item.type if item.item else item.type
