"""What one server of a fleet does at a time: whoever holds the lease, and as long as they renew it."""

from sqlalchemy import Connection, or_, update

from scorewright.program.fact import Moment
from scorewright.storage.bulk_sql import insert
from scorewright.storage.tables import LEASES


def take(
    connection: Connection, name: str, holder: str, now: Moment, length: Moment, *, yields: bool = False
) -> bool:
    """Take a lease that nobody holds now, or renew one's own, and tell whether it is held.

    Who yields gives up their own, and takes one that nobody has wanted for as long as it lasts.
    """
    free = or_(LEASES.c.holder == holder, LEASES.c.until <= now)
    if yields:
        give_back(connection, name, holder, now)
        free = LEASES.c.until <= now - length
    taking = insert(connection, LEASES).values(name=name, holder=holder, until=now + length)
    told = connection.execute(
        taking.on_conflict_do_update(
            index_elements=[LEASES.c.name], set_={"holder": holder, "until": now + length}, where=free
        ).returning(LEASES.c.holder)
    )
    return told.scalar_one_or_none() is not None


def give_back(connection: Connection, name: str, holder: str, now: Moment) -> None:
    """End a lease now, where it is held, so that others need not wait."""
    mine = (LEASES.c.name == name, LEASES.c.holder == holder, LEASES.c.until > now)
    connection.execute(update(LEASES).where(*mine).values(until=now))
