"""Mends that are tried before they are told: what leaves a text with fewer mistakes is what is advised.

Where a dash or an indentation is missing, a parser stops elsewhere and for another reason, and what it says
leads astray. So small changes near the place are made one after another, and the text is read again with
each.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from scorewright.diagnostics import CODES, Budget, Diagnostic, Family, Report, Severity, finding, quoted
from scorewright.rulebook.errors import line_mends as mends
from scorewright.rulebook.errors.line_mends import Mend
from scorewright.rulebook.nodes import Mapping, Node, Scalar
from scorewright.rulebook.nodes import Sequence as SequenceNode
from scorewright.rulebook.source import Source

Read: TypeAlias = Callable[[Source], tuple[Node | None, Report]]
"""Reads a text: its tree, where there is one, and what is wrong with it."""

_MOST: Final = 3
"""The most mends of one file that are looked for."""
_SUSPECTED: Final = 2
"""How many of the first errors are looked at."""
_STEPS_A_CHARACTER: Final = 10

_OF_LAYOUT: Final = (
    "not-yaml", "key-twice", "text-cut-by-comma", "wrong-shape", "value-missing", "unknown-key", "tag",
    "key-missing", "anchor", "complex-key",
)  # fmt: skip
"""What a slip of layout looks like to a reader."""

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)


def repaired(source: Source, report: Report, read: Read, budget: Budget) -> Report:
    """Return what would mend a text instead of what is wrong with it, where that is found out."""
    if marker := _CONFLICT.search(source.text):
        message = f"a marker of a merge conflict is left over: {quoted(marker.group())}"
        way_out = "keep what is meant of the two sides, and delete the lines of the markers"
        return Report.of([finding("not-yaml", source.span(*marker.span()), message, way_out)])
    found: list[Diagnostic] = []
    for _ in range(_MOST):
        better = _better(source, report, read, budget)
        if better is None:
            break
        mend, source, root, report = better
        found.append(_finding(source, mend, root))
        if not report.has_errors:
            break
    return Report.of(found) + report


def _better(
    source: Source, report: Report, read: Read, budget: Budget
) -> tuple[Mend, Source, Node | None, Report] | None:
    best: tuple[Mend, Source, Node | None, Report] | None = None
    fewest = len(_errors(report)) + 1
    for mend in _mends(source, report, budget):
        if not budget.spend(_STEPS_A_CHARACTER * len(source.text)):
            break
        changed = _with(source, mend)
        root, after = read(changed)
        if _is_better(source, report, after, mend) and len(_errors(after)) < fewest:
            best, fewest = (mend, changed, root, after), len(_errors(after))
            if fewest == 0:
                break
    return best


def _mends(source: Source, report: Report, budget: Budget) -> Iterator[Mend]:
    """List what could mend the first errors, changes of one line before those of several.

    Of those that are alike, what leaves lines in the columns that the file's others have comes first.
    """
    wrong = [error.span.line for error in _errors(report) if _is_of_layout(error)][:_SUSPECTED]
    suspects = dict.fromkeys(line for first in wrong for line in (first, *_above(source, first)))
    found: list[Mend] = []
    for line in suspects:
        budget.look()
        found += mends.of_line(source, line)
    steps = mends.steps_of(source)
    yield from sorted(found, key=lambda mend: (len(mend.lines) > 1, not mends.is_usual(source, mend, steps)))


def _is_of_layout(error: Diagnostic) -> bool:
    return error.code in _OF_LAYOUT and not (error.help or "").startswith("did you mean")


def _above(source: Source, line: int) -> Iterator[int]:
    """Name lines above that may be the cause: where a block begins, or one that holds nothing stands."""
    indent, lowest, closed = mends.indent_of(source.excerpt(line)), 0, False
    below, first, begun, opened, empty = line, 0, 0, 0, 0
    for above in range(line - 1, 0, -1):
        text = source.excerpt(above)
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        own, under = mends.indent_of(text), source.excerpt(below)
        first = first or above
        closed = closed or own <= indent  # Above it begins no block that ends here.
        if not closed and (not begun or own <= lowest):
            begun, lowest = above, own
        if mends.opens(text):
            opened = opened or above
            holds = mends.indent_of(under) > own or under.lstrip().startswith("- ")
            empty = empty or (0 if holds else above)
        if own == 0 and not text.startswith("- "):
            break
        below = above
    yield from (found for found in (first, opened, begun, empty) if found)


def _errors(report: Report) -> Sequence[Diagnostic]:
    return [found for found in report.diagnostics if found.severity is Severity.ERROR]


def _with(source: Source, mend: Mend) -> Source:
    lines = source.text.splitlines(keepends=True)
    for line, text in mend.lines.items():
        ending = lines[line - 1][len(lines[line - 1].rstrip("\r\n")) :]
        lines[line - 1] = text + ending
    return Source(source.name, "".join(lines))


def _is_better(source: Source, before: Report, after: Report, mend: Mend) -> bool:
    """Return whether a change mended something and broke nothing: what is left was there, or elsewhere."""
    old, left = _errors(before), _errors(after)
    if not left:
        return True
    if any(error.span.line in mend.lines for error in left):
        return False
    if {(error.code, error.message) for error in left} <= {(error.code, error.message) for error in old}:
        return len(left) < len(old)
    own = _section(source, mend.line)
    return _is_unreadable(before) and all(_section(source, error.span.line) != own for error in left)


def _is_unreadable(report: Report) -> bool:
    """Return whether a text could not be read at all, so that what else is wrong was not seen."""
    return any(CODES[error.code].family is Family.TEXT for error in _errors(report))


def _section(source: Source, line: int) -> int:
    for above in range(line, 0, -1):
        text = source.excerpt(above)
        if text.strip() and text[0] not in " #-":
            return above
    return 0


def _finding(source: Source, mend: Mend, root: Node | None) -> Diagnostic:
    start = source.line_starts[mend.line - 1] + mend.column - 1
    place = source.span(start, start)
    span = type(place)(place.file, mend.line, mend.column, mend.line, mend.column + mend.width)
    message = mend.message
    if mend.moved and root is not None and (owner := _owner(root, mend.line)) is not None:
        key = source.excerpt(mend.line).strip().partition(":")[0]
        message = f"{quoted(key)} belongs to {owner}, and does not stand in its column"
    return finding("not-yaml", span, message, mend.help)


def _owner(root: Node, line: int) -> str | None:
    """Name the block that has a key, or an item, in a line."""
    return _owner_in(root, line, "this file")


def _owner_in(node: Node, line: int, name: str) -> str | None:
    # The reader allows 32 levels, so recursion is safe.
    if isinstance(node, Mapping):
        for entry in node.entries:
            if entry.key.span.line == line:
                return name
            if found := _owner_in(entry.value, line, quoted(entry.key.text)):
                return found
    elif isinstance(node, SequenceNode):
        for item in node.items:
            own = _id(item)
            inside = f"{quoted(own)} in {name}" if own else f"an item of {name}"
            if item.span.line == line and not isinstance(item, Mapping):
                return name
            if found := _owner_in(item, line, inside):
                return found
    return None


def _id(node: Node) -> str | None:
    if isinstance(node, Mapping):
        for key in ("id", "name"):
            entry = node.get(key)
            if entry is not None and isinstance(entry.value, Scalar):
                return entry.value.text
    return None
