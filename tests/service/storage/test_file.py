"""The file of a database: its owner's alone, and a plain one."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorewright.storage.database import Database
from scorewright.storage.database_errors import DatabaseUrlError
from scorewright.storage.event_log import Events, StoredEvent


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kept"
    made.mkdir()
    return made


def modes(folder: Path) -> dict[str, str]:
    return {file.name: f"{stat.S_IMODE(file.stat().st_mode):o}" for file in folder.iterdir()}


def test_a_new_file_and_those_beside_it_are_their_owners_alone(folder: Path) -> None:
    with Database(f"sqlite:///{folder}/a.db") as database:
        Events(database).record([StoredEvent("a", "1", "call", 1, {})])
        assert modes(folder) == {"a.db": "600", "a.db-wal": "600", "a.db-shm": "600"}
        assert database.exposed == []


def test_a_file_behind_a_link_is_made_like_that_as_well(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(folder / "real.db")
    with Database(f"sqlite:///{tmp_path}/link.db") as database:
        database.open()
        assert modes(folder)["real.db"] == "600"


def test_an_existing_file_that_others_may_read_is_left_and_told(folder: Path) -> None:
    file = folder / "a.db"
    file.touch(0o644)
    with Database(f"sqlite:///{file}") as database:
        Events(database).record([StoredEvent("a", "1", "call", 1, {})])
        assert modes(folder)["a.db"] == "644"
        assert database.exposed == [file, folder / "a.db-wal", folder / "a.db-shm"]
        file.chmod(0o600)
        assert file not in database.exposed


@pytest.mark.parametrize("odd", ["pipe", "/dev/zero", "."])
def test_a_pipe_a_device_or_a_folder_is_no_database(folder: Path, odd: str) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(DatabaseUrlError) as caught:
        Database(f"sqlite:///{folder / odd}")
    assert caught.value.why == "a database in a file needs a plain file, and this is none"
