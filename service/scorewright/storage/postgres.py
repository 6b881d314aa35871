"""PostgreSQL by psycopg, with a limit of our own on whatever is waited for.

A server that hangs (its machine is paused, its disk is stuck) keeps no time limit of its own, and its system
goes on acknowledging what is sent; so whoever waits looks at the clock. What took too long loses its
connection.
"""

import threading
import time
from collections.abc import Generator
from concurrent.futures import Future, wait
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text

from scorewright.storage.database_url import Address
from scorewright.storage.wait_limits import HANGS, MOMENT, WaitLimit

_NOTHING: Final = 0  # what psycopg tells a wait where nothing came
_GRACE: Final = 1.0


class Limited(psycopg.Connection[Any]):
    """A connection whose every wait ends, by the server's own limit or a little later by ours."""

    patience: WaitLimit | None = None
    limited = True

    def wait(self, gen: Generator[Any, Any, Any], *how: Any, **told: Any) -> Any:
        """Wait for what is going on with the server."""
        return super().wait(self._until(gen), *how, **told)

    def _until(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        patience, begun = self.patience, time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready == _NOTHING and patience is not None:
                    late = self.limited and time.monotonic() - begun > patience.statement + _GRACE
                    if late or patience.over:
                        self.pgconn.finish()
                        raise psycopg.OperationalError(HANGS)
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value


def make_engine(address: Address, connections: int, patience: WaitLimit, *, read_only: bool) -> Engine:
    """Make the engine, which connects when it is used."""
    # A host that vanished without a word is noticed, instead of being waited for.
    limits = {"connect_timeout": max(2, round(patience.seconds)), "tcp_user_timeout": _millis(patience)}
    told = {name: limit for name, limit in limits.items() if name not in address.url.query}
    engine = create_engine(
        address.url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience.seconds,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        execution_options={"postgresql_readonly": True} if read_only else {},
        connect_args={**address.secrets, **told, "client_encoding": "utf8"},
        hide_parameters=True,
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, given: Any, named: Any) -> Limited:
        return _connect(given, named, patience)

    @event.listens_for(engine, "connect")
    def connected(raw: Any, _record: object) -> None:
        with raw.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(1_000 * patience.seconds)}")
            cursor.execute(f"SET statement_timeout = {_millis(patience)}")
        raw.commit()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        _raw(connection).limited = True

    return engine


def lift_limits(connection: Connection) -> None:
    """Let the statements of a transaction take as long as they like; the process may still end meanwhile."""
    _raw(connection).limited = False
    connection.execute(text("SET LOCAL statement_timeout = 0"))


def _raw(connection: Connection) -> Limited:
    raw = connection.connection.driver_connection
    assert isinstance(raw, Limited)  # INVARIANT: `do_connect` makes no other
    return raw


def _millis(patience: WaitLimit) -> int:
    return round(1_000 * patience.statement)


def _demand_patience(patience: WaitLimit) -> None:
    if patience.over:
        raise psycopg.OperationalError(HANGS)


def _connect(given: Any, named: Any, patience: WaitLimit) -> Limited:
    """Connect in a thread that nobody has to wait for; psycopg limits how long it lives."""
    _demand_patience(patience)
    found: Future[Limited] = Future()

    def run() -> None:
        try:
            raw = Limited.connect(*given, **named)
        except BaseException as error:
            late = isinstance(error, psycopg.errors.ConnectionTimeout)
            if found.set_running_or_notify_cancel():
                found.set_exception(psycopg.OperationalError(HANGS) if late else error)
        else:
            raw.patience = patience
            if found.set_running_or_notify_cancel():
                found.set_result(raw)
            else:
                raw.close()  # nobody waits for it any more

    threading.Thread(target=run, name="connect", daemon=True).start()
    while not wait([found], MOMENT).done:
        if patience.over and found.cancel():
            raise psycopg.OperationalError(HANGS)
    return found.result()
