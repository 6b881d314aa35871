"""The schema of a database: made where there is none, and brought to the newest version step by step."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, text, update

from scorewright.storage.database_errors import SchemaError
from scorewright.storage.tables import COUNTER, METADATA, SCHEMA, VERSION

# Any number does, as long as nothing else in the database locks the same.
_LOCK: Final = 5_307_204_811


def migrate(connection: Connection, shown: str) -> None:
    """Bring the schema to the newest version, all of it or nothing, or raise SchemaError."""
    if connection.dialect.name == "postgresql":
        _only_utf8(connection, shown)
        # Held until the transaction ends: who starts at the same time waits, and then finds all done.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if not inspect(connection).has_table(SCHEMA.name):
        METADATA.create_all(connection, checkfirst=False)
        connection.execute(insert(SCHEMA).values(version=VERSION))
        connection.execute(insert(COUNTER).values(cursor=0))
        return
    version = connection.execute(select(SCHEMA.c.version)).scalar_one()
    _not_newer(version, shown)
    for step in STEPS[version - 1 :]:
        step(connection)
    if version < VERSION:
        connection.execute(update(SCHEMA).values(version=VERSION))


def demand_newest(connection: Connection, shown: str) -> None:
    """Change nothing, and raise SchemaError where the schema is not the newest."""
    if not inspect(connection).has_table(SCHEMA.name):
        raise SchemaError(shown, "no server has kept anything in it yet")
    version = connection.execute(select(SCHEMA.c.version)).scalar_one()
    _not_newer(version, shown)
    if version < VERSION:
        why = f"its tables are of version {version}; a server started with it brings them to {VERSION}"
        raise SchemaError(shown, why)


def _not_newer(version: int, shown: str) -> None:
    if version > VERSION:
        why = f"its tables are of version {version}, and this program knows none after {VERSION}; update it"
        raise SchemaError(shown, why)


def _only_utf8(connection: Connection, shown: str) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise SchemaError(shown, f"it keeps texts as {encoding}; create one with the encoding UTF8")


def _remember_changed_accounts(connection: Connection) -> None:
    """Bring 1 to 2: accounts are listed, each as changed; what settlements saw; changes by their account."""
    collated = 'COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    for statement in (
        f"CREATE TABLE scorewright_accounts (account VARCHAR(500) {collated} NOT NULL,"
        " seq BIGINT NOT NULL, evaluated BIGINT NOT NULL, PRIMARY KEY (account))",
        "CREATE INDEX scorewright_accounts_changed ON scorewright_accounts (account) WHERE evaluated < seq",
        "INSERT INTO scorewright_accounts (account, seq, evaluated)"
        " SELECT DISTINCT account, 1, 0 FROM scorewright_events",
        "ALTER TABLE scorewright_settled ADD COLUMN seq BIGINT DEFAULT '0' NOT NULL",
        "CREATE INDEX scorewright_changes_of_account ON scorewright_changes (account, cursor)",
    ):
        connection.execute(text(statement))


def _remember_editions(connection: Connection) -> None:
    """Bring 2 to 3: which rulebooks are served, each that has actions as one that nobody serves; leases."""
    collated = 'COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    for statement in (
        f"CREATE TABLE scorewright_editions (rulebook VARCHAR(500) {collated} NOT NULL,"
        f" digest VARCHAR(500) {collated} NOT NULL, version VARCHAR(500) {collated} NOT NULL,"
        " formerly TEXT NOT NULL, first_seen BIGINT NOT NULL, started BIGINT NOT NULL, until BIGINT NOT NULL,"
        " instead TEXT NOT NULL, PRIMARY KEY (rulebook, digest))",
        f"CREATE TABLE scorewright_leases (name VARCHAR(500) {collated} NOT NULL,"
        f" holder VARCHAR(500) {collated} NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (name))",
        "INSERT INTO scorewright_editions"
        " (rulebook, digest, version, formerly, first_seen, started, until, instead)"
        " SELECT DISTINCT rulebook, '', '0.0.0', '[]', 0, 0, 0, '' FROM scorewright_openings"
        " WHERE resolved IS NULL",
    ):
        connection.execute(text(statement))


STEPS: Final[tuple[Callable[[Connection], None], ...]] = (_remember_changed_accounts, _remember_editions)
"""What brings version 1 to 2, 2 to 3, and so on; a step is never changed once it has shipped."""

# INVARIANT: the newest version is where the steps lead.
assert len(STEPS) == VERSION - 1
