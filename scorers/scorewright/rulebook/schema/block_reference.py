"""The reference of a block, in Markdown: where it stands, its keys, what goes together, and examples."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

from scorewright.program.operators import Op
from scorewright.rulebook import grammar
from scorewright.rulebook.grammar import Kind
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.schema.key_companions import sentences
from scorewright.rulebook.schema.key_examples import Examples, chosen
from scorewright.rulebook.schema.key_words import anchor, takes, title, written

EVERYWHERE = frozenset({"id", "label", "notes", "source", "formerly"})
"""Keys that need no example of their own."""


def sections(root: type[Block], schema: Mapping[str, Any], examples: Examples) -> Iterator[str]:
    """Write a section for each block of a model, with the descriptions of its schema."""
    blocks = grammar.blocks(root)
    for block in blocks:
        described = schema if block is root else schema["$defs"][block.__name__]
        yield _section(block, described, _places(block, blocks), examples)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table; a bar inside a cell would end it."""
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |".replace("  ", " ") for line in lines)


def wrapped(text: str, indent: str = "") -> str:
    """Break a text into lines as long as others in the docs."""
    return fill(text, 115, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def listed(examples: Sequence[str]) -> str:
    """Write examples as the items of a YAML list."""
    return "\n".join(["```yaml", *("- " + text.replace("\n", "\n  ") for text in examples), "```"])


def _section(
    block: type[Block], described: Mapping[str, Any], places: Sequence[str], examples: Examples
) -> str:
    where = f" It stands at {', '.join(places)}." if places else ""
    parts = [f"## {title(block)}", wrapped(f"{described['description']}.{where}"), _keys(block, described)]
    if found := sentences(block):
        parts.append("\n".join(wrapped(f"- {sentence}", "  ") for sentence in found))
    if texts := chosen(examples.get(block, {}), _known(block)):
        parts.append(listed(texts))
    return "\n\n".join(parts)


def _keys(block: type[Block], described: Mapping[str, Any]) -> str:
    rows = [
        (
            f"`{key}`",
            takes(field),
            "needed" if key in described.get("required", ()) else written(field.default),
            described["properties"][key]["description"],
        )
        for key, field in grammar.fields(block).items()
    ]
    return table(("key", "takes", "without it", "what it says"), rows)


def _places(block: type[Block], blocks: Sequence[type[Block]]) -> list[str]:
    """List the keys that take a block, each with the block that the key is of."""
    return [
        f"`{key}` of [{title(other).lower()}](#{anchor(other)})"
        for other in blocks
        for key, kind in grammar.keys(other).items()
        if _takes_block(kind, block)
    ]


def _takes_block(kind: Kind, block: type[Block]) -> bool:
    return any(
        member is block or _inside(member, block) for member in grammar.members(kind) if member is not None
    )


def _inside(kind: Kind, block: type[Block]) -> bool:
    within = [inner for inner in (grammar.item(kind), grammar.value(kind)) if inner is not None]
    return any(_takes_block(inner, block) for inner in within)


def _known(block: type[Block]) -> frozenset[str]:
    """Name the keys that are shown elsewhere: comparisons have a table of their own."""
    return EVERYWHERE | (frozenset(op.value for op in Op) if Op.KNOWN.value in grammar.keys(block) else set())
