"""A database that is away, full, or too new fails the calls that need it, and nothing else."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode
from grpc_health.v1 import health_pb2, health_pb2_grpc

from scorewright.catalog.catalog import Catalog
from scorewright.rpc.signals import SERVICE
from scorewright.runtime.access import StartError
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.events import evaluate, event, record, told, until
from tests.service.conftest import Failure, Served, failure, serving
from tests.service.storage.postgres import Cluster

SENT = [event("m1", "outreach", 30, thread="a"), event("c1", "api_call", 30, calls=1)]
SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


def health(served: Served, service: str = SERVICE) -> int:
    stub: Any = health_pb2_grpc.HealthStub(served.channel)  # its types come without methods
    status: int = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=10).status
    return status


def calls(served: Served) -> list[Failure]:
    """Fail every method once."""
    sweep = pb.SweepAccountsRequest()
    return [
        failure(lambda: record(served, SENT)),
        failure(lambda: evaluate(served)),
        failure(lambda: evaluate(served, record=True)),
        failure(lambda: told(served)),
        failure(lambda: served.signals.SweepAccounts(sweep, timeout=30)),
    ]


def others_serve(served: Served) -> None:
    ask = pb.ScoreRequest(rulebooks=["quiet"], subject=pb.Subject(id="s"))
    assert served.scoring.Score(ask, timeout=5).answers
    assert served.rulebooks.ListRulebooks(pb.ListRulebooksRequest(), timeout=5).rulebooks
    assert health(served, "") == health(served, "scorewright.v1.ScoringService") == SERVING


def is_away(served: Served) -> None:
    for found in calls(served):
        assert (found.code, found.reason) == (StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE")
        retry = found.details["RetryInfo"]
        assert isinstance(retry, error_details_pb2.RetryInfo)
        assert retry.retry_delay.seconds == 2
    until(lambda: health(served) == NOT_SERVING)
    others_serve(served)


def is_back(served: Served) -> None:
    assert record(served, SENT).refused == 0
    until(lambda: len(told(served)) == 3)
    until(lambda: health(served) == SERVING)


def test_a_file_that_cannot_be_made_is_waited_for(store: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    with serving(store, database=f"sqlite:///{folder}/a.db") as served:
        is_away(served)
        folder.mkdir()
        is_back(served)


def test_a_server_that_is_stopped_is_waited_for(store: Catalog, postgres: Cluster) -> None:
    with serving(store, database=postgres.create()) as served:
        assert record(served, SENT[:1]).recorded == 1
        postgres.stop()
        try:
            is_away(served)
        finally:
            postgres.start()
        is_back(served)


def test_a_watcher_hears_that_the_database_is_away(store: Catalog, postgres: Cluster) -> None:
    with serving(store, database=postgres.create()) as served:
        watching = served.signals.WatchActions(pb.WatchActionsRequest(follow=True), timeout=60)
        record(served, SENT)
        assert [next(watching).change.cursor for _ in range(3)] == [1, 2, 3]
        postgres.stop()
        try:
            found = failure(lambda: next(watching))
        finally:
            postgres.start()
        assert (found.code, found.reason) == (StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE")


def test_a_full_disk_refuses_what_it_cannot_keep_and_keeps_what_it_acknowledged(
    store: Catalog, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with serving(store, database=f"sqlite:///{disk}/a.db", background=False) as served:
        record(served, SENT)
        limit = _pages(served)
        acknowledged, found = 0, None
        while found is None and acknowledged < 100_000:
            sent = [event(f"e{acknowledged + n}", "reply", 1, thread="x" * 900) for n in range(100)]
            try:
                acknowledged += record(served, sent).recorded
            except Exception:
                found = failure(lambda sent=sent: record(served, sent))  # type: ignore[misc]  # bound by a default
        assert found is not None
        assert (found.code, found.reason) == (StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE")
        assert limit
        others_serve(served)
        again = [event(f"e{n}", "reply", 1, thread="x" * 900) for n in range(acknowledged)]
        stored = sqlite3.connect(disk / "a.db")
        assert stored.execute("SELECT count(*) FROM scorewright_events").fetchone() == (2 + len(again),)
        stored.close()


def _pages(served: Served) -> bool:
    """Let every connection of the server take no more than some pages, as a full disk would."""
    from sqlalchemy import event as events

    assert served.running.signals is not None
    engine = served.running.signals.kept.database._engine

    @events.listens_for(engine, "checkout")
    def limited(raw: Any, *_: object) -> None:
        raw.execute("PRAGMA max_page_count=200").close()

    return True


def test_a_database_of_a_newer_server_is_named_and_left_alone(
    store: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scorewright.runtime.logs.LOGGER.propagate", True)
    with serving(store, database=f"sqlite:///{tmp_path}/a.db") as served:
        record(served, SENT)
    with sqlite3.connect(tmp_path / "a.db") as newer:
        newer.execute("UPDATE scorewright_schema SET version = 99")
    newer.close()
    shutil.copy(tmp_path / "a.db", tmp_path / "before.db")
    with serving(store, database=f"sqlite:///{tmp_path}/a.db") as served:
        for found in calls(served):
            assert (found.code, found.reason) == (StatusCode.FAILED_PRECONDITION, "DATABASE_VERSION")
            assert "version 99" in found.message
        until(lambda: "event=database_unfit" in caplog.text)
        until(lambda: health(served) == NOT_SERVING)
        others_serve(served)


def test_a_server_without_a_database_says_so(store: Catalog) -> None:
    with serving(store, database="none") as served:
        for found in calls(served):
            assert (found.code, found.reason) == (StatusCode.UNIMPLEMENTED, "NO_DATABASE")
        assert health(served) == NOT_SERVING
        others_serve(served)


@pytest.mark.parametrize(
    "url", ["mysql://root:hunter2@db/x", "scorewright.db", "sqlite://", "postgresql://me:hunter2@db"]
)
def test_a_url_that_can_be_no_database_stops_the_start_in_words(store: Catalog, url: str) -> None:
    with pytest.raises(StartError) as caught, serving(store, database=url):
        pass
    assert "hunter2" not in str(caught.value)
    assert "sqlite:///" in str(caught.value)


def test_a_file_that_others_may_read_is_warned_of(
    store: Catalog, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scorewright.runtime.logs.LOGGER.propagate", True)
    file = tmp_path / "a.db"
    for mode, warned in ((None, False), (0o640, True), (0o600, False)):
        if mode is not None:
            file.chmod(mode)
        caplog.clear()
        with serving(store, database=f"sqlite:///{file}") as served:
            record(served, SENT)
        assert (f"event=database_exposed file={file} mode=640" in caplog.text) is warned
