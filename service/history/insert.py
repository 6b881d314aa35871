"""INSERT with ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy offers for each."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> sqlite.Insert:
    """Begin an INSERT in the words of the connection's database."""
    if connection.dialect.name == "postgresql":
        # Both offer the same methods; the type of one stands for both.
        return postgresql.insert(table)  # type: ignore[return-value]  # same methods, no common type
    return sqlite.insert(table)
