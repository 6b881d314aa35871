"""`make breaking` holds the proto against the one on main: a planted break fails, growth does not."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PROTO = Path("proto") / "scorewright" / "v1" / "scorewright.proto"
FIELD = "  bool strict = "


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Make a repository of the proto and the Makefile, with a branch that left main."""
    if not (ROOT / ".venv" / "bin" / "buf").exists():
        pytest.skip("buf is not in .venv")
    shutil.copytree(ROOT / "proto", tmp_path / "proto")
    shutil.copy(ROOT / "Makefile", tmp_path)
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tools / "buf").symlink_to(ROOT / ".venv" / "bin" / "buf")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "proto", "Makefile")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "a")
    git(tmp_path, "checkout", "--quiet", "-b", "change")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def breaking(folder: Path) -> "subprocess.CompletedProcess[str]":
    # `-o`: the environment is taken as it is, and not made anew.
    command = ["make", "-o", ".venv/dev.stamp", "breaking"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_what_is_renumbered_fails(copy: Path) -> None:
    text = (copy / PROTO).read_text()
    assert FIELD in text
    (copy / PROTO).write_text(text.replace(FIELD, f"{FIELD}5", 1))
    done = breaking(copy)
    assert done.returncode != 0
    assert "strict" in done.stdout + done.stderr


def test_what_is_added_passes(copy: Path) -> None:
    with (copy / PROTO).open("a") as file:
        file.write("\nmessage Added {}\n")
    done = breaking(copy)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_without_main_it_says_that_it_is_skipped(copy: Path) -> None:
    git(copy, "branch", "-D", "main")
    done = breaking(copy)
    assert done.returncode == 0
    assert done.stdout.startswith("SKIPPED: ")
