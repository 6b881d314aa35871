"""The ledger of actions: each opens once, repeats while it is due, and resolves when it no longer is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select, update
from sqlalchemy import insert as plain_insert

from scorers.fact import Moment
from service.history import content
from service.history.changes import Change, ChangeHow, append, take
from service.history.database import Database
from service.history.errors import OutdatedError
from service.history.rows import insert
from service.history.standing import Standing, standings
from service.history.tables import OPENINGS, SETTLED


@dataclass(frozen=True, slots=True)
class Due:
    """An action that an evaluation says is due; `shown` is what people and machines are told of it, in JSON.

    `key` is what receivers know it by, if it opens now.
    """

    action: str
    key: str
    causes: tuple[str, ...]
    shown: Mapping[str, object]


class Ledger:
    """Keep and show the actions of accounts; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settle(
        self, account: str, rulebook: str, moment: Moment, due: Sequence[Due], seq: int = 0
    ) -> list[Standing]:
        """Make the ledger say what is due at a moment, all of it or nothing.

        `seq` is what the account's was before its events were read, so that an evaluation that took long
        never undoes one that saw more. Gives each due action in its order, opened or repeated, and then
        those that this resolved. Raises OutdatedError where a later moment or newer events were settled
        already, ValueError for what no database can keep.
        """
        content.demand(account=account, rulebook=rulebook, moment=moment)
        _demand(due)
        with self._database.writing() as connection:
            _advance(connection, account, rulebook, moment, seq)
            known = standings(connection, _of(account, rulebook).where(_OPEN))
            before = {standing.action: standing for standing in known}
            wanted = {item.action for item in due}
            repeated = [_again(before[item.action], item, moment) for item in due if item.action in before]
            resolved = [
                replace(standing, resolved=moment) for standing in known if standing.action not in wanted
            ]
            fresh = [item for item in due if item.action not in before]
            _update(connection, [*repeated, *resolved])
            opened = _change(connection, [_new(account, rulebook, moment, item) for item in fresh], resolved)
        now = {standing.action: standing for standing in (*repeated, *opened)}
        return [*(now[item.action] for item in due), *resolved]

    def open_actions(self, account: str, rulebook: str | None = None) -> list[Standing]:
        """Give the open actions of an account, in the order in which they opened."""
        with self._database.reading() as connection:
            return standings(connection, _of(account, rulebook).where(_OPEN))

    def standing(self, account: str, rulebook: str) -> list[Standing]:
        """Give each action that ever opened, as it stands since it last did, the newest at the end."""
        newest = (
            select(func.max(OPENINGS.c.cursor))
            .where(OPENINGS.c.account == account, OPENINGS.c.rulebook == rulebook)
            .group_by(OPENINGS.c.action)
        )
        with self._database.reading() as connection:
            return standings(connection, _of(account, rulebook).where(OPENINGS.c.cursor.in_(newest)))


_OPEN: ColumnElement[bool] = OPENINGS.c.resolved.is_(None)


def _of(account: str, rulebook: str | None) -> Select[Any]:
    content.demand(account=account, **({} if rulebook is None else {"rulebook": rulebook}))
    wanted = select(OPENINGS).where(OPENINGS.c.account == account).order_by(OPENINGS.c.cursor)
    return wanted if rulebook is None else wanted.where(OPENINGS.c.rulebook == rulebook)


def _demand(due: Sequence[Due]) -> None:
    for item in due:
        content.demand(action=item.action, key=item.key)
        content.write(item.causes)
        content.write(item.shown)
    if len({item.action for item in due}) < len(due):
        raise ValueError("an action is due twice; give it once, with all its causes")


def _advance(connection: Connection, account: str, rulebook: str, moment: Moment, seq: int) -> None:
    """Move the account to the moment, and hold it there: who settles it next waits for this one to end."""
    moving = insert(connection, SETTLED).values(account=account, rulebook=rulebook, moment=moment, seq=seq)
    to = moving.excluded
    moved = connection.execute(
        moving.on_conflict_do_update(
            index_elements=[SETTLED.c.account, SETTLED.c.rulebook],
            set_={"moment": to.moment, "seq": to.seq},
            where=and_(SETTLED.c.moment <= to.moment, SETTLED.c.seq <= to.seq),
        ).returning(SETTLED.c.moment)
    ).first()
    if moved is None:
        named = (SETTLED.c.account == account, SETTLED.c.rulebook == rulebook)
        settled = connection.execute(select(SETTLED.c.moment).where(*named)).scalar_one()
        raise OutdatedError(account, rulebook, moment, settled)


def _new(account: str, rulebook: str, moment: Moment, item: Due) -> Standing:
    """Open an action; its cursor is known only when it is written."""
    told = (account, rulebook, item.action, item.key, moment, moment)
    return Standing(0, *told, None, 0, item.causes, item.shown)


def _again(standing: Standing, item: Due, moment: Moment) -> Standing:
    repeats = standing.repeats + 1
    return replace(standing, last=moment, repeats=repeats, causes=item.causes, shown=item.shown)


def _update(connection: Connection, changed: Sequence[Standing]) -> None:
    if changed:
        columns = ("last", "resolved", "repeats", "causes", "shown")
        rows = [{f"new_{name}": value for name, value in standing.row().items()} for standing in changed]
        updating = update(OPENINGS).where(OPENINGS.c.cursor == bindparam("new_cursor"))
        connection.execute(updating.values({name: bindparam(f"new_{name}") for name in columns}), rows)


def _change(
    connection: Connection, opened: Sequence[Standing], resolved: Sequence[Standing]
) -> list[Standing]:
    """Write what opened and resolved to the log, and give what opened with its cursors."""
    if not opened and not resolved:
        return []
    cursors = take(connection, len(opened) + len(resolved))
    numbered = [replace(standing, cursor=cursor) for standing, cursor in zip(opened, cursors, strict=False)]
    if numbered:
        connection.execute(plain_insert(OPENINGS), [standing.row() for standing in numbered])
    how = [ChangeHow.OPENED] * len(opened) + [ChangeHow.RESOLVED] * len(resolved)
    append(connection, [_told(*row) for row in zip(cursors, how, (*numbered, *resolved), strict=True)])
    return numbered


def _told(cursor: int, how: ChangeHow, standing: Standing) -> Change:
    at = standing.opened if standing.resolved is None else standing.resolved
    named = (standing.account, standing.rulebook, standing.action, standing.key)
    return Change(cursor, *named, how, at, standing.causes, standing.shown)
