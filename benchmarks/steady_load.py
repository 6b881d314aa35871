"""What the parts of `steady` share: rows, requests that stand ready, and callers who go on and on."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import Any, TypeAlias

import grpc

from benchmarks.population import ratings
from benchmarks.raw import Load
from benchmarks.rulebooks import program
from scorewright.client.client import Client
from scorewright.client.errors import ScorewrightError
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc

SCORE = "/scorewright.v1.ScoringService/Score"
BATCH = "/scorewright.v1.ScoringService/ScoreBatch"
RULEBOOK = "client_health_100"
SUBJECTS = 10_000
CALLERS = 16
INPUTS = {"budget": 5, "authority": 4.5, "need": 4, "timeline": 3}

Row = tuple[str, str, str, bool]
"""What was measured, what is to hold, what was seen, and whether it holds."""
Raw: TypeAlias = "grpc.UnaryUnaryMultiCallable[bytes, bytes]"


def ones(count: int) -> list[bytes]:
    """Make requests for one subject each, no two alike."""
    return [
        pb.ScoreRequest(
            rulebooks=["bant_20"], subject=subject(number, inputs), as_of="2026-01-31"
        ).SerializeToString()
        for number, inputs in enumerate(ratings(program("bant_20"), count, 7))
    ]


def many(seed: int) -> bytes:
    """Make a batch of which no two subjects are alike."""
    request = pb.ScoreBatchRequest(rulebooks=[RULEBOOK], as_of="2026-01-31", detail=pb.SUMMARY)
    request.subjects.extend(
        subject(number, inputs) for number, inputs in enumerate(ratings(program(RULEBOOK), SUBJECTS, seed))
    )
    return request.SerializeToString()


def subject(number: int, inputs: Any) -> pb.Subject:
    """Make a subject."""
    subject = pb.Subject(id=f"s{number}")
    subject.inputs.update(dict(inputs))
    return subject


def apart(load: Callable[..., Load], *told: Any, **named: Any) -> Load:
    """Run a load in a process of its own, so that it does not share its turns with other callers."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(load, *told, **named).result()


@contextmanager
def endless(port: int, bodies: Sequence[bytes]) -> Iterator[list[float]]:
    """Send batches without end, a caller each; gives when each was answered."""
    answered: list[float] = []
    going = threading.Event()
    with grpc.insecure_channel(f"127.0.0.1:{port}", [("grpc.max_receive_message_length", -1)]) as channel:
        call: Raw = channel.unary_unary(BATCH)

        def send(body: bytes) -> None:
            while not going.is_set():
                try:
                    call(body)
                    answered.append(time.perf_counter())
                except grpc.RpcError:
                    time.sleep(0.1)

        threads = [threading.Thread(target=send, args=(body,)) for body in bodies]
        for thread in threads:
            thread.start()
        time.sleep(1)
        try:
            yield answered
        finally:
            going.set()
            for thread in threads:
                thread.join()


@contextmanager
def calling(target: str, plain: str | None = None) -> Iterator[Counter[str]]:
    """Call Score from many threads: by our client, or by a plain one with a service config."""
    tally: Counter[str] = Counter()
    going, lock = threading.Event(), threading.Lock()
    with ExitStack() as stack:
        calls = [stack.enter_context(_caller(target, plain)) for _ in range(4)]

        def run(call: Callable[[], object]) -> None:
            while not going.is_set():
                try:
                    call()
                    told = "OK"
                except (grpc.RpcError, ScorewrightError) as error:
                    told = str(error)[:200]
                with lock:
                    tally[told] += 1

        threads = [threading.Thread(target=run, args=(calls[number % 4],)) for number in range(CALLERS)]
        for thread in threads:
            thread.start()
        try:
            yield tally
        finally:
            going.set()
            for thread in threads:
                thread.join()


@contextmanager
def _caller(target: str, plain: str | None) -> Iterator[Callable[[], object]]:
    if plain is None:
        with Client(target, timeout=20) as client:
            yield lambda: client.score("bant_20", INPUTS)
        return
    options = [("grpc.service_config", plain), ("grpc.use_local_subchannel_pool", 1)]
    request = pb.ScoreRequest(rulebooks=["bant_20"], subject=subject(1, INPUTS))
    with grpc.insecure_channel(target, options) as channel:
        stub = pb_grpc.ScoringServiceStub(channel)
        yield lambda: stub.Score(request, timeout=20)


def failed(tally: Counter[str]) -> int:
    """Count the calls that failed."""
    return tally.total() - tally["OK"]
