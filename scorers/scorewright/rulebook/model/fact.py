"""What happened: kinds of fact, the signals over them, and answers that are measured from them."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

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
)
from scorewright.rulebook.model.key_rules import (
    AtLeastOne,
    AtMostOne,
    Given,
    Names,
    OneOf,
    OnlyWith,
    Rule,
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

    RULES = (
        OneOf(TESTS, "a field has one comparison", "is_"),
        AtMostOne(("times", "above"), "a number is compared with one other field"),
        OnlyWith(("times", "above"), SCALED, f"it goes with {', '.join(f'`{key}`' for key in SCALED)}"),
    )

    @property
    def test(self) -> str:
        """Name the comparison."""
        return self.given(*TESTS)[0]

    @property
    def comparison(self) -> tuple[Op, Right]:
        """Return the comparison with a value, and what stands after it."""
        return comparison_of(self, OF_FIELDS)


class Window(Block):
    """Which facts of a kind are meant: what their fields must be, and how old they are."""

    where: dict[Id, FieldTest] = Field(default_factory=dict, max_length=MAX_ITEMS)
    within: Age | None = None
    older_than: Age | None = None
    ending: Age | None = None

    RULES: ClassVar[tuple[Rule, ...]] = (
        Given("ending", needs=("within",)),
        AtMostOne(("older_than", "ending"), "a window begins in one way"),
    )


PATTERNS = ("fact", "no")
TALLIES = ("count", "total", "streak")


def _looking_at_a_field(keys: Names, needed: Names, allowed: Names) -> Iterator[Given]:
    """Let `field` stand beside some of these keys only, of which some need it."""
    for key in keys:
        if key in needed:
            yield Given(key, needs=("field",))
        elif key not in allowed:
            yield Given(key, refuses=("field",), why=f"a `{key}` looks at no field")


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

    RULES = (
        *Window.RULES,
        OneOf((*PATTERNS, *TALLIES), "a line of a signal looks for one thing", "fact"),
        *(OneOf(NUMBERS, f"a `{key}` is compared with a number", "at_least", beside=key) for key in TALLIES),
        *(
            Given(key, refuses=("as_", "after", "before"), why=f"a `{key}` is of many facts")
            for key in TALLIES
        ),
        *(Given(key, refuses=NUMBERS, why=f"`{key}` looks for a fact, and counts none") for key in PATTERNS),
        Given("no", refuses=("as_",), why="there is no fact to name"),
        *_looking_at_a_field((*PATTERNS, *TALLIES), needed=("total",), allowed=()),
    )

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

    RULES = (
        *Window.RULES,
        OneOf(MEASURES, "an answer is measured in one way", "count"),
        *_looking_at_a_field(MEASURES, needed=OF_ONE_FIELD, allowed=("every",)),
        *(
            Given(key, refuses=("otherwise",), why=f"a `{key}` always has an answer")
            for key in MEASURES
            if key not in OF_ONE_FACT
        ),
        Given(
            "days_of",
            refuses=("where", "within", "older_than", "ending"),
            why="the signal says which facts it means",
        ),
    )

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

    RULES = (AtLeastOne(("facts", "actions"), "`then` says what follows", "actions"),)


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

    RULES = (OneOf(("when", "all"), "a signal says what it looks for, in one line or several", "when"),)

    @property
    def lines(self) -> tuple[tuple[tuple[str | int, ...], Pattern], ...]:
        """Return its lines, each with its path."""
        if self.when is not None:
            return ((("when",), self.when),)
        return tuple((("all", index), line) for index, line in enumerate(self.all or ()))
