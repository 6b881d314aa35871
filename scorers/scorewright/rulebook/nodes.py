"""Located nodes: what a YAML text holds, each part with its place."""

from collections.abc import Sequence as AnySequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from scorewright.diagnostics import Span

Value: TypeAlias = str | bool | Fraction | None
Plain: TypeAlias = "Value | list[Plain] | dict[str, Plain]"
Step: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its text as read, and what it stands for; `plain` means written without quotes."""

    span: Span
    text: str
    value: Value
    plain: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    span: Span
    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A block of keys and values, in the order in which they are written."""

    span: Span
    entries: tuple[Entry, ...]
    _by_key: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry.key.text: entry for entry in self.entries})

    def get(self, name: str) -> Entry | None:
        """Find the entry of a key."""
        return self._by_key.get(name)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """Return the values alone: dicts, lists and single values, without places."""
    # The reader allows 32 levels, so recursion is safe.
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key.text: plain(entry.value) for entry in node.entries}


def locate(node: Node, path: AnySequence[Step], key: bool = False) -> Span:
    """Find the place of a path's value, or of its key.

    Where the file does not have a step, the place is the deepest block it has: its key, else itself.
    """
    own_key: Span | None = None
    for step in path:
        found = _step(node, step)
        if found is None:
            return own_key or node.span
        own_key, node = found
    return own_key if key and own_key else node.span


def node_at(node: Node, path: AnySequence[Step]) -> Node | None:
    """Find the node of a path, if the file has it."""
    for step in path:
        found = _step(node, step)
        if found is None:
            return None
        node = found[1]
    return node


def _step(node: Node, step: Step) -> tuple[Span | None, Node] | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        entry = node.get(step)
        return (entry.key.span, entry.value) if entry else None
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return None, node.items[step]
    return None
