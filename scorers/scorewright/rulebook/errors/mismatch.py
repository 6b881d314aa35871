"""An error of the model, and what the findings about it are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from scorewright.diagnostics import Diagnostic, Span, finding
from scorewright.rulebook.grammar import GrammarPlace
from scorewright.rulebook.nodes import Node, Scalar, locate, node_at


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An error of the model: where, with what, and in the model's own words."""

    root: Node
    place: GrammarPlace
    context: Mapping[str, Any]
    words: str

    @property
    def node(self) -> Node | None:
        """Find what stands there."""
        return node_at(self.root, self.place.path)

    @property
    def key(self) -> str | None:
        """Name the nearest key above."""
        return next((step for step in reversed(self.place.path) if isinstance(step, str)), None)

    def span(self, *, key: bool = False) -> Span:
        """Locate the value, or its key where there is no value."""
        node = self.node
        empty = isinstance(node, Scalar) and node.plain and not node.text
        return locate(self.root, self.place.path, key or empty)

    def found(self, code: str, message: str, way_out: str | None = None) -> Diagnostic:
        """Build the finding at the value."""
        return finding(code, self.span(), message, way_out)


Explainers: TypeAlias = Mapping[str, Callable[[Mismatch], Diagnostic]]
"""By the type of an error: what turns it into a finding."""
