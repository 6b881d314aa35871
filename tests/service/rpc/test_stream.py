"""Subjects in a stream: in order, errors in their place, bounded whatever the client does."""

import itertools
import threading
import time
from collections.abc import Iterator
from typing import TypeAlias

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode

from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import Inputs, Serve, Served, failure

Raw: TypeAlias = "grpc.StreamStreamMultiCallable[bytes, bytes]"
BANT = {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5}


def message(request_id: str, inputs: Inputs | None = None, **fields: object) -> pb.ScoreStreamRequest:
    found = pb.ScoreStreamRequest(request_id=request_id, **{"rulebooks": ["bant_20"], **fields})  # type: ignore[arg-type]  # fields of the proto
    found.subject.SetInParent()
    found.subject.inputs.update(BANT if inputs is None else inputs)
    return found


def test_answers_come_in_order_with_their_ids(served: Served) -> None:
    totals = [(f"r{number}", 1 + number % 5) for number in range(2_000)]
    requests = (message(name, {**BANT, "budget": budget}) for name, budget in totals)
    responses = list(served.scoring.ScoreStream(requests, timeout=60))
    assert [(r.request_id, r.answers[0].total) for r in responses] == [(n, b + 10.5) for n, b in totals]


def test_what_is_wrong_with_a_message_comes_in_its_answer(served: Served) -> None:
    requests = [
        message("good"),
        message("bad", {"budget": 6}),
        message("unknown", rulebooks=["bant21"]),
        message("pinned", rulebooks=["bant_20@9.0.0"]),
        message("day", as_of="2026-02-30"),
        pb.ScoreStreamRequest(request_id="none", rulebooks=["bant_20"]),
        message("x" * 501),
        message("many", {f"i{number}": 1 for number in range(1_001)}),
        message("again"),
    ]
    responses = list(served.scoring.ScoreStream(iter(requests), timeout=10))
    assert [response.request_id for response in responses] == [r.request_id[:500] for r in requests]
    assert [response.error.code for response in responses] == [0, 3, 5, 9, 3, 3, 3, 8, 0]
    assert responses[1].error.invalid[0].input == "budget"
    assert "bant_20" in responses[2].error.message


def test_bytes_that_are_no_message_are_answered_too(serve: Serve) -> None:
    with serve(max_message_bytes=2_000) as served:
        call: Raw = served.channel.stream_stream("/scorewright.v1.ScoringService/ScoreStream")
        sent = [
            b"\xff\xff",
            message("large", {"a": "x" * 3_000}).SerializeToString(),
            message("ok").SerializeToString(),
        ]
        responses = [pb.ScoreStreamResponse.FromString(data) for data in call(iter(sent), timeout=10)]
    assert [response.error.code for response in responses] == [3, 8, 0]
    assert responses[2].request_id == "ok"


def test_an_empty_stream_is_answered_with_nothing(served: Served) -> None:
    assert list(served.scoring.ScoreStream(iter([]), timeout=10)) == []


def held_open() -> tuple[Iterator[pb.ScoreStreamRequest], threading.Event]:
    """Make requests that end only when told to."""
    release = threading.Event()

    def requests() -> Iterator[pb.ScoreStreamRequest]:
        yield message("first")
        release.wait(30)

    return requests(), release


def test_streams_are_limited_and_single_calls_go_on(serve: Serve) -> None:
    with serve(workers=3, max_streams=2) as served:
        held = [held_open() for _ in range(2)]
        streams = [served.scoring.ScoreStream(requests) for requests, _ in held]
        for stream in streams:
            assert next(stream).request_id == "first"
        found = failure(lambda: next(served.scoring.ScoreStream(iter([message("third")]), timeout=10)))
        assert found.code == StatusCode.RESOURCE_EXHAUSTED
        quota = found.details["QuotaFailure"]
        assert isinstance(quota, error_details_pb2.QuotaFailure)
        assert quota.violations[0].subject == "streams at a time"
        one = pb.ScoreRequest(rulebooks=["bant_20"], subject=message("x").subject)
        assert served.scoring.Score(one, timeout=10).answers[0].total == 15.5
        for _, release in held:
            release.set()
        for stream in streams:
            assert list(stream) == []
        deadline = time.monotonic() + 10
        while served.running.places._held and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(list(served.scoring.ScoreStream(iter([message("free")]), timeout=10))) == 1


def test_a_stream_that_stands_still_is_ended(serve: Serve) -> None:
    with serve(stream_idle_seconds=0.2) as served:
        requests, release = held_open()
        stream = served.scoring.ScoreStream(requests, timeout=20)
        assert next(stream).request_id == "first"
        assert failure(lambda: next(stream)).code == StatusCode.CANCELLED
        release.set()
        deadline = time.monotonic() + 10
        while served.running.places._held and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not served.running.places._held


def test_a_client_that_never_reads_does_not_fill_the_server(serve: Serve) -> None:
    sent = message("m", {f"undeclared_{number}": 1 for number in range(300)})
    taken = 0

    def requests() -> Iterator[pb.ScoreStreamRequest]:
        nonlocal taken
        while True:
            taken += 1
            yield sent

    with serve() as served:
        stream = served.scoring.ScoreStream(requests(), timeout=60)
        before = -1
        while taken != before:  # nobody reads, so that the server stops taking what its window does not hold
            before = taken
            time.sleep(0.5)
        assert taken < 10_000
        one = pb.ScoreRequest(rulebooks=["bant_20"], subject=message("x").subject)
        assert served.scoring.Score(one, timeout=10).answers[0].total == 15.5
        stream.cancel()


def test_a_client_that_never_reads_loses_its_place(serve: Serve) -> None:
    with serve(stream_idle_seconds=0.3) as served:
        sent = message("m", {f"undeclared_{number}": 1 for number in range(300)})
        stream = served.scoring.ScoreStream(itertools.repeat(sent), timeout=60)
        deadline = time.monotonic() + 20
        while not served.running.places._held and time.monotonic() < deadline:
            time.sleep(0.01)
        while served.running.places._held and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not served.running.places._held
        with pytest.raises(grpc.RpcError):
            for _ in stream:
                pass
