"""Values: what an answer, or the right side of a comparison, can be, and how it is written."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from scorewright.program.exact_numbers import text

Value = bool | Fraction | str | date | tuple["Value | None", ...]
"""A validated answer: numbers are exact, dates are days, lists are tuples, records tuples of their fields.

None stands only in a record, for an optional field that is unset.
"""


class AsOf:
    """The bound of a date that moves with the request: its `as_of`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "as_of"


AS_OF: Final = AsOf()


class Type(StrEnum):
    """What an engine must tell apart; the rulebook's percent, money, count and rating are all numbers."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"
    LIST = "list"
    RECORD = "record"


def value_text(value: Value | AsOf | None) -> str:
    """Write a value as the language does: `true`, `2.5`, `referral`, `2026-01-31`, `[a, b]`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        return text(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(value_text, value))}]"
    return "as_of" if value is AS_OF else str(value)
