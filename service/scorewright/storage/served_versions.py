"""Which form of each rulebook settles the accounts of a database, where several are served at a time.

A rulebook is settled by one edition only: that of the higher version, and of two that call themselves the
same version that which was first seen later. A rulebook that names others in `formerly` settles in their
place, from when it was first seen on. Every edition that was ever served is a row, told apart by its digest;
it says whether another one settles instead, so that who settles needs to look at its own rows only. Those it
holds until its transaction ends, and who brings a new edition waits for that: nothing is settled by two
editions at a time.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, text, tuple_, update

from scorewright.program.fact import Moment
from scorewright.storage.database_clock import clock_of
from scorewright.storage.tables import EDITIONS

MOST: Final = 200
"""So many editions of a rulebook are remembered: whoever edits one again and again leaves no more."""

# Any number does, as long as nothing else in the database locks the same.
_LOCK = 5_307_204_812


@dataclass(frozen=True, slots=True)
class ServedVersion:
    """A form of a rulebook: its id, version and digest, and the ids that it had before."""

    rulebook: str
    version: str
    digest: str
    formerly: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Return what it is known by."""
        return self.rulebook, self.digest


class SettlingVersion(NamedTuple):
    """The edition that settles in the place of another."""

    rulebook: str
    version: str
    digest: str


GO_BACK: Final = "to go back to what was before, raise its version"


def why_not(other: SettlingVersion, rulebook: str) -> str:
    """Return in a line why another edition settles the accounts of a rulebook."""
    by = f"version {other.version} (sha256:{other.digest[:12]})"
    if other.rulebook != rulebook:
        by = f"`{other.rulebook}`, which it is called now, {by}"
    return f"on this database {by} settles its actions; {GO_BACK}"


class SettlementRights(NamedTuple):
    """What a transaction that settles found: who settles in the place of a rulebook, and who is succeeded.

    `succeeds` gives the former ids of a rulebook whose open actions are its own now.
    """

    instead: Mapping[str, SettlingVersion]
    succeeds: Mapping[str, tuple[str, ...]]


class UnknownVersionError(Exception):
    """An edition is to be registered first, in a transaction of its own, which begins with that."""


class _Row(NamedTuple):
    rulebook: str
    digest: str
    version: str
    formerly: tuple[str, ...]
    first_seen: Moment
    instead: str

    @property
    def rank(self) -> tuple[list[int], Moment]:
        return [int(part) for part in self.version.split(".")], self.first_seen


def register(connection: Connection, editions: Collection[ServedVersion]) -> Moment:
    """Record that a server starts to serve these, and give the moment of it, later than all before."""
    _lock(connection)
    now = _later(connection)
    for edition in editions:
        _put(connection, edition, now)
    _judge(connection)
    return now


def hold(connection: Connection, editions: Collection[ServedVersion]) -> SettlementRights:
    """Hold editions until the transaction ends, so that no other takes their place meanwhile.

    Raises UnknownEditionError where one was not registered, or was forgotten since.
    """
    mine = {edition.rulebook: edition for edition in editions}
    asked = {*mine, *(id for edition in editions for id in edition.formerly)}
    columns = (EDITIONS.c.rulebook, EDITIONS.c.digest, EDITIONS.c.instead)
    wanted = select(*columns).where(EDITIONS.c.rulebook.in_(sorted(asked))).order_by(*EDITIONS.primary_key)
    found = list(connection.execute(wanted.with_for_update(read=True, key_share=True)))
    known = {(rulebook, digest): instead for rulebook, digest, instead in found}
    if any(edition.key not in known for edition in editions):
        raise UnknownVersionError
    settled = {rulebook for rulebook, _, instead in found if not instead}
    return SettlementRights(
        {edition.rulebook: _other(known[edition.key]) for edition in editions if known[edition.key]},
        {
            edition.rulebook: former
            for edition in editions
            if not known[edition.key]
            and (former := tuple(id for id in edition.formerly if id not in settled))
        },
    )


def breathe(connection: Connection, editions: Collection[ServedVersion], until: Moment) -> bool:
    """Record that a server serves these until a moment at least; False where one is not known any more."""
    keys = [edition.key for edition in editions]
    if not keys:
        return True
    mine = tuple_(EDITIONS.c.rulebook, EDITIONS.c.digest).in_(keys)
    # In the order in which all take them: two that took them in two orders would wait for each other.
    wanted = select(EDITIONS.c.rulebook).where(mine).order_by(*EDITIONS.primary_key)
    found = connection.execute(wanted.with_for_update(key_share=True)).all()
    connection.execute(update(EDITIONS).where(mine).values(until=until))
    return len(found) == len(keys)


def standing_back(connection: Connection, editions: Collection[ServedVersion]) -> dict[str, SettlingVersion]:
    """Return who settles in the place of these, by their rulebooks."""
    ids = [edition.rulebook for edition in editions]
    wanted = select(EDITIONS.c.rulebook, EDITIONS.c.digest, EDITIONS.c.instead)
    rows = connection.execute(wanted.where(EDITIONS.c.rulebook.in_(ids), EDITIONS.c.instead != ""))
    found = {(rulebook, digest): _other(instead) for rulebook, digest, instead in rows}
    return {edition.rulebook: found[edition.key] for edition in editions if edition.key in found}


def gone(connection: Connection, served: Collection[str], started: Moment, now: Moment) -> list[str]:
    """Return the rulebooks that nobody serves any more, as far as a server that started then may tell.

    It serves none of them, none has been served for a while, and none was started after it: else it is the
    older one, and the rulebook may be new to it. What another known rulebook succeeds is not gone.
    """
    columns = EDITIONS.c
    rows = connection.execute(select(columns.rulebook, columns.started, columns.until, columns.instead))
    alive: dict[str, bool] = {}
    for rulebook, start, until, instead in rows:
        renamed = bool(instead) and _other(instead).rulebook != rulebook
        alive[rulebook] = alive.get(rulebook, False) or renamed or start >= started or until >= now
    return sorted(rulebook for rulebook, is_alive in alive.items() if not is_alive and rulebook not in served)


def forget(connection: Connection, rulebook: str) -> None:
    """Forget all editions of a rulebook; those that stood back for it are looked at anew."""
    _lock(connection)
    connection.execute(delete(EDITIONS).where(EDITIONS.c.rulebook == rulebook))
    _judge(connection)


def _lock(connection: Connection) -> None:
    """Let one at a time judge, and wait for those who settle; to be done before anything else is held."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(select(EDITIONS.c.rulebook).order_by(*EDITIONS.primary_key).with_for_update())


def _later(connection: Connection) -> Moment:
    """Return a moment later than any that was given before, whatever clocks say."""
    columns = EDITIONS.c
    rows = connection.execute(select(columns.first_seen, columns.started)).all()
    given: list[Moment] = [1 + value for row in rows for value in row]
    return max(clock_of(connection), *given, 0)


def _put(connection: Connection, edition: ServedVersion, now: Moment) -> None:
    columns = EDITIONS.c
    this = (columns.rulebook == edition.rulebook) & (columns.digest == edition.digest)
    if not connection.execute(update(EDITIONS).where(this).values(started=now)).rowcount:
        row = {
            "rulebook": edition.rulebook,
            "digest": edition.digest,
            "version": edition.version,
            "formerly": json.dumps(edition.formerly),
            "first_seen": now,
            "started": now,
            "until": now,
            "instead": "",
        }
        connection.execute(insert(EDITIONS), row)


def _judge(connection: Connection) -> None:
    """Record for every edition which one settles in its place, and forget what is long past."""
    columns = EDITIONS.c
    names = (columns.rulebook, columns.digest, columns.version, columns.formerly, columns.first_seen)
    read = connection.execute(select(*names, columns.instead).order_by(columns.first_seen))
    rows = [_Row(*row[:3], tuple(json.loads(row[3])), *row[4:]) for row in read]
    now = instead(rows)
    this = (columns.rulebook == bindparam("of")) & (columns.digest == bindparam("at"))
    changed = [
        {"of": row.rulebook, "at": row.digest, "by": other}
        for row, other in zip(rows, now, strict=True)
        if row.instead != other
    ]
    if changed:
        connection.execute(update(EDITIONS).where(this).values(instead=bindparam("by")), changed)
    kept = Counter(row.rulebook for row in rows)
    for row, other in zip(rows, now, strict=True):
        if other and kept[row.rulebook] > MOST:
            kept[row.rulebook] -= 1
            connection.execute(delete(EDITIONS).where(this), {"of": row.rulebook, "at": row.digest})


def instead(rows: Sequence[_Row]) -> list[str]:
    """Return of each edition which one settles in its place, as JSON, or "" where itself does."""
    best: dict[str, _Row] = {}
    named: dict[tuple[str, str], Moment] = {}  # since when a rulebook names another in `formerly`
    for row in rows:
        if row.rulebook not in best or row.rank > best[row.rulebook].rank:
            best[row.rulebook] = row
        for former in row.formerly:
            pair = row.rulebook, former
            named[pair] = min(row.first_seen, named.get(pair, row.first_seen))

    def of(row: _Row) -> str:
        first = best[row.rulebook]
        since = {
            named[each.rulebook, row.rulebook]: each
            for each in best.values()
            if row.rulebook in each.formerly
        }
        by = since[max(since)] if since and max(since) > first.first_seen else first
        return "" if by is row else json.dumps(SettlingVersion(by.rulebook, by.version, by.digest))

    return [of(row) for row in rows]


def _other(told: str) -> SettlingVersion:
    return SettlingVersion(*json.loads(told))
