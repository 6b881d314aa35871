"""The schema as version 2 made it, which is never changed any more."""

from typing import Final

from tests.service.storage import version_1

STATEMENTS: Final = (
    *version_1.STATEMENTS,
    "CREATE TABLE scorewright_accounts (account VARCHAR(500) {collated} NOT NULL, seq BIGINT NOT NULL,"
    " evaluated BIGINT NOT NULL, PRIMARY KEY (account))",
    "CREATE INDEX scorewright_accounts_changed ON scorewright_accounts (account) WHERE evaluated < seq",
    "ALTER TABLE scorewright_settled ADD COLUMN seq BIGINT DEFAULT '0' NOT NULL",
    "CREATE INDEX scorewright_changes_of_account ON scorewright_changes (account, cursor)",
    "UPDATE scorewright_schema SET version = 2",
    "INSERT INTO scorewright_accounts VALUES ('A', 1, 1), ('b', 2, 2)",
    "UPDATE scorewright_settled SET seq = 2",
    "INSERT INTO scorewright_openings VALUES"
    " (2, 'b', 'lead_fit_25', 'write', 'k2', 5, 5, 6, 0, '[]', '{\"do\":\"Write\"}')",
    "UPDATE scorewright_counter SET cursor = 2",
)
"""What made it, with what version 1 left and some more rows."""
