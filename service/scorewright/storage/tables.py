"""The tables of the newest version of the schema; `migrate` brings older ones here.

Texts are compared by their code points on every database, which is the order of Python's `sorted` too.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, Text

from scorewright.storage.canonical_json import MAX_TEXT

VERSION: Final = 3
"""The version of the schema that these tables are."""

METADATA: Final = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    kind = String(MAX_TEXT).with_variant(String(MAX_TEXT, collation="C"), "postgresql")
    return Column(name, kind, nullable=False, primary_key=key)


def _number(name: str, *, key: bool = False, null: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=null, primary_key=key, autoincrement=False)


def _json(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


SCHEMA: Final = Table("scorewright_schema", METADATA, _number("version"))

EVENTS: Final = Table(
    "scorewright_events",
    METADATA,
    _text("account", key=True),
    _text("id", key=True),
    _text("kind"),
    _number("at"),
    _json("fields"),
    Index("scorewright_events_by_kind", "account", "kind", "at", "id"),
)

# Every account that has events: `seq` counts up with each call that recorded some of them, `evaluated` is the
# `seq` that the newest evaluation saw.
ACCOUNTS: Final = Table(
    "scorewright_accounts",
    METADATA,
    _text("account", key=True),
    _number("seq"),
    _number("evaluated"),
)
_CHANGED = ACCOUNTS.c.evaluated < ACCOUNTS.c.seq
Index("scorewright_accounts_changed", ACCOUNTS.c.account, postgresql_where=_CHANGED, sqlite_where=_CHANGED)

# The moment that an account was last settled at, and the `seq` that this saw; who settles it holds the row.
SETTLED: Final = Table(
    "scorewright_settled",
    METADATA,
    _text("account", key=True),
    _text("rulebook", key=True),
    _number("moment"),
    Column("seq", BigInteger, nullable=False, server_default="0"),
)

# One row each time that an action opened, named by the cursor of that change; open while `resolved` is null.
OPENINGS: Final = Table(
    "scorewright_openings",
    METADATA,
    _number("cursor", key=True),
    _text("account"),
    _text("rulebook"),
    _text("action"),
    _text("key"),
    _number("opened"),
    _number("last"),
    _number("resolved", null=True),
    _number("repeats"),
    _json("causes"),
    _json("shown"),
)
_OPEN = OPENINGS.c.resolved.is_(None)
_ACTION = (OPENINGS.c.account, OPENINGS.c.rulebook, OPENINGS.c.action)
Index("scorewright_openings_open", *_ACTION, unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN)
Index("scorewright_openings_of_account", *_ACTION, OPENINGS.c.cursor)

# What opened and resolved, never changed once it is written.
CHANGES: Final = Table(
    "scorewright_changes",
    METADATA,
    _number("cursor", key=True),
    _text("account"),
    _text("rulebook"),
    _text("action"),
    _text("key"),
    _text("how"),
    _number("moment"),
    _json("causes"),
    _json("shown"),
    Index("scorewright_changes_of_account", "account", "cursor"),
)

# The last cursor that was given; its row is held until the transaction that took one has ended.
COUNTER: Final = Table("scorewright_counter", METADATA, _number("cursor"))

# Every form in which a rulebook is or was served: when that was first so, when a server last started with it,
# and until when one lives at least; `instead` is the edition that settles in its place, as JSON, or empty.
EDITIONS: Final = Table(
    "scorewright_editions",
    METADATA,
    _text("rulebook", key=True),
    _text("digest", key=True),
    _text("version"),
    _json("formerly"),
    _number("first_seen"),
    _number("started"),
    _number("until"),
    _json("instead"),
)

# What one server does for all, and until when it is its holder's.
LEASES: Final = Table(
    "scorewright_leases", METADATA, _text("name", key=True), _text("holder"), _number("until")
)
