"""Criteria as written: one question each, and one way to earn its points."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from scorewright.program.operators import Op
from scorewright.rulebook.model.comparison import OF_POINTS, Right, compared_by, comparison_of, field_of
from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.earnings import EARNINGS, WAYS
from scorewright.rulebook.model.fields import (
    MAX_ITEMS,
    Block,
    Id,
    Ids,
    Items,
    Number,
    Period,
    Text,
    enumeration,
)
from scorewright.rulebook.model.input import Policy
from scorewright.rulebook.model.key_rules import Given, OneOf, OnlyWith


class Step(Block):
    """A row of a range table: from this value on, these points."""

    from_: Number = Field(alias="from")
    points: Number
    label: Text | None = None


class Decay(Block):
    """Points that halve with age."""

    points: Number
    half_life: Period


class Recommend(Block):
    """Actions that follow from a criterion's own points."""

    __annotations__.update(compared_by(OF_POINTS))
    actions: Ids

    RULES = (OneOf(tuple(map(field_of, OF_POINTS)), "a recommendation has one comparison", "at_most"),)

    @property
    def comparison(self) -> tuple[Op, Right]:
        """Return the comparison, and what stands after it."""
        return comparison_of(self, OF_POINTS)


def _rating(value: object) -> object:
    if isinstance(value, str) and value not in ("as_is", "reversed"):
        raise PydanticCustomError(
            "value_not_allowed",
            "`{value}` is not a way to rate",
            {"value": value, "allowed": "as_is, reversed"},
        )
    return value


class Criterion(Block):
    """One question and what its answer is worth."""

    id: Id
    label: Text | None = None
    group: Id | None = None
    input: Id | None = None
    when: Condition | None = None
    points: Number | None = None
    steps: Annotated[tuple[Step, ...], Items, Field(min_length=1, max_length=MAX_ITEMS)] | None = None
    options: dict[str, Number] | None = None
    rating: Annotated[Literal["as_is", "reversed"] | dict[str, Number], BeforeValidator(_rating)] | None = (
        None
    )
    value: Literal["as_is"] | None = None
    each: Number | None = None
    up_to: Number | None = None
    decay: Decay | None = None
    out_of: Number | None = None
    if_missing: Annotated[Policy, enumeration(Policy)] | None = None
    actionable: bool = True
    recommend: Annotated[tuple[Recommend, ...], Items] = ()
    reason: Text | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()

    RULES = (
        OneOf(EARNINGS, "a criterion earns in one way", "when"),
        Given("when", needs=("points",), refuses=("input",), why="`when` names its own inputs"),
        *(
            Given(key, needs=("input",), refuses=("points",), why=f"`{key}` says what is earned")
            for key in WAYS
        ),
        *(Given(key, needs=(way.beside,)) for key, way in WAYS.items() if way.beside),
        *(
            OnlyWith((way.beside,), (key,), f"`{way.beside}` goes with `{key}`")
            for key, way in WAYS.items()
            if way.beside
        ),
    )

    @property
    def earning(self) -> str:
        """Name the key that says how points are earned."""
        return self.given(*EARNINGS)[0]
