"""What the server keeps of accounts: one database, and what is read and written there."""

from dataclasses import dataclass

from service.history.accounts import Accounts
from service.history.changes import Changes
from service.history.database import Database
from service.history.editions import Edition
from service.history.events import Events
from service.history.ledger import Ledger
from service.store import Book


def edition_of(book: Book) -> Edition:
    """Give what a rulebook is known by to the servers that share a database."""
    program, header = book.program, book.loaded.document.rulebook.rulebook
    return Edition(program.id, program.version, program.digest, tuple(header.formerly))


@dataclass(frozen=True, slots=True)
class Kept:
    """A database with all its parts; safe to share between threads."""

    database: Database
    events: Events
    accounts: Accounts
    ledger: Ledger
    changes: Changes

    @classmethod
    def at(cls, url: str, *, read_only: bool = False) -> "Kept":
        """Name a database, or raise DatabaseUrlError; it is opened when it is needed."""
        database = Database(url, read_only=read_only)
        parts = (Events(database), Accounts(database), Ledger(database), Changes(database))
        return cls(database, *parts)
