"""Every help that says an edit is obeyed to the letter: the finding is gone, and nothing worse has come."""

import importlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest

from scorewright.diagnostics.codes import CODES, Family
from scorewright.diagnostics.diagnostic import Diagnostic, Report, Severity
from scorewright.rulebook.document import read_rulebook
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from scorewright.scoring.load import load_source
from scorewright.suites.read_suite import read_suite
from tests.architecture.source import ROOT
from tests.conftest import GOLDEN_DIR
from tests.docs.test_diagnostics import MADE, page
from tests.obeyed import obeyed
from tests.scorers.checks import books

Read = Callable[[Source], Report]
DAY = date(2026, 1, 31)

OF_WORDS = (
    Family.TEXT,
    Family.SHAPE,
    Family.NAMES,
    Family.INPUTS,
    Family.FACTS,
    Family.TESTS,
)
"""What is about how something is written: the numbers of a help are examples, which may suit nothing."""

TWO_MISTAKES = {
    ("shape/facts_and_signals", "did you mean `facts`?"): "a list is due below it",
    ("shape/suite.tests", "did you mean `expect`?"): "what is in it is misspelt as well",
    ("checks/test_declared_names", "did you mean `budget`?"): "a ratio of what is no number",
}
"""Helps that uncover another mistake, which could not be seen before."""


def loaded(source: Source) -> Report:
    return load_source(source, "reference", DAY)[1]


def texts() -> Iterator[tuple[str, Source, Read]]:
    """List everything wrong that the tests and the documentation hold."""
    for path in sorted((GOLDEN_DIR / "text").glob("*.yaml")):
        source, _ = Source.decode(path.name, path.read_bytes())
        if source is not None:
            yield f"text/{path.stem}", source, lambda text: read_tree(text)[1]
    for path in sorted((GOLDEN_DIR / "shape").glob("*.yaml")):
        read: Read = lambda text: read_rulebook(text)[1]  # noqa: E731 -- one of two readers
        if path.stem.endswith(".tests"):
            read = lambda text: read_suite(text)[1]  # noqa: E731 -- the other one
        yield f"shape/{path.stem}", Source(path.name, path.read_text(encoding="utf-8")), read
    for code in CODES.keys() - MADE.keys():
        for name, content in page(code).example.items():
            if name.endswith(".yaml") and not name.endswith(".tests.yaml"):
                yield f"docs/{code}", Source(name, content.decode()), loaded
    for path in sorted((ROOT / "tests" / "data" / "mistakes" / "cases").glob("*/*.yaml")):
        source = Source(path.name, path.read_text(encoding="utf-8"))
        if path.name.endswith(".tests.yaml"):
            yield f"mistakes/{path.parent.name}", source, lambda text: read_suite(text)[1]
        else:
            yield f"mistakes/{path.parent.name}", source, loaded
    yield from ((f"checks/{name}", Source("example.yaml", text), loaded) for name, text in of_checks())


def of_checks() -> Iterator[tuple[str, str]]:
    """List the small rulebooks of the tests of checks, each made from a sound one by a few edits."""
    for path in sorted((ROOT / "tests" / "scorers" / "checks").glob("test_*.py")):
        for found in vars(importlib.import_module(f"tests.scorers.checks.{path.stem}")).values():
            for edits in found.values() if isinstance(found, dict) else ():
                if isinstance(edits, dict) and edits and all(old in books.BASE for old in edits):
                    yield path.stem, books.edited(edits)
    sound = [books.base(path.stem) for path in sorted(books.CASES.glob("*.yaml"))]
    for path in sorted(books.CASES.glob("*.txt")):
        for edits in books.cases(path.stem).values():
            yield from ((path.stem, books.edited(edits, text)) for text in sound if fits(edits, text))


def fits(edits: books.Edits, text: str) -> bool:
    return all(old in text for old in edits)


def worse(found: Diagnostic, before: Report, after: Report) -> list[str]:
    """Say what obeying a help has not mended, or has brought."""
    had, has = counted(before.diagnostics), counted(after.diagnostics)
    if has[found.code, found.message] >= had[found.code, found.message]:
        return ["it is still there"]
    unread = is_unread(before)
    return [
        f"{new.span.line}: {new.message}"
        for new in after.diagnostics
        if has[new.code, new.message] > had[new.code, new.message]
        and (new.code == found.code or CODES[new.code].family in OF_WORDS)
        and (new.severity is Severity.ERROR or found.severity is not Severity.ERROR)
        and not (unread and CODES[new.code].family is not Family.TEXT)
    ]


def counted(found: Sequence[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((one.code, one.message) for one in found)


def is_unread(report: Report) -> bool:
    """Tell whether a text could not be read at all, so that nothing else was told."""
    families = [CODES[one.code].family for one in report.diagnostics if one.severity is Severity.ERROR]
    return Family.TEXT in families


KINDS = ("text", "shape", "docs", "mistakes", "checks")
LEAST = {"text": 40, "shape": 35, "docs": 30, "mistakes": 15, "checks": 50}
"""How many helps of each kind say an edit, at the least: a phrase that is no longer understood shows here."""


@pytest.mark.parametrize("kind", KINDS)
def test_who_obeys_a_help_is_rid_of_its_finding_and_gets_no_worse_one(kind: str) -> None:
    obeyed_to, wrong = 0, []
    for name, source, read in texts():
        if not name.startswith(f"{kind}/"):
            continue
        before = read(source)
        for found in before.diagnostics:
            ways = obeyed(source, found)
            obeyed_to += bool(ways)
            if (name, found.help) in TWO_MISTAKES:
                continue
            left = [worse(found, before, read(Source(source.name, way))) for way in ways]
            wrong += [(name, found.message, found.help, way) for way in left if way]
    assert wrong == []
    assert obeyed_to >= LEAST[kind]
