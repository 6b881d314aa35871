"""What each kind of input is underneath, and the range and decimals it has where none are written."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from scorewright.program import Bound, Type
from scorewright.program.condition import AS_OF
from scorewright.rulebook.model.fields import Bound as WrittenBound
from scorewright.rulebook.model.input import Input, Kind
from scorewright.validation import read_day

TYPES: Final[Mapping[Kind, Type]] = {
    Kind.BOOLEAN: Type.BOOLEAN,
    Kind.INTEGER: Type.NUMBER,
    Kind.NUMBER: Type.NUMBER,
    Kind.PERCENT: Type.NUMBER,
    Kind.MONEY: Type.NUMBER,
    Kind.COUNT: Type.NUMBER,
    Kind.RATING: Type.NUMBER,
    Kind.CHOICE: Type.CHOICE,
    Kind.TEXT: Type.TEXT,
    Kind.DATE: Type.DATE,
    Kind.LIST: Type.LIST,
}
NUMBERS: Final = tuple(kind for kind, underneath in TYPES.items() if underneath is Type.NUMBER)
SUITS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "min": (*NUMBERS, Kind.DATE),
    "max": (*NUMBERS, Kind.DATE),
    "decimals": (Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.RATING),
    "options": (Kind.CHOICE,),
}
"""The kinds of input that a key means something for; the items of a list count as well."""

_LOWEST: Final[Mapping[Kind, Fraction]] = {Kind.COUNT: Fraction(0), Kind.RATING: Fraction(1)}
_HIGHEST: Final[Mapping[Kind, Fraction]] = {Kind.RATING: Fraction(5)}
_WHOLE = (Kind.INTEGER, Kind.COUNT)
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def scalar_kind(given: Input) -> Kind:
    """Return the kind of an input's single values: of the items where it is a list."""
    return (given.of or Kind.TEXT) if given.type is Kind.LIST else given.type


def lowest(given: Input) -> Bound:
    """Return the lower end of an input's range, its kind's where none is written."""
    return _LOWEST.get(scalar_kind(given)) if given.min is None else read_bound(given.min)


def highest(given: Input) -> Bound:
    """Return the upper end of an input's range, its kind's where none is written."""
    return _HIGHEST.get(scalar_kind(given)) if given.max is None else read_bound(given.max)


def decimals(given: Input) -> int | None:
    """Return the most decimals of a number: 0 for whole numbers and, unless said, ratings; None: any."""
    kind = scalar_kind(given)
    if TYPES[kind] is not Type.NUMBER:
        return None
    if kind in _WHOLE or (kind is Kind.RATING and given.decimals is None):
        return 0
    return given.decimals


def read_bound(bound: WrittenBound) -> Bound:
    """Read an end of a range: a number, a day, or `as_of`; None where it is none of these."""
    if isinstance(bound, Fraction):
        return bound
    return AS_OF if bound == "as_of" else read_day(bound)


def read_key(kind: Kind, key: str) -> Fraction | bool | str | None:
    """Read a key of a guide or table, which is always text, as a value of the input; None if it is none."""
    if TYPES[kind] is Type.BOOLEAN:
        return {"true": True, "false": False}.get(key)
    if TYPES[kind] is Type.NUMBER:
        return Fraction(key) if _PLAIN_NUMBER.fullmatch(key) else None
    return key
