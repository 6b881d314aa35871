"""A database that is away: said as such, nothing half-done, and the next call tries again by itself."""

import os
import shutil
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from scorewright.storage.account_index import Accounts
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.change_log import Changes
from scorewright.storage.database import Database
from scorewright.storage.database_errors import DatabaseAwayError, SchemaError
from scorewright.storage.event_log import Events, StoredEvent
from scorewright.storage.postgres import Limited
from scorewright.storage.reconciliation import Due
from scorewright.storage.wait_limits import HANGS
from tests.service.accounts.events import until
from tests.service.storage.postgres import Cluster

SENT = [StoredEvent("a", str(number), "call", 1, {"text": "x" * 500}) for number in range(200)]


def away(call: Callable[[], object]) -> str:
    """Make a call that finds the database away, and give why."""
    with pytest.raises(DatabaseAwayError) as caught:
        call()
    assert "a-secret" not in f"{caught.value} {caught.value.__cause__}"
    assert str(caught.value) == f"the database `{caught.value.database}` is away: {caught.value.why}"
    assert "\n" not in caught.value.why
    return caught.value.why


def count(database: Database) -> int:
    return len(Events(database).of("a", {"call": None}, 9))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@contextmanager
def held(url: str) -> Iterator[None]:
    """Let somebody else write to a database, and not be done."""
    other = Database(url)
    with other.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE scorewright_events, scorewright_settled"))
        yield
    other.close()


def test_what_others_hold_for_too_long_is_away_until_they_let_go(url: str) -> None:
    database = Database(url, patience=0.2)
    events, ledger = Events(database), Ledger(database)
    events.record(SENT[:1])
    with held(url):
        assert "lock" in away(lambda: events.record(SENT[1:]))
        assert "lock" in away(lambda: ledger.settle("a", "r", 1, [Due("ring", "k", (), {})]))
    assert count(database) == 1
    assert Changes(database).last() == 0
    assert len(events.record(SENT)) == 200
    assert count(database) == 200
    database.close()


def test_calls_for_which_no_connection_is_left_are_told_so(url: str) -> None:
    database = Database(url, connections=1, patience=0.1)
    database.open()
    with database.reading():
        assert away(lambda: count(database)) == "all its connections were in use for too long"
    assert count(database) == 0
    database.close()


def test_writers_in_one_process_wait_for_their_turn(file: Path) -> None:
    database = Database(f"sqlite:///{file}", patience=0.1)
    database.open()
    with database.writing():
        assert away(lambda: Events(database).record(SENT)) == "other calls held it for too long"
    assert count(database) == 0
    database.close()


@pytest.mark.parametrize("end", [Database.close, Database.stop])
def test_a_connection_in_use_when_its_database_ends_is_closed_when_it_comes_back(
    url: str, end: Callable[[Database], None]
) -> None:
    database = Database(url)
    with database.reading() as connection:
        raw: Any = connection.connection.driver_connection
        connection.execute(text("SELECT 1"))
        end(database)
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
        raw.execute("SELECT 1")
    database.close()


def test_an_error_within_a_transaction_undoes_all_of_it(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(text("UPDATE scorewright_counter SET cursor = 9"))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    assert Changes(database).last() == 0


def schema(url: str) -> str:
    return url.partition("search_path%3D")[2]


class TestServer:
    """PostgreSQL."""

    @pytest.fixture
    def database(self, postgres: Cluster) -> Iterator[Database]:
        made = Database(postgres.create())
        yield made
        made.close()

    @pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
    def test_a_server_that_ends_is_away_and_used_again_when_it_is_back(
        self, postgres: Cluster, database: Database, how: signal.Signals
    ) -> None:
        Events(database).record(SENT[:100])
        postgres.stop(how)
        try:
            assert "connection" in away(lambda: Events(database).record(SENT))
            assert "connection" in away(lambda: Accounts(database).changed(1))
        finally:
            postgres.start()
        assert count(database) == 100
        assert {told.how for told in Events(database).record(SENT)} == {"recorded", "duplicate"}
        assert count(database) == 200

    def test_a_server_that_is_not_there_yet_is_used_when_it_is(self, postgres: Cluster) -> None:
        database = Database(postgres.create())
        postgres.stop()
        try:
            assert "connection" in away(database.open)
        finally:
            postgres.start()
        assert count(database) == 0
        database.close()

    def test_a_connection_that_comes_when_nobody_waits_for_it_any_more_is_closed(
        self, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database, connect = Database(postgres.create()), Limited.connect
        asked, go_on, made = threading.Event(), threading.Event(), list[Limited]()

        def slowly(*given: Any, **named: Any) -> Limited:
            asked.set()
            assert go_on.wait(30)
            made.append(connect(*given, **named))
            return made[0]

        monkeypatch.setattr(Limited, "connect", slowly)
        with ThreadPoolExecutor(1) as pool:
            opening = pool.submit(database.open)
            assert asked.wait(30)
            database.stop()
            assert away(opening.result) == HANGS
        go_on.set()
        until(lambda: made and made[0].closed)
        database.close()

    def test_a_connection_that_is_lost_in_the_middle_keeps_nothing_of_the_call(
        self, postgres: Cluster, database: Database
    ) -> None:
        database.open()

        def lose() -> None:
            with database.writing() as connection:
                connection.execute(text("UPDATE scorewright_counter SET cursor = 9"))
                pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
                postgres.run(f"SELECT pg_terminate_backend({pid}, 5000)")
                connection.execute(text("SELECT 1"))

        assert "terminating connection" in away(lose)
        assert Changes(database).last() == 0

    def test_a_connection_that_is_lost_at_the_commit_is_away(
        self, postgres: Cluster, database: Database
    ) -> None:
        database.open()

        def lose() -> None:
            with database.writing() as connection:
                pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
                postgres.run(f"SELECT pg_terminate_backend({pid}, 5000)")

        assert "terminating connection" in away(lose)
        assert count(database) == 0

    def test_a_connection_that_was_lost_between_calls_is_replaced(
        self, postgres: Cluster, database: Database
    ) -> None:
        database.open()
        postgres.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        assert count(database) == 0

    def test_a_server_that_only_reads_is_away_for_writers(self, postgres: Cluster) -> None:
        url = postgres.create()
        with Database(url) as writer:
            writer.open()
        database = Database(f"{url}%20-cdefault_transaction_read_only%3Don")
        assert "read-only" in away(lambda: Events(database).record(SENT))
        assert count(database) == 0
        database.close()

    def test_a_user_who_may_not_is_told_so(self, postgres: Cluster) -> None:
        url = postgres.create()
        postgres.run("CREATE ROLE nobody_special LOGIN")
        postgres.run(f"GRANT USAGE ON SCHEMA {schema(url)} TO nobody_special")
        database = Database(url.replace("postgres:a-secret@", "nobody_special:a-secret@"))
        assert "permission denied" in away(database.open)
        database.close()

    def test_a_database_that_does_not_exist_is_away(self, postgres: Cluster) -> None:
        database = Database(postgres.url("missing"))
        assert 'database "missing" does not exist' in away(database.open)

    def test_tables_that_vanish_are_away(self, postgres: Cluster) -> None:
        url = postgres.create()
        database = Database(url)
        database.open()
        postgres.run(f"DROP SCHEMA {schema(url)} CASCADE")
        assert "does not exist" in away(lambda: count(database))
        database.close()

    def test_a_database_that_cannot_keep_all_texts_is_refused(self, postgres: Cluster) -> None:
        provider = "LOCALE_PROVIDER libc" if postgres.has_icu() else ""
        postgres.run(f"CREATE DATABASE ascii TEMPLATE template0 ENCODING SQL_ASCII LOCALE 'C' {provider}")
        database = Database(postgres.url("ascii"))
        with pytest.raises(SchemaError) as caught:
            database.open()
        assert caught.value.why == "it keeps texts as SQL_ASCII; create one with the encoding UTF8"
        database.close()


class TestFile:
    """SQLite."""

    @pytest.fixture
    def database(self, file: Path) -> Iterator[Database]:
        made = Database(f"sqlite:///{file}")
        yield made
        made.close()

    def test_a_full_disk_keeps_nothing_of_the_call_and_is_used_again_when_it_has_room(
        self, database: Database
    ) -> None:
        events = Events(database)
        events.record(SENT[:10])
        with database.reading() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        assert away(lambda: events.record(SENT)) == "database or disk is full"
        assert count(database) == 10
        assert [seq for _, seq in Accounts(database).changed(1)] == [1]
        with database.reading() as connection:
            connection.execute(text("PRAGMA max_page_count = 100000"))
        events.record(SENT)
        assert count(database) == 200

    def test_a_folder_that_does_not_exist_is_away_until_it_does(self, tmp_path: Path) -> None:
        database = Database(f"sqlite:///{tmp_path}/missing/a.db")
        assert away(database.open) == "unable to open database file"
        (tmp_path / "missing").mkdir()
        assert count(database) == 0
        database.close()

    def test_another_file_is_not_a_database(self, file: Path, database: Database) -> None:
        file.write_bytes(b"not a database" * 100)
        assert away(database.open) == "file is not a database"
        file.unlink()
        assert count(database) == 0

    def test_a_file_that_cannot_be_written_is_away_until_it_can(self) -> None:
        # Not in a folder of pytest, for only their owner may look into those.
        folder = Path(tempfile.mkdtemp(prefix="scorewright-"))
        folder.chmod(0o755)
        url = f"sqlite:///{folder}/a.db"
        database = Database(url)
        database.open()
        database.close()
        with only_reading(folder, folder / "a.db"):
            assert away(lambda: Events(database).record(SENT)) == "attempt to write a readonly database"
        database.close()
        Events(database).record(SENT)
        assert count(database) == 200
        database.close()
        shutil.rmtree(folder)

    def test_a_deleted_file_is_away_and_never_replaced_by_an_empty_one(
        self, file: Path, database: Database
    ) -> None:
        Events(database).record(SENT)
        file.rename(file.with_name("elsewhere.db"))
        assert away(lambda: count(database)) == "its file was deleted"
        assert not file.exists()
        file.with_name("elsewhere.db").rename(file)
        assert count(database) == 200

    def test_a_file_that_was_put_back_from_a_copy_is_the_one_that_is_used(
        self, file: Path, database: Database
    ) -> None:
        Events(database).record(SENT[:10])
        copy = file.with_name("copy.db")
        with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        source.close()
        target.close()
        Events(database).record(SENT)
        copy.replace(file)
        for leftover in file.parent.glob("a.db-*"):
            leftover.unlink()
        assert count(database) == 10
        Events(database).record(SENT)
        assert count(database) == 200


@contextmanager
def only_reading(*paths: Path) -> Iterator[None]:
    """Take from this process the right to write these; root needs to be someone else for that."""
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)
