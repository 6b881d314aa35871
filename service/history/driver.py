"""How SQLAlchemy talks to each kind of database: what a connection is told, and what its errors mean."""

import sqlite3
import time
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.history.errors import DatabaseUrlError
from service.history.url import Address

WRITING: Final = "scorewright_writing"
"""The option of a connection whose transaction is going to write."""

# PostgreSQL's driver calls these a wrong statement, where the statement is right and the database is not: no
# permission, no table, no schema.
_NOT_OURS: Final = frozenset(("42501", "42P01", "3F000"))
# The first that tells which rows an INSERT made.
_OLDEST_SQLITE: Final = (3, 35)
_BUGS: Final = (IntegrityError, DataError)


class _Cursor(Protocol):
    def execute(self, statement: str, /) -> object: ...
    def close(self) -> None: ...


class _Raw(Protocol):
    """What the hooks need of a driver's connection."""

    isolation_level: object

    def cursor(self) -> _Cursor: ...
    def commit(self) -> None: ...


def engine_of(address: Address, connections: int, patience: float, *, read_only: bool = False) -> Engine:
    """Make the engine, which connects when it is used, and waits `patience` seconds for what others hold."""
    if address.file is not None:
        url = _read_only(address.file) if read_only else address.url
        return _sqlite(url, connections, patience, read_only=read_only)
    return _postgres(address, connections, patience, read_only=read_only)


def away(error: SQLAlchemyError) -> str | None:
    """Say in one line why the database cannot be used, or None for an error that is a bug of ours."""
    if isinstance(error, PoolTimeoutError):
        return "all its connections were in use for too long"
    if not isinstance(error, DBAPIError) or isinstance(error, _BUGS):
        return None
    if isinstance(error, ProgrammingError) and getattr(error.orig, "sqlstate", None) not in _NOT_OURS:
        return None
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else type(error.orig).__name__


def _sqlite(url: URL, connections: int, patience: float, *, read_only: bool) -> Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        why = f"this Python has SQLite {sqlite3.sqlite_version}, which is too old"
        raise DatabaseUrlError(why, "use PostgreSQL, or a Python with SQLite 3.35 or newer")
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience,
        connect_args={"timeout": patience},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def connected(raw: _Raw, _record: object) -> None:
        raw.isolation_level = None  # the driver begins nothing by itself, so that `begun` does
        if read_only:
            return
        cursor = raw.cursor()
        _write_ahead(cursor, patience)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _read_only(file: Path) -> URL:
    options = {"mode": "ro", "uri": "true"}
    return URL.create("sqlite+pysqlite", database=f"file:{quote(str(file))}", query=options)


def _write_ahead(cursor: _Cursor, patience: float) -> None:
    """Let readers read while someone writes; SQLite does not wait here by itself for others who start."""
    until = time.monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _postgres(address: Address, connections: int, patience: float, *, read_only: bool) -> Engine:
    # A host that vanished without a word is noticed, instead of being waited for.
    limits = {"connect_timeout": max(2, round(patience)), "tcp_user_timeout": round(2_000 * patience)}
    told = {name: limit for name, limit in limits.items() if name not in address.url.query}
    try:
        engine = create_engine(
            address.url,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=patience,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            execution_options={"postgresql_readonly": True} if read_only else {},
            connect_args={**address.secrets, **told, "client_encoding": "utf8"},
            hide_parameters=True,
        )
    except (ImportError, NoSuchModuleError):
        raise DatabaseUrlError(
            "the driver of PostgreSQL is not installed", "run `pip install 'scorewright[postgres]'`"
        ) from None

    @event.listens_for(engine, "connect")
    def connected(raw: _Raw, _record: object) -> None:
        cursor = raw.cursor()
        cursor.execute(f"SET lock_timeout = {round(1_000 * patience)}")
        cursor.close()
        raw.commit()

    return engine
