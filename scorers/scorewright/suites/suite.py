"""A suite as its analyst wrote it: cases and tables of answers and facts, and what must be answered."""

from typing import Annotated, Literal

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from scorewright.rulebook import NotEmpty, Unless
from scorewright.rulebook.model.fields import (
    MAX_ITEMS,
    Block,
    Format,
    Id,
    Ids,
    Items,
    Number,
    Scalar,
    Text,
    Value,
)

MAX_ROWS = 5_000
"""The most cases of a suite, and rows of a table."""

OF_RECORD = r"\[(0|[1-9]\d{0,4})\]\.[a-z][a-z0-9_]{0,63}"
"""What stands after a list's name where a field of one record is meant: `weeks[1].actual`."""

Missing = Annotated[
    str,
    Format(
        rf"[a-z][a-z0-9_]{{0,63}}({OF_RECORD})?",
        "name",
        "an input, or a field as `weeks[1].actual`",
        "the id of an input, or a field of one of its records, which count from 0",
    ),
]

InputValue = Scalar | list[Scalar | dict[str, Scalar | None] | None] | None
"""What an input or a cell may hold: a scalar, a list of scalars or records, or nothing (missing).

Also a field of a record may hold nothing; where an item does, the engines refuse the list.
"""


def _input_value(value: object) -> object:
    items = value if isinstance(value, list) else [value]
    fields = [field for item in items for field in _scalars(item, isinstance(value, list))]
    if any(isinstance(field, list | dict) for field in fields):
        raise PydanticCustomError(
            "scalar_expected", "true, false, a number, a text or a list of these is expected"
        )
    return value


def _scalars(item: object, in_list: bool) -> list[object]:
    return list(item.values()) if in_list and isinstance(item, dict) else [item]


Cell = Annotated[InputValue, PlainValidator(_input_value)]
Inputs = Annotated[dict[str, Cell], Field(max_length=MAX_ITEMS)]
WrittenFact = dict[str, Value | None]
Facts = Annotated[tuple[WrittenFact, ...], Items, Field(max_length=MAX_ROWS)]
AsOf = Annotated[
    str,
    Format(
        r"\d{4}-\d{2}-\d{2}([Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d))?",
        "day or moment",
        "`2026-01-31`, or `2026-01-31T10:00:00Z`",
        "a day, or a day and a time with its zone, `Z` or hours and minutes from it; seconds may be left out",
    ),
]


class Expect(Block):
    """What an answer must hold; whatever is left out is not looked at."""

    status: Literal["scored", "incomplete"] | None = None
    score: Number | None = None
    percent: Number | None = None
    band: Id | None = None
    bounds: Annotated[tuple[Number, Number], Items] | None = None
    possible_bands: Ids | None = None
    points: dict[Id, Number | None] | None = None
    groups: dict[Id, Number | None] | None = None
    values: dict[Id, Number | None] | None = None
    lists: dict[Id, Annotated[tuple[Text, ...], Items]] | None = None
    matrix: Text | None = None
    missing: Annotated[tuple[Missing, ...], Items] | None = None
    assumed: Ids | None = None
    triggers: Ids | None = None
    disqualified: Ids | None = None
    actions: Ids | None = None
    withheld: Ids | None = None
    next_band: Id | None = None
    flags: Annotated[tuple[Text, ...], Items] | None = None
    signals: Ids | None = None
    measured: Inputs | None = None
    invalid: dict[Text, Text] | None = None

    RULES = (NotEmpty("expects_nothing", "`expect` is empty, so this checks nothing"),)


class Case(Block):
    """One subject and what the rulebook must answer."""

    name: Text
    as_of: AsOf | None = None
    inputs: Inputs = Field(default_factory=dict)
    facts: Facts | None = None
    expect: Expect
    notes: Text | None = None

    RULES = (Unless("inputs", "facts"),)


class Table(Block):
    """Many small cases, one a row; columns are inputs and expectations (`score`, `points.x` ...)."""

    name: Text
    as_of: AsOf | None = None
    inputs: Inputs = Field(default_factory=dict)
    facts: Facts | None = None
    columns: Annotated[tuple[Text, ...], Items, Field(min_length=1, max_length=MAX_ITEMS)]
    rows: Annotated[
        tuple[Annotated[tuple[Cell, ...], Items], ...], Items, Field(min_length=1, max_length=MAX_ROWS)
    ]
    notes: Text | None = None


class Suite(Block):
    """The tests of one rulebook, whole."""

    tests_for: Id
    as_of: AsOf | None = None
    cases: Annotated[tuple[Case, ...], Items, Field(max_length=MAX_ROWS)] = ()
    tables: Annotated[tuple[Table, ...], Items, Field(max_length=MAX_ITEMS)] = ()
