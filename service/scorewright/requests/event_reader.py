"""Read events as they travel: each by itself, with everything that is wrong with it."""

from dataclasses import replace
from typing import Final

from google.protobuf.message import DecodeError
from google.protobuf.timestamp_pb2 import Timestamp

from scorewright.messages import Inputs, StructReader
from scorewright.messages.lazy_requests import WireEvent, joined
from scorewright.messages.refusals import RefusedError
from scorewright.program.fact import DAY, Moment, time_of
from scorewright.results import Checked, InputCode, InputError, Invalid, errors_of, invalid
from scorewright.storage import StoredEvent
from scorewright.validation import Kinds, read_fields, show

MAX_ID: Final = 500
"""The longest id of an event or an account."""

MAX_BYTES: Final = 64 * 1024
"""The most bytes of an event's fields."""

AHEAD: Final = DAY
"""So far ahead of the server's clock an event may be, for clocks differ."""

_FIRST, _LAST = -62_135_596_800, 253_402_300_799  # seconds of the years 1 to 9999
_NANOS = 10**9


class EventReader:
    """Read events of the kinds that rulebooks declare; safe to share between threads."""

    def __init__(self, kinds: Kinds, max_fields: int) -> None:
        self._kinds = kinds
        self._max_fields = max_fields
        self._reader = StructReader(max_fields)

    def read(self, sent: WireEvent, now: Moment) -> Checked[StoredEvent]:
        """Return the event, or all that is wrong with it."""
        id, account, kind = (
            _name(name, raw)
            for name, raw in (("id", sent.id), ("account", sent.account), ("kind", sent.kind))
        )
        at = _time(sent, now)
        fields = self._fields(joined(sent.fields))
        wrong = list(errors_of(id, account, kind, at, fields))
        if isinstance(fields, Invalid):
            return Invalid(tuple(wrong))
        if isinstance(kind, str):
            found = read_fields(self._kinds, kind, fields, at if isinstance(at, int) else now)
            wrong += map(_of_event, errors_of(found))
        if wrong or isinstance(id, Invalid) or isinstance(account, Invalid):
            return Invalid(tuple(wrong))
        assert isinstance(kind, str)  # INVARIANT: what is wrong with it stands among `wrong`
        assert isinstance(at, int)  # INVARIANT: as above
        return StoredEvent(account=account, id=id, kind=kind, at=at, fields=fields)

    def _fields(self, raw: bytes) -> Checked[Inputs]:
        if len(raw) > MAX_BYTES:
            return invalid("fields", "too_long", f"{len(raw)} bytes, at most {MAX_BYTES}")
        try:
            fields, errors = self._reader.read(raw)
        except RefusedError:
            return invalid("fields", "out_of_range", f"more than {self._max_fields} fields")
        return Invalid(tuple(map(_of_event, errors))) if errors else fields


def _of_event(error: InputError) -> InputError:
    return replace(error, input="kind") if error.code == InputCode.UNKNOWN_KIND else error.within("fields")


def read_name(field: str, raw: str) -> Checked[str]:
    """Read the name of an account or an event."""
    if not raw:
        return invalid(field, "required", "it is missing")
    if len(raw) > MAX_ID:
        return invalid(field, "too_long", f"{len(raw)} characters, at most {MAX_ID}")
    if "\0" in raw:
        return invalid(field, "malformed", "it holds the character NUL")
    return raw


def _name(field: str, raw: bytes) -> Checked[str]:
    try:
        return read_name(field, raw.decode())
    except UnicodeDecodeError:
        return invalid(field, "malformed", "not UTF-8 text")


def _time(sent: WireEvent, now: Moment) -> Checked[Moment]:
    if not sent.at:
        return invalid("at", "required", "it is missing")
    try:
        time = Timestamp.FromString(joined(sent.at))
    except DecodeError:
        return invalid("at", "malformed", "not a google.protobuf.Timestamp")
    if not (_FIRST <= time.seconds <= _LAST and 0 <= time.nanos < _NANOS):
        return invalid("at", "malformed", "a time is in the years 1 to 9999, with 0 to 999,999,999 nanos")
    moment = time.seconds * 10**6 + time.nanos // 1000
    if moment > now + AHEAD:
        ahead = show(time_of(moment).isoformat())
        return invalid("at", "in_the_future", f"{ahead} is more than a day ahead of the server's clock")
    return moment
