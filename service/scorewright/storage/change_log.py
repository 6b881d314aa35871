"""The log of what opened and resolved, in the order in which it became visible."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, insert, select, update

from scorewright.program.fact import Moment
from scorewright.storage import canonical_json as content
from scorewright.storage.database import Database
from scorewright.storage.tables import CHANGES, COUNTER


class ActionChangeKind(StrEnum):
    """Whether an action opened, resolved, or goes on under the id of a renamed rulebook."""

    OPENED = "opened"
    RESOLVED = "resolved"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class ActionChange:
    """An action that opened or resolved at a moment; causes and what it shows are as they were then."""

    cursor: int
    account: str
    rulebook: str
    action: str
    key: str
    how: ActionChangeKind
    moment: Moment
    causes: tuple[str, ...]
    shown: Mapping[str, object]


class Changes:
    """Read the log; safe to share between threads.

    Who has seen a cursor never meets one later that is as low: cursors rise in the order in which their
    changes are kept, by one each.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(
        self,
        cursor: int,
        limit: int,
        accounts: Collection[str] = (),
        rulebooks: Collection[str] = (),
    ) -> list[ActionChange]:
        """Return the next changes after a cursor, which is 0 at first; of all where none are named."""
        for id in (*accounts, *rulebooks):
            content.demand(id=id)
        wanted = select(CHANGES).where(CHANGES.c.cursor > cursor)
        if accounts:
            wanted = wanted.where(CHANGES.c.account.in_(accounts))
        if rulebooks:
            wanted = wanted.where(CHANGES.c.rulebook.in_(rulebooks))
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(CHANGES.c.cursor).limit(limit)).mappings()
            return [_read(row) for row in rows]

    def last(self) -> int:
        """Return the newest cursor, after which there is nothing yet."""
        with self._database.reading() as connection:
            cursor: int = connection.execute(select(COUNTER.c.cursor)).scalar_one()
        return cursor


def take(connection: Connection, count: int) -> list[int]:
    """Take the next cursors; nobody else can until the transaction has ended, so take them late."""
    taking = update(COUNTER).values(cursor=COUNTER.c.cursor + count).returning(COUNTER.c.cursor)
    last: int = connection.execute(taking).scalar_one()
    return list(range(last - count + 1, last + 1))


def append(connection: Connection, changes: Sequence[ActionChange]) -> None:
    """Write changes whose cursors the same transaction took."""
    rows = [
        {
            "cursor": change.cursor,
            "account": change.account,
            "rulebook": change.rulebook,
            "action": change.action,
            "key": change.key,
            "how": change.how.value,
            "moment": change.moment,
            "causes": content.write(change.causes),
            "shown": content.write(change.shown),
        }
        for change in changes
    ]
    connection.execute(insert(CHANGES), rows)


def _read(row: RowMapping) -> ActionChange:
    causes, shown = content.read_texts(row["causes"]), content.read_object(row["shown"])
    return ActionChange(**{**row, "how": ActionChangeKind(row["how"]), "causes": causes, "shown": shown})
