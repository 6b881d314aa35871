"""Rulebooks with one number, comparison or yes-or-no of their logic changed: what a suite must notice."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

Path = tuple[str | int, ...]

LOGIC = ("criteria", "values", "lists", "triggers", "disqualifiers", "bands", "flags", "actions", "signals")
"""The blocks that decide something; in them what a condition holds is changed."""

CONDITIONS = ("when", "unless", "only_if")

OTHERS = {
    "at_least": ("more_than", "less_than"),
    "more_than": ("at_least", "at_most"),
    "at_most": ("less_than", "more_than"),
    "less_than": ("at_most", "at_least"),
}
"""Each comparison of numbers with its neighbour and its opposite."""


def mutants(rulebook: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every mutant of a rulebook, with what was changed in it."""
    whole = {name for name, one in rulebook["inputs"].items() if one["type"] in ("integer", "count", "date")}
    for block in LOGIC:
        for path, condition in _conditions(rulebook.get(block), (block,)):
            for what, changed in _changed(condition, whole):
                yield f"{'.'.join(map(str, path))}: {what}", _replaced(rulebook, path, changed)


def _conditions(node: object, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in items:
        if key in CONDITIONS and isinstance(part, dict):
            yield from _comparisons(part, (*path, key))
        else:
            yield from _conditions(part, (*path, key))


def _comparisons(condition: dict[str, Any], path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for word in ("all", "any"):
        for index, part in enumerate(condition.get(word, ())):
            yield from _comparisons(part, (*path, word, index))
    if "not" in condition:
        yield from _comparisons(condition["not"], (*path, "not"))
    if not {"all", "any", "not"} & condition.keys():
        yield path, condition


def _changed(condition: dict[str, Any], whole: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    steps = (
        [Fraction(1)]
        if "list" in condition or condition.get("input") in whole
        else [Fraction(1), Fraction(1, 100)]
    )
    for key, value in condition.items():
        rest = {other: part for other, part in condition.items() if other != key}
        for other in OTHERS.get(key, ()):
            yield f"{key} -> {other}", {**rest, other: value}
        for changed in _values(value, steps):
            yield f"{key}: {value} -> {changed}", {**rest, key: changed}


def _values(value: object, steps: list[Fraction]) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Fraction):
        yield from (value + sign * step for step in steps for sign in (1, -1))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            if isinstance(part, Fraction):
                yield from ([*value[:index], new, *value[index + 1 :]] for new in _values(part, steps))
            else:
                yield [*value[:index], *value[index + 1 :]]


def _replaced(node: Any, path: Path, part: object) -> Any:
    if not path:
        return part
    copy: Any = dict(node) if isinstance(node, Mapping) else list(node)
    copy[path[0]] = _replaced(node[path[0]], path[1:], part)
    return copy
