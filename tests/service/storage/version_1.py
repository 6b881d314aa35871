"""The schema as version 1 made it, which is never changed any more."""

from typing import Final

_TEXT: Final = "VARCHAR(500) {collated} NOT NULL"

STATEMENTS: Final = (
    "CREATE TABLE scorewright_schema (version BIGINT NOT NULL)",
    "INSERT INTO scorewright_schema VALUES (1)",
    "CREATE TABLE scorewright_counter (cursor BIGINT NOT NULL)",
    "INSERT INTO scorewright_counter VALUES (1)",
    f"CREATE TABLE scorewright_events (account {_TEXT}, id {_TEXT}, kind {_TEXT},"
    " at BIGINT NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (account, id))",
    "CREATE INDEX scorewright_events_by_kind ON scorewright_events (account, kind, at, id)",
    f"CREATE TABLE scorewright_settled (account {_TEXT}, rulebook {_TEXT}, moment BIGINT NOT NULL,"
    " PRIMARY KEY (account, rulebook))",
    f"CREATE TABLE scorewright_openings (cursor BIGINT NOT NULL, account {_TEXT}, rulebook {_TEXT},"
    f" action {_TEXT}, key {_TEXT}, opened BIGINT NOT NULL, last BIGINT NOT NULL, resolved BIGINT,"
    " repeats BIGINT NOT NULL, causes TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY (cursor))",
    "CREATE UNIQUE INDEX scorewright_openings_open ON scorewright_openings (account, rulebook, action)"
    " WHERE resolved IS NULL",
    "CREATE INDEX scorewright_openings_of_account"
    " ON scorewright_openings (account, rulebook, action, cursor)",
    f"CREATE TABLE scorewright_changes (cursor BIGINT NOT NULL, account {_TEXT}, rulebook {_TEXT},"
    f" action {_TEXT}, key {_TEXT}, how {_TEXT}, moment BIGINT NOT NULL, causes TEXT NOT NULL,"
    " shown TEXT NOT NULL, PRIMARY KEY (cursor))",
    "INSERT INTO scorewright_events VALUES ('b', '1', 'call', 5, '{\"calls\":2}')",
    "INSERT INTO scorewright_events VALUES ('b', '2', 'call', 6, '{}')",
    "INSERT INTO scorewright_events VALUES ('A', '1', 'call', 7, '{}')",
    "INSERT INTO scorewright_settled VALUES ('b', 'bant_20', 6)",
    "INSERT INTO scorewright_openings VALUES"
    " (1, 'b', 'bant_20', 'ring', 'k', 6, 6, NULL, 0, '[\"band:low\"]', '{\"do\":\"Ring\"}')",
    "INSERT INTO scorewright_changes VALUES"
    " (1, 'b', 'bant_20', 'ring', 'k', 'opened', 6, '[\"band:low\"]', '{\"do\":\"Ring\"}')",
)
"""What made it, and some rows of two accounts, with `{collated}` for the order of texts."""
