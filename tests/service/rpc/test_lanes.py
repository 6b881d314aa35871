"""Calls wait in the lane of their kind, for so long, and what is refused says when to call again."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode
from grpc_health.v1 import health_pb2, health_pb2_grpc

from scorewright.accounts.event_recorder import EventRecorder
from scorewright.messages.lazy_requests import LARGE, is_large
from scorewright.requests.score_question import Question
from scorewright.rpc.call_arrival import Arrivals
from scorewright.runtime.logs import LOGGER
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import Failure, Serve, failure

ONE = pb.ScoreRequest(rulebooks=["bant_20"], subject=pb.Subject(id="s"))


def batch(subjects: int, rulebooks: int = 1) -> pb.ScoreBatchRequest:
    names = ["bant_20", "lead_points_100", "design_partner_25"][:rulebooks]
    return pb.ScoreBatchRequest(rulebooks=names, subjects=[pb.Subject(id="s")] * subjects)


class Held:
    """Holds every subject that is scored until it is let go, and counts them."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.entered, self.asked, self._go = threading.Semaphore(0), 0, threading.Event()
        answers = Question.answers

        def held(question: Question, *asked: Any) -> list[bytes]:
            self.asked += 1
            self.entered.release()
            assert self._go.wait(30)
            return answers(question, *asked)

        patch.setattr(Question, "answers", held)

    def wait(self, count: int) -> None:
        for _ in range(count):
            assert self.entered.acquire(timeout=20)

    def let_go(self) -> None:
        self._go.set()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    found = Held(monkeypatch)
    yield found
    found.let_go()


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that comes by itself."""
    last = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.001)


def busy(found: Failure) -> str:
    """Give the limit of a refusal that says when to call again."""
    assert (found.code, found.reason) == (StatusCode.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED")
    again, quota = found.details["RetryInfo"], found.details["QuotaFailure"]
    assert isinstance(again, error_details_pb2.RetryInfo)
    assert again.retry_delay.seconds > 0
    assert isinstance(quota, error_details_pb2.QuotaFailure)
    return quota.violations[0].subject


def test_a_call_that_finds_no_thread_in_time_is_told_when_to_call_again(serve: Serve, held: Held) -> None:
    with serve(max_wait_seconds=0.3) as served:
        running = [served.scoring.Score.future(ONE, timeout=30) for _ in range(2)]
        held.wait(2)
        assert busy(failure(lambda: served.scoring.Score(ONE, timeout=20))) == "answered calls at a time"
        held.let_go()
        assert all(call.result().answers for call in running)


def test_a_call_too_many_is_refused_at_once(serve: Serve, held: Held) -> None:
    with serve(max_calls=3, max_wait_seconds=30) as served:
        running = [served.scoring.Score.future(ONE, timeout=30) for _ in range(3)]
        held.wait(2)
        start = time.monotonic()
        assert (
            busy(failure(lambda: served.scoring.Score(ONE, timeout=20)))
            == "answered calls running or waiting"
        )
        assert time.monotonic() - start < 10
        held.let_go()
        assert all(call.result().answers for call in running)
        assert served.scoring.Score(ONE, timeout=20).answers


def test_a_call_whose_time_passed_while_it_waited_is_never_answered(serve: Serve, held: Held) -> None:
    with serve(max_wait_seconds=30) as served:
        running = [served.scoring.Score.future(ONE, timeout=30) for _ in range(2)]
        held.wait(2)
        late = failure(lambda: served.scoring.Score(ONE, timeout=0.3))
        assert late.code in (StatusCode.DEADLINE_EXCEEDED, StatusCode.RESOURCE_EXHAUSTED)
        gone = served.scoring.Score.future(ONE, timeout=30)
        waiting = served.running.lanes.calls._waiting
        until(lambda: bool(waiting))
        gone.cancel()
        until(lambda: not waiting[0].is_alive)  # the server knows
        held.let_go()
        assert all(call.result().answers for call in running)
        assert served.scoring.Score(ONE, timeout=20).answers
        assert held.asked == 3


def test_calls_that_nobody_has_taken_for_too_long_are_refused_and_health_is_not(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(max_wait_seconds=1) as served:
        assert served.scoring.Score(ONE, timeout=20).answers
        monkeypatch.setattr(Arrivals, "behind", 1.5)
        for call in (
            lambda: served.scoring.Score(ONE, timeout=20),
            lambda: served.scoring.ScoreBatch(batch(2), timeout=20),
        ):
            assert busy(failure(call)) == "answered calls at a time"
        health: Any = health_pb2_grpc.HealthStub(served.channel)
        assert health.Check(health_pb2.HealthCheckRequest(), timeout=20).status == 1
        monkeypatch.undo()
        assert served.scoring.Score(ONE, timeout=20).answers


def test_who_answers_gives_way_to_what_has_come_though_not_for_ever(serve: Serve) -> None:
    with serve() as served:
        arrivals = served.running.lanes.arrivals
        assert served.scoring.Score(ONE, timeout=20).answers
        until(lambda: not arrivals.behind)  # all that a call leaves is taken
        start = time.monotonic()
        arrivals.give_way(60)
        assert time.monotonic() - start < 30
        arrivals._empty.clear()
        arrivals.give_way(0.001)
        assert served.scoring.Score(ONE, timeout=20).answers


def test_a_large_call_holds_up_no_other_but_the_large(serve: Serve, held: Held) -> None:
    with serve() as served:
        running = served.scoring.ScoreBatch.future(batch(LARGE + 1), timeout=60)
        held.wait(1)
        found = failure(lambda: served.scoring.ScoreBatch(batch(LARGE + 1), timeout=2))
        assert busy(found) == "large calls at a time"
        assert served.rulebooks.ListRulebooks(pb.ListRulebooksRequest(), timeout=20).rulebooks
        waiting = served.scoring.ScoreBatch.future(batch(LARGE + 1), timeout=60)
        small = served.scoring.ScoreBatch.future(batch(2), timeout=60)
        held.wait(1)  # the small one, beside the large one
        held.let_go()
        assert [len(call.result().results) for call in (running, waiting, small)] == [65, 65, 2]


@pytest.mark.parametrize(
    ("request_", "large"),
    [
        (batch(0), False),
        (batch(1), False),
        (batch(LARGE), False),
        (batch(LARGE + 1), True),
        (batch(32, 2), False),
        (batch(33, 2), True),
        (batch(22, 3), True),
    ],
)
def test_a_batch_is_large_by_the_answers_it_asks_for(request_: pb.ScoreBatchRequest, large: bool) -> None:
    data = request_.SerializeToString()
    assert is_large(data) is large
    assert is_large(b"\x2a\x01x\x25\0\0\0\0\x21\0\0\0\0\0\0\0\0\x18\x05" + data) is large


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"\xff" * 30, b"\x0a", b"\x0a\x80", b"\x0b", b"\x12\xff\xff\xff\xff\x0f"]
)
def test_what_is_no_batch_is_not_large(data: bytes) -> None:
    assert not is_large(data)


def test_a_batch_of_rulebooks_without_end_is_large_and_not_looked_through() -> None:
    data = b"\x0a\x01a" * 1_000_000
    start = time.process_time()
    assert is_large(data)
    assert time.process_time() - start < 0.1


def test_streams_wait_for_a_place(serve: Serve) -> None:
    with serve(max_streams=1, max_wait_seconds=0.5) as served:
        release = threading.Event()

        def requests() -> Iterator[pb.ScoreStreamRequest]:
            yield pb.ScoreStreamRequest(rulebooks=["bant_20"], subject=pb.Subject(id="s"))
            release.wait(30)

        first = served.scoring.ScoreStream(requests())
        next(first)
        found = failure(lambda: list(served.scoring.ScoreStream(iter(()), timeout=20)))
        assert busy(found) == "streams at a time"
        second = served.scoring.ScoreStream(iter(()), timeout=20)
        release.set()
        assert list(second) == []
        assert list(first) == []


def test_calls_that_wait_for_the_database_keep_out_no_other(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, go = threading.Semaphore(0), threading.Event()

    def held(*_: object) -> None:
        entered.release()
        go.wait(30)

    monkeypatch.setattr(EventRecorder, "record", held)
    with serve(max_calls=3, database=f"sqlite:///{tmp_path}/a.db") as served:
        sent = pb.RecordEventBatchRequest()
        running = [served.signals.RecordEventBatch.future(sent, timeout=30) for _ in range(3)]
        for _ in running:
            assert entered.acquire(timeout=20)
        found = failure(lambda: served.signals.RecordEventBatch(sent, timeout=20))
        assert busy(found) == "calls about accounts running or waiting"
        assert served.scoring.Score(ONE, timeout=20).answers
        go.set()
        assert [call.result().recorded for call in running] == [0] * 3


def test_a_flood_is_a_line_with_a_count(serve: Serve, held: Held) -> None:
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]  # a handler of one test
    LOGGER.addHandler(handler)
    try:
        with serve(max_calls=1) as served:
            running = served.scoring.Score.future(ONE, timeout=30)
            held.wait(1)
            refused = [served.scoring.Score.future(ONE, timeout=30) for _ in range(200)]
            assert {call.code() for call in refused} == {StatusCode.RESOURCE_EXHAUSTED}
            deadline = time.monotonic() + 10
            while sum(map(_count, lines)) < 200 and time.monotonic() < deadline:
                time.sleep(0.05)
            held.let_go()
            running.result()
    finally:
        LOGGER.removeHandler(handler)
    told = [line for line in lines if "event=overloaded" in line]
    assert sum(map(_count, told)) == 200
    assert len(told) < 50


def _count(line: str) -> int:
    return int(line.partition("calls=")[2].split()[0]) if "calls=" in line else 0
