"""Events in a stream: each once, each refused by itself, committed message by message."""

import itertools
import math
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from grpc import StatusCode

from scorewright.accounts.event_recorder import MAX_ERRORS
from scorewright.messages.wire_format import framed
from scorewright.program.fact import end_of
from scorewright.requests.event_reader import MAX_BYTES
from scorewright.storage.repositories import Repositories
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import evaluate, event, record, until
from tests.service.conftest import Served, failure


def test_an_event_is_recorded_once(running: Served) -> None:
    sent = [event(f"e{number}", "api_call", 1, calls=number) for number in range(1_000)]
    first = record(running, sent)
    assert (first.recorded, first.duplicates, first.refused) == (1_000, 0, 0)
    again = record(running, sent[:500], [*sent[500:], event("new", "api_call", calls=1)])
    assert (again.recorded, again.duplicates, again.refused) == (1, 1_000, 0)


def test_the_same_id_is_another_event_in_another_account(running: Served) -> None:
    found = record(running, [event("e", "api_call", 1, account=name, calls=1) for name in ("a", "b")])
    assert found.recorded == 2


def test_an_event_that_says_something_else_is_a_conflict_and_changes_nothing(running: Served) -> None:
    record(running, [event("e", "api_call", 9, calls=1)])
    found = record(running, [event("f", "api_call", 8, calls=1), event("e", "api_call", 1, calls=1)])
    assert (found.recorded, found.refused) == (1, 1)
    (error,) = found.errors
    assert (error.index, error.id, error.field, error.code) == (1, "e", "id", "conflict")
    assert evaluate(running).measured[0].value.number_value == 8


MANY: dict[str, Any] = {f"field_{number}": 1 for number in range(1_001)}
WRONG: list[tuple[pb.Event, list[tuple[str, str]]]] = [
    (event("", "api_call", calls=1), [("id", "required")]),
    (event("x" * 501, "api_call", calls=1), [("id", "too_long")]),
    (event("a\0b", "api_call", calls=1), [("id", "malformed")]),
    (event("e", "api_call", account="", calls=1), [("account", "required")]),
    (event("e", "api_call", account="y" * 501, calls=1), [("account", "too_long")]),
    (event("e", ""), [("kind", "required")]),
    (event("e", "api_cal", calls=1), [("kind", "unknown_kind")]),
    (pb.Event(id="e", account="a", kind="visit"), [("at", "required"), ("fields.page", "required")]),
    (event("e", "api_call", -1.1, calls=1), [("at", "in_the_future")]),
    (event("e", "api_call"), [("fields.calls", "required")]),
    (event("e", "api_call", calls="3"), [("fields.calls", "wrong_type")]),
    (event("e", "api_call", calls=-1), [("fields.calls", "out_of_range")]),
    (event("e", "api_call", calls=1.5), [("fields.calls", "not_a_whole_number")]),
    (event("e", "api_call", calls=math.nan), [("fields.calls", "not_finite")]),
    (event("e", "api_call", calls=1, other=math.inf), [("fields", "malformed")]),
    (event("e", "at_risk", cause="boredom"), [("fields.cause", "unknown_choice")]),
    (event("e", "reply", thread="x" * MAX_BYTES), [("fields", "too_long")]),
    (event("e", "reply", **MANY), [("fields", "out_of_range")]),
    (
        event("", "volume", -2, month=1.5, amount=-1),
        [
            ("id", "required"),
            ("at", "in_the_future"),
            ("fields.amount", "out_of_range"),
            ("fields.month", "not_a_whole_number"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=lambda case: None)
def test_all_that_is_wrong_with_an_event_is_named(
    running: Served, wrong: pb.Event, said: list[tuple[str, str]]
) -> None:
    found = record(running, [event("good", "api_call", 1, calls=1), wrong])
    assert (found.recorded, found.refused, found.more_errors) == (1, 1, 0)
    assert [(error.field, error.code) for error in found.errors] == said
    assert {error.index for error in found.errors} == {1}
    assert all(error.message and len(error.message) < 300 for error in found.errors)


def test_a_kind_that_nobody_declares_is_told_with_the_nearest(running: Served) -> None:
    (error,) = record(running, [event("e", "api_cal", calls=1)]).errors
    assert error.message == "`api_cal` is not a kind of fact; did you mean `api_call`?"


def raw(field: int, value: bytes) -> bytes:
    """Write a field with its length, as the wire has it."""
    assert len(value) < 128
    return bytes((field << 3 | 2, len(value))) + value


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (raw(1, b"\xff") + raw(2, b"a") + raw(3, b"reply"), "id"),
        (raw(1, b"e") + raw(2, b"\xff") + raw(3, b"reply"), "account"),
        (raw(1, b"e") + raw(2, b"a") + raw(3, b"\xff"), "kind"),
        (raw(1, b"e") + raw(2, b"a") + raw(3, b"reply") + raw(4, b"\xff"), "at"),
        (raw(1, b"e") + raw(2, b"a") + raw(3, b"reply") + raw(4, b"\x10\xff\xff\xff\xff\xff\x01"), "at"),
        (raw(1, b"e") + raw(2, b"a") + raw(3, b"reply") + raw(5, b"\xff"), "fields"),
    ],
)
def test_bytes_that_are_no_event_are_refused_by_themselves(
    running: Served, broken: bytes, field: str
) -> None:
    good = pb.RecordEventsRequest(events=[event("good", "api_call", 1, calls=1)]).SerializeToString()
    call: Any = running.channel.stream_unary("/scorewright.v1.SignalService/RecordEvents")
    found = pb.RecordEventsResponse.FromString(call(iter([raw(1, broken) + good]), timeout=10))
    assert (found.recorded, found.refused) == (1, 1)
    assert field in {error.field for error in found.errors if error.code in ("malformed", "wrong_type")}


def test_a_field_with_an_unknown_part_costs_no_other_event(running: Served) -> None:
    unknown = bytes.fromhex("0a070a016352020800")  # an entry with a field that entries do not have
    odd = event("odd", "api_call", 1, calls=1).SerializeToString() + raw(5, unknown)
    lost = event("lost", "api_call", 1).SerializeToString() + raw(5, unknown)
    good = pb.RecordEventsRequest(events=[event("good", "api_call", 1, calls=1)]).SerializeToString()
    call: Any = running.channel.stream_unary("/scorewright.v1.SignalService/RecordEvents")
    data = framed(b"\x0a", lost) + framed(b"\x0a", odd) + good
    found = pb.RecordEventsResponse.FromString(call(iter([data]), timeout=10))
    assert (found.recorded, found.refused) == (2, 1)
    assert [(error.id, error.field, error.code) for error in found.errors] == [
        ("lost", "fields.calls", "required")
    ]


def test_a_hostile_struct_is_refused_by_itself(running: Served) -> None:
    deep = Struct()
    inner = deep
    for _ in range(20):
        inner = inner.get_or_create_struct("deeper")
    hostile = event("deep", "reply", thread="t")
    hostile.fields.fields["deep"].struct_value.CopyFrom(deep)
    found = record(running, [hostile, event("good", "reply", thread="t")])
    assert (found.recorded, found.refused) == (1, 1)
    (error,) = found.errors
    assert (error.field, error.code) == ("fields.deep", "wrong_type")
    assert "nested" in error.message


def test_errors_are_told_up_to_a_limit_and_counted_past_it(running: Served) -> None:
    bad = [event(f"e{number}", "volume") for number in range(600)]
    found = record(running, bad, [event("good", "reply", thread="t")], bad)
    assert (found.recorded, found.refused) == (1, 1_200)
    assert (len(found.errors), found.more_errors) == (MAX_ERRORS, 2 * 1_200 - MAX_ERRORS)
    assert [error.index for error in found.errors] == sorted([*range(500), *range(500)])


def test_places_count_through_the_whole_stream(running: Served) -> None:
    good = [event(f"g{number}", "reply", thread="t") for number in range(3)]
    found = record(running, good, [event("b", "nothing")], [*good, event("c", "nothing")])
    assert [(error.index, error.id) for error in found.errors] == [(3, "b"), (7, "c")]


def test_what_no_rulebook_declares_is_kept_and_numbers_stay_exact(running: Served, url: str) -> None:
    sent = event("e", "volume", 1, month=1, amount=0.1, note={"deep": [1, 2.5, None, True]})
    assert record(running, [sent]).recorded == 1
    kept = Repositories.at(url)
    (found,) = kept.events.of("acme", {"volume": None}, end_of(date(9999, 1, 1)))
    assert {name: str(value) for name, value in found.fields.items()} == {
        "amount": "0.1",
        "month": "1",
        "note": "{'deep': [1, Decimal('2.5'), None, True]}",
    }
    kept.database.close()


def test_too_many_events_in_a_message_end_the_stream_and_what_was_committed_stays(running: Served) -> None:
    good, many = (
        [event("good", "reply", thread="t")],
        [event(f"e{n}", "reply", thread="t") for n in range(1_001)],
    )
    found = failure(lambda: record(running, good, many))
    assert (found.code, found.reason) == (StatusCode.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED")
    again = record(running, good, many[:1_000])
    assert (again.recorded, again.duplicates) == (1_000, 1)


def test_too_many_bytes_in_a_message_end_the_stream(server: Server) -> None:
    with server(max_message_bytes=10_000) as served:
        large = [event(f"e{n}", "reply", thread="t" * 1_000) for n in range(10)]
        found = failure(lambda: record(served, [event("good", "reply", thread="t")], large))
        assert found.code is StatusCode.RESOURCE_EXHAUSTED
        assert record(served, [event("good", "reply", thread="t")]).duplicates == 1


def test_ten_megabytes_in_one_event_are_refused_by_themselves(running: Served) -> None:
    found = record(
        running, [event("large", "reply", thread="t" * 10_000_000), event("e", "reply", thread="t")]
    )
    assert (found.recorded, found.refused) == (1, 1)
    assert found.errors[0].code == "too_long"


def test_bytes_that_are_no_message_end_the_stream(running: Served) -> None:
    call: Any = running.channel.stream_unary("/scorewright.v1.SignalService/RecordEvents")
    found = failure(lambda: call(iter([b"\xff\xff"]), timeout=10))
    assert (found.code, found.reason) == (StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST")


def test_an_empty_stream_and_an_empty_message_record_nothing(running: Served) -> None:
    assert record(running) == record(running, []) == pb.RecordEventsResponse()


def held_open(first: pb.RecordEventsRequest) -> tuple[Iterator[pb.RecordEventsRequest], threading.Event]:
    """Make requests of which the last comes only when it is told to."""
    release = threading.Event()

    def requests() -> Iterator[pb.RecordEventsRequest]:
        yield first
        release.wait(30)

    return requests(), release


def test_a_stream_that_is_cut_keeps_what_was_committed(running: Served, url: str) -> None:
    sent = [event("e", "reply", 1, thread="t")]
    requests, release = held_open(pb.RecordEventsRequest(events=sent))
    call = running.signals.RecordEvents.future(requests, timeout=30)
    kept = Repositories.at(url)
    until(lambda: kept.accounts.after("", 1))
    call.cancel()
    release.set()
    found = record(running, sent, [event("f", "reply", 1, thread="t")])
    assert (found.recorded, found.duplicates) == (1, 1)
    kept.database.close()


def test_a_stream_that_stands_still_loses_its_place(server: Server) -> None:
    with server(stream_idle_seconds=0.3, max_streams=1) as served:
        requests, release = held_open(pb.RecordEventsRequest(events=[event("e", "reply", thread="t")]))
        call = served.signals.RecordEvents.future(requests, timeout=30)
        until(lambda: served.running.places._held)
        assert record(served, [event("f", "reply", thread="t")]).recorded == 1
        assert failure(call.result).code is StatusCode.CANCELLED
        release.set()


def test_many_streams_at_once_record_each_event_once(server: Server) -> None:
    sent = [[event(f"e{n}", "reply", 1, account=f"a{n % 7}", thread="t") for n in range(300)]] * 2
    with server(workers=8, max_streams=6) as served:
        found: list[pb.RecordEventsResponse] = []
        threads = [threading.Thread(target=lambda: found.append(record(served, *sent))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(each.recorded for each in found) == 300
    assert sum(each.duplicates for each in found) == 6 * 600 - 300
    assert not list(itertools.chain(*(each.errors for each in found)))
