"""What happened: kinds of fact, the signals over them, and answers that are measured from them."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorewright.program.operators import Op, Operand, suiting
from scorewright.program.value import Type
from scorewright.rulebook.model.comparison import OF_POINTS, Right, compared_by, comparison_of, field_of
from scorewright.rulebook.model.fields import (
    MAX_ITEMS,
    Age,
    Block,
    Id,
    Ids,
    Items,
    Reference,
    Text,
    Value,
    key_of,
    one_of,
)

NUMBERS = tuple(map(field_of, OF_POINTS))
"""The comparisons of numbers."""

SCALED = tuple(map(field_of, suiting(Type.NUMBER, (Operand.NUMBER,))))
"""The comparisons that may be with another field, so many times it or so much above it."""

OF_FIELDS = tuple(op for op in Op if op is not Op.KNOWN and {*op.row.types} - {Type.LIST, Type.RECORD})
"""The comparisons of a field with a value: a field is always known, and never a list."""

TESTS = (*map(field_of, OF_FIELDS), "same_as", "differs_from")
"""The comparisons of a field."""


class FieldTest(Block):
    """What a field must be: compared with a value, or with a field of this or an earlier fact."""

    __annotations__.update(compared_by(OF_FIELDS))
    same_as: Reference | None = None
    differs_from: Reference | None = None
    times: Reference | None = None
    above: Reference | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        one_of(self, TESTS, "a field has one comparison")
        if scaled := self.given("times", "above"):
            one_of(self, ("times", "above"), "a number is compared with one other field")
            if not self.given(*SCALED):
                why = f"it goes with {', '.join(f'`{key}`' for key in SCALED)}"
                raise _not_here(scaled[0], why)
        return self

    @property
    def test(self) -> str:
        """Name the comparison."""
        return self.given(*TESTS)[0]

    @property
    def comparison(self) -> tuple[Op, Right]:
        """Give the comparison with a value, and what stands after it."""
        return comparison_of(self, OF_FIELDS)


class Window(Block):
    """Which facts of a kind are meant: what their fields must be, and how old they are."""

    where: dict[Id, FieldTest] = Field(default_factory=dict, max_length=MAX_ITEMS)
    within: Age | None = None
    older_than: Age | None = None
    ending: Age | None = None

    @model_validator(mode="after")
    def _whole_window(self) -> Self:
        if self.ending is not None and self.within is None:
            raise PydanticCustomError("key_missing", "`{key}` is missing", {"key": "within"})
        if self.ending is not None and self.older_than is not None:
            keys = {
                "what": "a window begins in one way",
                "keys": "older_than, ending",
                "key": "older_than",
            }
            raise PydanticCustomError("too_many_keys", "{what}", keys)
        return self


PATTERNS = ("fact", "no")
TALLIES = ("count", "total", "streak")


class Pattern(Window):
    """One line of a signal: a fact, that there is none, or a number of them."""

    fact: Id | None = None
    no: Id | None = None
    count: Id | None = None
    total: Id | None = None
    streak: Id | None = None
    as_: Id | None = Field(None, alias="as")
    after: Id | None = None
    before: Id | None = None
    field: Id | None = None
    __annotations__.update(compared_by(OF_POINTS))

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        key = one_of(self, (*PATTERNS, *TALLIES), "a line of a signal looks for one thing")
        if key in TALLIES:
            one_of(self, NUMBERS, f"a `{key}` is compared with a number")
            _refuse(self, ("as_", "after", "before"), f"a `{key}` is of many facts")
        else:
            _refuse(self, NUMBERS, f"`{key}` looks for a fact, and counts none")
        if key == "no":
            _refuse(self, ("as_",), "there is no fact to name")
        _check_field(self, key, needed=("total",))
        return self

    @property
    def way(self) -> str:
        """Name what is looked for: `fact`, `no`, `count`, `total` or `streak`."""
        return self.given(*PATTERNS, *TALLIES)[0]

    @property
    def kind(self) -> str:
        """Name the kind of fact."""
        return str(getattr(self, self.way))


MEASURES = ("count", "total", "streak", "days_since", "days_of", "latest", "highest", "lowest", "every")
OF_ONE_FIELD = ("total", "latest", "highest", "lowest")
OF_ONE_FACT = ("days_since", "latest", "highest", "lowest")
"""The measures that have no answer where there is no fact."""


class Measured(Window):
    """How an answer is made of facts where the caller does not give it."""

    count: Id | None = None
    total: Id | None = None
    streak: Id | None = None
    days_since: Id | None = None
    days_of: Id | None = None
    latest: Id | None = None
    highest: Id | None = None
    lowest: Id | None = None
    every: Id | None = None
    field: Id | None = None
    otherwise: Value | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        key = one_of(self, MEASURES, "an answer is measured in one way")
        _check_field(self, key, needed=OF_ONE_FIELD, allowed=("every",))
        if key not in OF_ONE_FACT:
            _refuse(self, ("otherwise",), f"a `{key}` always has an answer")
        if key == "days_of":
            _refuse(self, ("where", "within", "older_than", "ending"), "the signal says which facts it means")
        return self

    @property
    def way(self) -> str:
        """Name how it is measured."""
        return self.given(*MEASURES)[0]

    @property
    def kind(self) -> str:
        """Name the kind of fact, or for `days_of` the signal."""
        return str(getattr(self, self.way))


class Assertion(Block):
    """A further fact that holds from then on."""

    fact: Id
    fields: dict[Id, Value] = Field(default_factory=dict, max_length=MAX_ITEMS)


class Then(Block):
    """What follows from a signal or an action: further facts, and actions."""

    facts: Annotated[tuple[Assertion, ...], Items, Field(max_length=MAX_ITEMS)] = ()
    actions: Ids = ()

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            names = {"what": "`then` says what follows", "keys": "facts, actions", "key": "actions"}
            raise PydanticCustomError("key_missing_one_of", "{what}", names)
        return self


class Signal(Block):
    """True where facts match every line."""

    id: Id
    label: Text | None = None
    when: Pattern | None = None
    all: Annotated[tuple[Pattern, ...], Items, Field(min_length=1, max_length=15)] | None = None
    then: Then | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        one_of(self, ("when", "all"), "a signal says what it looks for, in one line or several")
        return self

    @property
    def lines(self) -> tuple[tuple[tuple[str | int, ...], Pattern], ...]:
        """Give its lines, each with its path."""
        if self.when is not None:
            return ((("when",), self.when),)
        return tuple((("all", index), line) for index, line in enumerate(self.all or ()))


def _refuse(block: Block, names: tuple[str, ...], why: str) -> None:
    for name in block.given(*names):
        raise _not_here(key_of(type(block), name), why)


def _check_field(block: Block, key: str, needed: tuple[str, ...], allowed: tuple[str, ...] = ()) -> None:
    given = bool(block.given("field"))
    if key in needed and not given:
        raise PydanticCustomError("key_missing", "`{key}` is missing", {"key": "field"})
    if given and key not in (*needed, *allowed):
        raise _not_here("field", f"a `{key}` looks at no field")


def _not_here(key: str, why: str) -> PydanticCustomError:
    return PydanticCustomError("key_not_here", "`{key}` does not belong here", {"key": key, "why": why})
