"""`init`: a folder of rulebooks that is green from the first moment, and nothing of it that is changed."""

import json
import shutil
from pathlib import Path

import pytest

from scorewright.cli.schema_files import schema_files
from tests.service.cli.calling import RULES, call

FIRST = ("first_scorecard.yaml", "first_scorecard.tests.yaml")
SCHEMAS = ("rulebook.schema.json", "tests.schema.json")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder; return where `init` puts rulebooks."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "rules"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def is_green(folder: Path) -> bool:
    return all(call(command, folder, "--strict").code == 0 for command in ("check", "test"))


def test_it_starts_a_folder_that_is_green(folder: Path) -> None:
    called = call("init")
    wrote = [*SCHEMAS, *FIRST]
    assert (called.code, called.err) == (0, "")
    assert called.out == "".join(f"wrote rules/{name}\n" for name in wrote) + (
        "next: change rules/first_scorecard.yaml, "
        "then `scorewright check rules` and `scorewright test rules`\n"
    )
    assert set(contents(folder)) == set(wrote)
    assert is_green(folder)
    assert call("fmt", "--check", folder).code == 0


def test_every_file_that_it_writes_names_a_schema_that_is_there(folder: Path) -> None:
    call("init")
    for name in FIRST:
        first = (folder / name).read_text().partition("\n")[0]
        schema = folder / first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads(schema.read_text())["$schema"]


def test_a_second_time_nothing_is_missing(folder: Path) -> None:
    call("init")
    before = contents(folder)
    called = call("init")
    assert (called.code, called.out, called.err) == (0, "nothing was missing in rules\n", "")
    assert contents(folder) == before


@pytest.mark.parametrize("name", [*SCHEMAS, "first_scorecard.tests.yaml"])
def test_what_was_taken_away_is_put_back_as_it_was(name: str, folder: Path) -> None:
    call("init")
    before = contents(folder)
    (folder / name).unlink()
    assert call("init").out == f"wrote rules/{name}\n"
    assert contents(folder) == before


def test_a_folder_of_rulebooks_gets_no_other_one_and_keeps_every_byte(folder: Path) -> None:
    (folder / "deep").mkdir(parents=True)
    shutil.copy(RULES / "bant_20.yaml", folder / "bant_20.yaml")
    shutil.copy(RULES / "lead_points_100.yaml", folder / "deep" / "lead_points_100.yaml")
    (folder / "notes.txt").write_text("mine\n")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    called = call("init")
    wrote = {*SCHEMAS, "bant_20.tests.yaml", "deep/lead_points_100.tests.yaml"}
    assert {line.removeprefix("wrote rules/") for line in called.out.splitlines()} == wrote
    assert {path: path.read_bytes() for path in before} == before
    deep = (folder / "deep" / "lead_points_100.tests.yaml").read_text()
    assert deep == (
        "# yaml-language-server: $schema=../tests.schema.json\ntests_for: lead_points_100\n\ncases: []\n"
    )
    assert all(call(command, folder).code == 0 for command in ("check", "test"))


def test_a_rulebook_without_the_line_for_editors_is_named_and_left(folder: Path) -> None:
    folder.mkdir()
    text = "# mine\n" + (RULES / "bant_20.yaml").read_text().partition("\n")[2]
    (folder / "bant_20.yaml").write_text(text)
    called = call("init")
    assert called.code == 0
    assert called.err == (
        "note: editors use the schema where the first line is `# yaml-language-server: "
        "$schema=./rulebook.schema.json`, which is missing in rules/bant_20.yaml\n"
    )
    assert (folder / "bant_20.yaml").read_text() == text


def test_a_schema_of_another_version_is_named_and_left(folder: Path) -> None:
    folder.mkdir()
    (folder / SCHEMAS[0]).write_text("{}\n")
    called = call("init")
    assert called.err == (
        "note: rules/rulebook.schema.json is not what this scorewright writes; "
        "`scorewright schema --into rules` brings it up to date\n"
    )
    assert (folder / SCHEMAS[0]).read_text() == "{}\n"


def test_the_folder_may_lie_anywhere(folder: Path) -> None:
    called = call("init", "a b/scoring")
    assert (called.code, called.out.splitlines()[0]) == (0, "wrote a b/scoring/rulebook.schema.json")
    assert is_green(folder.parent / "a b" / "scoring")


def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    folder.write_text("a file\n")
    called = call("init")
    assert (called.code, called.err) == (2, "error: cannot make rules: file exists\n")


def test_the_schemas_are_those_that_ship() -> None:
    assert schema_files() == {name: (RULES / name).read_text() for name in SCHEMAS}
