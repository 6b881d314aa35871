"""The client: events in calls that are tried again, accounts, changes that go on after a break."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import grpc
import pytest
from grpc import StatusCode

from scorewright.client import events as client_events
from scorewright.client.answers import ActionState
from scorewright.client.client import Client
from scorewright.client.errors import (
    InvalidRequestError,
    NotLoadedError,
    OverLimitError,
    PreconditionError,
    UnavailableError,
)
from scorewright.client.events import Event
from scorewright.rpc import signals as signal_servicer
from scorewright.rpc.signals import SERVICE
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import until
from tests.service.conftest import Served

NOW = datetime.now(UTC)


def call(number: int, days_ago: float = 1, **fields: object) -> Event:
    told = {"calls": 1, **fields}
    return Event("acme", f"e{number}", "api_call", NOW - timedelta(days=days_ago), told)


@pytest.fixture
def client(running: Served) -> Iterator[Client]:
    with Client(running.address, timeout=30) as found:
        yield found


def test_any_number_of_events_is_recorded(client: Client) -> None:
    found = client.record_events(call(number) for number in range(2_500))
    assert (found.recorded, found.duplicates) == (2_500, 0)
    assert client.record_events(call(number) for number in range(2_501)).duplicates == 2_500
    assert client.record_events([]).raw == pb.RecordEventsResponse()


def test_errors_count_among_all_events_that_were_given(client: Client) -> None:
    events = [call(number, calls="x" if number in (3, 1_500) else 1) for number in range(2_000)]
    found = client.record_events(events)
    assert [(error.index, error.id) for error in found.errors] == [(3, "e3"), (1_500, "e1500")]
    many = client.record_events(call(number, calls="x") for number in range(2_500))
    assert (many.refused, len(many.errors), many.more_errors) == (2_500, 1_000, 1_500)


def test_large_events_go_in_messages_that_the_server_takes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_events, "MAX_BYTES", 100_000)
    events = [call(number, note="x" * 60_000) for number in range(5)]
    assert [len(request.events) for request in client_events.messages(events)] == [1, 1, 1, 1, 1]
    assert client.record_events(events).recorded == 5


def test_plain_values_are_sent_and_a_time_needs_its_zone(client: Client) -> None:
    event = Event(
        "acme", "v", "volume", NOW, {"month": 1, "amount": Decimal("0.1"), "day": date(2026, 1, 31)}
    )
    assert client.record_events([event]).recorded == 1
    naive = Event("acme", "v", "volume", NOW.replace(tzinfo=None), {})
    with pytest.raises(InvalidRequestError, match="a time needs a zone"):
        client.record_events([naive])


def test_an_account_is_asked_as_of_a_day_or_a_time(client: Client) -> None:
    client.record_events([call(1, days_ago=10)])
    (now,) = client.evaluate_account("acme", "quiet")
    assert now.measured[0].value == 10
    (then,) = client.evaluate_account("acme", ["quiet"], as_of=NOW - timedelta(days=9))
    assert then.measured[0].value == 1
    (day,) = client.evaluate_account("acme", "quiet", as_of=date(2020, 1, 31), summary=True)
    assert day.answer.receipt.as_of == date(2020, 1, 31)
    assert not day.measured
    (given,) = client.evaluate_account("acme", "quiet", inputs={"days_since_call": 3})
    assert not given.measured


def test_errors_are_those_of_the_other_calls(client: Client, server: Server) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        client.evaluate_account("acme", "quiet", inputs={"days_since_call": -1})
    assert [problem.where for problem in caught.value.problems] == ["inputs.days_since_call"]
    with pytest.raises(NotLoadedError):
        client.evaluate_account("acme", "quiet@9.9.9")
    client.evaluate_account("acme", "quiet", record=True)
    with pytest.raises(PreconditionError) as passed:
        client.evaluate_account("acme", "quiet", as_of=NOW - timedelta(days=1), record=True)
    assert not isinstance(passed.value, NotLoadedError)
    with pytest.raises(OverLimitError):
        list(client.watch_actions(accounts=["a"] * 1_001))


def test_changes_are_told_and_followed(client: Client) -> None:
    client.record_events([Event("acme", "m", "outreach", NOW - timedelta(days=30), {"thread": "a"})])
    until(lambda: len(list(client.watch_actions())) == 2)
    changes = list(client.watch_actions())
    assert list(client.watch_actions(changes[0].cursor)) == changes[1:]
    following = client.watch_actions(changes[1].cursor, follow=True)
    client.record_events([Event("acme", "r", "reply", NOW, {"thread": "a"})])
    assert next(following).change is ActionState.RESOLVED
    following.close()  # type: ignore[attr-defined]  # it is a generator, and ends its call


def test_all_accounts_are_swept_page_by_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal_servicer, "_USUALLY_SWEPT", 10)
    client.record_events(Event(f"a{number}", "e", "api_call", NOW, {"calls": 1}) for number in range(25))
    swept = client.sweep_accounts(timeout=60)
    assert (swept.accounts, swept.failed, swept.next_after_account) == (25, 0, "")


class Flaky:
    """A signal service that answers UNAVAILABLE so many times, and tells some changes before it breaks."""

    def __init__(self, failing: int) -> None:
        self.failing = failing
        self.calls = 0
        self.events: list[int] = []
        self.after: list[int] = []

    def record(self, data: bytes, context: grpc.ServicerContext) -> bytes:
        self.calls += 1
        taken = len(pb.RecordEventBatchRequest.FromString(data).events)
        self.events.append(taken)
        if self.calls <= self.failing:
            context.abort(StatusCode.CANCELLED if self.calls % 2 else StatusCode.UNAVAILABLE, "starting")
        return pb.RecordEventBatchResponse(recorded=taken).SerializeToString()

    def watch(self, data: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
        after = pb.WatchActionsRequest.FromString(data).after_cursor
        self.after.append(after)
        for cursor in range(after + 1, min(after + 3, 8)):
            yield pb.WatchActionsResponse(change=pb.ActionChange(cursor=cursor)).SerializeToString()
        if after < 6:
            context.abort(StatusCode.UNAVAILABLE, "stopping")

    def start(self) -> tuple[grpc.Server, str]:
        methods: dict[str, grpc.RpcMethodHandler[Any, Any]] = {
            "RecordEventBatch": grpc.unary_unary_rpc_method_handler(self.record),
            "WatchActions": grpc.unary_stream_rpc_method_handler(self.watch),
        }
        handlers = [grpc.method_handlers_generic_handler(SERVICE, methods)]
        server = grpc.server(ThreadPoolExecutor(2), handlers=handlers)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        return server, f"127.0.0.1:{port}"


def test_events_are_sent_again_when_the_server_was_away() -> None:
    flaky = Flaky(failing=2)
    server, address = flaky.start()
    with Client(address, timeout=20) as client:
        large = [call(number, note="x" * 2_000) for number in range(1_000)]
        assert client.record_events(large).recorded == 1_000
    server.stop(None).wait()
    assert flaky.events == [1_000, 1_000, 1_000]


def test_events_are_not_sent_for_ever() -> None:
    flaky = Flaky(failing=100)
    server, address = flaky.start()
    with Client(address, timeout=20) as client, pytest.raises(UnavailableError):
        client.record_events([call(1)])
    server.stop(None).wait()
    assert flaky.calls == 4


def test_a_watch_goes_on_after_the_last_change_when_its_stream_breaks() -> None:
    flaky = Flaky(failing=0)
    server, address = flaky.start()
    with Client(address) as client:
        assert [change.cursor for change in client.watch_actions()] == [1, 2, 3, 4, 5, 6, 7]
    server.stop(None).wait()
    assert flaky.after == [0, 2, 4, 6]


def test_a_watch_that_nobody_answers_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_events, "_FIRST_WAIT", 0.001)
    with Client("127.0.0.1:1") as client, pytest.raises(UnavailableError):
        list(client.watch_actions(follow=True))
