"""Nodes from what a YAML parser meets, one piece after another, and all that a rulebook does not allow.

It keeps a stack of its own and knows nothing of the parser but its marks: character, line and column from 0.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Protocol

from scorewright.diagnostics import LOOKED, Budget, Diagnostic, Severity, Span, finding, quoted
from scorewright.rulebook.errors import foreign_characters as foreign
from scorewright.rulebook.errors import yaml_pitfalls as slips
from scorewright.rulebook.errors.parser_error import Before, Stop
from scorewright.rulebook.errors.parser_messages import explain
from scorewright.rulebook.nodes import Entry, Mapping, Node, Scalar, Sequence, Value
from scorewright.rulebook.scalars import ScalarRefusal, resolve
from scorewright.rulebook.source import Source

MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_ERRORS = 100
"""Where reading one file stops; more errors would say nothing new."""


class Mark(Protocol):
    """A place as the parser gives it."""

    @property
    def index(self) -> int:
        """Count the characters before it."""

    @property
    def line(self) -> int:
        """Count the lines before it."""

    @property
    def column(self) -> int:
        """Count the characters before it in its line."""


class Enough(Exception):  # noqa: N818 -- not an error: it ends the reading of a file
    """Nothing more of this file is read."""


@dataclass(slots=True)
class _Block:
    """A list or block that is still open."""

    start: Mark
    flow: bool
    is_list: bool
    is_key: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    first: dict[str, Entry] = field(default_factory=dict)
    key: Scalar | None = None
    complex_key: bool = False

    @property
    def expects_key(self) -> bool:
        return not self.is_list and self.key is None and not self.complex_key

    def name(self) -> str | None:
        """Return the id or name that the block has so far."""
        given = self.first.get("id") or self.first.get("name")
        return given.value.text if given and isinstance(given.value, Scalar) else None


class Builder:
    """Builds the nodes of one text."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self.source = source
        self._budget = budget
        self.found: list[Diagnostic] = []
        self.errors = 0
        self.root: Node | None = None
        self._nodes = 0
        self._stack: list[_Block] = []
        self._before = Before(0, 0)

    def scalar(self, start: Mark, end: Mark, text: str, style: str, tagged: bool) -> None:
        """Take a key or a single value; its style is empty if it is written without quotes."""
        self._count(start)
        is_key = bool(self._stack) and self._stack[-1].expects_key
        span = self._scalar_span(start, end, style)
        value = text if style or is_key or tagged else self._resolved(span, text)
        node = Scalar(span, text, value, not style)
        self._check_text(node, end.index, is_key)
        self._before = Before(start.index, end.index, style in ("'", '"'))
        if is_key:
            self._take_key(node, start.index)
        else:
            self._attach(node)

    def alias(self, start: Mark, end: Mark) -> None:
        """Refuse an alias and go on as if nothing were written."""
        self._count(start)
        span = self._span(start, end)
        block = self._stack[-1] if self._stack else None
        if not (block and block.key and block.key.text == "<<"):
            text = quoted(self.source.text[start.index : end.index])
            self._report("anchor", span, f"alias {text} is not allowed in a rulebook", slips.ALIAS_HELP)
        node = Scalar(span, "", None, True)
        if block and block.expects_key:
            block.key = node
        else:
            self._attach(node)

    def property(self, start: Mark) -> None:
        """Refuse an anchor or tag, which stands where its value begins."""
        word = re.match(r"\S*", self.source.excerpt(start.line + 1)[start.column :])
        text = word.group() if word else ""
        code = "anchor" if text.startswith("&") else "tag"
        span = self.source.span(start.index, start.index + len(text))
        message = f"{code} {quoted(text)} is not allowed in a rulebook"
        self._report(code, span, message, slips.PROPERTY_HELP[code])

    def open(self, start: Mark, is_list: bool, flow: bool) -> None:
        """Begin a list or block; `flow` means written with brackets."""
        self._count(start)
        if len(self._stack) == MAX_DEPTH:
            self._report("too-deep", self._first_line(start), f"nested deeper than {MAX_DEPTH} levels")
            raise Enough
        is_key = bool(self._stack) and self._stack[-1].expects_key
        if is_key:
            self._report("complex-key", self._first_line(start), *slips.COMPLEX_KEY)
        self._stack.append(_Block(start, flow, is_list, is_key))

    def close(self, end: Mark) -> None:
        """End the list or block that was opened last."""
        block = self._stack.pop()
        span = self._block_span(block, end)
        self._before = Before(block.start.index, end.index, block.flow, not block.flow)
        if block.is_key:
            self._stack[-1].complex_key = True
        elif block.is_list:
            self._attach(Sequence(span, tuple(block.items)))
        else:
            self._attach(Mapping(span, tuple(block.entries)))

    def end(self, offset: int) -> None:
        """End the document; whatever follows it is refused."""
        for diagnostic in slips.after_document(self.source, offset, self._before):
            self.add(diagnostic)

    def stop(self, problem: str, at: int, opened: int | None) -> None:
        """Explain where the parser gave up, unless that is the echo of a finding in the same line."""
        bracket = next((block.start.index for block in reversed(self._stack) if block.flow), None)
        diagnostic = explain(Stop(self.source, problem, at, opened, bracket, self._before))
        if any(d.severity is Severity.ERROR and d.span.line == diagnostic.span.line for d in self.found):
            return
        cut = next((d for d in reversed(self.found) if d.code == "text-cut-by-comment"), None)
        if bracket is not None and cut and cut.span.line >= self.source.position(bracket)[0]:
            self.found.remove(cut)
            diagnostic = slips.swallowed(self.source, cut, bracket)
        self.add(diagnostic)

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a finding; past the most errors the reading ends."""
        is_error = diagnostic.severity is Severity.ERROR
        if is_error or len(self.found) < MAX_ERRORS:
            self.found.append(diagnostic)
        self.errors += is_error
        if self.errors >= MAX_ERRORS:
            raise Enough

    def _report(self, code: str, span: Span, message: str, way_out: str | None = None) -> None:
        self.add(finding(code, span, message, way_out))

    def _count(self, start: Mark) -> None:
        self._nodes += 1
        if self._nodes % LOOKED == 0:
            self._budget.look()
        if self._nodes > MAX_NODES:
            message = f"more than {MAX_NODES} keys and values"
            self._report("too-many-values", self._first_line(start), message)
            raise Enough

    def _resolved(self, span: Span, text: str) -> Value:
        value = resolve(text)
        if not isinstance(value, ScalarRefusal):
            return value
        self._report(value.code, span, value.message, value.help)
        return text

    def _check_text(self, node: Scalar, end: int, is_key: bool) -> None:
        if not node.plain:
            if escaped := slips.escaped_character(node):
                self.add(escaped)
        elif isinstance(node.value, str):
            if slips.is_cut_by_comment(self.source, end):
                self.add(slips.cut_by_comment(self.source, node, end))
            if not is_key and (quotes := foreign.quotes_around(node)):
                self.add(quotes)

    def _take_key(self, key: Scalar, start: int) -> None:
        self._stack[-1].key = key
        if key.plain and key.text == "<<":
            self._report("anchor", key.span, *slips.MERGE_KEY)
        elif slips.is_explicit_key(self.source, start):
            self._report("complex-key", key.span, *slips.EXPLICIT_KEY)

    def _attach(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        block = self._stack[-1]
        if block.is_list:
            block.items.append(node)
        elif block.key is None:
            block.complex_key = False
        else:
            self._add_entry(block, Entry(block.key, node))
            block.key = None

    def _add_entry(self, block: _Block, entry: Entry) -> None:
        first = block.first.setdefault(entry.key.text, entry)
        if block.flow and slips.is_nothing(entry.value) and slips.lacks_colon(self.source, entry):
            previous = block.entries[-1] if block.entries else None
            if slip := slips.key_without_value(self.source, entry, previous):
                self.add(slip)
        elif first is not entry:
            self.add(slips.key_twice(first, entry, self._block_name(block)))
        block.entries.append(entry)

    def _block_name(self, block: _Block) -> str:
        """Name a block by what it lists or by its own key, as in group `usage`."""
        keys_above = [above.key.text if above.key else None for above in self._stack[:-1]]
        return slips.block_name(keys_above, block.name())

    def _span(self, start: Mark, end: Mark) -> Span:
        return Span(self.source.name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _scalar_span(self, start: Mark, end: Mark, style: str) -> Span:
        if start.index == end.index:
            # What is not written stands for the parser where the text ends, even in a line that is not there.
            return self.source.span(start.index, end.index)
        if style not in ("|", ">"):
            return self._span(start, end)
        # A text on lines of its own ends for the parser where the next token begins.
        body = self.source.text[start.index : end.index].rstrip()
        return self.source.span(start.index, start.index + len(body))

    def _block_span(self, block: _Block, end: Mark) -> Span:
        if block.flow:
            return self._span(block.start, end)
        # The parser's own end is where the next token begins, often many comments later.
        parts = block.items or [entry.value for entry in block.entries[-1:]]
        last = parts[-1].span if parts else self._first_line(block.start)
        return replace(self._first_line(block.start), end_line=last.end_line, end_column=last.end_column)

    def _first_line(self, start: Mark) -> Span:
        width = len(self.source.excerpt(start.line + 1)[start.column :].rstrip())
        return self.source.span(start.index, start.index + width)
