"""Conditions, compiled: comparisons of inputs, points and the total, combined by all, any and not.

They are three-valued: true, false, or unknown (None) where an answer is missing.
"""

from dataclasses import dataclass

from scorewright.program.operators import Op
from scorewright.program.value import AS_OF, AsOf, Value

__all__ = [
    "AS_OF",
    "All",
    "Any",
    "AsOf",
    "Compare",
    "Condition",
    "CriterionRef",
    "GroupRef",
    "InputRef",
    "Left",
    "ListRef",
    "Not",
    "Op",
    "PercentChange",
    "Ratio",
    "TotalRef",
    "Value",
]


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
class PercentChange:
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


Left = InputRef | Ratio | PercentChange | CriterionRef | GroupRef | ListRef | TotalRef


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
