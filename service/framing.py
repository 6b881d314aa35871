"""The few bytes of protobuf's wire format that stand around a message inside another."""

from collections.abc import Sequence
from typing import Final

from google.protobuf.message import Message


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    parts.append(number)
    return bytes(parts)


_SHORT: Final = tuple(_varint(number) for number in range(1 << 14))


def varint(number: int) -> bytes:
    """Write a tag or a length."""
    return _SHORT[number] if number < len(_SHORT) else _varint(number)


def tag(message: type[Message], field: str) -> bytes:
    """Give the tag of a field that is written with its length: a text, bytes or a message."""
    return varint(message.DESCRIPTOR.fields_by_name[field].number << 3 | 2)


def framed(mark: bytes, body: bytes) -> bytes:
    """Write such a field: its tag, its length, its bytes."""
    return mark + varint(len(body)) + body


def framed_parts(mark: bytes, parts: Sequence[bytes]) -> list[bytes]:
    """Write such a field without joining its parts, so that what is large is copied once."""
    return [mark, varint(sum(map(len, parts))), *parts]
