"""The schemas beside the rulebooks, which the first line of each names, are those that the code writes."""

from pathlib import Path

import pytest

from scorewright.rulebook.read_files import suite_path
from scorewright.rulebook.schema.generator import rulebook_schema, schema_text
from scorewright.rulebook.schema.json_types import Json
from scorewright.suites.schema_generator import suite_schema
from tests.scorers.rulebook.test_document import ROOT, RULES

RULES_DIR = ROOT / "rules"
SCHEMAS: dict[str, Json] = {
    "rulebook.schema.json": rulebook_schema(),
    "tests.schema.json": suite_schema(),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_in_rules_is_the_one_that_the_code_writes(name: str, request: pytest.FixtureRequest) -> None:
    path = RULES_DIR / name
    text = schema_text(SCHEMAS[name])
    if request.config.getoption("--update-golden"):
        path.write_text(text)
    assert path.read_text() == text, f"rules/{name} is old; write it with --update-golden"


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rulebook_and_its_suite_name_their_schema_for_editors(path: Path) -> None:
    assert first_line(path) == "# yaml-language-server: $schema=./rulebook.schema.json"
    if suite_path(path).is_file():
        assert first_line(suite_path(path)) == "# yaml-language-server: $schema=./tests.schema.json"


def first_line(path: Path) -> str:
    return path.read_text().partition("\n")[0]
