"""Examples of blocks, cut out of rulebooks: as few lines as show most of a block's keys."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from scorewright.rulebook import grammar
from scorewright.rulebook.grammar import Kind
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.nodes import Mapping as MappingNode
from scorewright.rulebook.nodes import Node
from scorewright.rulebook.nodes import Sequence as SequenceNode
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

MAX_LINES, MAX_TOTAL, MAX_WIDTH = 16, 20, 110
"""The lines of one example, of all examples of a block, and the characters of a line."""

Examples = Mapping[type[Block], Mapping[str, tuple[str, ...]]]
"""By block: the texts of its examples, each with the keys that it shows."""


def collect(sources: Iterable[Source], model: type[Block]) -> Examples:
    """Cut every block that is short enough out of some texts that are read without findings."""
    found: dict[type[Block], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for source in sources:
        root, _ = read_tree(source)
        assert root is not None  # INVARIANT: examples are files that are checked in every run of the tests
        for block, node in _blocks(root, model):
            if text := _text(source, node):
                found[block].setdefault(text, tuple(entry.key.text for entry in node.entries))
    return found


def chosen(candidates: Mapping[str, tuple[str, ...]], known: Container[str] = ()) -> list[str]:
    """Choose examples that show most keys a line, until all but the known are shown or lines are enough."""
    shown = {key for keys in candidates.values() for key in keys if key in known}
    texts: list[str] = []
    left = MAX_TOTAL
    while True:
        gains = {
            text: len(set(keys) - shown) / (text.count("\n") + 1)
            for text, keys in candidates.items()
            if text.count("\n") < left
        }
        best = max(gains, key=gains.__getitem__, default="")
        if not best or gains[best] == 0:
            return texts
        texts.append(best)
        shown |= set(candidates[best])
        left -= best.count("\n") + 1


def with_key(candidates: Mapping[str, tuple[str, ...]], key: str) -> str:
    """Return the shortest example that shows a key, or nothing."""
    return min((text for text, keys in candidates.items() if key in keys), key=len, default="")


def _blocks(node: Node, kind: Kind) -> Iterator[tuple[type[Block], MappingNode]]:
    for member in grammar.members(kind):
        if isinstance(node, MappingNode) and grammar.is_block(member):
            yield member, node
            for key, inner in grammar.keys(member).items():
                if entry := node.get(key):
                    yield from _blocks(entry.value, inner)
            return
    if isinstance(node, MappingNode):
        for each in node.entries:
            yield from _blocks(each.value, grammar.value(kind))
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _blocks(item, grammar.item(kind))


def _text(source: Source, node: MappingNode) -> str:
    """Cut out a block; nothing where it is too long to be taken in at a glance."""
    span = node.span
    lines = _lines(source.text[source.offset(span.line, span.column) : _end(source, node)], span.column - 1)
    short = len(lines) <= MAX_LINES and all(len(line) <= MAX_WIDTH for line in lines)
    return "\n".join(lines) if short else ""


def _end(source: Source, node: MappingNode) -> int:
    return source.offset(node.span.end_line, node.span.end_column)


def _lines(text: str, indent: int) -> Sequence[str]:
    first, *others = text.rstrip().splitlines()
    lines = [first, *(line[indent:] for line in others)]
    while lines[-1].lstrip().startswith("#") or not lines[-1].strip():
        lines.pop()
    return lines
