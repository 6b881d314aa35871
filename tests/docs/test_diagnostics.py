"""Every finding has a page, whose example prints that finding alone and whose mended form prints nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from scorewright.diagnostics.codes import CODES, Family
from scorewright.scoring.load import load_paths
from scorewright.suites.suite_run import test_rulebook as run_suite

PAGES = Path(__file__).parent.parent.parent / "docs" / "diagnostics"
FENCE = re.compile(r"^```yaml(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
RULEBOOK = "example.yaml"
DAY = date(2026, 1, 31)

Files = Mapping[str, bytes]
"""What lies in a folder, by name."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in its parts: the line under its title, and the files of its example and of its mended form."""

    code: str
    summary: str
    example: Files
    mended: Files


def page(code: str) -> Page:
    text = (PAGES / f"{code}.md").read_text()
    title, summary = text.split("\n\n", 2)[:2]
    assert title == f"# {code}"
    before, mended = text.split("\n## Mended\n")
    return Page(code, summary, files(before.split("\n## Example\n")[1]), files(mended))


def files(part: str) -> Files:
    return {found[1].strip() or RULEBOOK: found[2].encode() for found in FENCE.finditer(part)}


def whole(mended: Files) -> str:
    return mended[RULEBOOK].decode()


# Examples that a page cannot show, made from the mended form.
MADE: Mapping[str, Callable[[Files], Files]] = {
    "control-character": lambda good: {RULEBOOK: whole(good).replace("Example", "Exam\u202eple").encode()},
    "file-too-large": lambda good: {RULEBOOK: b"# much is said here\n" * 30_000 + good[RULEBOOK]},
    "file-unreadable": lambda _: {},
    "no-rulebook": lambda _: {},
    "not-utf8": lambda good: {RULEBOOK: whole(good).replace("Example", "Größe").encode("latin-1")},
    "too-many-values": lambda good: {
        RULEBOOK: whole(good).replace("type: boolean", f"type: choice, options: [{'a, ' * 60_000}b]").encode()
    },
}


def printed(code: str, lying: Files, folder: Path) -> list[str]:
    """Write files to a folder and load it; findings about tests come from running them."""
    for name, content in lying.items():
        (folder / name).write_bytes(content)
    engine = "durable" if CODES[code].family is Family.ENGINES else "reference"
    loaded, report = load_paths([folder / RULEBOOK if code == "file-unreadable" else folder], engine, DAY)
    if CODES[code].family is Family.TESTS:
        for rulebook in loaded:
            report += run_suite(rulebook, "reference").report
    return [diagnostic.code for diagnostic in report.diagnostics]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_page_begins_with_what_the_register_says(code: str) -> None:
    row = CODES[code]
    assert page(code).summary == f"{row.number}, {row.severity.value}: {row.title}."


@pytest.mark.parametrize("code", CODES)
def test_an_example_prints_its_code_alone(code: str, tmp_path: Path) -> None:
    told = page(code)
    assert bool(told.example) != (code in MADE)
    example = MADE[code](told.mended) if code in MADE else told.example
    assert set(printed(code, example, tmp_path)) == {code}


@pytest.mark.parametrize("code", CODES)
def test_a_mended_example_prints_nothing(code: str, tmp_path: Path) -> None:
    assert printed(code, page(code).mended, tmp_path) == []


@pytest.mark.parametrize("code", CODES)
def test_an_example_can_be_taken_in_at_a_glance(code: str) -> None:
    told = page(code)
    for content in (*told.example.values(), *told.mended.values()):
        assert content.count(b"\n") <= 32
