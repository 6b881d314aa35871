"""docs/platforms.md is true: commands and client run where nothing is that only POSIX has."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.service.conftest import serving

WITHOUT_POSIX = """
import os, select, signal, sys
import asyncio, multiprocessing, subprocess, tempfile  # the standard library has other ways elsewhere

for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt", "nis", "spwd"):
    sys.modules[name] = None  # an import of it raises
for module, names in (
    (signal, ("SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGCHLD", "alarm")),
    (os, ("fork", "forkpty", "getuid", "geteuid", "getgid", "setsid", "killpg", "chown", "mkfifo", "umask",
          "fchmod", "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_DIRECTORY", "register_at_fork", "uname")),
    (select, ("poll", "epoll", "kqueue")),
):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
"""
COMMAND = f"{WITHOUT_POSIX}\nfrom scorewright.cli.main import entry\nraise SystemExit(entry())"
RULES = str(ROOT / "rules")
DEAL = ("--input", "budget=5", "--input", "authority=3.5", "--input", "need=4", "--input", "timeline=2")


def run(code: str, *arguments: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "rules/bant_20.yaml"),
        ("test", "rules/bant_20.yaml"),
        ("score", "bant_20", "rules/samples/bant_20.csv", "--format", "jsonl"),
        ("explain", "bant_20", *DEAL, "--as-of", "2026-01-31"),
        ("fmt", "--check", "rules/bant_20.yaml"),
        ("schema",),
        ("--version",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_does_the_same_without_what_only_posix_has(arguments: tuple[str, ...]) -> None:
    done = run(COMMAND, *arguments)
    usual = run("from scorewright.cli.main import entry\nraise SystemExit(entry())", *arguments)
    assert (done.returncode, done.stderr, done.stdout) == (usual.returncode, usual.stderr, usual.stdout)
    assert done.stdout or done.stderr


def test_new_writes_its_files_without_what_only_posix_has(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    done = run(COMMAND, "new", "mine", "--from", f"{RULES}/bant_20.yaml", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "rules").iterdir()} == {"mine.yaml", "mine.tests.yaml"}


def test_init_starts_a_folder_without_what_only_posix_has(tmp_path: Path) -> None:
    done = run(COMMAND, "init", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert run(COMMAND, "test", "--strict", folder=tmp_path).returncode == 0


def test_the_client_calls_without_what_only_posix_has() -> None:
    code = f"""{WITHOUT_POSIX}
from scorewright.client import Client

with Client(sys.argv[1]) as client:
    ratings = {{"budget": 5, "authority": 3.5, "need": 4, "timeline": 2}}
    [answer] = client.score("bant_20", ratings)
    print(float(answer.total))
"""
    with serving() as served:
        done = run(code, served.address)
    assert (done.stderr, done.stdout) == ("", "14.5\n")


def test_the_server_says_in_one_line_that_it_needs_posix() -> None:
    done = run(COMMAND, "serve", "--port", "0", "--database", "none")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "error: the server needs Linux or macOS"
    assert "Traceback" not in done.stderr


def test_what_is_taken_away_is_missed_by_what_needs_it() -> None:
    done = run(f"{WITHOUT_POSIX}\nimport scorewright.engines.durable.worker_process")
    assert "ModuleNotFoundError" in done.stderr
    assert "resource" in done.stderr


def test_the_page_names_every_command() -> None:
    page = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    listed = json.loads(
        run(
            "import json; from scorewright.cli.main import COMMANDS;"
            "print(json.dumps([c.name for c in COMMANDS]))"
        ).stdout
    )
    assert [name for name in listed if f"`{name}`" not in page] == []
