"""Where each line of a YAML text goes: how far in, and which lines move with another."""

import re
from dataclasses import dataclass, field

from scorewright.rulebook.nodes import Mapping, Node, Scalar, Sequence
from scorewright.rulebook.source import Source

STEP = 2
"""The columns that a block stands further in than the one around it."""

_INDICATED = re.compile(r"[|>][+-]?[1-9]")


class Unformattable(Exception):  # noqa: N818 -- the file stays as it is, which is no error
    """This text cannot be laid out anew."""


@dataclass(slots=True)
class Begun:
    """A line on which keys or list items begin; columns count from 0.

    `indent` is where the first of them goes and `inner` where the last one does; `column` is where the first
    stood and `outer` where the last did; what stands from `content` on follows the `dashes`.
    """

    indent: int
    column: int
    inner: int = 0
    outer: int = 0
    content: int = 0
    dashes: int = 0
    opens_section: bool = False

    @property
    def shift(self) -> int:
        """Return how far the content moves."""
        return self.indent + STEP * self.dashes - self.content


@dataclass(slots=True)
class Layout:
    """The lines of a text, by their number from 0.

    `begun` are those on which something begins; `carried` move with the line on which their value began;
    `texts` are those below `|` or `>`, with the line of their key and the column (-1: as the key moves).
    """

    source: Source
    begun: dict[int, Begun] = field(default_factory=dict)
    carried: dict[int, int] = field(default_factory=dict)
    texts: dict[int, tuple[int, int]] = field(default_factory=dict)


def lay_out(source: Source, root: Node) -> Layout:
    """Find where each line goes."""
    layout = Layout(source)
    _Walk(layout).block(root, 0)
    return layout


@dataclass(slots=True)
class _Walk:
    layout: Layout

    def block(self, node: Node, indent: int) -> None:
        if isinstance(node, Mapping):
            for entry in node.entries:
                span = entry.key.span
                begun = self._begin(span.line - 1, span.column - 1, indent)
                begun.opens_section |= indent == 0 and self._is_block(entry.value)
                self._value(entry.value, indent, span.line - 1)
        elif isinstance(node, Sequence):
            for item in node.items:
                line, column = self._dash(item)
                begun = self._begin(line, column, indent)
                begun.dashes += 1
                begun.content = self._behind(line, column + 1)
                self._value(item, indent, line)

    def _begin(self, line: int, column: int, indent: int) -> Begun:
        begun = self.layout.begun.setdefault(line, Begun(indent, column))
        begun.inner, begun.outer, begun.content = indent, column, column
        return begun

    def _value(self, node: Node, indent: int, line: int) -> None:
        """Lay out what stands behind a key or dash on a line."""
        if self._is_block(node):
            self.block(node, indent + STEP)
        elif not (isinstance(node, Scalar) and node.plain and not node.text):
            if node.span.line - 1 != line:
                self._begin(node.span.line - 1, node.span.column - 1, indent + STEP)
            self._further(node)

    def _further(self, node: Node) -> None:
        """Note the further lines of a value."""
        start, span = node.span.line - 1, node.span
        if isinstance(node, Scalar) and self._at(node) in ("|", ">"):
            self._text(node, start)
            return
        for line in range(start + 1, span.end_line if span.end_column > 1 else span.end_line - 1):
            self.layout.carried[line] = start

    def _text(self, node: Scalar, start: int) -> None:
        """Note the lines of a text: all below its `|` or `>` that stand further in than its key."""
        outer, first, last = self.layout.begun[start].outer, -1, start
        for line in range(start + 1, len(self.layout.source.line_starts)):
            written = self.layout.source.excerpt(line + 1)
            if written.strip():
                first = indent_of(written) if first < 0 else first
                if indent_of(written) < first or first <= outer:
                    break
                last = line
        header = self.layout.source.excerpt(start + 1)[node.span.column - 1 :]
        column = -1 if _INDICATED.match(header) else first
        self.layout.texts |= dict.fromkeys(range(start + 1, last + 1), (start, column))

    def _dash(self, item: Node) -> tuple[int, int]:
        """Find the dash before an item."""
        source = self.layout.source
        text, offset = source.text, source.offset(item.span.line, item.span.column)
        while offset and text[offset - 1] in " \r\n":
            offset -= 1
        if not offset or text[offset - 1] != "-":
            raise Unformattable
        line, column = source.position(offset - 1)
        return line - 1, column - 1

    def _behind(self, line: int, column: int) -> int:
        """Find where something stands behind a dash."""
        written = self.layout.source.excerpt(line + 1)
        return column + indent_of(written[column:])

    def _is_block(self, node: Node) -> bool:
        return isinstance(node, Mapping | Sequence) and self._at(node) not in ("{", "[")

    def _at(self, node: Node) -> str:
        offset = self.layout.source.offset(node.span.line, node.span.column)
        return self.layout.source.text[offset : offset + 1]


def indent_of(line: str) -> int:
    """Count the spaces that a line starts with."""
    return len(line) - len(line.lstrip(" "))
