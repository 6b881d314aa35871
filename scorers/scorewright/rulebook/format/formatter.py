"""Format a rulebook or suite: indentation, blank lines and line ends, and nothing that anybody wrote.

Lines are moved, never rewritten: quotes, brackets, spaces inside a line and the breaks of long texts stay.
The result is read again, and taken only if it holds the same values and the same lines.
"""

import re
from collections import Counter
from collections.abc import Iterator

from scorewright.diagnostics import Report
from scorewright.rulebook.format.layout import STEP, Begun, Layout, Unformattable, indent_of, lay_out
from scorewright.rulebook.nodes import Mapping, Node, Scalar, Sequence
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

_DASHES = re.compile(r"(?:- +)+")


def format_source(source: Source) -> tuple[str | None, Report]:
    """Format a text; None comes back where it cannot be read, or cannot be formatted safely."""
    root, report = read_tree(source)
    if root is None:
        return None, report
    try:
        text = _formatted(source, root)
        again, _ = read_tree(Source(source.name, text))
        if again is None or not _same(root, again) or _lines(source.text) != _lines(text):
            return None, report
        settled = _formatted(Source(source.name, text), again) == text
    except Unformattable:
        return None, report
    return (text if settled else None), report


def _formatted(source: Source, root: Node) -> str:
    writer = _Writer(lay_out(source, root))
    for number in range(len(source.line_starts)):
        writer.line(number, source.excerpt(number + 1))
    return writer.end()


def _same(one: Node, other: Node) -> bool:
    """Return whether two trees hold the same, written in the same way."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return (one.text, one.value, one.plain) == (other.text, other.value, other.plain)
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        return len(one.items) == len(other.items) and all(map(_same, one.items, other.items))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        pairs = zip(one.entries, other.entries, strict=False)
        return len(one.entries) == len(other.entries) and all(
            _same(a.key, b.key) and _same(a.value, b.value) for a, b in pairs
        )
    return False


def _lines(text: str) -> Counter[str]:
    """Count the lines by what they say, so that no comment can be lost."""
    said = (
        _DASHES.sub(lambda dashes: dashes[0].replace(" ", ""), line.strip()) for line in text.splitlines()
    )
    return Counter(line for line in said if line)


class _Writer:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._out: list[str] = []
        self._held: list[str] = []
        self._levels: list[tuple[int, int]] = []

    def line(self, number: int, written: str) -> None:
        """Write one line, or hold it until it is clear where it belongs."""
        layout = self._layout
        if number in layout.texts:
            self._out.append(self._text(written, *layout.texts[number]))
        elif number in layout.carried:
            start = layout.begun.get(layout.carried[number])
            self._out.append(_moved(written, start.shift if start else 0))
        elif (begun := layout.begun.get(number)) is not None:
            self._release(begun)
            dashes = "- " * begun.dashes
            self._out.append(f"{' ' * begun.indent}{dashes}{written[begun.content :]}".rstrip())
            self._enter(begun)
        elif not written.strip() or written.lstrip().startswith("#"):
            self._held.append(written.rstrip())
        else:
            raise Unformattable

    def end(self) -> str:
        """Write what is held, and give the text."""
        self._release(None)
        return "".join(f"{line}\n" for line in self._out)

    def _text(self, written: str, start: int, column: int) -> str:
        begun = self._layout.begun[start]
        move = begun.shift if column < 0 else begun.inner + STEP - column
        if not written.strip() and len(written) <= column:
            return ""
        return " " * max(indent_of(written) + move, 0) + written.lstrip(" ")

    def _enter(self, begun: Begun) -> None:
        # A list may stand in the column of its key; the key is still the outer level.
        while self._levels and self._levels[-1] >= (begun.column, begun.indent):
            self._levels.pop()
        self._levels.append((begun.column, begun.indent))
        if begun.outer > begun.column:
            self._levels.append((begun.outer, begun.inner))

    def _release(self, begun: Begun | None) -> None:
        """Write the blank lines and comments before a line, or at the end."""
        held = list(self._settled(begun))
        if begun is not None and begun.opens_section and self._out:
            above = len(held)
            while above and held[above - 1]:
                above -= 1
            if not above:
                held.insert(0, "")
        self._out += held
        self._held.clear()

    def _settled(self, begun: Begun | None) -> Iterator[str]:
        """Yield what is held: no two blank lines in a row, and none at either end of the file."""
        blank, first = False, not self._out
        for line in self._held:
            if line:
                if blank and not first:
                    yield ""
                yield " " * self._comment(indent_of(line), begun) + line.lstrip()
                first = False
            blank = not line
        if blank and not first and begun is not None:
            yield ""

    def _comment(self, column: int, begun: Begun | None) -> int:
        """Return the indent of a comment: that of the next line, or of the block that its column is in."""
        if begun is not None and column <= begun.column:
            return begun.indent
        around = [(-old, new) for old, new in self._levels if old <= column]
        return min(around)[1] if around else 0


def _moved(written: str, shift: int) -> str:
    return " " * max(indent_of(written) + shift, 0) + written.strip() if written.strip() else ""
