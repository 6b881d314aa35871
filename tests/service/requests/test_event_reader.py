"""Events read by themselves: an empty text in a field is a field that is not there."""

import pytest

from scorewright.messages.lazy_requests import EVENTS, decode
from scorewright.requests.event_reader import EventReader
from scorewright.results.outcome import Invalid
from scorewright.storage.event_log import StoredEvent
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.validation.facts import kinds_of
from tests.properties.subjects import NOTHING
from tests.service.accounts.events import NOW, event
from tests.written import rulebook

FIELDS = {"calls": {"type": "count", "max": 9}, "thread": {"type": "text"}}
KINDS = kinds_of(rulebook({"it": {"type": "boolean"}}, [], facts={"api_call": {"fields": FIELDS}}).kinds)


def read(sent: pb.Event) -> object:
    (wire,) = decode(EVENTS, pb.RecordEventsRequest(events=[sent]).SerializeToString()).events
    return EventReader(KINDS, 100).read(wire, NOW * 10**6)


@pytest.mark.parametrize("nothing", NOTHING, ids=lambda nothing: ascii(nothing)[:20])
def test_an_empty_field_is_one_that_is_not_there(nothing: object) -> None:
    assert isinstance(read(event("e", "api_call", 1, calls=3, thread="x")), StoredEvent)
    absent = read(event("e", "api_call", 1))
    assert isinstance(absent, Invalid)
    assert [(found.input, found.code) for found in absent.errors] == [
        ("fields.calls", "required"),
        ("fields.thread", "required"),
    ]
    assert read(event("e", "api_call", 1, calls=nothing, thread=nothing)) == absent
