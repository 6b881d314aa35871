"""Pages can be read as they lie: lines of prose end where others do, and no line ends in spaces."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.docs.test_links import PAGES

LIMIT = 120
OWN = [page for page in PAGES if page.is_relative_to(ROOT / "docs")]


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that can be broken: no code, no row of a table, no picture, no link of one word."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = not inside
        elif not inside and not line.startswith(("|", "![", "#")):
            yield number, line


@pytest.mark.parametrize("page", OWN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_line_of_prose_has_at_most_120_characters(page: Path) -> None:
    assert [
        f"{page}:{number}" for number, line in prose(page) if len(line) > LIMIT and " " in line.strip()
    ] == []


@pytest.mark.parametrize("page", OWN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_line_ends_in_spaces_and_no_page_without_a_line_end(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [f"{page}:{number}" for number, line in prose(page) if line != line.rstrip()] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
