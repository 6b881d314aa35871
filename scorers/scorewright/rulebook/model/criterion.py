"""Criteria as written: one question each, and one way to earn its points."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
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
    one_of,
)
from scorewright.rulebook.model.input import Policy


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

    @model_validator(mode="after")
    def _one(self) -> Self:
        one_of(self, tuple(map(field_of, OF_POINTS)), "a recommendation has one comparison")
        return self

    @property
    def comparison(self) -> tuple[Op, Right]:
        """Give the comparison, and what stands after it."""
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

    @model_validator(mode="after")
    def _one_earning(self) -> Self:
        earning = one_of(self, EARNINGS, "a criterion earns in one way")
        if earning == "when":
            self._needs("points")
            self._refuses("input", "`when` names its own inputs")
        else:
            self._needs("input")
            self._refuses("points", f"`{earning}` says what is earned")
        for key, beside in ((key, way.beside) for key, way in WAYS.items() if way.beside):
            if earning == key:
                self._needs(beside)
            else:
                self._refuses(beside, f"`{beside}` goes with `{key}`")
        return self

    @property
    def earning(self) -> str:
        """Name the key that says how points are earned."""
        return self.given(*EARNINGS)[0]

    def _needs(self, key: str) -> None:
        if not self.given(key):
            raise PydanticCustomError("key_missing", "`{key}` is missing", {"key": key})

    def _refuses(self, key: str, why: str) -> None:
        if self.given(key):
            raise PydanticCustomError(
                "key_not_here", "`{key}` does not belong here", {"key": key, "why": why}
            )
