"""Which URLs name a database, and that none is ever shown with its secrets."""

import sys
from pathlib import Path

import pytest

from scorewright.storage.database import Database
from scorewright.storage.database_errors import DatabaseUrlError
from scorewright.storage.database_url import read_url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:///scorewright.db", "sqlite:///scorewright.db"),
        ("sqlite:////var/lib/scorewright.db", "sqlite:////var/lib/scorewright.db"),
        ("SQLite:///a b.db", "sqlite:///a b.db"),
        ("postgresql://host/name", "postgresql://host/name"),
        ("postgres://host/name", "postgresql://host/name"),
        ("postgresql+psycopg://host/name", "postgresql://host/name"),
        ("postgresql://user:a-secret@host:5433/name", "postgresql://host:5433/name"),
        ("postgresql://user@/name?host=/run/pg&password=a-secret", "postgresql:///run/pg/name"),
        (
            "postgresql://host/name?password=a-secret&sslpassword=a-secret&sslmode=require",
            "postgresql://host/name",
        ),
        ("postgresql://[::1]:5432/name", "postgresql://[::1]:5432/name"),
    ],
)
def test_a_url_of_either_database_is_taken_and_shown_without_secrets(url: str, shown: str) -> None:
    database = Database(url)
    assert database.shown == shown
    assert "a-secret" not in repr(vars(database))


def test_a_password_among_the_options_is_used() -> None:
    address = read_url("postgresql://host/name?password=a-secret&sslmode=require")
    assert address.secrets == {"password": "a-secret"}
    assert address.url.query == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "cannot be read"),
        ("a-secret", "cannot be read"),
        ("postgresql://user:a-secret@host:port/name", "cannot be read"),
        ("mysql://user:a-secret@host/name", "neither SQLite nor PostgreSQL"),
        ("postgresql+asyncpg://user:a-secret@host/name", "neither SQLite nor PostgreSQL"),
        ("a-secret://host/name", "cannot be read"),
        ("sqlite://", "needs the path"),
        ("sqlite:///", "needs the path"),
        ("sqlite:///:memory:", "needs the path"),
        ("sqlite:///file:a-secret?uri=true", "needs the path"),
        ("sqlite:///a.db?mode=a-secret", "no options"),
        ("sqlite://a-secret/a.db", "three slashes"),
        ("postgresql://user:a-secret@host", "names no database"),
        ("postgresql://user:a-secret@host/", "names no database"),
    ],
)
def test_another_url_is_refused_with_what_is_allowed_and_without_its_secrets(url: str, why: str) -> None:
    with pytest.raises(DatabaseUrlError) as caught:
        Database(url)
    assert why in caught.value.why
    assert "sqlite:///" in caught.value.help
    assert "postgresql://" in caught.value.help
    assert "a-secret" not in f"{caught.value} {caught.value.help}"


def test_a_missing_driver_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseUrlError) as caught:
        Database("postgresql://host/name")
    assert caught.value.why == "the driver of PostgreSQL is not installed"
    assert "scorewright[postgres]" in caught.value.help


def test_a_file_stays_the_same_when_the_process_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database("sqlite:///here.db")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    database.open()
    database.close()
    assert (tmp_path / "here.db").is_file()
