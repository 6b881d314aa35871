"""Nothing that one caller does stops the others: what must hold, as ratios and counts within one run."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any, TypeAlias

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from benchmarks import raw
from benchmarks.population import ratings
from benchmarks.raw import Load
from benchmarks.rulebooks import program
from benchmarks.steady_server import Server, database
from service.client import POLICY, Client
from service.client_errors import ScorewrightError
from service.client_events import Event
from service.pb import scorewright_pb2 as pb
from service.pb import scorewright_pb2_grpc as pb_grpc

SCORE = "/scorewright.v1.ScoringService/Score"
BATCH = "/scorewright.v1.ScoringService/ScoreBatch"
RULEBOOK = "client_health_100"
SUBJECTS = 10_000
RATE = 200.0
PROBES, PROBERS = 500, 8
STOPS, RESTARTS, CALLERS = 20, 3, 16
INPUTS = {"budget": 5, "authority": 4.5, "need": 4, "timeline": 3}

Row = tuple[str, str, str, bool]
"""What was measured, what is to hold, what was seen, and whether it holds."""
Raw: TypeAlias = "grpc.UnaryUnaryMultiCallable[bytes, bytes]"


def main() -> None:
    rows: list[Row] = []
    for part in (batches, overload, connections, stops, restarts, events):
        rows += part()
    width = max(len(what) for what, *_ in rows)
    print(f"{'':{width}}  {'to hold':18} seen")
    for what, hold, seen, holds in rows:
        print(f"{what:{width}}  {hold:18} {seen}{'' if holds else '   does not hold'}")


def _ones(count: int) -> list[bytes]:
    return [
        pb.ScoreRequest(
            rulebooks=["bant_20"], subject=_subject(number, inputs), as_of="2026-01-31"
        ).SerializeToString()
        for number, inputs in enumerate(ratings(program("bant_20"), count, 7))
    ]


def _many(seed: int) -> bytes:
    request = pb.ScoreBatchRequest(rulebooks=[RULEBOOK], as_of="2026-01-31", detail=pb.SUMMARY)
    request.subjects.extend(
        _subject(number, inputs) for number, inputs in enumerate(ratings(program(RULEBOOK), SUBJECTS, seed))
    )
    return request.SerializeToString()


def _subject(number: int, inputs: Any) -> pb.Subject:
    subject = pb.Subject(id=f"s{number}")
    subject.inputs.update(dict(inputs))
    return subject


def _apart(load: Callable[..., Load], *told: Any, **named: Any) -> Load:
    """Run a load in a process of its own, so that it does not share its turns with other callers."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(load, *told, **named).result()


@contextmanager
def _endless(port: int, bodies: Sequence[bytes]) -> Iterator[list[float]]:
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


def batches() -> Iterator[Row]:
    """Call Score and health beside batches of subjects of which no two are alike."""
    ones, bodies = _ones(5_000), [_many(seed) for seed in range(PROBERS)]
    with Server() as server:
        call = _apart(raw.opened, server.port, SCORE, ones, 1, RATE)  # all is warm
        alone = _apart(raw.opened, server.port, SCORE, ones, 6, RATE)
        with grpc.insecure_channel(
            f"127.0.0.1:{server.port}", [("grpc.max_receive_message_length", -1)]
        ) as channel:
            send: Raw = channel.unary_unary(BATCH)
            start = time.perf_counter()
            for body in bodies[:4]:
                send(body)
            one_by_one = time.perf_counter() - start
            start = time.perf_counter()
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(send, bodies[:4]))
            at_once = time.perf_counter() - start
        with _endless(server.port, bodies[:4]):
            beside = _apart(raw.opened, server.port, SCORE, ones, 6, RATE)
        with _endless(server.port, bodies):
            failed = _probes(server.port)
    assert call.answered
    for share, name, most in ((0.5, "p50", 3.0), (0.99, "p99", 20.0)):
        ratio = beside.at(share) / alone.at(share)
        seen = f"{ratio:.1f} times ({alone.at(share):.1f} -> {beside.at(share):.1f} ms)"
        yield (
            f"Score beside four endless batches of {SUBJECTS:,}, {name}",
            f"{most:.0f} times",
            seen,
            ratio <= most,
        )
    missing = sum(count for status, count in beside.statuses.items() if status != "0")
    yield "  its calls that were not answered", "0", str(missing), not missing
    slower = at_once / one_by_one
    yield "four batches at once, against one by one", "1.0 times", f"{slower:.2f} times", slower < 1.1
    yield (
        f"health (1 s) beside {PROBERS} such callers, failed",
        f"0 of {PROBES}",
        f"{failed} of {PROBES}",
        not failed,
    )


def _probes(port: int) -> int:
    failed = 0
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)
        for _ in range(PROBES):
            try:
                stub.Check(health_pb2.HealthCheckRequest(), timeout=1)
            except grpc.RpcError:
                failed += 1
            time.sleep(0.02)
    return failed


def overload() -> Iterator[Row]:
    """Call three times as often as the server can answer."""
    ones = _ones(20_000)
    with Server() as server:
        _apart(raw.closed, server.port, SCORE, ones, 1)
        able = _apart(raw.closed, server.port, SCORE, ones, 3)
        capacity = able.statuses["0"] / able.seconds
        found = _apart(raw.opened, server.port, SCORE, ones, 4, 3 * capacity, connections=16)
    names = {"0": "OK", "1": "CANCELLED", "8": "RESOURCE_EXHAUSTED", "none": "no answer"}
    told = ", ".join(
        f"{names.get(each, each)} {count:,}" for each, count in sorted(found.statuses.items()) if count
    )
    others = sum(count for status, count in found.statuses.items() if status not in ("0", "8"))
    yield (
        "overload at three times the capacity",
        "OK or refused",
        told,
        not others and found.statuses["8"] > 0,
    )
    p99 = found.at(0.99)
    yield "  those that were answered, p99", "2.5 s", f"{p99 / 1e3:.2f} s", p99 < 2_500
    share = found.statuses["0"] / found.seconds / capacity
    yield f"  answered, of the capacity of {capacity:,.0f} a second", "0.5", f"{share:.2f}", share > 0.5


def connections() -> Iterator[Row]:
    """Hold a connection that only asks whether the server is there, and let others grow old."""
    with Server(MAX_CONNECTION_SECONDS=1.5) as server, Server() as other, ThreadPoolExecutor(1) as pool:
        living = pool.submit(raw.lives, other.port, 45, 10)
        with _calling(f"127.0.0.1:{server.port}", plain=json.dumps({})) as tally:
            time.sleep(8)
        failed = _failed(tally)
        yield (
            "connections that end after 1.5 s, failed calls",
            "0",
            f"{failed} of {tally.total():,}",
            not failed,
        )
        lives = living.result()
    yield "a connection without calls that asks every 10 s", "lives", "lives" if lives else "cut off", lives


@contextmanager
def _calling(target: str, plain: str | None = None) -> Iterator[Counter[str]]:
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
    request = pb.ScoreRequest(rulebooks=["bant_20"], subject=_subject(1, INPUTS))
    with grpc.insecure_channel(target, options) as channel:
        stub = pb_grpc.ScoringServiceStub(channel)
        yield lambda: stub.Score(request, timeout=20)


def _failed(tally: Counter[str]) -> int:
    return tally.total() - tally["OK"]


def stops() -> Iterator[Row]:
    """Stop one of two servers under load, again and again."""
    with Server(DRAIN_WAIT_SECONDS=0.5) as one, Server(DRAIN_WAIT_SECONDS=0.5) as other:
        target = f"ipv4:127.0.0.1:{one.port},127.0.0.1:{other.port}"
        with _calling(target) as ours, _calling(target, POLICY) as plain:
            for number in range(STOPS):
                server = (one, other)[number % 2]
                server.end()
                server.start_again()
                time.sleep(0.5)
    for name, tally in (("our client", ours), ("a plain client with the published policy", plain)):
        seen = f"{_failed(tally)} of {tally.total():,}"
        yield f"{STOPS} stops of one of two servers, {name}, failed calls", "0", seen, not _failed(tally)


def restarts() -> Iterator[Row]:
    """End the only server under load, and start it again."""
    with Server(DRAIN_WAIT_SECONDS=0) as server:
        for number in (signal.SIGKILL, signal.SIGTERM):
            with _calling(f"127.0.0.1:{server.port}") as tally:
                for _ in range(RESTARTS):
                    time.sleep(0.5)
                    server.end(number)
                    server.start_again()
                time.sleep(0.5)
            seen = f"{_failed(tally)} of {tally.total():,}"
            name = f"{RESTARTS} times {number.name} and a new start, our client, failed calls"
            yield name, "0", seen, not _failed(tally)


def events() -> Iterator[Row]:
    """Record single events from many callers at once."""
    callers, refused = 500, 0
    with Server(DATABASE=database()) as server, Client(f"127.0.0.1:{server.port}", timeout=60) as client:

        def record(number: int) -> int:
            event = Event(f"a{number}", f"e{number}", "visit", datetime.now(UTC), {"page": "pricing"})
            try:
                return client.record_events([event]).recorded
            except ScorewrightError:
                return 0

        with ThreadPoolExecutor(callers) as pool:
            refused = callers - sum(pool.map(record, range(callers)))
    yield f"{callers} callers of single events at once, refused", "0", str(refused), not refused
