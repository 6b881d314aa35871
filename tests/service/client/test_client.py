"""The client: plain inputs, deadlines, retries, and errors that say all."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import grpc
import pytest
from grpc import StatusCode

from scorewright.client.client import RETRY, Client
from scorewright.client.errors import (
    DeadlineError,
    InvalidRequestError,
    OverLimitError,
    ScorewrightError,
    TokenError,
    UnavailableError,
)
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import Served

BANT = {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5}


def test_plain_values_are_sent(client: Client) -> None:
    inputs = {
        **BANT,
        "budget": Decimal("2.8"),
        "day": date(2026, 1, 31),
        "tags": ("a", None),
        "more": {"x": [1]},
    }
    (answer,) = client.score("bant_20", inputs)
    assert answer.total == Decimal("13.3")
    assert answer.unknown_inputs == ("day", "more", "tags")


def test_none_is_missing(client: Client) -> None:
    assert client.score("bant_20", {**BANT, "need": None})[0].missing == ("need",)


def test_how_to_ask(client: Client) -> None:
    (answer,) = client.score("bant_20", BANT, as_of=date(2026, 1, 31), summary=True)
    assert answer.receipt.as_of == date(2026, 1, 31)
    assert not answer.criteria
    with pytest.raises(InvalidRequestError):
        client.score("bant_20", {**BANT, "x": 1}, strict=True)


def test_an_error_says_all(client: Client) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        client.score("bant_20", {"budget": 6, "need": "x"})
    assert [(problem.where, problem.code) for problem in caught.value.problems] == [
        ("inputs.budget", "out_of_range"),
        ("inputs.need", "wrong_type"),
    ]
    assert caught.value.code == StatusCode.INVALID_ARGUMENT
    assert "6 is outside 1 to 5" in str(caught.value)


class Flaky:
    """A server that answers UNAVAILABLE so many times, or not at all."""

    def __init__(self, failing: int) -> None:
        self.calls = 0
        self.failing = failing
        self.release = threading.Event()

    def list_rulebooks(self, _: bytes, context: grpc.ServicerContext) -> bytes:
        self.calls += 1
        if self.failing < 0:
            self.release.wait(10)
        elif self.calls <= self.failing:
            context.abort(StatusCode.UNAVAILABLE, "starting")
        return pb.ListRulebooksResponse(rulebooks=[pb.RulebookSummary(id="x")]).SerializeToString()

    def start(self, port: int = 0) -> tuple[grpc.Server, int]:
        method: grpc.RpcMethodHandler[bytes, bytes] = grpc.unary_unary_rpc_method_handler(self.list_rulebooks)
        service = grpc.method_handlers_generic_handler(
            "scorewright.v1.RulebookService", {"ListRulebooks": method}
        )
        self.server = grpc.server(ThreadPoolExecutor(2), handlers=[service])
        port = self.server.add_insecure_port(f"127.0.0.1:{port}")
        self.server.start()
        return self.server, port


def test_what_passes_by_itself_is_tried_again() -> None:
    flaky = Flaky(failing=2)
    server, port = flaky.start()
    with Client(f"127.0.0.1:{port}", timeout=20) as client:
        assert client.list_rulebooks()[0].id == "x"
    server.stop(None).wait()
    assert flaky.calls == 3


def test_it_is_not_tried_for_ever() -> None:
    flaky = Flaky(failing=100)
    server, port = flaky.start()
    with Client(f"127.0.0.1:{port}", timeout=20) as client, pytest.raises(UnavailableError):
        client.list_rulebooks()
    server.stop(None).wait()
    assert flaky.calls == RETRY["methodConfig"][0]["retryPolicy"]["maxAttempts"]


def test_it_waits_for_a_server_that_starts() -> None:
    flaky = Flaky(failing=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Client(f"127.0.0.1:{port}", timeout=30) as client:
        starting = threading.Timer(1.5, flaky.start, (port,))
        starting.start()
        assert client.list_rulebooks()[0].id == "x"
        starting.join()
        flaky.server.stop(None).wait()


def test_where_no_server_is_in_time_is_not_said_to_be_slow() -> None:
    with Client("127.0.0.1:1", timeout=0.5) as client, pytest.raises(UnavailableError, match="reached"):
        client.list_rulebooks()


def test_what_is_refused_says_when_to_call_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.running.lanes.calls, "_most", 0)
    with Client(served.address, timeout=20) as client, pytest.raises(OverLimitError) as caught:
        client.list_rulebooks()
    assert caught.value.retry_after == 1


@pytest.mark.parametrize("own", [None, 0.2])
def test_a_deadline_holds(own: float | None) -> None:
    flaky = Flaky(failing=-1)
    server, port = flaky.start()
    timeout = 0.2 if own is None else 60
    with Client(f"127.0.0.1:{port}", timeout=timeout) as client, pytest.raises(DeadlineError):
        client.list_rulebooks(timeout=own)
    flaky.release.set()
    server.stop(None).wait()


def test_a_stream_raises_what_a_call_raises() -> None:
    with Client("127.0.0.1:1", timeout=1) as client, pytest.raises(ScorewrightError):
        list(client.score_stream("bant_20", [("a", BANT)], timeout=1))


def test_a_token_of_two_lines_is_refused_at_once(served: Served) -> None:
    with pytest.raises(TokenError, match="one line"):
        Client(served.address, token="\n".join("ab"))


def test_an_option_that_a_call_would_ignore_is_a_type_error(client: Client) -> None:
    with pytest.raises(TypeError):
        client.score("bant_20", BANT, record=True)  # type: ignore[call-arg]  # nothing is recorded
    with pytest.raises(TypeError):
        client.list_rulebooks(strict=True)  # type: ignore[call-arg]  # nothing is scored
    with pytest.raises(TypeError):
        client.record_events([], summary=True)  # type: ignore[call-arg]  # nothing is answered
    with pytest.raises(TypeError):
        client.watch_actions(0, timeout=1)  # type: ignore[call-arg]  # it ends by itself, or is closed
