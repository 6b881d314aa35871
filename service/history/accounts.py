"""The accounts that have events, and which of them changed since they were last evaluated."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from service.history.database import Database
from service.history.rows import insert_rows
from service.history.tables import ACCOUNTS


class Changed(NamedTuple):
    """An account with events that no evaluation saw yet; `seq` says up to which they were there."""

    account: str
    seq: int


class Accounts:
    """Find accounts to evaluate; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, account: str, limit: int) -> list[str]:
        """Give the next accounts that have events, in order; the first ones come after the empty text."""
        wanted = select(ACCOUNTS.c.account).where(ACCOUNTS.c.account > account)
        with self._database.reading() as connection:
            return list(connection.scalars(wanted.order_by(ACCOUNTS.c.account).limit(limit)))

    def seq(self, account: str) -> int:
        """Give what the newest events of an account are counted as; 0 where it has none."""
        wanted = select(ACCOUNTS.c.seq).where(ACCOUNTS.c.account == account)
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one_or_none() or 0

    def changed(self, limit: int, after: str = "") -> list[Changed]:
        """Give accounts with events that were recorded and not evaluated yet, in order of their ids.

        Who goes on after the last one, and from the start again, is fair to all of them.
        """
        wanted = select(ACCOUNTS.c.account, ACCOUNTS.c.seq).where(
            ACCOUNTS.c.evaluated < ACCOUNTS.c.seq, ACCOUNTS.c.account > after
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(ACCOUNTS.c.account).limit(limit))
            return [Changed(account, seq) for account, seq in rows]

    def evaluated(self, account: str, seq: int) -> None:
        """Remember that what was there at `seq` was evaluated; what was recorded since stays to be done."""
        done = update(ACCOUNTS).where(ACCOUNTS.c.account == account, ACCOUNTS.c.evaluated < seq)
        with self._database.writing() as connection:
            connection.execute(done.values(evaluated=seq))


def mark(connection: Connection, accounts: Collection[str]) -> None:
    """Count these accounts as changed, in the transaction that recorded their events."""
    # In order, as everyone does, so that two that mark the same accounts never wait for each other.
    marking = insert_rows(connection, ACCOUNTS, [(account, 1, 0) for account in sorted(accounts)])
    connection.execute(
        marking.on_conflict_do_update(index_elements=[ACCOUNTS.c.account], set_={"seq": ACCOUNTS.c.seq + 1})
    )
