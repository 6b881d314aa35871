"""Each test runs on SQLite and on PostgreSQL."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

import pytest

from scorewright.storage.database import Database
from tests.service.storage.postgres import Cluster, cluster, installed

# Who waits for others is at last let in, however slow the machine is; how long one waits is told elsewhere.
_PATIENCE: Final = 60

Kind = Literal["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Run a PostgreSQL server for the tests of this process."""
    programs = installed()
    if programs is None:
        why = "PostgreSQL is not installed (Debian and Ubuntu: the package `postgresql`)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    with cluster(programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def url(kind: Kind, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/test.db"
    running: Cluster = request.getfixturevalue("postgres")
    return running.create()


Opener = Callable[[], Database]


@pytest.fixture
def opener(url: str) -> Iterator[Opener]:
    """Open the same database as often as wanted, as several servers do."""
    opened: list[Database] = []

    def connect() -> Database:
        opened.append(Database(url, patience=_PATIENCE))
        return opened[-1]

    yield connect
    for database in opened:
        database.close()


@pytest.fixture
def database(opener: Opener) -> Database:
    return opener()
