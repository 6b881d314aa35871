"""Accepted findings: what the owners of a rulebook have agreed to in writing is not told again."""

from collections.abc import Iterator
from typing import Final

from scorers.checks.base import Finder, Path
from scorers.codes import CODES, Family
from scorers.diagnostics import Diagnostic, Report, Severity, Span
from scorers.rulebook.model import Accepted
from scorers.rulebook.nodes import Mapping, Node, Scalar, Sequence
from scorers.rulebook.read import Document
from scorers.wording import quoted

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
    return Report.of([*kept, *(_unused(document, used) if complete else ())])


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
    if isinstance(node, Sequence):
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


def _unused(document: Document, used: set[int]) -> Iterator[Diagnostic]:
    find = Finder(document, "accepted-unused")
    for index, entry in enumerate(document.rulebook.accepted):
        # What only tests, or the day, can tell is not looked for here.
        told_elsewhere = entry.check in OF_A_DAY or (
            entry.check in CODES and CODES[entry.check].family is Family.TESTS
        )
        if index not in used and not told_elsewhere:
            path: Path = ("accepted", index)
            where = f" at {quoted(entry.at)}" if entry.at else ""
            message = f"no finding {quoted(entry.check)}{where} is there to accept"
            yield find.at(path, message, "delete this entry")
