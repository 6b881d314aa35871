"""Conditions, compiled: comparisons of inputs, points and the total, combined by all, any and not.

They are three-valued: true, false, or unknown (None) where an answer is missing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

Value = bool | Fraction | str | date | tuple["Value", ...]
"""A validated answer: numbers are exact, dates are days, lists are tuples, records tuples of their fields."""


class AsOf:
    """The bound of a date that moves with the request: its `as_of`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "as_of"


AS_OF: Final = AsOf()


class Op(StrEnum):
    """The comparisons, named as in the language."""

    IS = "is"
    ONE_OF = "one_of"
    NOT_ONE_OF = "not_one_of"
    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    KNOWN = "known"
    INCLUDES = "includes"
    INCLUDES_ANY = "includes_any"
    BEFORE = "before"
    AFTER = "after"
    DAYS_AGO_AT_LEAST = "days_ago_at_least"
    DAYS_AGO_AT_MOST = "days_ago_at_most"


@dataclass(frozen=True, slots=True)
class InputRef:
    """The answer to an input, or a value worked out from inputs."""

    name: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """`first / second` of two numbers; unknown where the second is 0."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Change:
    """By how many percent `now` differs from `before`; unknown where `before` is 0."""

    now: str
    before: str


@dataclass(frozen=True, slots=True)
class CriterionRef:
    """The points of a criterion, before groups and weights; unknown while it is missing."""

    id: str


@dataclass(frozen=True, slots=True)
class GroupRef:
    """The points of a group after cap and floor, before weights; unknown while a member is missing."""

    id: str


@dataclass(frozen=True, slots=True)
class ListRef:
    """How many items a named list of the answer holds."""

    id: str


@dataclass(frozen=True, slots=True)
class TotalRef:
    """The rounded total; unknown when there is none."""


Left = InputRef | Ratio | Change | CriterionRef | GroupRef | ListRef | TotalRef


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison. `value` fits `op`: a pair for between, a tuple for one_of, not_one_of, includes_any."""

    left: Left
    op: Op
    value: Value | AsOf


@dataclass(frozen=True, slots=True)
class All:
    """False as soon as one part is false, true when all are true, unknown otherwise."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True as soon as one part is true, false when all are false, unknown otherwise."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary; the contrary of unknown is unknown."""

    part: "Condition"


Condition = Compare | All | Any | Not
