"""Calls that go no further than their head, and accounts that a rulebook cannot answer for."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from benchmarks.raw import Connection
from benchmarks.steady_load import INPUTS, SCORE, Row, subject
from benchmarks.steady_server import Server, database
from scorewright.client.client import Client
from scorewright.client.events import Event
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc

HELD = {SCORE: 8, "/scorewright.v1.SignalService/WatchActions": 17, "/grpc.health.v1.Health/Watch": 101}
TOKEN = "secret"  # noqa: S105 -- the token of the benchmark
TIMES = 20
ENDED = 7.0
"""Seconds: a call without a message is ended after 5, unless told."""

ACCOUNTS = 2_000

Ask = Callable[[], object]


def half_sent() -> Iterator[Row]:
    """Hold calls of which only the head is sent, and ask what others would."""
    held = ", ".join(f"{count} {path.rpartition('/')[2]}" for path, count in HELD.items())
    for with_token in (True, False):
        server_of = {"DATABASE": database(), **({"TOKEN": TOKEN} if with_token else {})}
        with (
            Server(**server_of) as server,
            _asking(server.port, with_token=with_token) as asked,
            _held(server.port) as ended,
        ):
            longest = {name: max(_seconds(ask) for _ in range(TIMES)) for name, ask in asked.items()}
            took = ended()
        yield f"half sent{', without the token' if with_token else ''}: {held}", "", "", True
        for name, seconds in longest.items():
            yield f"  {name}, the longest of {TIMES}", "1 s", f"{1e3 * seconds:.0f} ms", seconds < 1
        seen = f"{took:.1f} s" if took else "not all are"
        yield "  all of them are ended within", f"{ENDED:.0f} s", seen, 0 < took < ENDED


@contextmanager
def _held(port: int) -> Iterator[Callable[[], float]]:
    """Begin the calls; gives a wait for their end: after how many seconds, 0 if never."""
    start = time.perf_counter()
    connections = [Connection(port, path) for path in HELD]
    for connection, count in zip(connections, HELD.values(), strict=True):
        for _ in range(count):
            connection.begin()
        connection.flush()
    took = [0.0]

    def watch() -> None:
        while time.perf_counter() < start + 2 * ENDED:
            for connection in connections:
                connection.receive(lambda *_: None)
                connection.flush()
            if not any(connection.begun for connection in connections):
                took[0] = time.perf_counter() - start
                return
            time.sleep(0.01)

    watching = threading.Thread(target=watch)
    watching.start()

    def ended() -> float:
        watching.join()
        return took[0]

    time.sleep(0.5)  # until all have come
    yield ended
    watching.join()
    for connection in connections:
        connection.socket.close()


@contextmanager
def _asking(port: int, *, with_token: bool) -> Iterator[dict[str, Ask]]:
    metadata = (("authorization", f"Bearer {TOKEN}"),) if with_token else ()
    score = pb.ScoreRequest(rulebooks=["bant_20"], subject=subject(1, INPUTS))
    with ExitStack() as stack:
        channel = stack.enter_context(grpc.insecure_channel(f"127.0.0.1:{port}"))
        scoring, signals = pb_grpc.ScoringServiceStub(channel), pb_grpc.SignalServiceStub(channel)
        health: Any = health_pb2_grpc.HealthStub(channel)

        def watch_health() -> None:
            call = health.Watch(health_pb2.HealthCheckRequest(), timeout=10)
            next(call)
            call.cancel()

        asked: dict[str, Ask] = {
            "Score": lambda: scoring.Score(score, timeout=10, metadata=metadata),
            "WatchActions": lambda: list(
                signals.WatchActions(pb.WatchActionsRequest(), timeout=10, metadata=metadata)
            ),
            "Health.Check": lambda: health.Check(health_pb2.HealthCheckRequest(), timeout=10),
            "Health.Watch": watch_health,
        }
        for ask in asked.values():
            ask()  # all is warm
        yield asked


def _seconds(ask: Ask) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def unanswered() -> Iterator[Row]:
    """Sweep accounts that a rulebook of sales quarters can say nothing of."""
    log = Path(tempfile.mkdtemp()) / "log"
    told = {"DATABASE": database(), "BACKGROUND": False, "LOG_LEVEL": "warning"}
    address = "127.0.0.1:{}"
    with Server(log, **told) as server, Client(address.format(server.port), timeout=60) as client:
        now = datetime.now(UTC)
        client.record_events(
            Event(f"a{number}", f"e{number}", "visit", now, {"page": "pricing"}) for number in range(ACCOUNTS)
        )
        with grpc.insecure_channel(address.format(server.port)) as channel:
            request = pb.SweepAccountsRequest(max_accounts=ACCOUNTS)
            swept = pb_grpc.SignalServiceStub(channel).SweepAccounts(request, timeout=120)
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if "not_evaluated" in line]
    causes = {line.partition(" accounts=")[0].partition("event=")[2] for line in lines}
    whole = all(f" accounts={ACCOUNTS} example=a" in line and " input=" in line for line in lines)
    what = f"lines of a sweep for {ACCOUNTS:,} accounts without an answer"
    yield what, "1 a cause", f"{len(lines)} for {len(causes)}", 0 < len(lines) == len(causes) and whole
    seen = f"{swept.failed:,} failed, {swept.unanswered:,} without an answer"
    yield "  counted as failed", "0", seen, (swept.failed, swept.unanswered) == (0, ACCOUNTS)
