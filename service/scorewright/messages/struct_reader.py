"""Read a subject's inputs from the bytes of a google.protobuf.Struct.

A Struct is a map; on the wire it is a row of entries, each a name with its value. Entries are read one by
one, so that one that cannot be read is one invalid input; and since subjects answer alike (`source:
referral`), an entry that was read before is not read again. Whatever else a Struct may hold on the wire is
left to protobuf's own parser, which the tests hold this reader equal to.
"""

from collections.abc import Iterator
from typing import Final

from google.protobuf.message import DecodeError
from google.protobuf.struct_pb2 import Struct, Value

from scorewright.messages.refusals import OverLimit, RefusedError
from scorewright.messages.wire_format import varint
from scorewright.results import InputCode, InputError

MAX_DEPTH: Final = 8
"""The most levels of lists and objects inside an input."""

MAX_PARTS: Final = 20_000
"""The most values inside one input."""

MAX_NAME: Final = 200
"""The longest name of an input, in bytes; declared names have at most 64."""


class UnreadableStruct:
    """Stands in the place of an answer that cannot be read; no type of input takes it."""


UNREADABLE: Final = UnreadableStruct()

_ENTRY = 0x0A  # the tag of an entry in a Struct, and of the name in an entry
_SHORTEST_ENTRY = 9
_EXACT = 10**15
_KEPT = 16_384
_KEPT_BYTES = 64

Entry = tuple[str, object]
Inputs = dict[str, object]


class StructReader:
    """Read inputs; safe to share between threads."""

    def __init__(self, max_inputs: int) -> None:
        self._max_inputs = max_inputs
        self._known: dict[bytes, Entry] = {}

    def read(self, raw: bytes) -> tuple[Inputs, list[InputError]]:
        """Return the inputs, with UNREADABLE in the place of those that the errors name."""
        if len(raw) > _SHORTEST_ENTRY * self._max_inputs:
            self._count(raw)
        inputs: Inputs = {}
        errors: list[InputError] = []
        known, end, position = self._known, len(raw), 0
        try:
            while position < end:
                size = raw[position + 1]
                if size > 127 or raw[position] != _ENTRY:
                    start, stop = _entry(raw, position)
                else:
                    start = position + 2
                    stop = start + size
                data = raw[start:stop]
                entry = known.get(data) or self._read_entry(data, errors)
                if entry is not None:
                    inputs[entry[0]] = entry[1]
                position = stop
        except (IndexError, ValueError):
            return self._read_whole(raw)
        return (inputs, errors) if position == end else self._read_whole(raw)

    def _count(self, raw: bytes) -> None:
        count = 0
        try:
            position = 0
            while position < len(raw):
                position = _entry(raw, position)[1]
                count += 1
        except (IndexError, ValueError):
            pass  # what was counted so far is enough to refuse, and reading says what is wrong
        if count > self._max_inputs:
            raise self._too_many(count)

    def _read_entry(self, data: bytes, errors: list[InputError]) -> Entry | None:
        try:
            entry = next(_entries(Struct.FromString(b"\x0a" + varint(len(data)) + data), errors), None)
        except DecodeError:
            words = f"cannot be read: nested more than {MAX_DEPTH} levels deep, or not UTF-8 text"
            errors.append(InputError(_name(data), InputCode.WRONG_TYPE, words))
            return errors[-1].input, UNREADABLE
        if entry is None:
            return None  # an entry with a field that entries do not have is itself an unknown field
        if len(data) <= _KEPT_BYTES and not isinstance(entry[1], list | dict | UnreadableStruct):
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[data] = entry
        return entry

    def _read_whole(self, raw: bytes) -> tuple[Inputs, list[InputError]]:
        errors: list[InputError] = []
        try:
            struct = Struct.FromString(raw)
        except DecodeError:
            return {}, [InputError("", InputCode.WRONG_TYPE, "the inputs are not a google.protobuf.Struct")]
        if len(struct.fields) > self._max_inputs:
            raise self._too_many(len(struct.fields))
        return dict(_entries(struct, errors)), errors

    def _too_many(self, count: int) -> RefusedError:
        advice = "send what the rulebooks declare"
        return RefusedError(OverLimit("inputs of a subject", count, self._max_inputs, advice))


def _entry(raw: bytes, position: int) -> tuple[int, int]:
    """Return where the entry at `position` starts and stops; ValueError where something else stands there."""
    if raw[position] != _ENTRY:
        raise ValueError(position)
    size = shift = 0
    while True:
        position += 1
        size |= (raw[position] & 127) << shift
        if raw[position] < 128:
            return position + 1, position + 1 + size
        shift += 7
        if shift > 28:
            raise ValueError(position)


def _entries(struct: Struct, errors: list[InputError]) -> Iterator[Entry]:
    for name, value in struct.fields.items():
        if len(name) > MAX_NAME:
            words = f"a name of {len(name)} characters is longer than {MAX_NAME}"
            errors.append(InputError(name[:40] + "…", InputCode.UNKNOWN_INPUT, words))
            yield errors[-1].input, UNREADABLE
            continue
        try:
            yield name, _plain(value, 0, [0])
        except _TooMuchError as error:
            errors.append(InputError(name, InputCode.WRONG_TYPE, str(error)))
            yield name, UNREADABLE


class _TooMuchError(Exception):
    """An input that is too deep or too large; says so."""


def _plain(value: Value, depth: int, parts: list[int]) -> object:
    kind = value.WhichOneof("kind")
    if kind is None or kind == "null_value":
        return None
    if kind == "number_value":
        return _number(value.number_value)
    if kind not in ("list_value", "struct_value"):
        return getattr(value, kind)
    if depth == MAX_DEPTH:
        raise _TooMuchError(f"nested more than {MAX_DEPTH} levels deep")
    inner = value.list_value.values if kind == "list_value" else value.struct_value.fields
    parts[0] += len(inner)
    if parts[0] > MAX_PARTS:
        raise _TooMuchError(f"holds more than {MAX_PARTS} values")
    if kind == "list_value":
        return [_plain(part, depth + 1, parts) for part in value.list_value.values]
    return {name: _plain(part, depth + 1, parts) for name, part in value.struct_value.fields.items()}


def _number(number: float) -> int | float:
    """Return a whole number as one, so that messages say 6 and not 6.0."""
    return int(number) if -_EXACT < number < _EXACT and number.is_integer() else number


def _name(entry: bytes) -> str:
    """Return the name in an entry that could not be read, as far as there is one."""
    if len(entry) < 2 or entry[0] != _ENTRY or entry[1] > 127:
        return ""
    name = entry[2 : 2 + entry[1]].decode("utf-8", "replace")
    return name if len(name) <= MAX_NAME else name[:40] + "…"
