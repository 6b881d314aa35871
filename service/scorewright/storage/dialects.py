"""How SQLAlchemy talks to each kind of database: what a connection is told, and what its errors mean."""

import math
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from scorewright.diagnostics import install_command
from scorewright.storage.database_errors import DatabaseUrlError
from scorewright.storage.database_url import Address
from scorewright.storage.wait_limits import HANGS, MOMENT, WaitLimit

WRITING: Final = "scorewright_writing"
"""The option of a connection whose transaction is going to write."""

# PostgreSQL's driver calls these a wrong statement, where the statement is right and the database is not: no
# permission, no table, no schema.
_NOT_OURS: Final = frozenset(("42501", "42P01", "3F000"))
# The first that tells which rows an INSERT made.
_OLDEST_SQLITE: Final = (3, 35)
_BUGS: Final = (IntegrityError, DataError)
_UNTIL: Final = "scorewright_until"
_POOL: Final = "scorewright_pool"
_STEPS: Final = 20_000  # of SQLite's machine, between two looks at the clock: some tenths of a millisecond


class _Cursor(Protocol):
    def execute(self, statement: str, /) -> object: ...
    def close(self) -> None: ...


class _Raw(Protocol):
    """What the hooks need of a driver's connection."""

    isolation_level: object

    def set_progress_handler(self, handler: Callable[[], bool], steps: int, /) -> None: ...
    def cursor(self) -> _Cursor: ...
    def commit(self) -> None: ...


def engine_of(address: Address, connections: int, patience: WaitLimit, *, read_only: bool = False) -> Engine:
    """Make the engine, which connects when it is used, and waits for what others hold, not for ever."""
    engine = _engine_of(address, connections, patience, read_only=read_only)

    @event.listens_for(engine, "connect")
    def connected(_raw: object, record: ConnectionPoolEntry) -> None:
        record.info[_POOL] = engine.pool

    @event.listens_for(engine, "checkin")
    def back(_raw: object, record: ConnectionPoolEntry) -> None:
        # Its pool was disposed of, or is not used again: nobody would ever close what it keeps.
        if patience.over or record.info.get(_POOL) is not engine.pool:
            record.invalidate()

    return engine


def _engine_of(address: Address, connections: int, patience: WaitLimit, *, read_only: bool) -> Engine:
    if address.file is not None:
        url = _read_only(address.file) if read_only else address.url
        return _sqlite(url, connections, patience, read_only=read_only)
    try:
        from scorewright.storage.postgres import make_engine

        return make_engine(address, connections, patience, read_only=read_only)
    except (ImportError, NoSuchModuleError):
        raise DatabaseUrlError(
            "the driver of PostgreSQL is not installed", f"run `{install_command('postgres')}`"
        ) from None


def lift_limits(connection: Connection) -> None:
    """Let the statements of a transaction take as long as they like, as when tables are made anew."""
    if connection.dialect.name == "postgresql":
        from scorewright.storage import postgres

        postgres.lift_limits(connection)
    else:
        connection.info[_UNTIL] = math.inf


def away(error: SQLAlchemyError) -> str | None:
    """Return in one line why the database cannot be used, or None for an error that is a bug of ours."""
    if isinstance(error, PoolTimeoutError):
        return "all its connections were in use for too long"
    if not isinstance(error, DBAPIError) or isinstance(error, _BUGS):
        return None
    if isinstance(error, ProgrammingError) and getattr(error.orig, "sqlstate", None) not in _NOT_OURS:
        return None
    if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return HANGS
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else type(error.orig).__name__


def _sqlite(url: URL, connections: int, patience: WaitLimit, *, read_only: bool) -> Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        why = f"this Python has SQLite {sqlite3.sqlite_version}, which is too old"
        raise DatabaseUrlError(why, "use PostgreSQL, or a Python with SQLite 3.35 or newer")
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience.seconds,
        connect_args={"timeout": patience.seconds},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def connected(raw: _Raw, record: ConnectionPoolEntry) -> None:
        raw.isolation_level = None  # the driver begins nothing by itself, so that `begun` does
        raw.set_progress_handler(lambda: patience.over or time.monotonic() > record.info[_UNTIL], _STEPS)
        record.info[_UNTIL] = math.inf
        if read_only:
            return
        cursor = raw.cursor()
        # SQLite does not wait here by itself for others who start.
        _insist(lambda: cursor.execute("PRAGMA journal_mode=WAL"), patience)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        _begin(connection, patience)

    @event.listens_for(engine, "before_cursor_execute")
    def asked(connection: Connection, *_: object) -> None:
        if connection.info[_UNTIL] != math.inf:
            connection.info[_UNTIL] = time.monotonic() + patience.statement

    return engine


def _read_only(file: Path) -> URL:
    options = {"mode": "ro", "uri": "true"}
    return URL.create("sqlite+pysqlite", database=f"file:{quote(str(file))}", query=options)


def _begin(connection: Connection, patience: WaitLimit) -> None:
    connection.info[_UNTIL] = time.monotonic() + patience.statement
    if not connection.get_execution_options().get(WRITING):
        connection.exec_driver_sql("BEGIN")
        return
    # In steps, so that whoever waits for what others write can give up between them.
    connection.exec_driver_sql(f"PRAGMA busy_timeout={round(1_000 * MOMENT)}")
    try:
        _insist(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"), patience)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={round(1_000 * patience.seconds)}")


def _insist(attempt: Callable[[], object], patience: WaitLimit) -> None:
    """Try until others let go of the database, for as long as there is patience."""
    until = time.monotonic() + patience.seconds
    while True:
        try:
            attempt()
            return
        except (sqlite3.OperationalError, OperationalError) as error:
            found = error.orig if isinstance(error, OperationalError) else error
            is_busy = getattr(found, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            if not is_busy or patience.over or time.monotonic() > until:
                raise
            time.sleep(0.01)
