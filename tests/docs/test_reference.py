"""docs/reference is what the code says: the committed pages are written anew, and nothing in them lacks."""

import re
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from scorewright.cli.reference_pages import example_files, pages
from scorewright.program.operators import Op
from scorewright.results.outcome import InputCode
from scorewright.rulebook import grammar
from scorewright.rulebook.model.earnings import EARNINGS
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.schema.key_words import formats, title
from scorewright.rulebook.schema.word_descriptions import WORDS
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from scorewright.runtime.settings import PREFIX, Settings
from scorewright.suites.expectations import INVALID, KINDS, Shape
from scorewright.suites.suite import Suite
from scorewright.suites.tests_page import CODES, SHAPES
from tests.architecture.source import ROOT

FOLDER = ROOT / "docs" / "reference"
DATA = ROOT / "tests" / "data"
PAGES = pages(example_files(ROOT / "rules", DATA / "everything.yaml", DATA / "everything.tests.yaml"))
BLOCKS = [("rulebook.md", block) for block in grammar.blocks(Rulebook)]
BLOCKS += [("tests.md", block) for block in grammar.blocks(Suite)]
UNITS = ("minute", "hour", "day", "week", "month", "quarter", "year")


def section(page: str, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGES[page], re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the tables of a text, heads left out."""
    for table in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
        for line in table.splitlines()[2:]:
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_says(request: pytest.FixtureRequest, name: str) -> None:
    if request.config.getoption("--update-golden"):
        (FOLDER / name).write_text(PAGES[name], encoding="utf-8")
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == PAGES[name], f"docs/reference/{name} is old; `make reference` writes it"


def test_the_folder_holds_these_pages_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize(("page", "block"), BLOCKS, ids=lambda value: getattr(value, "__name__", None))
def test_every_key_stands_in_its_block_with_what_it_takes_and_what_it_says(
    page: str, block: type[Block]
) -> None:
    found = list(rows(section(page, title(block))))
    assert [key.strip("`") for key, *_ in found] == list(grammar.keys(block))
    assert all(takes and says for _, takes, _, says in found)


@pytest.mark.parametrize(("page", "block"), BLOCKS, ids=lambda value: getattr(value, "__name__", None))
def test_a_key_that_is_needed_is_called_so(page: str, block: type[Block]) -> None:
    called = {
        key.strip("`") for key, _, without, _ in rows(section(page, title(block))) if without == "needed"
    }
    needed = {key for key, field in grammar.fields(block).items() if field.required}
    # A rulebook of signals alone has no inputs; the rule stands below its table.
    assert called == needed - ({"inputs"} if block is Rulebook else set())


@pytest.mark.parametrize("enumeration", WORDS, ids=lambda enumeration: enumeration.__name__)
def test_every_word_of_a_closed_list_is_explained(enumeration: type[StrEnum]) -> None:
    assert list(WORDS[enumeration]) == list(enumeration)
    assert all(f"| `{word}` | {about}" in PAGES["rulebook.md"] for word, about in WORDS[enumeration].items())


def test_every_comparison_has_an_example() -> None:
    found = {row[0]: row[-1] for row in rows(section("rulebook.md", "Comparisons"))}
    assert list(found) == [f"`{op}`" for op in Op]
    assert all(f"{op}: " in found[f"`{op}`"] for op in Op)


def test_every_way_to_earn_has_an_example() -> None:
    ways = section("rulebook.md", "Ways to earn")
    assert [row[0] for row in rows(ways)] == [f"`{key}`" for key in EARNINGS]
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", ways, re.MULTILINE | re.DOTALL)
    examples = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
    assert len(examples) == len(EARNINGS)
    assert all(
        f"{key}: " in example or f"{key}:\n" in example
        for key, example in zip(EARNINGS, examples, strict=True)
    )


def test_every_expectation_has_its_shape_and_every_invalid_code_its_line() -> None:
    assert set(SHAPES) == set(Shape)
    assert list(CODES) == list(InputCode)
    assert [row[0] for row in rows(section("tests.md", "Expectations"))] == [
        f"`{word}`" for word in (*KINDS, INVALID)
    ]


@pytest.mark.parametrize("form", formats([block for _, block in BLOCKS]), ids=lambda form: form.kind)
def test_a_form_is_described_as_its_pattern_reads(form: object) -> None:
    pattern, forms = getattr(form, "pattern", ""), getattr(form, "forms", "")
    assert forms
    if "a number from 1 to 9999" in forms:
        fitting = [unit for unit in UNITS if re.fullmatch(pattern, f"2 {unit}s")]
        assert fitting == [unit for unit in UNITS if f"`{unit}`" in forms]
        assert bool(re.fullmatch(pattern, "2 business days")) == ("`business`" in forms)
        assert all(re.fullmatch(pattern, word) for word in re.findall(r"`([a-z ]+)`;", forms))


@pytest.mark.parametrize("name", ["rulebook.md", "tests.md"])
def test_every_example_can_be_read(name: str) -> None:
    examples = re.findall(r"^```yaml\n(.*?)^```$", PAGES[name], re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        _, report = read_tree(Source(name, example))
        assert not report.diagnostics, example


def test_every_setting_has_its_line_and_its_default() -> None:
    found = {row[0].strip("`"): row for row in rows(PAGES["settings.md"])}
    assert list(found) == [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    assert all(takes and says for _, takes, _, says in found.values())
    for name, field in Settings.model_fields.items():
        default = found[f"{PREFIX}{name.upper()}"][2].strip("`")
        assert default == (
            ""
            if field.default is None
            else str(field.default).replace("False", "false").replace("True", "true")
        )


def test_the_command_writes_these_pages(tmp_path: Path) -> None:
    line = next(line for line in (ROOT / "Makefile").read_text().splitlines() if "reference_pages" in line)
    _, *arguments = line.replace("docs/reference", str(tmp_path)).split()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == PAGES
