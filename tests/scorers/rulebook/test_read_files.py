import shutil
from pathlib import Path

import pytest

from scorewright.rulebook.read_files import find_rulebooks, load_rulebook, suite_path
from tests.scorers.rulebook.test_document import RULES, SMALL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.yaml", "a.yaml", "a.tests.yaml", "notes.txt"):
        (tmp_path / name).write_text(SMALL)
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "c.yaml").write_text(SMALL)
    return tmp_path


def names(folder: Path, *paths: str) -> list[str]:
    found, report = find_rulebooks(folder / path for path in paths)
    assert not report.diagnostics
    return [str(path.relative_to(folder)) for path in found]


def told(folder: Path) -> list[tuple[str, str]]:
    return [(d.code, Path(d.span.file).name) for d in find_rulebooks([folder])[1].diagnostics]


def test_a_folder_stands_for_the_rulebooks_in_it_sorted(folder: Path) -> None:
    assert names(folder, ".") == ["a.yaml", "b.yaml"]


def test_a_file_stands_for_itself_and_a_suite_for_its_rulebook(folder: Path) -> None:
    assert names(folder, "b.yaml", "a.tests.yaml", "notes.txt") == ["b.yaml", "a.yaml", "notes.txt"]


def test_each_rulebook_is_listed_once(folder: Path) -> None:
    assert names(folder, "b.yaml", ".", "b.yaml") == ["b.yaml", "a.yaml"]


def test_a_folder_without_a_rulebook_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert told(tmp_path) == [("no-rulebook", tmp_path.name)]


def test_a_suite_without_a_rulebook_is_a_finding(folder: Path) -> None:
    (folder / "lost.tests.yaml").write_text("x")
    assert told(folder) == [("tests-without-rulebook", "lost.tests.yaml")]


def test_a_file_with_the_other_ending_is_a_finding(folder: Path) -> None:
    (folder / "c.yml").write_text(SMALL)
    assert told(folder) == [("file-not-read", "c.yml")]


def test_a_missing_file_is_a_finding_when_it_is_read(tmp_path: Path) -> None:
    assert find_rulebooks([tmp_path / "none.yaml"])[0] == (tmp_path / "none.yaml",)
    source, document, report = load_rulebook(tmp_path / "none.yaml")
    assert (source, document) == (None, None)
    assert [d.code for d in report.diagnostics] == ["file-unreadable"]


def test_a_rulebook_comes_with_its_source_even_if_it_is_wrong(folder: Path) -> None:
    source, document, report = load_rulebook(folder / "a.yaml")
    assert source is not None
    assert document is not None
    assert not report.diagnostics
    (folder / "a.yaml").write_text("rulebook: 5")
    source, document, report = load_rulebook(folder / "a.yaml")
    assert source is not None
    assert document is None
    assert report.has_errors


def test_a_suite_lies_beside_its_rulebook(folder: Path) -> None:
    assert suite_path(folder / "a.yaml") == folder / "a.tests.yaml"
    assert all(suite_path(path).is_file() for path in RULES)


def test_the_shipped_rulebooks_are_found_wherever_the_folder_lies(tmp_path: Path) -> None:
    shutil.copytree(RULES[0].parent, tmp_path / "copy")
    found, report = find_rulebooks([tmp_path / "copy"])
    assert [path.name for path in found] == [path.name for path in RULES]
    assert not report.diagnostics
