"""The URL of a database, read: which database, and how it may be named without its secrets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from scorewright.storage.database_errors import DatabaseUrlError

POSTGRES: Final = frozenset(("postgresql", "postgres", "postgresql+psycopg"))
SQLITE: Final = frozenset(("sqlite", "sqlite+pysqlite"))

_SECRETS: Final = frozenset(("password", "sslpassword"))


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is; `shown` names it without its secrets, `file` is None where it is on a server.

    `secrets` are those options that SQLAlchemy would show with the URL.
    """

    url: URL
    shown: str
    file: Path | None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_url(text: str) -> Address:
    """Read a URL, or raise DatabaseUrlError."""
    scheme = text.partition("://")[0].lower()
    try:
        url = make_url(re.sub(r"^[^:]+", scheme, text, count=1) if "://" in text else text)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError("the URL of the database cannot be read") from None
    if scheme in SQLITE:
        return _file(url)
    if scheme in POSTGRES:
        return _server(url)
    raise DatabaseUrlError("the URL of the database names neither SQLite nor PostgreSQL")


def _file(url: URL) -> Address:
    name = url.database
    if url.host or url.username or url.port:
        raise DatabaseUrlError(
            "a database in a file has three slashes before its path, and four before a `/`"
        )
    if not name or name == ":memory:" or name.startswith("file:"):
        raise DatabaseUrlError(
            "a database in a file needs the path of the file; in memory nothing would last"
        )
    if url.query:
        raise DatabaseUrlError("a database in a file takes no options")
    # Absolute from the start, so that it stays the same file whatever the process does.
    file = Path(name).absolute()
    return Address(URL.create("sqlite+pysqlite", database=str(file)), f"sqlite:///{name}", file)


def _server(url: URL) -> Address:
    if not url.database:
        raise DatabaseUrlError("the URL of the database names no database after the host")
    hosts = url.query.get("host", ())
    named = hosts if isinstance(hosts, str) else ",".join(hosts)
    host = f"[{url.host}]" if url.host and ":" in url.host else url.host
    place = (host or named or "localhost") + (f":{url.port}" if url.port else "")
    secrets = {name: str(value) for name, value in url.query.items() if name in _SECRETS}
    clean = url.set(drivername="postgresql+psycopg").difference_update_query(tuple(_SECRETS))
    return Address(clean, f"postgresql://{place}/{url.database}", None, secrets)
