"""What the server keeps of accounts: one database, and what is read and written there."""

from dataclasses import dataclass

from scorewright.storage.account_index import Accounts
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.change_log import Changes
from scorewright.storage.database import Database
from scorewright.storage.event_log import Events


@dataclass(frozen=True, slots=True)
class Repositories:
    """A database with all its parts; safe to share between threads."""

    database: Database
    events: Events
    accounts: Accounts
    ledger: Ledger
    changes: Changes

    @classmethod
    def at(cls, url: str, *, read_only: bool = False) -> "Repositories":
        """Name a database, or raise DatabaseUrlError; it is opened when it is needed."""
        database = Database(url, read_only=read_only)
        parts = (Events(database), Accounts(database), Ledger(database), Changes(database))
        return cls(database, *parts)
