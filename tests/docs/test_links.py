"""The pages hang together: each is reached from the index, and every link leads to what is there."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.architecture.source import ROOT

INDEX = ROOT / "docs" / "README.md"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")],
)
PAGES = [page for page in PAGES if "node_modules" not in page.parts]


@cache
def tokens(page: Path) -> tuple[Token, ...]:
    """Parse a page, inline parts taken out of their lines."""
    found = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    return tuple(inner for token in found for inner in (token, *(token.children or ())))


def links(page: Path) -> Iterator[str]:
    """Yield where a page leads: links and pictures that are not on the web."""
    for token in tokens(page):
        target = token.attrGet("href") or token.attrGet("src")
        if target and not re.match(r"[a-z]+:", str(target)):
            yield str(target)


@cache
def anchors(page: Path) -> frozenset[str]:
    """Name the headings of a page as the places that a link can lead to, in the way that GitHub does."""
    found: list[str] = []
    for token, after in zip(tokens(page), tokens(page)[1:], strict=False):
        if token.type == "heading_open":
            words = "".join(each.content for each in after.children or ())
            found.append(re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-"))
    twice = Counter(found)
    return frozenset(found) | {f"{name}-{n}" for name, many in twice.items() for n in range(1, many)}


def target(page: Path, link: str) -> tuple[Path, str]:
    path, _, anchor = link.partition("#")
    return ((page.parent / path).resolve() if path else page), anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_of_a_page_is_dead(page: Path) -> None:
    dead = []
    for link in links(page):
        file, anchor = target(page, link)
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            dead.append(link)
    assert not dead


def test_every_page_is_reached_from_the_index() -> None:
    reached = {INDEX}
    queue = [INDEX]
    for page in queue:
        fresh = {target(page, link)[0] for link in links(page)} - reached
        fresh = {file / "README.md" if (file / "README.md").is_file() else file for file in fresh}
        queue += sorted(file for file in fresh - reached if file.suffix == ".md" and file.is_file())
        reached |= fresh
    assert [page.relative_to(ROOT).as_posix() for page in PAGES if page not in reached] == []


def test_the_readme_leads_to_the_index() -> None:
    assert "docs/README.md" in set(links(ROOT / "README.md"))


def test_every_picture_is_shown_and_says_what_it_shows() -> None:
    pictures = {path for path in (ROOT / "docs").rglob("*.svg") if "node_modules" not in path.parts}
    shown = {}
    for page in PAGES:
        for token in tokens(page):
            if token.type == "image":
                shown[target(page, str(token.attrGet("src")))[0]] = token.content
    assert pictures
    assert pictures == {path for path in shown if path.suffix == ".svg"}
    assert all(len(alternative) > 40 for alternative in shown.values())


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("## 2. Tests: cases and tables", "2-tests-cases-and-tables"), ("## `a_b` & c", "a_b--c"), ("# Ä", "ä")],
)
def test_an_anchor_is_named_as_on_github(tmp_path: Path, heading: str, anchor: str) -> None:
    page = tmp_path / "a.md"
    page.write_text(f"{heading}\n\n{heading}\n", encoding="utf-8")
    assert anchors(page) == {anchor, f"{anchor}-1"}
