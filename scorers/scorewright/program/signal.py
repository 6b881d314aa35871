"""Signals and measures, compiled: what is derived from the facts of an account.

A select says which facts of a kind are meant. A measure makes one answer of them. A signal is true where
there is a way to give each of its patterns a fact, and each of its tallies holds.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from scorewright.program.condition import AsOf, Op, Value
from scorewright.program.fact import Moment

MAX_ROUNDS: Final = 8
"""How often an account may be asked because further facts follow; the checks refuse what could need more."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A field compared with a value: `severity` is one of P1, P2."""

    field: str
    op: Op
    value: Value | AsOf


@dataclass(frozen=True, slots=True)
class Related:
    """A field compared with `times * other + above`; for what is no number, with `other` as it is.

    `other` is a field of the fact behind `alias`, or of the same fact where the alias is empty. The operators
    are `is`, for equal, and those of numbers; `differs` turns the answer around.
    """

    field: str
    op: Op
    other: str
    alias: str = ""
    times: Fraction = Fraction(1)
    above: Fraction = Fraction(0)
    differs: bool = False


Comparison = Constant | Related


@dataclass(frozen=True, slots=True)
class Select:
    """The facts of a kind that pass every test, and are at least `older_than` and less than `within` old.

    The tests look at one fact alone: each `Related` among them has an empty alias. Ages are in microseconds.
    """

    kind: str
    tests: tuple[Comparison, ...] = ()
    older_than: Moment = 0
    within: Moment | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One fact, or where `absent` that there is none; only the last pattern can be absent.

    `joins` compare it with facts of earlier patterns, by alias; `after` and `before` name those that it must
    be later and earlier than.
    """

    alias: str
    select: Select
    joins: tuple[Related, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    absent: bool = False


class Aggregation(StrEnum):
    """How a measure makes one answer of several facts."""

    COUNT = "count"
    TOTAL = "total"
    STREAK = "streak"
    DAYS_SINCE = "days_since"
    DAYS_OF = "days_of"
    LATEST = "latest"
    HIGHEST = "highest"
    LOWEST = "lowest"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Measure:
    """An answer made of facts.

    - count: how many there are; total: the sum of a field.
    - streak: how many of the newest in a row pass the tests; the select's ages say which are looked at.
    - days_since: whole days since the newest; latest: a field of the newest; highest, lowest: the most and
      the least of a field, where the options of a choice rise in their `order`. Without any: `otherwise`.
    - days_of: whole days since the first fact behind a `signal`, whose first pattern the select is; 0 where
      the signal is false.
    - every: all of them, the oldest first, as `records` of the named fields or as the one field.

    Records stand in the order of the fields `by`, their key, and not in that of their times, for every and
    streak: one that is mended later keeps its place.
    """

    way: Aggregation
    select: Select
    fields: tuple[str, ...] = ()
    records: bool = False
    order: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    otherwise: Value | None = None
    signal: str = ""


@dataclass(frozen=True, slots=True)
class MeasureTest:
    """A measure of numbers that compares so; false where it has no answer."""

    measure: Measure
    op: Op
    value: Value


@dataclass(frozen=True, slots=True)
class Assertion:
    """A further fact that holds from now on, with the value of every field of its kind."""

    kind: str
    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """True where every part holds; then it enables actions, and what it asserts are facts as well."""

    id: str
    label: str
    parts: tuple[Pattern | MeasureTest, ...]
    enables: tuple[str, ...] = ()
    asserts: tuple[Assertion, ...] = ()
    source: str | None = None
    path: tuple[str | int, ...] = field(default=(), compare=False)
