"""Files to documents: which rulebooks a path holds, and what stands in each."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scorewright.diagnostics import Diagnostic, Report, Span, finding
from scorewright.rulebook.document import Document, read_rulebook
from scorewright.rulebook.folders import files_in
from scorewright.rulebook.source import Source

__all__ = [
    "ENDING",
    "SUITE_ENDING",
    "Document",
    "find_rulebooks",
    "has_suite",
    "load_rulebook",
    "rulebooks_in",
    "suite_path",
]

ENDING = ".yaml"
SUITE_ENDING = ".tests.yaml"


def find_rulebooks(paths: Iterable[Path]) -> tuple[tuple[Path, ...], Report]:
    """List the rulebooks that files and folders name, in order and each once; a suite names its rulebook.

    A folder stands for the rulebooks that lie in it, and in the folders below.
    """
    found: list[Path] = []
    wrong: list[Diagnostic] = []
    for path in paths:
        if path.is_dir():
            files, unread = files_in(path)
            rulebooks = [file for file in files if _is_rulebook(file)]
            found += rulebooks
            wrong += (*unread, *_wrong_in(path, files, rulebooks))
        else:
            found.append(_rulebook_of(path))
    return tuple(dict.fromkeys(found)), Report.of(wrong)


def rulebooks_in(folder: Path) -> list[Path]:
    """List the rulebooks of a folder, and of those below it."""
    return [file for file in files_in(folder)[0] if _is_rulebook(file)]


def suite_path(rulebook: Path) -> Path:
    """Return the path of the suite beside a rulebook, whether it is there or not."""
    return rulebook.with_name(rulebook.name.removesuffix(ENDING) + SUITE_ENDING)


def load_rulebook(path: Path) -> tuple[Source | None, Document | None, Report]:
    """Read the rulebook of a file; the source comes back with every finding that speaks of it."""
    source, report = Source.read(path)
    if source is None:
        return None, None, report
    document, found = read_rulebook(source)
    return source, document, report + found


def has_suite(rulebook: Path) -> bool:
    """Return whether there is a suite beside a rulebook, even if it is a link that leads nowhere."""
    return os.path.lexists(suite_path(rulebook))


def _is_rulebook(path: Path) -> bool:
    return path.name.endswith(ENDING) and not path.name.endswith(SUITE_ENDING)


def _wrong_in(folder: Path, files: Sequence[Path], rulebooks: Sequence[Path]) -> Iterator[Diagnostic]:
    if not rulebooks:
        way_out = f"name a folder with rulebooks, which end in `{ENDING}`"
        message = "there is no rulebook in this folder, nor below it"
        yield finding("no-rulebook", _top(folder), message, way_out)
        return
    suites = (path for path in files if path.name.endswith(SUITE_ENDING))
    known = set(rulebooks)
    yield from (_lonely(path) for path in suites if _rulebook_of(path) not in known)
    yield from (_other_ending(path) for path in files if path.name.endswith(".yml"))


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
