"""Values of Python as messages take them; what cannot be sent is refused by the name of its field."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

import grpc
from google.protobuf.message import Message

from scorewright.client.errors import InvalidRequestError, Problem

Filled = TypeVar("Filled", bound=Message)


def refuse(where: str, code: str, words: str) -> NoReturn:
    """Raise what the server would answer to a value that cannot even be sent."""
    message = f"{where}: {words}"
    raise InvalidRequestError(
        grpc.StatusCode.INVALID_ARGUMENT, message, [Problem(where, f"{code}: {words}")]
    ) from None


def sent(value: object, where: str) -> Any:
    """Return a value as a google.protobuf.Struct takes it: numbers as doubles, a day or time as text.

    Raises InvalidRequestError for any other value, such as a set, and for a number that is not finite.
    """
    match value:
        case None | bool() | str():
            return value
        case int() | float() | Decimal():
            return _number(value, where)
        case datetime() if value.tzinfo is None:
            refuse(where, "wrong_type", "a time needs a zone")
        case date():
            return value.isoformat()
        case list() | tuple():
            return [sent(part, f"{where}[{place}]") for place, part in enumerate(value)]
        case Mapping():
            return sent_fields(value, where)
    refuse(where, "wrong_type", f"a value of the type {type(value).__name__} cannot be sent")


def sent_fields(fields: Mapping[str, object], where: str) -> dict[str, Any]:
    """Return named values as a google.protobuf.Struct takes them."""
    if not isinstance(fields, Mapping):
        refuse(where, "wrong_type", f"names with values are expected, not {type(fields).__name__}")
    for name in fields:
        if not isinstance(name, str):
            refuse(where, "wrong_type", f"the name {name!r} is not a text")
    return {name: sent(value, f"{where}.{name}") for name, value in fields.items()}


def filled(kind: type[Filled], /, **fields: Any) -> Filled:
    """Build a message; a value that its field does not take is refused by the field's name."""
    try:
        return kind(**fields)
    except (TypeError, ValueError):
        for name, value in fields.items():
            try:
                kind(**{name: value})
            except (TypeError, ValueError) as error:
                refuse(name, "wrong_type", f"{value!r:.100} cannot be sent: {error}")
        raise


def day(value: date | None) -> str:
    """Return a day or moment as requests write it; None is the server's."""
    if value is None:
        return ""
    if not isinstance(value, date):
        refuse("as_of", "wrong_type", f"a date or a datetime is expected, not {type(value).__name__}")
    return str(sent(value, "as_of"))


def _number(value: float | Decimal, where: str) -> float:
    try:
        number = float(value)
    except (OverflowError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        refuse(where, "not_finite", "a number that is not finite, or too large, cannot be sent")
    if not isinstance(value, float) and Decimal(repr(number)) != value:
        refuse(
            where,
            "too_precise",
            f"{value} has more digits than a number on the wire holds; at most 15 are safe",
        )
    return number
