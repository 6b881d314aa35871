"""The accounts that have events, and which of them changed since they were last evaluated."""

from collections.abc import Collection
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select, update

from scorewright.storage.bulk_sql import insert_rows
from scorewright.storage.database import Database
from scorewright.storage.tables import ACCOUNTS


class AccountVersion(NamedTuple):
    """An account with what its newest events are counted as."""

    account: str
    seq: int


_COUNTED: Final = select(ACCOUNTS.c.account, ACCOUNTS.c.seq)


class Accounts:
    """Find accounts to evaluate; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, account: str, limit: int) -> list[AccountVersion]:
        """Return the next accounts that have events, in order; the first ones come after the empty text."""
        return self._page(_COUNTED.where(ACCOUNTS.c.account > account), limit)

    def seq(self, account: str) -> int:
        """Return what the newest events of an account are counted as; 0 where it has none."""
        wanted = select(ACCOUNTS.c.seq).where(ACCOUNTS.c.account == account)
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one_or_none() or 0

    def changed(self, limit: int, after: str = "") -> list[AccountVersion]:
        """Return accounts with events that were recorded and not evaluated yet, in order of their ids.

        Who goes on after the last one, and from the start again, is fair to all of them.
        """
        changed = ACCOUNTS.c.evaluated < ACCOUNTS.c.seq
        return self._page(_COUNTED.where(changed, ACCOUNTS.c.account > after), limit)

    def _page(self, wanted: Select[Any], limit: int) -> list[AccountVersion]:
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(ACCOUNTS.c.account).limit(limit))
            return [AccountVersion(*row) for row in rows]


def mark(connection: Connection, accounts: Collection[str]) -> None:
    """Count these accounts as changed, in the transaction that recorded their events."""
    # In order, as everyone does, so that two that mark the same accounts never wait for each other.
    marking = insert_rows(connection, ACCOUNTS, [(account, 1, 0) for account in sorted(accounts)])
    connection.execute(
        marking.on_conflict_do_update(index_elements=[ACCOUNTS.c.account], set_={"seq": ACCOUNTS.c.seq + 1})
    )


def mark_evaluated(connection: Connection, accounts: Collection[AccountVersion]) -> None:
    """Remember that what was there at each `seq` was evaluated; what was recorded since stays to be done."""
    if accounts:
        done = update(ACCOUNTS).where(
            ACCOUNTS.c.account == bindparam("of"), ACCOUNTS.c.evaluated < bindparam("at")
        )
        rows = [{"of": account, "at": seq} for account, seq in sorted(accounts)]
        connection.execute(done.values(evaluated=bindparam("at")), rows)
