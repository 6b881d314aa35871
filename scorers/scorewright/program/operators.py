"""The comparisons of the language, one row each: all that there is to say of a word stands in its row.

The model takes what stands after a word from it, the checks which types it suits, the law and the engines its
test and how it parts answers, the phrases, the schema and the docs its words. What a row does not say of the
parting keeps every answer whole, which is always right: it is only slower.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto
from fractions import Fraction
from operator import contains, eq, ge, gt, le, lt
from typing import Any

from scorewright.program.value import AS_OF, AsOf, Type, Value, value_text

Test = Callable[[Any, Any], bool]
"""A test of two values of the types that the compiler pairs, which mypy cannot see here."""

Edge = tuple[Fraction, bool]
"""A number at which answers part: below it from at it (False), or up to it from above it (True)."""

Span = tuple[Fraction | None, Fraction | None]
"""The fewest and the most days that a date may lie ahead of `as_of` (law 22); None: no limit."""


class Operand(Enum):
    """What stands after a word."""

    VALUE = auto()
    VALUES = auto()
    NUMBER = auto()
    PAIR = auto()
    YES = auto()
    DAY = auto()
    DAYS = auto()
    SPAN = auto()
    TEXT = auto()


class Parting(Enum):
    """How a comparison parts the answers to its left side, so that those of one part are all alike to it.

    By nothing: no known answer from another. The same: each value after the word from all others. From: what
    lies at or above it from what lies below. Up to: what lies at or below it from what lies above. Range: the
    pair and what lies between from what lies outside. Member: lists by whether they hold the value. Start,
    end, inside: texts by whether the text stands there. Whole: in no way that anybody may rely on.
    """

    WHOLE = auto()
    NOTHING = auto()
    SAME = auto()
    FROM = auto()
    UP_TO = auto()
    RANGE = auto()
    MEMBER = auto()
    START = auto()
    END = auto()
    INSIDE = auto()


@dataclass(frozen=True, slots=True)
class Operator:
    """What a word means: the types that it suits, what stands after it, its test, and how it is printed.

    `says` is printed after the left side, with the value for `{}`; `otherwise` in its place for `false` and
    for a number below 0, which is then written without its sign. `span` is of words that count days: the test
    is then of the days from `as_of` to the date. Where `each` is given, the word says the same as any of its
    values says with that word.
    """

    types: tuple[Type, ...]
    operand: Operand
    test: Test
    says: str
    about: str
    parts: Parting = Parting.WHOLE
    otherwise: str = ""
    span: Callable[[Fraction], Span] | None = None
    each: str | None = None


def _between(left: Any, right: Any) -> bool:
    return bool(right[0] <= left <= right[1])


def _within(days: int, span: Span) -> bool:
    first, last = span
    return (first is None or days >= first) and (last is None or days <= last)


def _ago(span: Callable[[Fraction], Span], says: str, about: str, otherwise: str) -> Operator:
    return Operator((Type.DATE,), Operand.DAYS, _within, says, about, otherwise=otherwise, span=span)


def _days(span: Callable[[Fraction], Span], says: str, about: str) -> Operator:
    return Operator((Type.DATE,), Operand.SPAN, _within, says, about, span=span)


def _text(test: Test, says: str, about: str, parts: Parting) -> Operator:
    return Operator((Type.TEXT,), Operand.TEXT, test, says, about, parts)


_TODAY = Fraction(0)
_NUMBER = (Type.NUMBER,)
_WORD = (Type.CHOICE, Type.TEXT)
_LISTED = (Type.NUMBER, *_WORD)


class _InTable:
    row: Operator


class Op(_InTable, StrEnum):
    """The comparisons, named as in the language."""

    def __new__(cls, word: str, row: Operator | None = None) -> "Op":
        """Make a word that knows its row; one that is looked up needs none."""
        assert row is not None  # INVARIANT: every word of the class below has a row
        member = str.__new__(cls, word)
        member._value_ = word
        member.row = row
        return member

    IS = (
        "is",
        Operator((Type.BOOLEAN, *_WORD), Operand.VALUE, eq, "is {}", "exactly this value", Parting.SAME),
    )
    ONE_OF = (
        "one_of",
        Operator(_LISTED, Operand.VALUES, lambda left, right: left in right,
            "is one of {}", "one of these values", Parting.SAME, each="is"),
    )  # fmt: skip
    NOT_ONE_OF = (
        "not_one_of",
        Operator(_LISTED, Operand.VALUES, lambda left, right: left not in right,
            "is none of {}", "none of these values", Parting.SAME),
    )  # fmt: skip
    EQUALS = "equals", Operator(_NUMBER, Operand.NUMBER, eq, "= {}", "exactly this number", Parting.SAME)
    AT_LEAST = "at_least", Operator(_NUMBER, Operand.NUMBER, ge, ">= {}", "this number or more", Parting.FROM)
    AT_MOST = "at_most", Operator(_NUMBER, Operand.NUMBER, le, "<= {}", "this number or less", Parting.UP_TO)
    MORE_THAN = (
        "more_than",
        Operator(_NUMBER, Operand.NUMBER, gt, "> {}", "more than this number", Parting.UP_TO),
    )
    LESS_THAN = (
        "less_than",
        Operator(_NUMBER, Operand.NUMBER, lt, "< {}", "less than this number", Parting.FROM),
    )
    BETWEEN = (
        "between",
        Operator(_NUMBER, Operand.PAIR, _between,
            "between {}", "the lowest and the highest, both in: `[1, 5]`", Parting.RANGE),
    )  # fmt: skip
    KNOWN = (
        "known",
        Operator(tuple(Type), Operand.YES, eq, "is known", "true: there is an answer; false: it is missing",
            Parting.NOTHING, otherwise="is missing"),
    )  # fmt: skip
    INCLUDES = (
        "includes",
        Operator(
            (Type.LIST,), Operand.VALUE, contains, "includes {}", "the list holds this value", Parting.MEMBER
        ),
    )
    INCLUDES_ANY = (
        "includes_any",
        Operator((Type.LIST,), Operand.VALUES, lambda left, right: any(part in left for part in right),
            "includes any of {}", "the list holds at least one of these values", Parting.MEMBER,
            each="includes"),
    )  # fmt: skip
    BEFORE = (
        "before",
        Operator(
            (Type.DATE,), Operand.DAY, lt, "before {}", "earlier than this day, or than `as_of`", Parting.FROM
        ),
    )
    AFTER = (
        "after",
        Operator(
            (Type.DATE,), Operand.DAY, gt, "after {}", "later than this day, or than `as_of`", Parting.UP_TO
        ),
    )
    DAYS_AGO_AT_LEAST = (
        "days_ago_at_least",
        _ago(lambda days: (None, -days), "at least {} ago",
             "this many days ago or longer; also below 0", "past or at most {} ahead"),
    )  # fmt: skip
    DAYS_AGO_AT_MOST = (
        "days_ago_at_most",
        _ago(lambda days: (-days, None), "at most {} ago",
             "this many days ago or less, and any day ahead", "at least {} ahead"),
    )  # fmt: skip
    WITHIN_NEXT = (
        "within_next",
        _days(lambda days: (_TODAY, days), "within the next {}",
              "from `as_of` to this many days ahead, both in"),
    )  # fmt: skip
    WITHIN_LAST = (
        "within_last",
        _days(lambda days: (-days, _TODAY), "within the last {}",
              "from this many days ago to `as_of`, both in"),
    )  # fmt: skip
    DAYS_UNTIL_AT_LEAST = (
        "days_until_at_least",
        _days(lambda days: (days, None), "at least {} ahead", "this many days ahead, or further"),
    )
    DAYS_UNTIL_AT_MOST = (
        "days_until_at_most",
        _days(lambda days: (_TODAY, days), "at most {} ahead",
              "this many days ahead or fewer, and not before `as_of`"),
    )  # fmt: skip
    STARTS_WITH = (
        "starts_with",
        _text(str.startswith, "starts with {}", "the answer starts with this text", Parting.START),
    )
    ENDS_WITH = (
        "ends_with",
        _text(str.endswith, "ends with {}", "the answer ends with this text", Parting.END),
    )
    CONTAINS = "contains", _text(contains, "contains {}", "this text stands in the answer", Parting.INSIDE)

    def holds(self, left: Any, right: Any, as_of: date) -> bool:
        """Compare two known values."""
        row = self.row
        if row.span is not None:
            return row.test((left - as_of).days, row.span(right))
        return row.test(left, as_of if right is AS_OF else right)

    def prepared(self, right: Any) -> Callable[[Any, date], bool]:
        """Return the test of a known value, as of a day, for one right side."""
        test = self.row.test
        if self.row.span is not None:
            span = self.row.span(right)
            return lambda left, as_of: test((left - as_of).days, span)
        if right is AS_OF:
            return test
        return lambda left, _: test(left, right)

    def span(self, right: Value | AsOf) -> Span | None:
        """Return how many days ahead of `as_of` a date must lie; None where the word counts no days."""
        return self.row.span(right) if self.row.span is not None and isinstance(right, Fraction) else None

    def edges(self, right: Value | AsOf) -> frozenset[Edge] | None:
        """Return the numbers at which numbers part; None where they must be kept whole."""
        numbers = [value for value in values_of(right) if isinstance(value, Fraction)]
        match self.row.parts:
            case Parting.NOTHING:
                return frozenset()
            case Parting.SAME:
                return frozenset((number, side) for number in numbers for side in (False, True))
            case Parting.FROM:
                return frozenset((number, False) for number in numbers)
            case Parting.UP_TO:
                return frozenset((number, True) for number in numbers)
            case Parting.RANGE:
                return frozenset(zip(numbers, (False, True), strict=False))
            case _:
                return None

    def text(self, right: Value | AsOf) -> str:
        """Write the word and what stands after it: `>= 5`, `is one of a, b`."""
        row = self.row
        if isinstance(right, tuple):
            return row.says.format(
                (" and " if row.operand is Operand.PAIR else ", ").join(map(value_text, right))
            )
        below = isinstance(right, Fraction) and right < 0
        says = row.otherwise if row.otherwise and (below or right is False) else row.says
        if row.span is not None and isinstance(right, Fraction):
            return says.format(f"{value_text(abs(right))} {'day' if abs(right) == 1 else 'days'}")
        return says.format(value_text(right))


def values_of(right: Value | AsOf) -> tuple[Value | AsOf, ...]:
    """List the values that stand after a word."""
    return tuple(part for part in right if part is not None) if isinstance(right, tuple) else (right,)


def suiting(kind: Type, operands: tuple[Operand, ...] = tuple(Operand)) -> tuple[Op, ...]:
    """List the words that suit a type, in the order of the language, with these operands only."""
    return tuple(op for op in Op if kind in op.row.types and op.row.operand in operands)
