"""A database that is only read: nothing is made, migrated or changed, whatever is or is not there."""

from pathlib import Path

import pytest
from sqlalchemy import inspect

from scorewright.storage.action_ledger import Ledger
from scorewright.storage.database import Database
from scorewright.storage.database_errors import DatabaseAwayError, SchemaError
from scorewright.storage.event_log import Events, StoredEvent
from scorewright.storage.reconciliation import Due
from tests.service.storage.conftest import Kind, Opener
from tests.service.storage.test_migrations import execute, make_version_1

EVENT = StoredEvent("a", "1", "call", 5, {})


@pytest.fixture
def reader(url: str, opener: Opener) -> Database:
    Events(opener()).record([EVENT])
    return Database(url, read_only=True)


def test_what_was_kept_is_read_while_a_server_writes(reader: Database, opener: Opener) -> None:
    with reader:
        assert Events(reader).of("a", {"call": None}, 9) == [EVENT]
        other = StoredEvent("a", "2", "call", 6, {})
        Events(opener()).record([other])
        assert Events(reader).of("a", {"call": None}, 9) == [EVENT, other]


def test_nothing_is_written(reader: Database) -> None:
    with reader:
        with pytest.raises(DatabaseAwayError, match=r"readonly|read-only"):
            Events(reader).record([EVENT])
        with pytest.raises(DatabaseAwayError, match=r"readonly|read-only"):
            Ledger(reader).settle("a", "r", 1, [Due("call", "key", (), {})])


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "not there.db"
    with Database(f"sqlite:///{file}", read_only=True) as reader:
        for _ in range(2):
            with pytest.raises(DatabaseAwayError, match="there is no such file"):
                reader.open()
        assert list(tmp_path.iterdir()) == []
        Events(Database(f"sqlite:///{file}")).record([EVENT])
        assert Events(reader).of("a", {"call": None}, 9) == [EVENT]


@pytest.mark.parametrize("name", ["a b.db", "a?mode=rwc.db", "a#b%20c.db", "ä.db"])
def test_any_name_of_a_file_is_that_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / name.replace("?", "%3F")
    url = f"sqlite:///{file}"
    Events(Database(url)).record([EVENT])
    with Database(url, read_only=True) as reader:
        assert Events(reader).of("a", {"call": None}, 9) == [EVENT]


def test_a_database_without_our_tables_is_left_alone(url: str) -> None:
    execute(url, "CREATE TABLE theirs (id INTEGER)")
    with Database(url, read_only=True) as reader:
        with pytest.raises(SchemaError, match="no server has kept anything in it yet"):
            reader.open()
        tables = inspect(reader._engine).get_table_names()
    assert tables == ["theirs"]


def test_an_older_version_is_refused_and_not_migrated(url: str, kind: Kind) -> None:
    make_version_1(url, kind)
    with Database(url, read_only=True) as reader:
        with pytest.raises(SchemaError, match=r"of version 1; a server started with it brings them to 3"):
            reader.open()
        assert "scorewright_accounts" not in inspect(reader._engine).get_table_names()


def test_a_newer_version_is_refused(reader: Database, url: str) -> None:
    execute(url, "UPDATE scorewright_schema SET version = 99")
    with reader, pytest.raises(SchemaError, match="of version 99, and this program knows none after 3"):
        reader.open()
