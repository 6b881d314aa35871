"""A database that hangs, instead of being away: nothing else waits for it, and the process ends in time."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest
from grpc import StatusCode

from scorewright.storage.account_index import Accounts
from scorewright.storage.database import Database
from scorewright.storage.database_errors import DatabaseAwayError
from scorewright.storage.wait_limits import HANGS
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc
from tests.architecture.source import ROOT
from tests.service.accounts.events import until
from tests.service.storage.postgres import Cluster

CALLS = 12
Answers = list["Future[StatusCode | None]"]
DRAIN = 2

SCRIPT = """
import sys
from scorewright.rpc.process import serve
from scorewright.runtime.settings import Settings
sys.exit(serve(Settings(port=0)))
"""


@contextmanager
def server(url: str, rules: Path) -> Iterator[tuple[subprocess.Popen[str], grpc.Channel]]:
    """Run a server in a process of its own."""
    told = {"DATABASE": url, "RULES": str(rules), "DRAIN_SECONDS": str(DRAIN), "SWEEP_SECONDS": "0"}
    told["DRAIN_WAIT_SECONDS"] = "0"
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={"PATH": "", **{f"SCOREWRIGHT_{name}": value for name, value in told.items()}},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as started:
        try:
            assert started.stdout is not None
            address = started.stdout.readline().split(" on ")[1].split(": ")[0]
            with grpc.insecure_channel(address) as channel:
                yield started, channel
        finally:
            started.kill()


def score(channel: grpc.Channel) -> float:
    """Score once, and give how long that took."""
    begun = time.monotonic()
    ask = pb.ScoreRequest(rulebooks=["quiet"], subject=pb.Subject(id="s"))
    assert pb_grpc.ScoringServiceStub(channel).Score(ask, timeout=10).answers
    return time.monotonic() - begun


def account(channel: grpc.Channel, name: str, timeout: float | None = 4) -> StatusCode | None:
    """Ask about an account, and give how that failed."""
    request = pb.EvaluateAccountRequest(account=name, rulebooks=["quiet"], record=True)
    try:
        pb_grpc.SignalServiceStub(channel).EvaluateAccount(request, timeout=timeout)
    except grpc.RpcError as error:
        code: StatusCode = error.code()
        return code
    return None


def ask_together(pool: ThreadPoolExecutor, channel: grpc.Channel, timeout: float | None = 4) -> Answers:
    return [pool.submit(account, channel, f"a{number}", timeout) for number in range(CALLS)]


def test_a_server_that_hangs_takes_nothing_else_with_it(postgres: Cluster, rules: Path) -> None:
    with server(postgres.create(), rules) as (_, channel), ThreadPoolExecutor(CALLS) as pool:
        until(lambda: account(channel, "warm") is None)
        for asked in ask_together(pool, channel):
            assert asked.result() is None
        with postgres.frozen():
            waiting = ask_together(pool, channel)
            time.sleep(0.5)
            assert max(score(channel) for _ in range(20)) < 1
            failed = {asked.result() for asked in waiting}
            # Those that no thread was left for are told to come back.
            assert failed <= {
                StatusCode.DEADLINE_EXCEEDED,
                StatusCode.UNAVAILABLE,
                StatusCode.RESOURCE_EXHAUSTED,
            }
        until(lambda: account(channel, "again") is None)


def test_a_process_ends_in_time_though_its_database_hangs(postgres: Cluster, rules: Path) -> None:
    with server(postgres.create(), rules) as (process, channel), ThreadPoolExecutor(CALLS) as pool:
        until(lambda: account(channel, "warm") is None)
        with postgres.frozen():
            waiting = ask_together(pool, channel, None)
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            begun = time.monotonic()
            assert process.wait(30) == 0
            assert time.monotonic() - begun < DRAIN + 2
            assert {asked.result() for asked in waiting} <= {
                StatusCode.UNAVAILABLE,
                StatusCode.CANCELLED,
            }


def test_a_process_ends_in_time_though_another_holds_its_file(tmp_path: Path, rules: Path) -> None:
    file = tmp_path / "a.db"
    with server(f"sqlite:///{file}", rules) as (process, channel), ThreadPoolExecutor(CALLS) as pool:
        until(lambda: account(channel, "warm") is None)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        waiting = ask_together(pool, channel, None)
        time.sleep(0.5)
        assert score(channel) < 1
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        assert process.wait(30) == 0
        assert time.monotonic() - begun < DRAIN + 2
        assert None not in {asked.result() for asked in waiting}
        other.close()


def test_every_statement_ends_and_the_others_do_not_wait_with_it(postgres: Cluster) -> None:
    database = Database(postgres.create(), patience=0.5)
    accounts = Accounts(database)
    assert accounts.seq("a") == 0
    with postgres.frozen():
        begun = time.monotonic()
        with pytest.raises(DatabaseAwayError) as caught:
            accounts.seq("a")
        # Its one second, that of the server's own limit, and then a connection that does not come.
        assert time.monotonic() - begun < 6
        assert caught.value.why == HANGS
        with ThreadPoolExecutor(1) as pool:
            finding_out = pool.submit(accounts.seq, "a")
            time.sleep(0.2)
            begun = time.monotonic()
            with pytest.raises(DatabaseAwayError):
                accounts.seq("a")
            assert time.monotonic() - begun < 0.2
            with pytest.raises(DatabaseAwayError):
                finding_out.result()
    until(lambda: seq(accounts) == 0)
    database.close()


def seq(accounts: Accounts) -> int | None:
    try:
        return accounts.seq("a")
    except DatabaseAwayError:
        return None


def test_a_statement_on_a_file_ends_as_well(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    database = Database(f"sqlite:///{tmp_path}/a.db", patience=0.2)
    begun = time.monotonic()
    with pytest.raises(DatabaseAwayError) as caught, database.reading() as connection:
        connection.exec_driver_sql(endless)
    assert 0.4 <= time.monotonic() - begun < 3
    assert caught.value.why == HANGS
    assert Accounts(database).seq("a") == 0
    database.close()
