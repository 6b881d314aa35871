"""The rulebook as its analyst wrote it: a frozen model of the YAML, one class per block.

Shapes are checked here; names, ranges and totals are checked in `scorewright.checks`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.fact import Signal, Then
from scorewright.rulebook.model.fields import (
    MAX_ITEMS,
    Block,
    Day,
    Due,
    Id,
    Ids,
    Items,
    Number,
    Text,
    Version,
    Whole,
    enumeration,
)
from scorewright.rulebook.model.input import FactKind, Input, Policy
from scorewright.rulebook.model.key_rules import Given, Unless
from scorewright.rulebook.model.table import Flag, NamedList, Value


class Method(StrEnum):
    """How points become the total."""

    SUM = "sum"
    WEIGHTED = "weighted"
    COUNT = "count"
    VALUE = "value"
    NONE = "none"


class Severity(StrEnum):
    """How urgent a trigger is."""

    INFO = "info"
    WARNING = "warning"
    URGENT = "urgent"


class Effective(Block):
    """The days on which a rulebook applies, both ends in."""

    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class Header(Block):
    """The `rulebook:` block: which rulebook this is and who answers for it."""

    id: Id
    name: Text
    version: Version
    owner: Text
    source: Text | None = None
    notes: Text | None = None
    subject: Text | None = None
    effective: Effective | None = None
    formerly: Ids = ()


class Group(Block):
    """A named set of criteria."""

    id: Id
    label: Text | None = None
    weight: Number | None = None
    cap: Number | None = None
    floor: Number | None = None
    out_of: Number | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()


_POINTS_ONLY = ("minimum_coverage", "minimum_known", "cap", "floor", "band_on")
_NEEDED: Mapping[Method, tuple[str, ...]] = {
    Method.SUM: ("out_of", "if_missing"),
    Method.WEIGHTED: ("out_of", "if_missing"),
    Method.COUNT: ("of", "out_of"),
    Method.VALUE: ("of",),
    Method.NONE: (),
}
"""The keys of the `score:` block that a method needs."""

_REFUSED: Mapping[Method, tuple[str, ...]] = {
    Method.SUM: ("of",),
    Method.WEIGHTED: ("of",),
    Method.COUNT: ("if_missing", *_POINTS_ONLY),
    Method.VALUE: ("if_missing", *_POINTS_ONLY),
    Method.NONE: ("of", "out_of", "if_missing", *_POINTS_ONLY),
}
"""The keys of the `score:` block that mean nothing under a method."""


class BandUnknown(Block):
    """What an answer carries when its band cannot be read."""

    flags: Ids = ()


class Score(Block):
    """The `score:` block: how points become the total."""

    method: Annotated[Method, enumeration(Method)] = Method.SUM
    of: Id | None = None
    out_of: Number | None = None
    if_missing: Annotated[Policy, enumeration(Policy)] | None = None
    minimum_coverage: Number | None = None
    minimum_known: Whole | None = None
    cap: Number | None = None
    floor: Number | None = None
    band_on: Id | None = None
    band_unknown: BandUnknown | None = None
    notes: Text | None = None
    source: Text | None = None

    RULES = tuple(
        Given(
            "method",
            needs=_NEEDED[method],
            refuses=_REFUSED[method],
            why=f"a `{method}` score has none",
            value=method,
        )
        for method in Method
    )


class Band(Block):
    """A named score range by its lower edge, or the first whose condition is true."""

    id: Id
    from_: Number | None = Field(None, alias="from")
    when: Condition | None = None
    label: Text | None = None
    qualified: bool | None = None
    actions: Ids = ()
    flags: Ids = ()
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()


class Level(Block):
    """A range of a group's points in a matrix."""

    id: Id
    from_: Number = Field(alias="from")
    label: Text | None = None


class Axis(Block):
    """One side of a matrix: a group and its levels."""

    group: Id
    levels: Annotated[tuple[Level, ...], Items, Field(min_length=1, max_length=50)]


class Matrix(Block):
    """A grid of two groups by their levels, one label each cell: `cells: { row: { column: text } }`."""

    id: Id
    label: Text | None = None
    rows: Axis
    columns: Axis
    cells: dict[str, dict[str, Text]]
    notes: Text | None = None
    source: Text | None = None


class Disqualifier(Block):
    """A condition that sets the band, whatever the score."""

    id: Id
    label: Text | None = None
    when: Condition
    band: Id | None = None
    actions: Ids = ()
    reason: Text | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()


class Trigger(Block):
    """A condition that recommends actions beside the band."""

    id: Id
    label: Text | None = None
    when: Condition
    severity: Annotated[Severity, enumeration(Severity)] = Severity.INFO
    actions: Ids = ()
    reason: Text | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()


class Action(Block):
    """What is recommended: do, owner, due, channel."""

    do: Text
    owner: Text
    due: Due
    channel: Text | None = None
    priority: Annotated[Whole, Field(ge=1, le=9)] = 5
    reason: Text | None = None
    only_if: Condition | None = None
    otherwise: Id | None = None
    then: Then | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()


class Accepted(Block):
    """A finding that the owners accept in writing."""

    check: str
    because: Text
    at: Text | None = None


class Rulebook(Block):
    """One rulebook, whole."""

    rulebook: Header
    facts: dict[Id, FactKind] = Field(default_factory=dict, max_length=MAX_ITEMS)
    signals: Annotated[tuple[Signal, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    inputs: dict[Id, Input] = Field(max_length=MAX_ITEMS)
    score: Score
    groups: Annotated[tuple[Group, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    values: dict[Id, Value] = Field(default_factory=dict, max_length=MAX_ITEMS)
    criteria: Annotated[tuple[Criterion, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    lists: Annotated[tuple[NamedList, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    bands: Annotated[tuple[Band, ...], Items, Field(min_length=1, max_length=MAX_ITEMS)]
    matrix: Matrix | None = None
    disqualifiers: Annotated[tuple[Disqualifier, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    triggers: Annotated[tuple[Trigger, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    flags: Annotated[tuple[Flag, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    actions: dict[Id, Action] = Field(default_factory=dict, max_length=MAX_ITEMS)
    accepted: Annotated[tuple[Accepted, ...], Items, Field(max_length=MAX_ITEMS)] = ()

    RULES = (Unless("inputs", "signals"),)

    @model_validator(mode="before")
    @classmethod
    def _signals_suffice(cls, given: Any) -> Any:
        """Let a rulebook that asks for signals have no inputs."""
        if isinstance(given, dict) and given.get("signals") and "inputs" not in given:
            return {**given, "inputs": {}}
        return given

    @field_validator("inputs")
    @classmethod
    def _something_is_asked(cls, inputs: dict[str, Input], info: ValidationInfo) -> dict[str, Input]:
        if not inputs and info.data.get("signals") == ():
            raise PydanticCustomError("too_short", "it is empty")
        return inputs
