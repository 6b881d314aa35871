"""Rulebooks in folders below a folder, and what is no file, by every command that reads them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scorewright.catalog.catalog import load_catalog
from tests.architecture.source import ROOT
from tests.service.cli.calling import DAY, ENTRY, Called, call


@pytest.fixture
def below(rules: Path) -> Path:
    """Move one rulebook with its suite into a folder below."""
    folder = rules / "sales" / "leads"
    folder.mkdir(parents=True)
    for path in rules.glob("lead_points_100*"):
        shutil.move(path, folder)
    return folder


def test_check_looks_below(below: Path) -> None:
    assert call("check").out == "2 rulebooks and 2 suites checked: no findings\n"
    (below / "lead_points_100.yaml").write_text("garbage: [")
    called = call("check")
    assert called.code == 1
    assert "rules/sales/leads/lead_points_100.yaml:1:" in called.out


def test_test_runs_the_suites_below(below: Path) -> None:
    called = call("test")
    assert called.code == 0
    assert "lead_points_100 " in called.out
    assert "2 suites: " in called.out


def test_a_rulebook_below_is_found_by_its_id(below: Path) -> None:
    called = call("score", "lead_points_100", "-", "--as-of", DAY, stdin=b'{"team_size": 5}')
    assert called.code == 0
    assert call("explain", "lead_points_100", "--input", "team_size=5").code == 0
    missed = call("explain", "lead_points_10", "--input", "team_size=5")
    assert "did you mean `lead_points_100`?" in missed.err
    shutil.copy(below / "lead_points_100.yaml", below.parent)
    twice = call("explain", "lead_points_100", "--input", "team_size=5")
    assert twice.code == 2
    assert twice.err.startswith("error: `lead_points_100` could be rules/sales/lead")


def test_serve_loads_what_is_below(below: Path, rules: Path) -> None:
    assert below.is_relative_to(rules)
    store, _ = load_catalog(rules, "compiled")
    assert store is not None
    assert {book.program.id for book in store} == {"bant_20", "lead_points_100"}


def run(*arguments: str | Path, folder: Path) -> Called:
    done = subprocess.run(
        [*ENTRY, *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
    )
    return Called(done.returncode, done.stdout.decode(), done.stderr.decode())


UNREAD = "error[file-unreadable]: cannot read this file:"


def test_a_pipe_or_a_device_among_rulebooks_is_told_and_not_waited_for(rules: Path) -> None:
    os.mkfifo(rules / "x.yaml")
    (rules / "pw.yaml").symlink_to("/dev/zero")
    for command in ("check", "test"):
        called = run(command, folder=rules.parent)
        assert called.code == 2
        assert f"rules/x.yaml:1:1: {UNREAD} it is a pipe, not a file" in called.out
        assert f"rules/pw.yaml:1:1: {UNREAD} it is a device, not a file" in called.out
    for arguments in (("check", "rules/x.yaml"), ("fmt", "rules/x.yaml"), ("score", "rules/x.yaml", "-")):
        assert run(*arguments, folder=rules.parent).code == 2


def test_a_suite_that_is_no_file_is_told(rules: Path) -> None:
    (rules / "bant_20.tests.yaml").unlink()
    os.mkfifo(rules / "bant_20.tests.yaml")
    (rules / "lead_points_100.tests.yaml").unlink()
    (rules / "lead_points_100.tests.yaml").symlink_to(rules / "gone.yaml")
    for command in ("check", "test"):
        called = run(command, folder=rules.parent)
        assert called.code == 2
        assert f"rules/bant_20.tests.yaml:1:1: {UNREAD} it is a pipe, not a file" in called.out
        assert f"rules/lead_points_100.tests.yaml:1:1: {UNREAD} no such file or directory" in called.out


@pytest.mark.parametrize("command", [("score", "bant_20"), ("explain", "bant_20", "--file")])
def test_subjects_come_from_pipes_and_from_no_device(command: tuple[str, ...], rules: Path) -> None:
    called = run(*command, "/dev/zero", folder=rules.parent)
    assert (called.code, called.out) == (2, "")
    assert called.err == "error: cannot read /dev/zero: it is a device, not a file\n"
    os.mkfifo(rules / "pipe")
    writer = subprocess.Popen(["sh", "-c", f"echo '{{\"budget\": 5}}' > {rules / 'pipe'}"])
    assert run(*command, rules / "pipe", folder=rules.parent).code == 0
    assert writer.wait(10) == 0
