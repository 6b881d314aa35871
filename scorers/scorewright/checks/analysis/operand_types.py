"""Types: what the declared type of an input takes, in comparisons, tables and values."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from scorewright.diagnostics import Help, Meant, quoted
from scorewright.program import Type
from scorewright.program.exact_numbers import text
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.fields import Scalar
from scorewright.rulebook.model.input import Input, Kind
from scorewright.validation import read_day

EXAMPLES: Final[Mapping[Type, str]] = {
    Type.BOOLEAN: "`is: true`",
    Type.NUMBER: "`at_least: 5`, `equals: 5` or `between: [5, 10]`",
    Type.CHOICE: "`is:` and an option, or `one_of:` and several",
    Type.TEXT: "`is:`, `starts_with:` or `contains:` and a text, or `one_of:` and several",
    Type.DATE: "`before: as_of`, `after: 2026-01-31` or `within_last: 30`",
    Type.LIST: "`includes:` and a value, or `includes_any:` and several",
}


_KINDS: Final = {Kind.MONEY: "an amount of money", Kind.PERCENT: "a percentage", Kind.INTEGER: "an integer"}


def a_kind(given: Input) -> str:
    """Name the kind of an input with its article: `a boolean`, `an integer`."""
    if given.type is Kind.LIST and given.fields:
        return "a list of records"
    return _KINDS.get(given.type, f"a {given.type.value}")


def show(value: Scalar | date) -> str:
    """Write a value of a rulebook in backticks."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{text(value)}`" if isinstance(value, Fraction) else quoted(str(value))


def range_text(given: Input) -> str | None:
    """Return which values an input takes; None where anything goes."""
    match kinds.TYPES[kinds.scalar_kind(given)]:
        case Type.BOOLEAN:
            return "true or false"
        case Type.CHOICE:
            shown = ", ".join(
                option if len(option) <= 40 else option[:39] + "…" for option in (given.options or ())[:10]
            )
            return f"one of {shown}{' ...' if len(given.options or ()) > 10 else ''}"
        case Type.TEXT:
            return None
        case _:
            return _ends_text(kinds.lowest(given), kinds.highest(given))


def _ends_text(low: object, high: object) -> str | None:
    shown = [text(end) if isinstance(end, Fraction) else str(end) for end in (low, high)]
    if low is None and high is None:
        return None
    if low is None:
        return f"{shown[1]} or less"
    return f"{shown[0]} or more" if high is None else f"{shown[0]} to {shown[1]}"


def _not_boolean(value: Scalar) -> Iterator[tuple[str, Help]]:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        yield "is a text here, not true or false", f"write `{value.lower()}` without quotes"
    else:
        yield "is not true or false", "write `true` or `false`"


OF_INPUT: Final = ("is not an option", "is outside the range")
"""The reasons after which the input can be named: `of budget`."""


def objection(given: Input, value: Scalar) -> tuple[str, Help] | None:
    """Return why an input can never have a value, and what to write; None where it can.

    The reason completes a sentence that begins with the value.
    """
    return next(_objections(given, value), None)


def _objections(given: Input, value: Scalar) -> Iterator[tuple[str, Help]]:
    match kinds.TYPES[kinds.scalar_kind(given)]:
        case Type.BOOLEAN:
            if not isinstance(value, bool):
                yield from _not_boolean(value)
        case Type.CHOICE:
            options = given.options or ()
            if not isinstance(value, str):
                yield "is not an option", "put it in double quotes" if show(value)[1:-1] in options else None
            elif value not in options:
                yield "is not an option", Meant(value, options)
        case Type.TEXT:
            if not isinstance(value, str):
                yield "is not a text", "put it in double quotes"
        case Type.DATE:
            if read_day(value) is None:
                yield "is not a day", "write year-month-day, such as `2026-01-31`"
        case _:
            yield from _number_objections(given, value)


def _number_objections(given: Input, value: Scalar) -> Iterator[tuple[str, Help]]:
    if isinstance(value, bool) or not isinstance(value, Fraction):
        yield "is not a number", f"the range is {shown}" if (shown := range_text(given)) else None
        return
    low, high, decimals = kinds.lowest(given), kinds.highest(given), kinds.decimals(given)
    if decimals is not None and (value * 10**decimals).denominator != 1:
        places = f"{decimals} decimal{'s' if decimals > 1 else ''}"
        way = (
            "write a whole number, or allow `decimals`"
            if decimals == 0
            else "write fewer, or allow more `decimals`"
        )
        yield ("is not a whole number" if decimals == 0 else f"has more than {places}"), way
    if (isinstance(low, Fraction) and value < low) or (isinstance(high, Fraction) and value > high):
        yield "is outside the range", f"the range is {range_text(given)}"
