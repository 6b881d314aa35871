"""From messages to typed values: each field by its name, read as its type says."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from google.protobuf import json_format
from google.protobuf.message import Message

from scorewright.client.answers import Value

V = TypeVar("V", bound=Value)
Read = Callable[[Message, str], Any]
"""From a message and the name of a field to the value of it."""


def read(kind: type[V], message: Message) -> V:
    """Return a message as a typed value."""
    return kind(raw=message, **{own: get(message, name) for own, name, get in _readers(cast(Hashable, kind))})


@cache
def _readers(kind: Hashable) -> tuple[tuple[str, str, Read], ...]:
    assert isinstance(kind, type)
    hints = get_type_hints(kind)
    own = [item.name for item in fields(kind) if item.name != "raw"]
    return tuple((name, name.removesuffix("_"), _reader(hints[name])) for name in own)


def _reader(hint: Any) -> Read:
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        if isinstance(item, type) and issubclass(item, Value):
            return lambda message, name: tuple(read(item, one) for one in getattr(message, name))
        return lambda message, name: tuple(getattr(message, name))
    if get_origin(hint) is UnionType:
        (some,) = (part for part in get_args(hint) if part is not NoneType)
        return _optional(some)
    if hint is object:
        return lambda message, name: _plain(getattr(message, name))
    if get_origin(hint) is Mapping:
        return lambda message, name: json_format.MessageToDict(getattr(message, name))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum(hint)
    if hint in _PRESENT:
        return lambda message, name: _PRESENT[hint](getattr(message, name))
    if isinstance(hint, type) and issubclass(hint, Value):
        return lambda message, name: read(hint, getattr(message, name))
    return getattr


def _optional(some: type) -> Read:
    """Return what reads a field that may be absent."""
    of_present = _PRESENT.get(some, lambda value: value)
    if issubclass(some, Value):
        of_present = lambda value: read(some, value)  # noqa: E731  (a row of the table above, for one class)
    return lambda message, name: of_present(getattr(message, name)) if message.HasField(name) else None


def _enum(kind: type[StrEnum]) -> Read:
    def get(message: Message, name: str) -> StrEnum:
        words = message.DESCRIPTOR.fields_by_name[name].enum_type
        assert words is not None  # INVARIANT: a test reads every field
        word = words.values_by_number.get(getattr(message, name))
        return kind(word.name) if word is not None and word.number else kind("UNSPECIFIED")

    return get


def _plain(value: Any) -> object:
    """Return what a google.protobuf.Value holds."""
    return json_format.MessageToDict(value)


_PRESENT: Mapping[type, Callable[[Any], Any]] = {
    # The shortest text of a double is the number that the server wrote: it has 4 decimals at most.
    Decimal: lambda value: Decimal(int(value) if value.is_integer() else repr(value)),
    date: date.fromisoformat,
    datetime: lambda value: value.ToDatetime(tzinfo=UTC),
}
