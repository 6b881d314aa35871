"""What a check gives: the value, or all that is wrong with it; no other carrier says no."""

from typing import TypeAlias, TypeVar

from scorewright.results.outcome import InputError, Invalid

T = TypeVar("T")

Checked: TypeAlias = T | Invalid
"""What was checked, or all that is wrong with it."""


def errors_of(*checked: object) -> tuple[InputError, ...]:
    """Return all that is wrong with what was checked."""
    return tuple([error for each in checked if isinstance(each, Invalid) for error in each.errors])


def invalid(place: str, code: str, message: str) -> Invalid:
    """Return that one thing is wrong."""
    return Invalid((InputError(place, code, message),))
