"""What SQLite and PostgreSQL both can, and SQLAlchemy writes for each in its own way."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> sqlite.Insert:
    """Begin an INSERT that can say ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)  # type: ignore[return-value]  # same methods, no common type
    return sqlite.insert(table)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> sqlite.Insert:
    """Begin an INSERT of whole rows that can say ON CONFLICT."""
    names = [column.name for column in table.columns]
    # Without a condition SQLite would take ON CONFLICT for one of a join.
    these = select(table_of(connection, table, names, rows)).where(true())
    return insert(connection, table).from_select(names, these)


def table_of(
    connection: Connection, like: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> FromClause:
    """Return rows as a table in a statement, in their order, with columns like those of these names.

    The statement stays the same however many rows there are, so that it is made and planned once.
    """
    values: Iterable[ColumnElement[Any]]
    told = json.dumps(rows, ensure_ascii=False)
    if connection.dialect.name == "postgresql":
        each = func.json_array_elements(cast(literal(told, Text), JSON)).column_valued("row")
        values = [each.op("->>")(index) for index in range(len(names))]
    else:
        row = func.json_each(told).table_valued("value").c.value
        values = [func.json_extract(row, f"$[{index}]") for index in range(len(names))]
    columns = zip(names, values, strict=True)
    return select(*(cast(value, _kind(like, name)).label(name) for name, value in columns)).subquery()


def _kind(like: Table, name: str) -> BigInteger | Text:
    return BigInteger() if isinstance(like.c[name].type, BigInteger) else Text()
