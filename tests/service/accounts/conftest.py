"""A server with rulebooks of facts, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from scorewright.catalog.catalog import Catalog
from tests.service.accounts.rulebooks import store_in, write
from tests.service.conftest import Served, keeping

# The databases are those of the tests of the history.
from tests.service.storage.conftest import kind, postgres, url  # noqa: F401 -- fixtures are found by their names


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("rules"))


@pytest.fixture(scope="session")
def store(rules: Path) -> Catalog:
    return store_in(rules)


Server = Callable[..., AbstractContextManager[Served]]


@pytest.fixture
def server(url: str, store: Catalog) -> Server:  # noqa: F811 -- the fixture of that name
    """Run a server over the test's database, as often as wanted; it sweeps only when told to."""

    @contextmanager
    def run(**settings: object) -> Iterator[Served]:
        with keeping(store, **{"database": url, "sweep_seconds": 0, **settings}) as found:
            yield found

    return run


@pytest.fixture
def running(server: Server) -> Iterator[Served]:
    with server() as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Give the URL of a database in a file, where one kind of database tells enough."""
    return f"sqlite:///{tmp_path}/one.db"
