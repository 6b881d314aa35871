"""Files to documents: which rulebooks a path holds, and what stands in each."""

from collections.abc import Iterable
from pathlib import Path

from scorers.codes import finding
from scorers.diagnostics import Diagnostic, Report, Span
from scorers.rulebook.read import Document, read_rulebook
from scorers.rulebook.source import Source

__all__ = ["ENDING", "SUITE_ENDING", "Document", "find_rulebooks", "load_rulebook", "suite_path"]

ENDING = ".yaml"
SUITE_ENDING = ".tests.yaml"


def find_rulebooks(paths: Iterable[Path]) -> tuple[tuple[Path, ...], Report]:
    """List the rulebooks that files and folders name, in order and each once; a suite names its rulebook.

    A folder stands for the rulebooks that lie in it, not in the folders below.
    """
    found: list[Path] = []
    wrong: list[Diagnostic] = []
    for path in paths:
        if path.is_dir():
            found += _in_folder(path)
            wrong += _wrong_in_folder(path)
        else:
            found.append(_rulebook_of(path))
    return tuple(dict.fromkeys(found)), Report.of(wrong)


def suite_path(rulebook: Path) -> Path:
    """Give the path of the suite beside a rulebook, whether it is there or not."""
    return rulebook.with_name(rulebook.name.removesuffix(ENDING) + SUITE_ENDING)


def load_rulebook(path: Path) -> tuple[Source | None, Document | None, Report]:
    """Read the rulebook of a file; the source comes back with every finding that speaks of it."""
    source, report = Source.read(path)
    if source is None:
        return None, None, report
    document, found = read_rulebook(source)
    return source, document, report + found


def _in_folder(folder: Path) -> list[Path]:
    files = (path for path in folder.glob(f"*{ENDING}") if not path.name.endswith(SUITE_ENDING))
    return sorted(path for path in files if path.is_file())


def _wrong_in_folder(folder: Path) -> list[Diagnostic]:
    rulebooks = set(_in_folder(folder))
    if not rulebooks:
        way_out = f"name a folder with rulebooks, which end in `{ENDING}`"
        return [finding("no-rulebook", _top(folder), "there is no rulebook in this folder", way_out)]
    lonely = (path for path in sorted(folder.glob(f"*{SUITE_ENDING}")) if _rulebook_of(path) not in rulebooks)
    found = [_lonely(path) for path in lonely]
    return found + [_other_ending(path) for path in sorted(folder.glob("*.yml"))]


def _lonely(path: Path) -> Diagnostic:
    message = f"there is no `{_rulebook_of(path).name}` beside these tests"
    return finding("tests-without-rulebook", _top(path), message, "name the tests after their rulebook")


def _other_ending(path: Path) -> Diagnostic:
    way_out = f"rename it to `{path.stem}{ENDING}`"
    return finding("file-not-read", _top(path), f"only files that end in `{ENDING}` are read", way_out)


def _rulebook_of(path: Path) -> Path:
    if path.name.endswith(SUITE_ENDING):
        return path.with_name(path.name.removesuffix(SUITE_ENDING) + ENDING)
    return path


def _top(path: Path) -> Span:
    return Span(str(path), 1, 1, 1, 1)
