"""Calls that begin and go no further hold up nobody, and are ended."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from grpc import StatusCode
from grpc_health.v1 import health_pb2, health_pb2_grpc

from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import Serve, Served, failure
from tests.service.raw import RawCaller

SCORE = "/scorewright.v1.ScoringService/Score"
BATCH = "/scorewright.v1.ScoringService/ScoreBatch"
STREAM = "/scorewright.v1.ScoringService/ScoreStream"
CHECK_TEXT = "/scorewright.v1.RulebookService/CheckRulebook"
WATCH = "/scorewright.v1.SignalService/WatchActions"
EVALUATE = "/scorewright.v1.SignalService/EvaluateAccount"
SWEEP = "/scorewright.v1.SignalService/SweepAccounts"
HEALTH = "/grpc.health.v1.Health/Check"
HEALTH_WATCH = "/grpc.health.v1.Health/Watch"
REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"

TOKEN = "secret"  # noqa: S105 -- the token of the tests
BEARER = (("authorization", f"Bearer {TOKEN}"),)
BEGINNINGS = {"nothing": b"", "its length": b"\0\0\0\0\x40", "a part": b"\0\0\0\0\x40" + b"x" * 20}
LONG = 60.0
"""So long that no call is ended because of it while a test runs."""


def all_answer(served: Served, metadata: Any = ()) -> None:
    """Ask for a score, the changes of actions and health, each in its time."""
    one = pb.ScoreRequest(rulebooks=["bant_20"], subject=pb.Subject(id="s"))
    assert served.scoring.Score(one, timeout=5, metadata=metadata).answers
    assert not list(served.signals.WatchActions(pb.WatchActionsRequest(), timeout=5, metadata=metadata))
    health: Any = health_pb2_grpc.HealthStub(served.channel)
    asked = health_pb2.HealthCheckRequest()
    assert health.Check(asked, timeout=5).status == health_pb2.HealthCheckResponse.SERVING
    watching = health.Watch(asked, timeout=5)
    assert next(watching).status == health_pb2.HealthCheckResponse.SERVING
    watching.cancel()


@contextmanager
def held(served: Served, path: str, count: int, beginning: bytes = b"") -> Iterator[RawCaller]:
    with RawCaller(served.address) as caller:
        for _ in range(count):
            caller.begin(path, beginning)
        # A call without a method is answered after those before it, so that they are known to have come.
        caller.ended({caller.begin("/no.such/Method")})
        yield caller


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
@pytest.mark.parametrize(
    ("path", "count"),
    [
        (SCORE, 8),
        (SCORE, 100),
        (BATCH, 8),
        (CHECK_TEXT, 8),
        (EVALUATE, 8),
        (SWEEP, 8),
        (WATCH, 17),
        (HEALTH, 100),
        (HEALTH_WATCH, 101),
        (STREAM, 100),
        (REFLECTION, 8),
    ],
)
def test_half_sent_calls_hold_up_nobody(
    serve: Serve, tmp_path: Path, path: str, count: int, beginning: bytes
) -> None:
    settings: Any = {"database": f"sqlite:///{tmp_path}/a.db", "message_seconds": LONG}
    with serve(**settings) as served, held(served, path, count, beginning):
        all_answer(served)


@pytest.mark.parametrize("path", [SCORE, BATCH, WATCH, STREAM, HEALTH, HEALTH_WATCH, EVALUATE])
def test_a_call_whose_message_does_not_come_is_ended(serve: Serve, tmp_path: Path, path: str) -> None:
    settings: Any = {"database": f"sqlite:///{tmp_path}/a.db", "message_seconds": 0.3}
    with serve(**settings) as served, RawCaller(served.address) as caller:
        streams = {caller.begin(path, beginning) for beginning in BEGINNINGS.values()}
        assert caller.ended(streams) == streams


@pytest.mark.parametrize("path", [SCORE, WATCH, STREAM, EVALUATE, REFLECTION])
def test_a_call_without_a_right_is_ended_before_its_message(serve: Serve, tmp_path: Path, path: str) -> None:
    settings: Any = {"database": f"sqlite:///{tmp_path}/a.db", "message_seconds": LONG, "token": TOKEN}
    with serve(**settings) as served, held(served, path, 100) as caller:
        all_answer(served, BEARER)
        last = caller.begin(path, authorization="Bearer wrong")
        assert caller.ended({last}) == {last}


def test_too_many_half_sent_calls_keep_nobody_out(serve: Serve, tmp_path: Path) -> None:
    settings: Any = {"database": f"sqlite:///{tmp_path}/a.db", "message_seconds": LONG, "max_calls": 20}
    with serve(**settings) as served, RawCaller(served.address) as caller:
        streams = [caller.begin(SCORE) for _ in range(60)]
        assert caller.ended(set(streams[:40])) == set(streams[:40])
        all_answer(served)


def test_a_call_that_closes_without_a_message_is_told_so(serve: Serve) -> None:
    with serve(message_seconds=LONG) as served:
        call: Any = served.channel.stream_unary(SCORE)
        assert failure(lambda: call(iter(()), timeout=10)).code is StatusCode.UNIMPLEMENTED


def test_a_caller_that_is_gone_before_its_message_leaves_nothing(serve: Serve) -> None:
    with serve(message_seconds=LONG) as served:
        with held(served, SCORE, 50):
            assert len(served.running.lanes.traffic._arriving) == 50
        deadline = time.monotonic() + 10
        while served.running.lanes.traffic._arriving and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not served.running.lanes.traffic._arriving


def test_a_server_with_half_sent_calls_stops(serve: Serve) -> None:
    with serve() as served, held(served, SCORE, 20):
        start = time.monotonic()
        served.running.drain(0.5)
        assert time.monotonic() - start < 5
