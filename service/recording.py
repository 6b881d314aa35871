"""Record the events of a stream, message by message, and tell what became of them."""

from collections.abc import Iterable, Sequence
from typing import Final

from scorers.facts import Kinds
from scorers.inputs import show
from service.account_asking import clock
from service.event_reader import MAX_ID, EventReader
from service.history.events import Event, Events, Recorded
from service.pb import scorewright_pb2 as pb
from service.refusals import OverLimit, RefusedError, Violation
from service.wire import WireEvent, read_events

MAX_EVENTS: Final = 1_000
"""The most events of a message."""

MAX_ERRORS: Final = 1_000
"""The most lines of errors of a response; the others are counted."""


class Recording:
    """Count what became of the events of one stream."""

    def __init__(self) -> None:
        self._told = pb.RecordEventsResponse()
        self._index = 0

    def refuse(self, index: int, id: str, violations: Iterable[Violation]) -> None:
        """Note all that is wrong with one event."""
        self._told.refused += 1
        for found in violations:
            if len(self._told.errors) == MAX_ERRORS:
                self._told.more_errors += 1
                continue
            self._told.errors.add(
                index=self._index + index, id=id, field=found.field, code=found.code, message=found.words
            )

    def became(self, index: int, event: Event, what: Recorded) -> None:
        """Note what became of an event that could be read."""
        if what is Recorded.RECORDED:
            self._told.recorded += 1
        elif what is Recorded.DUPLICATE:
            self._told.duplicates += 1
        else:
            words = f"the account has another event with the id {show(event.id)}"
            self.refuse(index, event.id, [Violation("id", "conflict", words)])

    def passed(self, count: int) -> None:
        """Count the events of a message that is done."""
        self._index += count

    def response(self) -> bytes:
        """Write the response; an event's lines stand together, in the order of the stream."""
        return self._told.SerializeToString()


class Recorder:
    """Record the events that rulebooks know the kinds of."""

    def __init__(self, events: Events, kinds: Kinds, max_fields: int) -> None:
        self._events = events
        self._reader = EventReader(kinds, max_fields)

    def record(self, data: bytes, recording: Recording) -> None:
        """Record one message of a stream; once this returns, it is committed."""
        sent = read_events(data).events
        if len(sent) > MAX_EVENTS:
            advice = "send several messages in the stream"
            raise RefusedError(OverLimit("events of a message", len(sent), MAX_EVENTS, advice))
        readable = self._readable(sent, recording)
        found = self._events.record([event for _, event in readable]) if readable else []
        for (index, event), what in zip(readable, found, strict=True):
            recording.became(index, event, what)
        recording.passed(len(sent))

    def _readable(self, sent: Sequence[WireEvent], recording: Recording) -> list[tuple[int, Event]]:
        now = clock()
        found: list[tuple[int, Event]] = []
        for index, each in enumerate(sent):
            event = self._reader.read(each, now)
            if isinstance(event, Event):
                found.append((index, event))
            else:
                recording.refuse(index, each.id[: 4 * MAX_ID].decode("utf-8", "replace")[:MAX_ID], event)
        return found
