"""What happened to accounts, each event once by the id that its sender gave it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from scorers.fact import Moment, moment_of
from service.history import content
from service.history.accounts import mark
from service.history.database import Database
from service.history.rows import insert_rows, table_of
from service.history.tables import EVENTS

EARLIEST: Final = moment_of(datetime.min.replace(tzinfo=UTC))
"""The first moment of the year 1."""

LATEST: Final = moment_of(datetime.max.replace(tzinfo=UTC))
"""The last moment of the year 9999."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an account at a moment; `fields` are what JSON can say, numbers exact."""

    account: str
    id: str
    kind: str
    at: Moment
    fields: Mapping[str, object]


class How(StrEnum):
    """What became of an event that was to be recorded."""

    RECORDED = "recorded"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one event.

    A duplicate was recorded before with the same kind, time and fields. A conflict was with others, which
    stand. What is refused can be kept by no database; `why` says what is wrong with it.
    """

    how: How
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

    def record(self, events: Sequence[Event]) -> list[Recorded]:
        """Record events, all in one transaction that is kept when this returns; answers in their order."""
        rows = [_row(event) for event in events]
        firsts: _Rows = {}
        for event, row in zip(events, rows, strict=True):
            if isinstance(row, _Content):
                firsts.setdefault(_Key(event.account, event.id), row)
        fresh, stored = self._store(firsts) if firsts else (set(), {})
        return [_told(event, row, fresh, stored) for event, row in zip(events, rows, strict=True)]

    def _store(self, rows: _Rows) -> tuple[set[_Key], _Rows]:
        """Give the keys that were not there before, and what is stored under all of them."""
        with self._database.writing() as connection:
            fresh = _insert(connection, rows)
            if fresh:
                mark(connection, {key.account for key in fresh})
            others = [key for key in rows if key not in fresh]
            return fresh, {**rows, **(_stored(connection, others) if others else {})}

    def of(self, account: str, wanted: Mapping[str, Moment | None], until: Moment) -> list[Event]:
        """Give the events of an account up to a moment, in order of time, then of id.

        Only the kinds that are wanted, each from its moment on, or all of it where that is None.
        """
        if not wanted:
            return []
        columns = EVENTS.c
        question = (
            select(columns.id, columns.kind, columns.at, columns.fields)
            .where(columns.account == account, columns.at <= until, or_(*_windows(wanted)))
            .order_by(columns.at, columns.id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(question).all()
        return [Event(account, id, kind, at, content.read_object(text)) for id, kind, at, text in rows]


def _windows(wanted: Mapping[str, Moment | None]) -> Iterable[ColumnElement[bool]]:
    """Give one condition for all kinds that begin at the same moment."""
    kinds: dict[Moment | None, list[str]] = {}
    for kind, earliest in wanted.items():
        kinds.setdefault(earliest, []).append(kind)
    for earliest, named in kinds.items():
        these = EVENTS.c.kind.in_(named)
        yield these if earliest is None else and_(these, EVENTS.c.at >= earliest)


def _row(event: Event) -> _Content | Recorded:
    for name in ("account", "id", "kind"):
        if why := content.fault(getattr(event, name)):
            return Recorded(How.REFUSED, f"{name} {why}")
    if not EARLIEST <= event.at <= LATEST:
        return Recorded(How.REFUSED, "at is not within the years 1 to 9999")
    try:
        return _Content(event.kind, event.at, content.write(event.fields))
    except ValueError as error:
        return Recorded(How.REFUSED, f"fields: {error}")


def _told(event: Event, row: _Content | Recorded, fresh: set[_Key], stored: _Rows) -> Recorded:
    if isinstance(row, Recorded):
        return row
    key = _Key(event.account, event.id)
    if key in fresh:
        fresh.remove(key)  # the first of them; another one in the same call is compared with it
        return Recorded(How.RECORDED)
    return Recorded(How.DUPLICATE if stored[key] == row else How.CONFLICT)


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
