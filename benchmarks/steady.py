"""Nothing that one caller does stops the others: what must hold, as ratios and counts within one run."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from benchmarks import raw
from benchmarks.steady_held import half_sent, unanswered
from benchmarks.steady_load import (
    BATCH,
    SCORE,
    SUBJECTS,
    Raw,
    Row,
    apart,
    calling,
    endless,
    failed,
    many,
    ones,
)
from benchmarks.steady_server import Server, database
from scorewright.client.client import POLICY, Client
from scorewright.client.errors import ScorewrightError
from scorewright.client.events import Event

RATE = 200.0
PROBES, PROBERS = 500, 8
STOPS, RESTARTS = 20, 3


def main() -> None:
    parts = (
        half_sent,
        beside_batches,
        batches_at_once,
        overload,
        connections,
        stops,
        restarts,
        events,
        unanswered,
    )
    named = {part.__name__: part for part in parts}
    wanted = os.environ.get("PARTS", ",".join(named)).split(",")
    rows = [row for name in wanted for row in named[name]()]
    width, holds = max(len(row[0]) for row in rows), max(len(row[1]) for row in rows)
    print(f"{'':{width}}  {'to hold':{holds}}  seen")
    for what, hold, seen, ok in rows:
        print(f"{what:{width}}  {hold:{holds}}  {seen}{'' if ok else '   does not hold'}")


def beside_batches() -> Iterator[Row]:
    """Call Score and health beside batches of subjects of which no two are alike."""
    few, bodies = ones(5_000), [many(seed) for seed in range(PROBERS)]
    with Server() as server:
        assert apart(raw.opened, server.port, SCORE, few, 1, RATE).answered  # all is warm
        alone = apart(raw.opened, server.port, SCORE, few, 6, RATE)
        with endless(server.port, bodies[:4]):
            beside = apart(raw.opened, server.port, SCORE, few, 6, RATE)
        with endless(server.port, bodies):
            missed = _probes(server.port)
    for share, name, most in ((0.5, "p50", 3.0), (0.99, "p99", 20.0)):
        ratio = beside.at(share) / alone.at(share)
        seen = f"{ratio:.1f} times ({alone.at(share):.1f} -> {beside.at(share):.1f} ms)"
        what = f"Score beside four endless batches of {SUBJECTS:,}, {name}"
        yield what, f"{most:.0f} times", seen, ratio <= most
    missing = beside.statuses.total() - beside.statuses["0"]
    yield "  its calls that were not answered", "0", str(missing), not missing
    what = f"health (1 s) beside {PROBERS} such callers, failed"
    yield what, f"0 of {PROBES}", f"{missed} of {PROBES}", not missed


def batches_at_once() -> Iterator[Row]:
    """Send batches one by one, and all at once."""
    bodies = [many(seed) for seed in range(4)]
    with Server() as server, _unlimited(server.port) as channel:
        send: Raw = channel.unary_unary(BATCH)
        send(bodies[0])  # all is warm
        one_by_one = _seconds(lambda: [send(body) for body in bodies])
        with ThreadPoolExecutor(4) as pool:
            at_once = _seconds(lambda: list(pool.map(send, bodies)))
    slower = at_once / one_by_one
    yield "four batches at once, against one by one", "1.1 times", f"{slower:.2f} times", slower < 1.1


def _unlimited(port: int) -> grpc.Channel:
    return grpc.insecure_channel(f"127.0.0.1:{port}", [("grpc.max_receive_message_length", -1)])


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


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
    bodies = ones(20_000)
    with Server() as server:
        apart(raw.closed, server.port, SCORE, bodies, 1)
        able = apart(raw.closed, server.port, SCORE, bodies, 3)
        capacity = able.statuses["0"] / able.seconds
        found = apart(raw.opened, server.port, SCORE, bodies, 4, 3 * capacity, connections=16)
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
        with calling(f"127.0.0.1:{server.port}", plain=json.dumps({})) as tally:
            time.sleep(8)
        lost = failed(tally)
        yield (
            "connections that end after 1.5 s, failed calls",
            "0",
            f"{lost} of {tally.total():,}",
            not lost,
        )
        lives = living.result()
    yield "a connection without calls that asks every 10 s", "lives", "lives" if lives else "cut off", lives


def stops() -> Iterator[Row]:
    """Stop one of two servers under load, again and again."""
    with Server(DRAIN_WAIT_SECONDS=0.5) as one, Server(DRAIN_WAIT_SECONDS=0.5) as other:
        target = f"ipv4:127.0.0.1:{one.port},127.0.0.1:{other.port}"
        with calling(target) as ours, calling(target, POLICY) as plain:
            for number in range(STOPS):
                server = (one, other)[number % 2]
                server.end()
                server.start_again()
                time.sleep(0.5)
    for name, tally in (("our client", ours), ("a plain client with the published policy", plain)):
        seen = f"{failed(tally)} of {tally.total():,}"
        yield f"{STOPS} stops of one of two servers, {name}, failed calls", "0", seen, not failed(tally)


def restarts() -> Iterator[Row]:
    """End the only server under load, and start it again."""
    with Server(DRAIN_WAIT_SECONDS=0) as server:
        for number in (signal.SIGKILL, signal.SIGTERM):
            with calling(f"127.0.0.1:{server.port}") as tally:
                for _ in range(RESTARTS):
                    time.sleep(0.5)
                    server.end(number)
                    server.start_again()
                time.sleep(0.5)
            seen = f"{failed(tally)} of {tally.total():,}"
            name = f"{RESTARTS} times {number.name} and a new start, our client, failed calls"
            yield name, "0", seen, not failed(tally)


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
