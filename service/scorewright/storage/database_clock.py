"""The one clock of all servers on a database, where their own may differ."""

import time

from sqlalchemy import Connection, text

from scorewright.program.fact import Moment


def clock_of(connection: Connection) -> Moment:
    """Return the moment by the database's own clock; a file has that of its machine."""
    if connection.dialect.name != "postgresql":
        return time.time_ns() // 1_000
    told: int = connection.execute(
        text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
    ).scalar_one()
    return told
