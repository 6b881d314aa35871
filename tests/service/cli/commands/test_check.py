"""`check`: findings in every format, a summary, and the exit code that they stand for."""

import json
from collections.abc import Callable
from io import FileIO
from pathlib import Path

import pytest

from scorewright.cli.reporters import REPORTERS
from scorewright.rulebook.regular_files import open_file
from tests.service.cli.calling import call


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.usefixtures("rules")
def test_clean_rulebooks_are_told_as_such() -> None:
    called = call("check", "rules/bant_20.yaml")
    assert (called.code, called.err) == (0, "")
    assert called.out == "1 rulebook and 1 suite checked: no findings\n"


@pytest.mark.usefixtures("rules")
def test_without_a_path_it_is_the_folder_rules() -> None:
    assert call("check").out.startswith("2 rulebooks and 2 suites checked: ")


@pytest.mark.parametrize("form", REPORTERS)
def test_the_golden_of_findings(form: str, rules: Path, golden: Callable[[str, str], None]) -> None:
    spoil(rules / "bant_20.yaml", "input: need,", "input: ned,")
    spoil(rules / "lead_points_100.tests.yaml", "band: qualified", "band: qualifed")
    called = call("check", "--format", form)
    assert called.code == 1
    golden(f"cli/check_{form}.txt", str(called))


def test_findings_in_colour(rules: Path, golden: Callable[[str, str], None]) -> None:
    spoil(rules / "bant_20.yaml", "input: need,", "input: ned,")
    golden("cli/check_color.txt", str(call("check", color=True)).replace("\x1b", "␛"))


def test_warnings_fail_only_where_it_is_strict(rules: Path) -> None:
    spoil(rules / "bant_20.yaml", "  budget:\n", "  spare: { type: boolean }\n  budget:\n")
    called = call("check", "rules/bant_20.yaml", "--format", "concise")
    assert called.code == 0
    assert "warning[unused-input]" in called.out
    assert call("check", "rules/bant_20.yaml", "--strict").code == 1


def test_the_suite_is_checked_with_its_rulebook_and_not_run(rules: Path) -> None:
    spoil(rules / "bant_20.tests.yaml", "status: incomplete", "status: scored")
    assert call("check", "rules/bant_20.yaml").code == 0
    spoil(rules / "bant_20.tests.yaml", "status: scored", "status: maybe")
    assert call("check", "rules/bant_20.yaml").code == 1


def test_a_suite_stands_for_its_rulebook(rules: Path) -> None:
    called = call("check", "rules/bant_20.tests.yaml")
    assert called.out == "1 rulebook and 1 suite checked: no findings\n"
    spoil(rules / "bant_20.tests.yaml", "tests_for: bant_20", "tests_for: bant_2")
    called = call("check", "rules/bant_20.tests.yaml", "--format", "concise")
    assert "these tests are for `bant_2` but stand beside `bant_20`" in called.out


def test_the_shape_of_a_suite_is_checked_beside_a_broken_rulebook(rules: Path) -> None:
    spoil(rules / "bant_20.yaml", "input: need,", "input: ned,")
    spoil(rules / "bant_20.tests.yaml", "tests_for:", "test_for:")
    called = call("check", "rules/bant_20.yaml", "--format", "json")
    assert {found["code"] for found in json.loads(called.out)} == {"undeclared-input", "unknown-key"}


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "nope.yaml",
            "nope.yaml:1:1: error[file-unreadable]: cannot read this file: no such file or directory",
        ),
        ("empty", "empty:1:1: error[no-rulebook]: there is no rulebook in this folder, nor below it"),
    ],
)
def test_a_path_that_is_of_no_use_is_wrong_usage(path: str, said: str) -> None:
    Path("empty", "samples").mkdir(parents=True)
    called = call("check", path, "rules/bant_20.yaml", "--format", "concise")
    assert (called.code, called.out) == (2, f"{said}\n")


@pytest.mark.usefixtures("rules")
def test_formats_for_programs_keep_the_summary_apart() -> None:
    called = call("check", "rules/bant_20.yaml", "--format", "json")
    assert (called.out, called.err) == ("[]\n", "1 rulebook and 1 suite checked: no findings\n")


def test_a_file_with_findings_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands on the disk may change meanwhile, and an underline would stand below another text."""
    path = tmp_path / "a.yaml"
    path.write_text("rulebook: { id: a }\ncolour: red\n", encoding="utf-8")
    opened: list[str] = []

    def counting(file: str | Path) -> FileIO:
        opened.append(str(file))
        return open_file(file)

    monkeypatch.setattr("scorewright.rulebook.source.open_file", counting)
    called = call("check", path)
    assert "colour: red" in called.out
    assert opened == [str(path)]
