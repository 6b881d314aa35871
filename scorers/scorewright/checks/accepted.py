"""Accepted findings: what the owners of a rulebook have agreed to in writing is not told again."""

from collections.abc import Iterator, Sequence
from typing import Final

from scorewright.checks.check import Finder, Path
from scorewright.diagnostics import CODES, Diagnostic, Family, Report, Severity, Span, nearest, quoted
from scorewright.rulebook import Document
from scorewright.rulebook.model.rulebook import Accepted
from scorewright.rulebook.nodes import Mapping, Node, Scalar
from scorewright.rulebook.nodes import Sequence as SequenceNode

Place = tuple[int, int]
Owner = tuple[Place, Place, str]
"""Where a thing begins and ends, and its id."""

OF_A_DAY: Final = ("rulebook-expired", "rulebook-not-begun")
"""What is found on some days and on others is not."""

_KEYED: Final = ("facts", "inputs", "values", "actions")


def accept(document: Document, report: Report, complete: bool) -> Report:
    """Drop the findings that are accepted, and, if all checks have run, tell of entries without a finding."""
    entries = document.rulebook.accepted
    if not entries:
        return report
    owners = list(_owners(document.root))
    used: set[int] = set()
    kept: list[Diagnostic] = []
    checks = {entry.check for entry in entries}
    for diagnostic in report.diagnostics:
        about = _about(diagnostic.span, owners) if diagnostic.code in checks else set()
        matching = [i for i, entry in enumerate(entries) if _matches(entry, diagnostic, about)]
        used.update(matching)
        if not matching:
            kept.append(diagnostic)
    if not complete:
        return Report.of(kept)
    unused: list[Diagnostic] = []
    for index, entry in enumerate(entries):
        if index not in used and not _is_told_elsewhere(entry):
            meant, finding = _unused(document, index, kept, owners)
            kept = [diagnostic for diagnostic in kept if diagnostic not in meant]
            unused.append(finding)
    return Report.of([*kept, *unused])


def _matches(entry: Accepted, diagnostic: Diagnostic, about: set[str]) -> bool:
    if entry.check != diagnostic.code or diagnostic.severity is Severity.ERROR:
        return False
    return entry.at is None or entry.at in about


def _about(span: Span, owners: list[Owner]) -> set[str]:
    """Name the things that a place lies in."""
    place = (span.line, span.column)
    return {id for start, end, id in owners if start <= place < end}


def _owners(root: Node) -> Iterator[Owner]:
    """List everything that has an id: blocks with `id`, and the entries of facts, inputs, values, actions."""
    if isinstance(root, Mapping):
        for entry in root.entries:
            if entry.key.text in _KEYED and isinstance(entry.value, Mapping):
                for named in entry.value.entries:
                    yield _start(named.key.span), _end(named.value.span), named.key.text
            yield from _with_ids(entry.value)


def _with_ids(node: Node) -> Iterator[Owner]:
    # The reader allows 32 levels, so recursion is safe.
    if isinstance(node, SequenceNode):
        for item in node.items:
            yield from _with_ids(item)
    elif isinstance(node, Mapping):
        entry = node.get("id")
        if entry is not None and isinstance(entry.value, Scalar):
            yield _start(node.span), _end(node.span), entry.value.text
        for part in node.entries:
            yield from _with_ids(part.value)


def _start(span: Span) -> Place:
    return span.line, span.column


def _end(span: Span) -> Place:
    return span.end_line, span.end_column


def _is_told_elsewhere(entry: Accepted) -> bool:
    # What only tests, or the day, can tell is not looked for here.
    of_tests = entry.check in CODES and CODES[entry.check].family is Family.TESTS
    return entry.check in OF_A_DAY or of_tests


def _unused(
    document: Document, index: int, kept: Sequence[Diagnostic], owners: list[Owner]
) -> tuple[Sequence[Diagnostic], Diagnostic]:
    """Report an entry without a finding, and which findings it means if its `at` is misspelt."""
    find, entry = Finder(document, "accepted-unused"), document.rulebook.accepted[index]
    path: Path = ("accepted", index)
    open_ones = {found: _innermost(found.span, owners) for found in kept if found.code == entry.check}
    ids = sorted({id for id in open_ones.values() if id is not None})
    if entry.at is not None and ids and entry.at not in {id for _, _, id in owners}:
        near = ids[0] if len(ids) == 1 else nearest(entry.at, ids, document.budget)
        if near is not None:
            meant = [found for found, id in open_ones.items() if id == near]
            message = f"nothing is called {quoted(entry.at)}"
            return meant, find.at((*path, "at"), message, f"did you mean `{near}`?")
    where = f" at {quoted(entry.at)}" if entry.at else ""
    message = f"no finding {quoted(entry.check)}{where} is there to accept"
    return (), find.at(path, message, "delete this entry")


def _innermost(span: Span, owners: list[Owner]) -> str | None:
    place = (span.line, span.column)
    around = [(start, id) for start, end, id in owners if start <= place < end]
    return max(around)[1] if around else None
