"""Folders below a folder: what is read of them, and that nothing is passed over in silence."""

import os
import socket
from pathlib import Path

import pytest

from scorewright.rulebook import folders
from scorewright.rulebook.read_files import find_rulebooks
from scorewright.scoring.load import load_paths
from tests.scorers.rulebook.test_document import SMALL


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    for name in ("a.yaml", "sales/b.yaml", "sales/b.tests.yaml", "sales/new/c.yaml"):
        write(tmp_path / "rules" / name)
    return tmp_path / "rules"


WHOLE = """\
rulebook: { id: one, name: One, version: 1.0.0, owner: tests }
inputs: { agreed: { type: boolean } }
score: { method: sum, out_of: 1, if_missing: no_points }
criteria: [{ id: agreed, when: { input: agreed, is: true }, points: 1 }]
bands: [{ id: any, from: 0 }]
"""


def write(path: Path, text: str = SMALL) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def found(rules: Path) -> list[str]:
    return [str(path.relative_to(rules)) for path in find_rulebooks([rules])[0]]


def told(rules: Path) -> list[tuple[str, str, str]]:
    report = find_rulebooks([rules])[1]
    return [(d.code, os.path.relpath(d.span.file, rules), d.message) for d in report.diagnostics]


def test_folders_below_are_read(rules: Path) -> None:
    assert found(rules) == ["a.yaml", "sales/b.yaml", "sales/new/c.yaml"]
    assert told(rules) == []


def test_a_folder_that_holds_folders_only_is_read(rules: Path) -> None:
    (rules / "a.yaml").unlink()
    assert found(rules) == ["sales/b.yaml", "sales/new/c.yaml"]
    assert told(rules) == []


def test_what_is_wrong_is_told_at_every_level(rules: Path) -> None:
    write(rules / "sales" / "lost.tests.yaml")
    write(rules / "sales" / "new" / "d.yml")
    assert [(code, file) for code, file, _ in told(rules)] == [
        ("tests-without-rulebook", "sales/lost.tests.yaml"),
        ("file-not-read", "sales/new/d.yml"),
    ]


@pytest.mark.parametrize("name", [".git/x.yaml", "sales/.venv/x.yaml", "samples/x.yaml", "sales/.x.yaml"])
def test_hidden_ones_and_samples_are_passed_over(rules: Path, name: str) -> None:
    write(rules / name)
    assert found(rules) == ["a.yaml", "sales/b.yaml", "sales/new/c.yaml"]
    assert told(rules) == []


def test_ids_are_unique_across_folders(rules: Path) -> None:
    for name in ("a.yaml", "sales/b.yaml", "sales/new/c.yaml"):
        write(rules / name, WHOLE)
    report = load_paths([rules])[1]
    twice = [d for d in report.diagnostics if d.code == "duplicate-id"]
    assert [os.path.relpath(d.span.file, rules) for d in twice] == ["sales/b.yaml", "sales/new/c.yaml"]
    assert {os.path.relpath(d.labels[0].span.file, rules) for d in twice} == {"a.yaml"}


def test_links_in_circles_are_entered_once(rules: Path) -> None:
    (rules / "sales" / "up").symlink_to(rules, target_is_directory=True)
    (rules / "all").symlink_to(rules / "sales", target_is_directory=True)
    (rules / "self").symlink_to(rules / "self")
    assert found(rules) == ["a.yaml", "sales/b.yaml", "sales/new/c.yaml"]
    assert told(rules) == []


def test_a_link_that_stays_below_the_folder_is_followed_as_in_a_volume_of_kubernetes(tmp_path: Path) -> None:
    write(tmp_path / "..2026_01" / "sales" / "b.yaml")
    write(tmp_path / "..2026_01" / "a.yaml")
    (tmp_path / "..data").symlink_to("..2026_01", target_is_directory=True)
    (tmp_path / "sales").symlink_to("..data/sales", target_is_directory=True)
    (tmp_path / "a.yaml").symlink_to("..data/a.yaml")
    assert found(tmp_path) == ["a.yaml", "sales/b.yaml"]
    assert told(tmp_path) == []


def test_a_link_that_leads_out_is_told_and_not_followed(rules: Path) -> None:
    write(rules.parent / "elsewhere" / "d.yaml")
    (rules / "out").symlink_to(rules.parent / "elsewhere", target_is_directory=True)
    (rules / "root").symlink_to("/", target_is_directory=True)
    assert found(rules) == ["a.yaml", "sales/b.yaml", "sales/new/c.yaml"]
    assert [(code, file) for code, file, _ in told(rules)] == [
        ("file-not-read", "out"),
        ("file-not-read", "root"),
    ]
    assert "leads out" in told(rules)[0][2]


def test_a_folder_that_is_itself_a_link_is_read(rules: Path) -> None:
    link = rules.parent / "current"
    link.symlink_to(rules, target_is_directory=True)
    assert found(link) == ["a.yaml", "sales/b.yaml", "sales/new/c.yaml"]
    assert told(link) == []


def test_a_folder_too_deep_is_told(rules: Path) -> None:
    deep = rules.joinpath(*["x"] * folders.MAX_DEPTH)
    write(deep / "last.yaml")
    write(deep / "y" / "too_deep.yaml")
    assert found(rules)[-1].endswith("x/last.yaml")
    ((code, file, message),) = told(rules)
    assert (code, file) == ("file-unreadable", str((deep / "y").relative_to(rules)))
    assert "more than 16 folders deep" in message


def test_more_files_than_are_looked_at_are_told(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MAX_ENTRIES", 5)
    ((code, file, message),) = told(rules)
    assert (code, file) == ("file-unreadable", ".")
    assert "more than 5 files and folders" in message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_may_not_be_read_is_told(rules: Path) -> None:
    (rules / "sales" / "new").chmod(0)
    try:
        assert told(rules) == [("file-unreadable", "sales/new", "cannot read this folder: permission denied")]
    finally:
        (rules / "sales" / "new").chmod(0o700)


def unreadable(rules: Path) -> list[tuple[str, str]]:
    report = load_paths([rules])[1]
    return [(Path(d.span.file).name, d.message) for d in report.diagnostics if d.code == "file-unreadable"]


def test_what_is_no_file_is_refused_by_name_and_not_read(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(rules / "pipe.yaml")
    (rules / "device.yaml").symlink_to("/dev/zero")
    (rules / "nowhere.yaml").symlink_to(rules / "gone.yaml")
    (rules / "circle.yaml").symlink_to(rules / "circle.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(rules)  # the path of a socket may not be long
        server.bind("sock.yaml")
        assert unreadable(rules) == [
            ("circle.yaml", "cannot read this file: too many levels of symbolic links"),
            ("device.yaml", "cannot read this file: it is a device, not a file"),
            ("nowhere.yaml", "cannot read this file: no such file or directory"),
            ("pipe.yaml", "cannot read this file: it is a pipe, not a file"),
            ("sock.yaml", "cannot read this file: it is a socket, not a file"),
        ]
    for name in ("pipe", "device", "sock"):
        assert len(load_paths([rules / f"{name}.yaml"])[1].diagnostics) == 1
