"""What happened to accounts, each event once by the id that its sender gave it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Connection,
    Select,
    and_,
    bindparam,
    select,
    union_all,
)

from scorewright.program.fact import Moment
from scorewright.results import InputCode, InputError
from scorewright.storage import canonical_json as content
from scorewright.storage.account_index import mark
from scorewright.storage.bulk_sql import insert_rows, table_of
from scorewright.storage.database import Database
from scorewright.storage.tables import EVENTS

# Parts of one question; SQLite takes 500.
_WINDOWS: Final = 100
_ALL: Final = 2**62


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """Something that happened to an account at a moment; `fields` are what JSON can say, numbers exact."""

    account: str
    id: str
    kind: str
    at: Moment
    fields: Mapping[str, object]


def field_of(error: InputError) -> str:
    """Return where in an event something is wrong."""
    return "kind" if error.code is InputCode.UNKNOWN_KIND else f"fields.{error.input}"


class RecordingStatus(StrEnum):
    """What became of an event that was to be recorded."""

    RECORDED = "recorded"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """What became of one event.

    A duplicate was recorded before with the same kind, time and fields. A conflict was with others, which
    stand. What is refused can be kept by no database; `why` says what is wrong with it.
    """

    how: RecordingStatus
    why: str = ""


class _Key(NamedTuple):
    account: str
    id: str


class _Content(NamedTuple):
    kind: str
    at: Moment
    fields: str


_Rows = dict[_Key, _Content]


class Events:
    """Record events and read them again; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, events: Sequence[StoredEvent]) -> list[RecordedEvent]:
        """Record events, all in one transaction that is kept when this returns; answers in their order."""
        rows = [_row(event) for event in events]
        firsts: _Rows = {}
        for event, row in zip(events, rows, strict=True):
            if isinstance(row, _Content):
                firsts.setdefault(_Key(event.account, event.id), row)
        fresh, stored = self._store(firsts) if firsts else (set(), {})
        return [_told(event, row, fresh, stored) for event, row in zip(events, rows, strict=True)]

    def _store(self, rows: _Rows) -> tuple[set[_Key], _Rows]:
        """Return the keys that were not there before, and what is stored under all of them."""
        with self._database.writing() as connection:
            fresh = _insert(connection, rows)
            if fresh:
                mark(connection, {key.account for key in fresh})
            others = [key for key in rows if key not in fresh]
            return fresh, {**rows, **(_stored(connection, others) if others else {})}

    def of(
        self, account: str, wanted: Mapping[str, Moment | None], until: Moment, limit: int | None = None
    ) -> list[StoredEvent]:
        """Return the events of an account up to a moment, in order of time, then of id.

        Only the kinds that are wanted, each from its moment on, or all of it where that is None. Where there
        are more than `limit`, at least so many of them, whichever. Raises ValueError for an account or a
        moment that none can have.
        """
        content.demand(account=account, until=until)
        kinds: dict[Moment | None, list[str]] = {}
        for kind, earliest in wanted.items():
            kinds.setdefault(earliest, []).append(kind)
        windows = list(kinds.items())
        with self._database.reading() as connection:
            found = [
                event
                for start in range(0, len(windows), _WINDOWS)
                for event in _read(connection, account, windows[start : start + _WINDOWS], until, limit)
            ]
        return sorted(found, key=lambda event: (event.at, event.id))


def _read(
    connection: Connection,
    account: str,
    windows: Sequence[tuple[Moment | None, Sequence[str]]],
    until: Moment,
    limit: int | None,
) -> Iterator[StoredEvent]:
    asked = _question(tuple((tuple(kinds), earliest is None) for earliest, kinds in windows))
    begins = {f"from_{number}": earliest for number, (earliest, _) in enumerate(windows)}
    told = {"of": account, "until": until, "most": _ALL if limit is None else limit, **begins}
    rows: Iterable[Any] = connection.execute(asked, told)
    for id, kind, at, text in rows:
        yield StoredEvent(account, id, kind, at, content.read_object(text))


@lru_cache(1_000)
def _question(windows: tuple[tuple[tuple[str, ...], bool], ...]) -> CompoundSelect[Any]:
    """Ask for the events of windows; to put that together takes as long as to run it."""
    each = (_window(number, kinds, whole) for number, (kinds, whole) in enumerate(windows))
    return union_all(*each).limit(bindparam("most", type_=BigInteger))


def _window(number: int, kinds: Sequence[str], whole: bool) -> Select[Any]:
    """Ask for the events of kinds that begin together; by its index, which one OR of all would not use."""
    columns = EVENTS.c
    wanted = select(columns.id, columns.kind, columns.at, columns.fields).where(
        columns.account == bindparam("of"), columns.kind.in_(kinds), columns.at <= bindparam("until")
    )
    return wanted if whole else wanted.where(columns.at >= bindparam(f"from_{number}"))


def _row(event: StoredEvent) -> _Content | RecordedEvent:
    for name in ("account", "id", "kind"):
        if why := content.fault(getattr(event, name)):
            return RecordedEvent(RecordingStatus.REFUSED, f"{name} {why}")
    if why := content.fault_of(event.at):
        return RecordedEvent(RecordingStatus.REFUSED, f"at {why}")
    try:
        return _Content(event.kind, event.at, content.write(event.fields))
    except ValueError as error:
        return RecordedEvent(RecordingStatus.REFUSED, f"fields: {error}")


def _told(
    event: StoredEvent, row: _Content | RecordedEvent, fresh: set[_Key], stored: _Rows
) -> RecordedEvent:
    if isinstance(row, RecordedEvent):
        return row
    key = _Key(event.account, event.id)
    if key in fresh:
        fresh.remove(key)  # the first of them; another one in the same call is compared with it
        return RecordedEvent(RecordingStatus.RECORDED)
    return RecordedEvent(RecordingStatus.DUPLICATE if stored[key] == row else RecordingStatus.CONFLICT)


def _insert(connection: Connection, rows: _Rows) -> set[_Key]:
    # In order, as everyone does, so that two that record the same events never wait for each other.
    inserting = insert_rows(connection, EVENTS, [(*key, *rows[key]) for key in sorted(rows)])
    told = inserting.on_conflict_do_nothing().returning(EVENTS.c.account, EVENTS.c.id)
    return {_Key(*row) for row in connection.execute(told)}


def _stored(connection: Connection, keys: Sequence[_Key]) -> _Rows:
    asked = table_of(connection, EVENTS, _Key._fields, keys)
    same = and_(EVENTS.c.account == asked.c.account, EVENTS.c.id == asked.c.id)
    rows = connection.execute(select(EVENTS).join_from(asked, EVENTS, same))
    return {_Key(account, id): _Content(*rest) for account, id, *rest in rows}
