"""`fmt`: files are rewritten whole, in place, and only where they change."""

from pathlib import Path

import pytest

from scorewright.rulebook.format import formatter as formatting
from tests.service.cli.calling import call
from tests.service.cli.commands.test_check import spoil


@pytest.mark.usefixtures("at_root")
def test_the_shipped_files_are_formatted() -> None:
    called = call("fmt", "--check")
    assert (called.code, called.out) == (0, "")
    assert called.err.startswith("would change 0 of ")


def test_a_file_is_changed_and_named_and_the_others_are_not(rules: Path) -> None:
    before = (rules / "bant_20.yaml").read_text()
    spoil(rules / "bant_20.yaml", "  budget:\n    type", "  budget:   \n        type")
    (rules / "bant_20.yaml").chmod(0o640)
    others = {path: path.stat().st_mtime_ns for path in rules.iterdir() if path.name != "bant_20.yaml"}
    spoiled = (rules / "bant_20.yaml").read_text()
    assert spoiled != before
    # Of a block whose keys are in two columns no YAML can be made; so the whole block moves.
    (rules / "bant_20.yaml").write_text(
        before.replace("\n  budget:", "\n\n\n  budget:").replace("\n", "  \n")
    )
    called = call("fmt")
    assert (called.code, called.out) == (0, "rules/bant_20.yaml\n")
    assert called.err == "changed 1 of 4 files\n"
    assert (rules / "bant_20.yaml").stat().st_mode & 0o777 == 0o640
    assert {path: path.stat().st_mtime_ns for path in others} == others
    assert call("fmt").err == "changed 0 of 4 files\n"


def test_check_changes_nothing(rules: Path) -> None:
    path = rules / "bant_20.yaml"
    path.write_text(path.read_text() + "\n\n")
    before = path.read_bytes()
    called = call("fmt", "--check", "rules")
    assert (called.code, called.out) == (1, "rules/bant_20.yaml\n")
    assert path.read_bytes() == before


def test_a_byte_order_mark_and_foreign_line_ends_go(rules: Path) -> None:
    path = rules / "bant_20.yaml"
    text = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert call("fmt", path).code == 0
    assert path.read_bytes() == text


def test_a_link_stays_a_link(rules: Path) -> None:
    (rules / "link.yaml").symlink_to("bant_20.yaml")
    (rules / "bant_20.yaml").write_text((rules / "bant_20.yaml").read_text() + "\n")
    assert call("fmt", rules / "link.yaml").code == 0
    assert (rules / "link.yaml").is_symlink()
    assert not (rules / "bant_20.yaml").read_text().endswith("\n\n")


def test_a_file_with_errors_is_left_as_it_is_and_told(rules: Path) -> None:
    path = rules / "bant_20.yaml"
    spoil(path, "  name: BANT", "  name: [BANT")
    before = path.read_text()
    called = call("fmt")
    assert called.code == 1
    assert "error[not-yaml]" in called.err
    assert path.read_text() == before


def test_a_file_that_cannot_be_read_is_wrong_usage(rules: Path) -> None:
    assert call("fmt", rules / "nope.yaml").code == 2


def test_what_would_change_its_meaning_is_left_as_it_is_and_told(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formatting, "_same", lambda *_: False)
    before = (rules / "bant_20.yaml").read_text()
    called = call("fmt", "rules/bant_20.yaml")
    assert called.code == 2
    assert "rules/bant_20.yaml: left as it is; formatting it would change what it says" in called.err
    assert (rules / "bant_20.yaml").read_text() == before
