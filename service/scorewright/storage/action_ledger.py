"""The ledger of actions: each opens once, repeats while it is due, and resolves when it no longer is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, bindparam, func, select, update
from sqlalchemy import insert as plain_insert

from scorewright.program.fact import Moment
from scorewright.storage import canonical_json as content
from scorewright.storage.account_index import AccountVersion, mark_evaluated
from scorewright.storage.action_state import ActionState, standings
from scorewright.storage.bulk_sql import insert_rows, table_of
from scorewright.storage.change_log import ActionChange, ActionChangeKind, append, take
from scorewright.storage.database import Database
from scorewright.storage.database_errors import BehindError, OutdatedError, SupersededError
from scorewright.storage.reconciliation import Due, LedgerEntry, LedgerSheet, Settlement
from scorewright.storage.served_versions import ServedVersion, UnknownVersionError, hold, register
from scorewright.storage.succession import carry, set_back
from scorewright.storage.tables import OPENINGS, SETTLED


class Ledger:
    """Keep and show the actions of accounts; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settle(
        self, account: str, rulebook: str, moment: Moment, due: Sequence[Due], seq: int = 0
    ) -> list[ActionState]:
        """Make the ledger say what is due at a moment, whichever edition of the rulebook says so."""
        return self.settle_one(Settlement(account, rulebook, moment, tuple(due), seq))

    def settle_one(self, settlement: Settlement) -> list[ActionState]:
        """Make the ledger say what is due at a moment, all of it or nothing.

        Gives each due action in its order, opened or repeated, and then those that this resolved. Raises
        OutdatedError where a later moment or newer events were settled already, SupersededError where another
        edition of the rulebook settles, ValueError for what no database can keep.
        """
        (found,) = self.settle_all([settlement])
        if isinstance(found, BehindError):
            raise found
        return found

    def settle_all(
        self, settlements: Sequence[Settlement], evaluated: Collection[AccountVersion] = ()
    ) -> list[list[ActionState] | BehindError]:
        """Settle many in one transaction, and give what became of each as if it were alone.

        One that is behind changes nothing and holds up no other. With the others, these accounts count as
        evaluated, unless something of them is behind.
        """
        whole = {settlement.sheet: settlement for settlement in settlements}
        if len(whole) < len(settlements):
            raise ValueError("an account is settled twice by one rulebook; settle it once")
        editions = {each.edition for each in settlements if each.edition is not None}
        try:
            self._carry(editions, whole)
            return self._settle(editions, whole, evaluated)
        except UnknownVersionError:
            with self._database.writing() as connection:
                register(connection, editions)
            self._carry(editions, whole)
            return self._settle(editions, whole, evaluated)

    def _settle(
        self,
        editions: Collection[ServedVersion],
        whole: Mapping[LedgerSheet, Settlement],
        evaluated: Collection[AccountVersion],
    ) -> list[list[ActionState] | BehindError]:
        # Everyone takes rows in one order, so that no two ever wait for each other: editions, settled,
        # accounts, and at last the cursors, for which all others wait.
        with self._database.writing() as connection:
            behind = _superseded(connection, editions, whole)
            behind |= _advance(connection, {sheet: whole[sheet] for sheet in whole if sheet not in behind})
            late = {sheet.account for sheet in behind}
            mark_evaluated(connection, [each for each in evaluated if each.account not in late])
            entries = _write(connection, _entries(connection, whole, behind))
        return [
            entries[sheet].standings(settlement) if sheet in entries else behind[sheet]
            for sheet, settlement in whole.items()
        ]

    def _carry(self, editions: Collection[ServedVersion], whole: Mapping[LedgerSheet, Settlement]) -> None:
        """Make what former rulebooks left open for these accounts the own of those that are settled."""
        for edition in editions:
            own = [each for sheet, each in whole.items() if sheet.rulebook == edition.rulebook]
            if not edition.formerly or not own:
                continue
            with self._database.writing() as connection:
                former = hold(connection, [edition]).succeeds.get(edition.rulebook, ())
                accounts = sorted(each.account for each in own)
                if former:
                    carry(connection, edition.rulebook, former, accounts, max(each.moment for each in own))

    def ahead(self, moment: Moment) -> tuple[int, Moment]:
        """Return how many sheets were settled after a moment, and when the last was."""
        wanted = select(func.count(), func.max(SETTLED.c.moment)).where(SETTLED.c.moment > moment)
        with self._database.reading() as connection:
            count, latest = connection.execute(wanted).one()
        return count, latest or moment

    def set_back(self, moment: Moment, limit: int) -> int:
        """Let sheets that were settled after a moment count as settled then, at most so many; count them.

        So does what is open of them. That is for a moment that is now: what was recorded later is of a clock
        that was wrong.
        """
        with self._database.writing() as connection:
            return set_back(connection, moment, limit)

    def open_actions(self, account: str, rulebook: str | None = None) -> list[ActionState]:
        """Return the open actions of an account, in the order in which they opened."""
        with self._database.reading() as connection:
            return standings(connection, _of(account, rulebook).where(_OPEN))

    def standing(self, account: str, rulebook: str) -> list[ActionState]:
        """Return each action that ever opened, as it stands since it last did, the newest at the end."""
        content.demand(account=account, rulebook=rulebook)
        with self._database.reading() as connection:
            return standings(connection, _NEWEST, {"of": account, "by": rulebook})


_OPEN: ColumnElement[bool] = OPENINGS.c.resolved.is_(None)

# Put together once: to do that takes longer than to run it.
_SHEET = and_(OPENINGS.c.account == bindparam("of"), OPENINGS.c.rulebook == bindparam("by"))
_LAST = select(func.max(OPENINGS.c.cursor)).where(_SHEET).group_by(OPENINGS.c.action)
_NEWEST = select(OPENINGS).where(_SHEET, OPENINGS.c.cursor.in_(_LAST)).order_by(OPENINGS.c.cursor)


def _of(account: str, rulebook: str | None) -> Select[Any]:
    content.demand(account=account, **({} if rulebook is None else {"rulebook": rulebook}))
    wanted = select(OPENINGS).where(OPENINGS.c.account == account).order_by(OPENINGS.c.cursor)
    return wanted if rulebook is None else wanted.where(OPENINGS.c.rulebook == rulebook)


def _superseded(
    connection: Connection, editions: Collection[ServedVersion], whole: Mapping[LedgerSheet, Settlement]
) -> dict[LedgerSheet, BehindError]:
    """Hold the editions that settle, and give what another one settles."""
    if not editions:
        return {}
    instead = hold(connection, editions).instead
    return {
        sheet: SupersededError(sheet.rulebook, *instead[sheet.rulebook])
        for sheet, settlement in whole.items()
        if settlement.edition is not None and sheet.rulebook in instead
    }


def _advance(
    connection: Connection, whole: Mapping[LedgerSheet, Settlement]
) -> dict[LedgerSheet, BehindError]:
    """Move what is settled to its moment, and hold it there: who settles it next waits for this to end.

    Gives what did not move.
    """
    if not whole:
        return {}
    rows = [(*sheet, whole[sheet].moment, whole[sheet].seq) for sheet in sorted(whole)]
    moving = insert_rows(connection, SETTLED, rows)
    to = moving.excluded
    told = connection.execute(
        moving.on_conflict_do_update(
            index_elements=[SETTLED.c.account, SETTLED.c.rulebook],
            set_={"moment": to.moment, "seq": to.seq},
            where=and_(SETTLED.c.moment <= to.moment, SETTLED.c.seq <= to.seq),
        ).returning(SETTLED.c.account, SETTLED.c.rulebook)
    )
    moved = {LedgerSheet(*row) for row in told}
    behind = [sheet for sheet in whole if sheet not in moved]
    if not behind:
        return {}
    asked = table_of(connection, SETTLED, LedgerSheet._fields, behind)
    columns = (SETTLED.c.account, SETTLED.c.rulebook, SETTLED.c.moment)
    ahead = connection.execute(select(*columns).join_from(asked, SETTLED, _same(asked, SETTLED)))
    return {
        sheet: OutdatedError(*sheet, whole[sheet].moment, settled)
        for sheet, settled in (
            (LedgerSheet(account, rulebook), settled) for account, rulebook, settled in ahead
        )
    }


def _entries(
    connection: Connection, whole: Mapping[LedgerSheet, Settlement], outdated: Mapping[LedgerSheet, object]
) -> dict[LedgerSheet, LedgerEntry]:
    """Compare what is due with what is open, of all that moved."""
    known: dict[LedgerSheet, list[ActionState]] = {sheet: [] for sheet in whole if sheet not in outdated}
    asked = table_of(connection, OPENINGS, LedgerSheet._fields, list(known))
    wanted = select(OPENINGS).join_from(asked, OPENINGS, _same(asked, OPENINGS)).where(_OPEN)
    for standing in standings(connection, wanted.order_by(OPENINGS.c.cursor)):
        known[LedgerSheet(standing.account, standing.rulebook)].append(standing)
    return {sheet: LedgerEntry.of(whole[sheet], before) for sheet, before in known.items()}


def _same(asked: FromClause, table: FromClause) -> ColumnElement[bool]:
    return and_(table.c.account == asked.c.account, table.c.rulebook == asked.c.rulebook)


def _write(
    connection: Connection, entries: Mapping[LedgerSheet, LedgerEntry]
) -> dict[LedgerSheet, LedgerEntry]:
    """Write what changed to the ledger and to the log, and give what opened with its cursors."""
    _update(connection, [each for entry in entries.values() for each in (*entry.repeated, *entry.resolved)])
    count = sum(len(entry.opened) + len(entry.resolved) for entry in entries.values())
    cursors = iter(take(connection, count) if count else ())
    changes: list[ActionChange] = []
    written: dict[LedgerSheet, LedgerEntry] = {}
    for sheet, entry in entries.items():
        opened = tuple(replace(standing, cursor=next(cursors)) for standing in entry.opened)
        changes += [_change(standing.cursor, ActionChangeKind.OPENED, standing) for standing in opened]
        changes += [
            _change(next(cursors), ActionChangeKind.RESOLVED, standing) for standing in entry.resolved
        ]
        written[sheet] = replace(entry, opened=opened)
    if rows := [standing.row() for entry in written.values() for standing in entry.opened]:
        connection.execute(plain_insert(OPENINGS), rows)
    if changes:
        append(connection, changes)
    return written


def _update(connection: Connection, changed: Sequence[ActionState]) -> None:
    if changed:
        columns = ("last", "resolved", "repeats", "causes", "shown")
        rows = [{f"new_{name}": value for name, value in standing.row().items()} for standing in changed]
        updating = update(OPENINGS).where(OPENINGS.c.cursor == bindparam("new_cursor"))
        connection.execute(updating.values({name: bindparam(f"new_{name}") for name in columns}), rows)


def _change(cursor: int, how: ActionChangeKind, standing: ActionState) -> ActionChange:
    at = standing.opened if standing.resolved is None else standing.resolved
    named = (standing.account, standing.rulebook, standing.action, standing.key)
    return ActionChange(cursor, *named, how, at, standing.causes, standing.shown)
