"""Events in one message: as a message of the stream, and from any number of callers at once."""

from grpc import StatusCode

from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import event, record
from tests.service.accounts.test_event_recorder import WRONG
from tests.service.conftest import Served, failure

CALLERS = 500


def record_batch(served: Served, events: list[pb.Event]) -> pb.RecordEventBatchResponse:
    return served.signals.RecordEventBatch(pb.RecordEventBatchRequest(events=events), timeout=30)


MESSAGES = [
    [event("e1", "api_call", 1, calls=1), event("e2", "api_call", 1, calls=2)],
    [
        event("e1", "api_call", 1, calls=1),
        event("e2", "api_call", 1, calls=3),
        event("e3", "api_call", calls=3),
    ],
    [wrong for wrong, _ in WRONG],
    [event(f"n{number}", "nothing") for number in range(1_000)],
    [],
]
"""All that can become of an event."""


def test_it_tells_what_a_message_of_the_stream_tells(running: Served, server: Server, file: str) -> None:
    with server(database=file) as there:
        for message in MESSAGES:
            streamed = record(running, message).SerializeToString()
            assert record_batch(there, message).SerializeToString() == streamed
        for message in MESSAGES[:2]:  # and each knows what the other recorded
            assert record(there, message).recorded == record_batch(running, message).recorded == 0


def test_both_responses_are_written_alike() -> None:
    one, other = pb.RecordEventsResponse.DESCRIPTOR, pb.RecordEventBatchResponse.DESCRIPTOR
    assert [(f.name, f.number, f.type) for f in one.fields] == [
        (f.name, f.number, f.type) for f in other.fields
    ]


def test_more_events_than_a_message_takes_are_refused(running: Served) -> None:
    found = failure(
        lambda: record_batch(running, [event(f"e{n}", "api_call", calls=1) for n in range(1_001)])
    )
    assert (found.code, found.reason) == (StatusCode.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED")
    assert "RetryInfo" not in found.details


def test_what_is_no_message_is_named(running: Served) -> None:
    found = failure(lambda: running.raw("SignalService/RecordEventBatch", b"\xff"))
    assert found.code is StatusCode.INVALID_ARGUMENT
    assert "RecordEventBatchRequest" in found.message


def test_many_callers_record_single_events_at_once(running: Served) -> None:
    calls = [
        running.signals.RecordEventBatch.future(
            pb.RecordEventBatchRequest(events=[event(f"e{number}", "api_call", 1, calls=1)]), timeout=120
        )
        for number in range(CALLERS)
    ]
    assert [call.result().recorded for call in calls] == [1] * CALLERS
