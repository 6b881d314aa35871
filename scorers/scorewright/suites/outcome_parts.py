"""Parts of an answer as a suite writes them: what is expected and what came, in one form."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from scorewright.program import Input
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import text
from scorewright.suites.suite import Cell

Part = bool | str | Fraction | None | tuple["Part", ...]
"""A part of an answer, or what is expected of it; a record stands as it is written, its fields by name."""


def cell_part(cell: Cell) -> Part:
    """Return a written value as the part of an answer that it stands for."""
    if isinstance(cell, list):
        return tuple(_record_text(item) if isinstance(item, dict) else item for item in cell)
    return cell


def value_part(item: Input, value: Value | None) -> Part:
    """Return an answer to an input as a suite writes it."""
    if not isinstance(value, tuple):
        return value.isoformat() if isinstance(value, date) else value
    inner = item.item
    assert inner is not None  # INVARIANT: the compiler gives every list its item
    if not inner.fields:
        return tuple(value_part(inner, part) for part in value)
    return tuple(_record(inner, part) for part in value)


def _record(item: Input, value: Value | None) -> Part:
    assert isinstance(value, tuple)  # INVARIANT: records are tuples of their fields
    parts = zip(item.fields, value, strict=True)
    return _record_text({field.name: value_part(field, part) for field, part in parts})


def _record_text(record: Mapping[str, Part]) -> str:
    return f"{{ {', '.join(f'{name}: {part_text(part)}' for name, part in sorted(record.items()))} }}"


def part_text(part: Part) -> str:
    """Write a part of an answer as a suite would."""
    if part is None:
        return "none"
    if isinstance(part, tuple):
        return f"[{', '.join(part_text(item) for item in part)}]"
    if isinstance(part, bool):
        return str(part).lower()
    return part if isinstance(part, str) else text(part)
