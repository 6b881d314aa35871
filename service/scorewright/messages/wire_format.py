"""The few bytes of protobuf's wire format that stand around a message inside another."""

from collections.abc import Iterator, Sequence
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
    """Return the tag of a field that is written with its length: a text, bytes or a message."""
    return varint(message.DESCRIPTOR.fields_by_name[field].number << 3 | 2)


def framed(mark: bytes, body: bytes) -> bytes:
    """Write such a field: its tag, its length, its bytes."""
    return mark + varint(len(body)) + body


def framed_each(mark: bytes, bodies: Sequence[bytes]) -> list[bytes]:
    """Write several such fields, without joining them."""
    parts: list[bytes] = []
    for body in bodies:
        parts += (mark, varint(len(body)), body)
    return parts


def framed_parts(mark: bytes, parts: Sequence[bytes]) -> list[bytes]:
    """Write such a field without joining its parts, so that what is large is copied once."""
    return [mark, varint(sum(map(len, parts))), *parts]


def marks(data: bytes) -> Iterator[bytes]:
    """Yield the tags of a message's fields, as far as they can be told apart, without their contents."""
    at, end = 0, len(data)
    while at < end:
        start = at
        number, at = _read_varint(data, at)
        yield data[start:at]
        match number & 7:
            case 0:
                _, at = _read_varint(data, at)
            case 1:
                at += 8
            case 2:
                length, at = _read_varint(data, at)
                at += length
            case 5:
                at += 4
            case _:
                return


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    number = 0
    for place, byte in enumerate(data[at : at + 10]):
        number |= (byte & 127) << 7 * place
        if byte < 128:
            return number, at + place + 1
    return number, len(data)  # none: there is nothing to go on with
