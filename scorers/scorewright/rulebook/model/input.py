"""Inputs as declared: kind, range, options, guide, and what a missing answer means."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from scorewright.rulebook.model.fact import Measured
from scorewright.rulebook.model.fields import (
    MAX_ITEMS,
    Block,
    Bound,
    Id,
    Ids,
    Items,
    Text,
    Value,
    Whole,
    Window,
    enumeration,
    read_member,
)

MAX_FIELDS = 50
"""The most fields that a fact, or the records of a list, may have."""


class Kind(StrEnum):
    """The kinds of input."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    RATING = "rating"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"
    LIST = "list"


class Policy(StrEnum):
    """What a missing answer does to its criterion."""

    NO_POINTS = "no_points"
    INCOMPLETE = "incomplete"
    LEAVE_OUT = "leave_out"


class Assume(Block):
    """`if_missing: { assume: X }`: the value used when the answer is absent."""

    assume: Value


def _missing(value: object) -> object:
    if isinstance(value, str):
        return read_member(Policy, value)
    return value


class Input(Block):
    """One declared input."""

    type: Annotated[Kind, enumeration(Kind)]
    label: Text | None = None
    unit: Text | None = None
    min: Bound | None = None
    max: Bound | None = None
    decimals: Annotated[Whole, Field(ge=0, le=9)] | None = None
    options: Annotated[tuple[Text, ...], Items, Field(max_length=MAX_ITEMS)] | None = None
    of: Annotated[Kind, enumeration(Kind)] | None = None
    fields: Annotated[dict[Id, "Input"], Field(min_length=1, max_length=MAX_FIELDS)] | None = None
    max_items: Annotated[Whole, Field(ge=1, le=10_000)] | None = None
    guide: dict[str, Text] | None = None
    window: Window | None = None
    required: bool = False
    optional: bool = False
    if_missing: Annotated[Policy | Assume, BeforeValidator(_missing)] | None = None
    measured: Measured | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()


class FactKind(Block):
    """A kind of fact: what its fields are, and for records the fields that name what they are about."""

    label: Text | None = None
    fields: dict[Id, Input] = Field(default_factory=dict, max_length=MAX_FIELDS)
    key: Ids = ()
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()
