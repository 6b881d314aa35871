"""Conditions as keys: `{ input: team_size, at_least: 5 }`, combined by `all`, `any` and `not`."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from scorewright.program.operators import Op
from scorewright.rulebook.model.comparison import Right, compared_by, comparison_of, field_of
from scorewright.rulebook.model.fields import MAX_ITEMS, Block, Id, Items
from scorewright.rulebook.model.key_rules import AtMostOne, NotEmpty, OneOf
from scorewright.rulebook.nodes import Step

LEFT_SIDES = ("input", "signal", "value", "criterion", "group", "list", "score", "ratio", "change")
COMPARISONS = tuple(map(field_of, Op))
EVERY = frozenset(Op)
COMBINATIONS = ("all", "any", "not_")

Pair = Annotated[tuple[Id, Id], Items]


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
    __annotations__.update(compared_by(Op))

    RULES = (
        NotEmpty("empty_condition", "a condition is empty"),
        AtMostOne(COMBINATIONS, "`all`, `any` and `not` stand alone", others=(*LEFT_SIDES, *COMPARISONS)),
        OneOf(LEFT_SIDES, "a condition has one left side", "input", unless=COMBINATIONS),
        OneOf(
            COMPARISONS,
            "a condition has one comparison",
            "is_",
            unless=COMBINATIONS,
            fitting={"signal": ("is_", "known")},
        ),
    )

    @cached_property
    def comparison(self) -> tuple[Op, Right]:
        """Return the comparison of one left side, and what stands after it."""
        return comparison_of(self, EVERY)

    @cached_property
    def leaves(self) -> tuple[tuple[tuple[Step, ...], "Condition"], ...]:
        """Return the comparisons inside it, each with its path: many checks ask for them."""
        return tuple(leaves_of(self))

    def parts(self) -> Iterator[tuple[tuple[Step, ...], "Condition"]]:
        """List the conditions that it is made of, each with its path; none where it is a comparison."""
        for key, given in (("all", self.all), ("any", self.any)):
            for index, part in enumerate(given or ()):
                yield (key, index), part
        if self.not_ is not None:
            yield ("not",), self.not_


def leaves_of(condition: Condition) -> Iterator[tuple[tuple[Step, ...], Condition]]:
    """List the comparisons inside a condition, each with its path from there."""
    waiting: list[tuple[tuple[Step, ...], Condition]] = [((), condition)]
    while waiting:
        path, current = waiting.pop()
        parts = [((*path, *step), part) for step, part in current.parts()]
        if parts:
            waiting.extend(reversed(parts))
        else:
            yield path, current
