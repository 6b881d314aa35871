"""The schema: made where there is none, brought up to date with all that is in it, refused where newer."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Inspector, create_engine, inspect, select, text

from scorewright.storage import migrations as migrating
from scorewright.storage.account_index import Accounts, AccountVersion
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.change_log import Changes
from scorewright.storage.database import Database
from scorewright.storage.database_errors import SchemaError
from scorewright.storage.database_url import read_url
from scorewright.storage.event_log import Events, StoredEvent
from scorewright.storage.reconciliation import Due
from scorewright.storage.served_versions import gone
from scorewright.storage.tables import EDITIONS, VERSION
from tests.service.storage import version_1, version_2
from tests.service.storage.conftest import Kind, Opener


def execute(url: str, *statements: str) -> None:
    """Execute statements behind the back of the program."""
    engine = create_engine(read_url(url).url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def make(url: str, kind: Kind, statements: Sequence[str]) -> None:
    """Make an older schema."""
    collated = 'COLLATE "C"' if kind == "postgresql" else ""
    execute(url, *(statement.replace("{collated}", collated) for statement in statements))


def make_version_1(url: str, kind: Kind) -> None:
    make(url, kind, version_1.STATEMENTS)


def version(database: Database) -> list[int]:
    with database.reading() as connection:
        return list(connection.scalars(text("SELECT version FROM scorewright_schema")))


def shape(inspector: Inspector) -> dict[str, object]:
    """Give all that a database knows of its tables."""
    return {
        table: (
            [
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspector.get_columns(table)
            ],
            inspector.get_pk_constraint(table)["constrained_columns"],
            sorted(
                (str(index["name"]), index["column_names"], bool(index["unique"]), condition(index))
                for index in inspector.get_indexes(table)
            ),
        )
        for table in inspector.get_table_names()
    }


def condition(index: object) -> str:
    """Give which rows an index is of, in what words it may be said."""
    assert isinstance(index, dict)
    options = {key.partition("_")[2]: value for key, value in index.get("dialect_options", {}).items()}
    return str(options.get("where", "")).replace("scorewright_accounts.", "").strip("()")


def test_an_empty_database_is_made_at_the_newest_version(database: Database) -> None:
    database.open()
    assert version(database) == [VERSION]
    database.open()
    assert version(database) == [VERSION]


def test_an_older_version_is_migrated_with_all_that_is_in_it(url: str, kind: Kind, opener: Opener) -> None:
    make_version_1(url, kind)
    database = opener()
    assert Events(database).of("b", {"call": None}, 9) == [
        StoredEvent("b", "1", "call", 5, {"calls": 2}),
        StoredEvent("b", "2", "call", 6, {}),
    ]
    assert version(database) == [VERSION]
    # No evaluation is known to have seen them, so that each is to be evaluated.
    assert Accounts(database).changed(9) == [AccountVersion("A", 1), AccountVersion("b", 1)]
    [standing] = Ledger(database).settle("b", "bant_20", 7, [Due("ring", "other", ("band:low",), {})])
    assert (standing.how, standing.key, standing.opened) == ("repeated", "k", 6)
    Ledger(database).settle("b", "bant_20", 8, [])
    assert [(change.cursor, change.how) for change in Changes(database).after(0, 9, ["b"])] == [
        (1, "opened"),
        (2, "resolved"),
    ]


def test_version_2_is_migrated_with_the_rulebooks_that_left_something_open(
    url: str, kind: Kind, opener: Opener
) -> None:
    make(url, kind, version_2.STATEMENTS)
    database = opener()
    assert version(database) == [VERSION]
    with database.reading() as connection:
        # Nobody is known to serve it: who starts without it resolves what it left open.
        assert [row.rulebook for row in connection.execute(select(EDITIONS))] == ["bant_20"]
        assert gone(connection, (), 1, 1) == ["bant_20"]
    assert Accounts(database).changed(9) == []
    [standing] = Ledger(database).settle("b", "bant_20", 7, [Due("ring", "other", (), {})], seq=2)
    assert (standing.how, standing.key) == ("repeated", "k")


@pytest.mark.parametrize("statements", [version_1.STATEMENTS, version_2.STATEMENTS], ids=["1", "2"])
def test_a_migrated_database_is_like_one_that_was_made_new(
    url: str, kind: Kind, opener: Opener, statements: Sequence[str]
) -> None:
    new = opener()
    with new.reading() as connection:
        made = shape(inspect(connection))
    new.close()
    execute(url, *(f"DROP TABLE {table}" for table in made))
    make(url, kind, statements)
    with opener().reading() as connection:
        assert shape(inspect(connection)) == made


def test_a_step_that_fails_leaves_the_older_version_whole(
    url: str, kind: Kind, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_version_1(url, kind)
    *steps, last = migrating.STEPS

    def fail(connection: Connection) -> None:
        last(connection)
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(migrating, "STEPS", (*steps, fail))
        with pytest.raises(InterruptedError):
            opener().open()
    database = opener()
    assert len(Events(database).of("b", {"call": None}, 9)) == 2
    assert version(database) == [VERSION]


def test_a_newer_version_is_refused_in_plain_words_and_left_alone(url: str, opener: Opener) -> None:
    opener().open()
    execute(url, "UPDATE scorewright_schema SET version = version + 1")
    database = opener()
    for call in (database.open, lambda: Events(database).of("a", {"call": None}, 1)):
        with pytest.raises(SchemaError) as caught:
            call()
    assert caught.value.why == (
        f"its tables are of version {VERSION + 1}, and this program knows none after {VERSION}; update it"
    )
    assert "a-secret" not in str(caught.value)
    execute(url, "UPDATE scorewright_schema SET version = version - 1")
    assert version(database) == [VERSION]


@pytest.mark.parametrize("older", [False, True], ids=["new", "older"])
def test_servers_that_start_at_the_same_time_do_not_collide(
    url: str, kind: Kind, opener: Opener, older: bool
) -> None:
    if older:
        make_version_1(url, kind)
    databases = [opener() for _ in range(6)]
    ready = threading.Barrier(len(databases))

    def start(database: Database) -> None:
        ready.wait()
        database.open()

    with ThreadPoolExecutor(len(databases)) as pool:
        list(pool.map(start, databases))
    assert version(databases[0]) == [VERSION]
    accounts = [account for account, _ in Accounts(databases[1]).after("", 9)]
    assert accounts == (["A", "b"] if older else [])
    assert Changes(databases[2]).last() == (1 if older else 0)
