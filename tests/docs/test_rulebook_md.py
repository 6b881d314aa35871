"""Every block of docs/rulebook.md is a rulebook, a suite, or a piece that makes a rulebook with a base."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from scorewright.compiler.lower import compile_rulebook
from scorewright.program.exact_numbers import plain as plain_number
from scorewright.program.program import Program
from scorewright.rulebook.document import read_model, read_rulebook
from scorewright.rulebook.nodes import Plain, plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from scorewright.suites.suite import Suite

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "rulebook.md"
QUOTE = re.compile(r"# from (rules/\w+\.yaml)\n")
# What a fragment leaves out: enough to make a rulebook of it.
BASE = """
rulebook: { id: base, name: Base, version: 1.0.0, owner: nobody }
inputs: {}
score: { out_of: 1, if_missing: no_points }
criteria: []
bands: [{ id: all, from: 0 }]
actions: {}
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of YAML in the page, by its line and what stands behind ```yaml."""

    line: int
    info: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}"

    @property
    def quoted(self) -> str | None:
        """Name the file that the block quotes."""
        found = QUOTE.match(self.text)
        return found[1] if found else None


def blocks() -> list[Block]:
    page = PAGE.read_text()
    return [
        Block(page[: found.start()].count("\n") + 1, found[1].strip(), found[2])
        for found in re.finditer(r"^```yaml(.*)\n((?:.*\n)*?)```$", page, re.MULTILINE)
    ]


def of(info: str) -> list[Block]:
    return [block for block in blocks() if block.info == info]


def values(text: str) -> dict[str, Plain]:
    node, report = read_tree(Source("docs/rulebook.md", text))
    assert not report.diagnostics
    assert node is not None
    value = plain(node)
    assert isinstance(value, dict)
    return value


def program(text: str) -> Program:
    document, report = read_rulebook(Source("docs/rulebook.md", text))
    assert not report.diagnostics
    assert document is not None
    return compile_rulebook(document.rulebook)


def splice(base: Mapping[str, Plain], fragment: Mapping[str, Plain]) -> dict[str, Plain]:
    """Put a fragment into a rulebook: lists take the place of lists, blocks are merged key by key."""
    whole = dict(base)
    for key, value in fragment.items():
        below = whole.get(key)
        whole[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return whole


def test_every_block_of_the_page_is_known() -> None:
    assert PAGE.read_text().count("\n```") == 2 * len(blocks())
    assert {block.info for block in blocks()} == {"", "fragment"}


@pytest.mark.parametrize("block", of(""), ids=str)
def test_a_block_is_a_shipped_rulebook_or_a_suite_of_one(block: Block) -> None:
    if "tests_for" in values(block.text):
        suite, report = read_model(Source("docs/rulebook.md", block.text), Suite, nulls=True)
        assert not report.diagnostics
        assert suite is not None
        assert (ROOT / "rules" / f"{suite[1].tests_for}.yaml").is_file()
    else:
        assert block.text == (ROOT / "rules" / f"{program(block.text).id}.yaml").read_text()


@pytest.mark.parametrize("block", of("fragment"), ids=str)
def test_a_fragment_makes_a_rulebook_with_its_base(block: Block) -> None:
    base = (ROOT / block.quoted).read_text() if block.quoted else BASE
    whole = splice(values(base), values(block.text))
    # JSON is YAML: so the whole is read as an analyst's file would be.
    assert program(json.dumps(whole, default=plain_number)).digest


@pytest.mark.parametrize("block", [block for block in of("fragment") if block.quoted], ids=str)
def test_a_quoted_line_still_stands_in_its_rulebook(block: Block) -> None:
    lines = iter((ROOT / str(block.quoted)).read_text().splitlines())
    gone = [line for line in block.text.splitlines()[1:] if line not in lines]
    assert not gone, f"not in {block.quoted}, or not in this order"
