"""Many accounts with a hundred events each, as a server would have recorded them, written in bulk.

A quarter of them went quiet, a tenth lost volume, and a tenth has a mail that nobody answered.
"""

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Final

from sqlalchemy import insert

from scorewright.program.fact import DAY, Moment
from scorewright.storage import canonical_json as content
from scorewright.storage.database import Database
from scorewright.storage.tables import ACCOUNTS, EVENTS

EVENTS_OF_ONE: Final = 100
CALLS, VISITS, MONTHS, MAILS = 60, 20, 12, 4

_AT_ONCE: Final = 1_000
"""Accounts of one transaction."""

Row = tuple[str, str, str, Moment, str]
"""A row of the table of events."""


def name(number: int) -> str:
    return f"account-{number:06}"


def fill(database: Database, accounts: int, now: Moment) -> None:
    """Write the accounts with their events; all of them count as evaluated."""
    for start in range(0, accounts, _AT_ONCE):
        numbers = range(start, min(accounts, start + _AT_ONCE))
        with database.writing() as connection:
            # By the driver alone, which takes half as long for so many rows.
            inserting = str(insert(EVENTS).compile(connection))
            connection.exec_driver_sql(inserting, [row for number in numbers for row in rows(number, now)])
            counted = [{"account": name(number), "seq": 1, "evaluated": 1} for number in numbers]
            connection.execute(insert(ACCOUNTS), counted)


def rows(number: int, now: Moment) -> list[Row]:
    """Make the events of an account, in the order of their ids."""
    events = enumerate(_events(Random(number)))
    return [(name(number), f"e{index:02}", kind, now - age, fields) for index, (kind, age, fields) in events]


def _events(chance: Random) -> Iterator[tuple[str, Moment, str]]:
    quiet, lost, unanswered = chance.random() < 0.25, chance.random() < 0.1, chance.random() < 0.1
    first = 8 * DAY if quiet else 0
    for _ in range(CALLS):
        yield "api_call", first + _age(chance, 20), _written(calls=chance.randrange(1, 50))
    for _ in range(VISITS):
        page = "pricing" if chance.random() < 0.05 else "docs"
        yield "visit", _age(chance, 30), _written(page=page)
    for month in range(MONTHS):
        volume = 500 if lost and month == MONTHS - 1 else 1_000 + month
        yield "month", (MONTHS - month) * 30 * DAY, _written(month=month, volume=volume)
    for thread in range(MAILS):
        sent = (15 + 10 * thread) * DAY
        yield "outreach", sent, _written(thread=f"t{thread}")
        if thread or not unanswered:
            yield "reply", sent - DAY, _written(thread=f"t{thread}")
        else:
            yield "visit", _age(chance, 30), _written(page="home")


def _age(chance: Random, days: int) -> Moment:
    return chance.randrange(days * DAY)


@cache
def _written(**fields: object) -> str:
    return content.write(fields)
