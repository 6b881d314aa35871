"""The one way to the database: opened by the first call, and again by the next one after a failure."""

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from scorewright.storage.database_errors import DatabaseAwayError, DatabaseUrlError
from scorewright.storage.database_url import read_url
from scorewright.storage.dialects import WRITING, away, engine_of, lift_limits
from scorewright.storage.fair_lock import FairLock
from scorewright.storage.migrations import demand_newest, migrate
from scorewright.storage.wait_limits import HANGS, WaitLimit

CONNECTIONS: Final = 8
"""Calls that use the database at the same time; others wait for their turn."""

PATIENCE: Final = 5.0
"""The seconds that a call waits for its turn, and for what others hold."""

_OWN: Final = 0o600
_OTHERS: Final = 0o077


class Database:
    """A database, safe to share between threads; `read_only` never makes, migrates or changes anything.

    Raises DatabaseUrlError at once where the URL cannot be one. Every call may raise DatabaseAwayError or
    SchemaError, and has then left nothing half-done.
    """

    def __init__(
        self,
        url: str,
        connections: int = CONNECTIONS,
        patience: float = PATIENCE,
        *,
        read_only: bool = False,
    ) -> None:
        self._address = read_url(url)
        if self._address.file is not None and _is_odd(self._address.file):
            raise DatabaseUrlError("a database in a file needs a plain file, and this is none")
        self._patience = WaitLimit(patience)
        self._read_only = read_only
        self._engine = engine_of(self._address, connections, self._patience, read_only=read_only)
        self._opening = FairLock()
        self._opened: object = None
        # One at a time may write to a file. Who waits here is woken; SQLite would ask again and again.
        self._turns = None if self._address.file is None else FairLock()
        # Once it hung, one call at a time finds out whether it still does; the others need not wait with it.
        self._hangs = False
        self._trying = threading.Semaphore()

    @property
    def shown(self) -> str:
        """Return the URL without user, password and options."""
        return self._address.shown

    @property
    def exposed(self) -> list[Path]:
        """Return the files of a database that others than their owner may read or write."""
        file = self._address.file
        files = [] if file is None else [file, *(Path(f"{file}{end}") for end in ("-wal", "-shm"))]
        return [each for each in files if each.exists() and each.stat().st_mode & _OTHERS]

    def open(self) -> None:
        """Make the tables, or bring them up to date; the first call that needs them does it as well."""
        with self._away():
            self._open()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a transaction that sees the database as it is at one moment (on SQLite) or by statement."""
        with self._away():
            self._open()
            with self._engine.connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a transaction that is kept when the block ends, and undone when it raises."""
        with self._away():
            self._open()
            with self._write() as connection:
                yield connection

    def stop(self) -> None:
        """Let whoever waits give up, so that a process can end whatever the database does."""
        self._patience.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, those that are in use as they come back; the next call would open others."""
        self._engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._in_turn(self._turns), self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITING: True})
            with connection.begin():
                yield connection

    @contextmanager
    def _in_turn(self, turns: FairLock | None) -> Iterator[None]:
        if turns is not None and not turns.take(self._patience):
            raise DatabaseAwayError(self.shown, "other calls held it for too long")
        try:
            yield
        finally:
            if turns is not None:
                turns.give()

    @contextmanager
    def _away(self) -> Iterator[None]:
        hung = self._hangs
        if hung and not self._trying.acquire(blocking=False):
            raise DatabaseAwayError(self.shown, HANGS)
        try:
            yield
            self._hangs = False
        except SQLAlchemyError as error:
            why = away(error)
            if why is None:
                raise
            self._hangs = why == HANGS
            raise DatabaseAwayError(self.shown, why) from error
        finally:
            if hung:
                self._trying.release()

    def _open(self) -> None:
        if self._opened is not None and self._opened == self._identity():
            return
        with self._in_turn(self._opening):
            identity = self._identity()
            if self._opened is not None and self._opened == identity:
                return
            if self._opened is not None and identity is None:
                raise DatabaseAwayError(self.shown, "its file was deleted")
            self._engine.dispose()
            if self._read_only:
                self._look_at(identity)
            else:
                if identity is None and self._address.file is not None:
                    _make(self._address.file)
                with self._write() as connection:
                    lift_limits(connection)
                    migrate(connection, self.shown)
            self._opened = self._identity()

    def _look_at(self, identity: object) -> None:
        if identity is None:
            raise DatabaseAwayError(self.shown, "there is no such file")
        with self._engine.connect() as connection, connection.begin():
            demand_newest(connection, self.shown)

    def _identity(self) -> object:
        """Return which file is meant now, so that one that was put back from a copy is noticed."""
        if self._address.file is None:
            return True
        try:
            found = self._address.file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _is_odd(file: Path) -> bool:
    """Return whether a path leads to what is there and no plain file: a pipe, a device, a folder."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _make(file: Path) -> None:
    """Make a file for its owner alone; what SQLite puts beside it becomes like it."""
    with suppress(OSError):  # SQLite says why
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, _OWN))
