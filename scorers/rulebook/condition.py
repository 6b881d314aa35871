"""Conditions as keys: `{ input: team_size, at_least: 5 }`, combined by `all`, `any` and `not`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorers.rulebook.fields import MAX_ITEMS, Block, Bound, Id, Items, Number, Value, one_of

LEFT_SIDES = ("input", "signal", "value", "criterion", "group", "list", "score", "ratio", "change")
COMPARISONS = (
    "is_", "one_of", "not_one_of", "equals", "at_least", "at_most", "more_than", "less_than", "between",
    "known", "includes", "includes_any", "before", "after", "days_ago_at_least", "days_ago_at_most",
)  # fmt: skip
COMBINATIONS = ("all", "any", "not_")

Pair = Annotated[tuple[Id, Id], Items]
Values = Annotated[tuple[Value, ...], Items, Field(min_length=1, max_length=MAX_ITEMS)]


class Condition(Block):
    """A condition: `all`, `any` or `not` of others, or one left side with one comparison."""

    all: Annotated[tuple["Condition", ...], Items, Field(min_length=1, max_length=MAX_ITEMS)] | None = None
    any: Annotated[tuple["Condition", ...], Items, Field(min_length=1, max_length=MAX_ITEMS)] | None = None
    not_: "Condition | None" = Field(None, alias="not")
    input: Id | None = None
    signal: Id | None = None
    value: Id | None = None
    criterion: Id | None = None
    group: Id | None = None
    list: Id | None = None
    score: Literal["total"] | None = None
    ratio: Pair | None = None
    change: Pair | None = None
    is_: Value | None = Field(None, alias="is")
    one_of: Values | None = None
    not_one_of: Values | None = None
    equals: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    more_than: Number | None = None
    less_than: Number | None = None
    between: Annotated[tuple[Number, Number], Items] | None = None
    known: bool | None = None
    includes: Value | None = None
    includes_any: Values | None = None
    before: Bound | None = None
    after: Bound | None = None
    days_ago_at_least: Number | None = None
    days_ago_at_most: Number | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("empty_condition", "a condition is empty")
        if self.given(*COMBINATIONS):
            one_of(self, (*COMBINATIONS, *LEFT_SIDES, *COMPARISONS), "`all`, `any` and `not` stand alone")
            return self
        one_of(self, LEFT_SIDES, "a condition has one left side")
        of_signal = self.signal is not None and not self.given(*COMPARISONS)
        one_of(self, ("is_", "known") if of_signal else COMPARISONS, "a condition has one comparison")
        return self
