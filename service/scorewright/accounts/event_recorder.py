"""Record events, message by message, and tell what became of them."""

from collections.abc import Iterable, Sequence
from typing import Final

from scorewright.messages.lazy_requests import WireEvent, WireEvents
from scorewright.messages.refusals import OverLimit, RefusedError
from scorewright.requests import MAX_ID, EventReader, clock
from scorewright.results import InputError, Invalid
from scorewright.storage import Events, RecordingStatus, StoredEvent
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.validation import Kinds, show

MAX_EVENTS: Final = 1_000
"""The most events of a message."""

MAX_ERRORS: Final = 1_000
"""The most lines of errors of a response; the others are counted."""


Wrong = tuple[int, str, Sequence[InputError]]
"""The place of an event in its message, its id, and all that is wrong with it."""


class EventTally:
    """Count what became of the events of one call."""

    def __init__(self) -> None:
        self._told = pb.RecordEventsResponse()
        self._passed = 0

    def message(self, count: int, recorded: int, duplicates: int, refused: Iterable[Wrong]) -> None:
        """Count the events of one message, and note what is wrong with some, in their order."""
        self._told.recorded += recorded
        self._told.duplicates += duplicates
        for place, id, violations in sorted(refused, key=lambda wrong: wrong[0]):
            self._told.refused += 1
            self._note(self._passed + place, id, violations)
        self._passed += count

    def _note(self, index: int, id: str, violations: Iterable[InputError]) -> None:
        for found in violations:
            if len(self._told.errors) < MAX_ERRORS:
                self._told.errors.add(
                    index=index, id=id, field=found.input, code=found.code, message=found.message
                )
            else:
                self._told.more_errors += 1

    def response(self) -> bytes:
        """Write the response, which is the same for a stream and for a batch."""
        return self._told.SerializeToString()


class EventRecorder:
    """Record the events that rulebooks know the kinds of; safe to share between threads."""

    def __init__(self, events: Events, kinds: Kinds, max_fields: int) -> None:
        self._events = events
        self._reader = EventReader(kinds, max_fields)

    def record(self, message: WireEvents, recording: EventTally) -> None:
        """Record the events of one message; once this returns, they are committed."""
        sent = message.events
        if len(sent) > MAX_EVENTS:
            advice = "send several messages"
            raise RefusedError(OverLimit("events of a message", len(sent), MAX_EVENTS, advice))
        now = clock()
        read = [self._reader.read(each, now) for each in sent]
        events = [event for event in read if isinstance(event, StoredEvent)]
        became = iter(self._events.record(events) if events else ())
        refused: list[Wrong] = []
        count = dict.fromkeys(RecordingStatus, 0)
        for place, event in enumerate(read):
            if isinstance(event, Invalid):
                refused.append((place, _id(sent[place]), event.errors))
                continue
            told = next(became)
            count[told.how] += 1
            if told.how in _WRONG:
                refused.append((place, event.id, [_WRONG[told.how](event, told.why)]))
        recording.message(
            len(sent), count[RecordingStatus.RECORDED], count[RecordingStatus.DUPLICATE], refused
        )


def _conflict(event: StoredEvent, _: str) -> InputError:
    return InputError("id", "conflict", f"the account has another event with the id {show(event.id)}")


def _unkept(_: StoredEvent, why: str) -> InputError:
    return InputError("fields", "malformed", why.removeprefix("fields: "))


_WRONG: Final = {RecordingStatus.CONFLICT: _conflict, RecordingStatus.REFUSED: _unkept}


def _id(sent: WireEvent) -> str:
    """Return an id as far as it is one."""
    return sent.id[: 4 * MAX_ID].decode("utf-8", "replace")[:MAX_ID]
