"""`schema`: for all rulebooks, or with the ids of one."""

import json
from pathlib import Path

import pytest

from tests.service.cli.calling import RULES, call

pytestmark = pytest.mark.usefixtures("at_root")


@pytest.mark.parametrize(
    ("arguments", "file"), [((), "rulebook.schema.json"), (("--tests",), "tests.schema.json")]
)
def test_the_schemas_beside_the_rulebooks_are_what_it_writes(arguments: tuple[str, ...], file: str) -> None:
    called = call("schema", *arguments)
    assert (called.code, called.err) == (0, "")
    assert called.out == (RULES / file).read_text()


def test_both_are_written_into_a_folder(tmp_path: Path) -> None:
    called = call("schema", "--into", tmp_path)
    assert called.code == 0
    for file in ("rulebook.schema.json", "tests.schema.json"):
        assert (tmp_path / file).read_text() == (RULES / file).read_text()


@pytest.mark.parametrize(
    "arguments", [("--for", "rules/bant_20.yaml"), ("--for", "rules/bant_20.tests.yaml")]
)
def test_the_schema_of_a_file_allows_its_own_ids(arguments: tuple[str, ...]) -> None:
    schema = json.loads(call("schema", *arguments).out)
    assert schema["$defs"]["input_id"]["enum"] == ["budget", "authority", "need", "timeline"]
    assert "offer_to_reconnect" in schema["$defs"]["action_id"]["enum"]


def test_the_schema_of_tests_for_a_rulebook() -> None:
    schema = json.loads(call("schema", "--tests", "--for", "rules/bant_20.yaml").out)
    assert schema["title"] == "Scorewright tests"
    assert "points.budget" in schema["$defs"]["column"]["enum"]


def test_a_rulebook_with_other_mistakes_still_has_its_ids(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("inputs:\n  budget: { type: ratin }\n")
    schema = json.loads(call("schema", "--for", path).out)
    assert schema["$defs"]["input_id"]["enum"] == ["budget"]


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    called = call("schema", "--output", tmp_path / "s.json")
    assert (called.code, called.out) == (0, "")
    assert (tmp_path / "s.json").read_text() == (RULES / "rulebook.schema.json").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--for", "nope.yaml"), "error: nope.yaml cannot be read"),
        (("--into", "nope"), "error: there is no folder nope"),
        (("--into", "rules", "--tests"), "error: --into writes both general schemas"),
        (("--into", "rules", "--output", "x"), "not allowed with argument"),
        (("--output", "no/s.json"), "error: cannot write no/s.json: no such file or directory"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], said: str) -> None:
    called = call("schema", *arguments)
    assert called.code == 2
    assert said in called.err
