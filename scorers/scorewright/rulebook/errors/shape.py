"""What is wrong with the shape of a rulebook or suite: the model's errors as findings, in plain words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorewright.diagnostics import Diagnostic, finding, listing, nearest, quoted
from scorewright.rulebook import grammar
from scorewright.rulebook.errors.mismatch import Explainers, Mismatch
from scorewright.rulebook.errors.wrong_keys import WRONG_KEYS
from scorewright.rulebook.errors.wrong_sizes import WRONG_SIZE
from scorewright.rulebook.errors.wrong_types import WRONG_KIND, anything
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.nodes import Mapping as MappingNode
from scorewright.rulebook.nodes import Node, Scalar, Step, locate, node_at
from scorewright.rulebook.nodes import Sequence as SequenceNode

# Where the nearest word in letters would be another in meaning.
_OTHER_WORDS = {
    "lower_than": "less_than", "fewer_than": "less_than", "smaller_than": "less_than", "below": "less_than",
    "greater_than": "more_than", "higher_than": "more_than", "larger_than": "more_than", "above": "more_than",
    "sum": "total", "newest": "latest", "max": "highest", "min": "lowest", "without": "no", "absent": "no",
}  # fmt: skip

# What a block has no key for, and how it is said instead.
_OTHERWISE = {
    ("Signal", "any"): "make a signal of each, and join them by `any` where they are asked for",
    ("Pattern", "any"): "make a signal of each, and join them by `any` where they are asked for",
}

Error = Mapping[str, Any]
"""An error of the model: its `type`, its `loc`, its `ctx` and its `msg`."""

Path = tuple[Step, ...]
Located = Sequence[tuple[grammar.GrammarPlace, Error]]

EXPLAINERS: Explainers = {**WRONG_KIND, **WRONG_KEYS, **WRONG_SIZE}


def empty_values(node: Node, path: Path = ()) -> Iterator[tuple[Path, Diagnostic]]:
    """Find the keys and list items with nothing after them, each with its path."""
    if isinstance(node, MappingNode):
        for entry in node.entries:
            inner = (*path, entry.key.text)
            if _is_null(entry.value):
                message = f"{quoted(entry.key.text)} has nothing after it"
                way_out = "write a value, or delete the key"
                yield inner, finding("value-missing", entry.key.span, message, way_out)
            yield from empty_values(entry.value, inner)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            if _is_null(item):
                message, way_out = "this item of the list is empty", "write a value, or delete the item"
                yield (*path, index), finding("value-missing", item.span, message, way_out)
            yield from empty_values(item, (*path, index))


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def explain(
    root: Node, model: type[Block], errors: Sequence[Error], told: frozenset[Path]
) -> Iterator[Diagnostic]:
    """Turn the model's errors into findings; at paths that are `told` already, none."""
    located = [(_place(model, error), error) for error in errors]
    located = [(place, error) for place, error in located if not _is_told(place.path, told)]
    missing = _missing_keys(located)
    unknown = _unknown_keys(root, located, missing)
    yield from (_unknown_key(root, place, near) for place, near in unknown)
    meant = {(place.path[:-1], near) for place, near in unknown}
    for block, names in missing.items():
        left = [name for name in names if (block, name) not in meant]
        if left:
            yield _key_missing(root, block, left)
    yield from _mismatches(root, located)


def _place(model: type[Block], error: Error) -> grammar.GrammarPlace:
    """Place an error; a list that is too short is no fault of the item that it lacks."""
    steps: Path = error["loc"]
    lacks_item = error["type"] == "missing" and isinstance(steps[-1], int)
    return grammar.place(model, steps[:-1] if lacks_item else steps)


def _is_told(path: Path, told: frozenset[Path]) -> bool:
    return any(path[:length] in told for length in range(1, len(path) + 1))


def _missing_keys(located: Located) -> dict[Path, list[str]]:
    missing: dict[Path, list[str]] = defaultdict(list)
    for place, error in located:
        if error["type"] == "missing" and isinstance(error["loc"][-1], str):
            missing[place.path[:-1]].append(str(place.path[-1]))
    return missing


def _unknown_keys(
    root: Node, located: Located, missing: Mapping[Path, list[str]]
) -> list[tuple[grammar.GrammarPlace, str | None]]:
    """Return each unknown key with the known one near it, a missing one first: one slip is one finding."""
    found = []
    for place, error in located:
        if error["type"] == "extra_forbidden":
            word = str(place.path[-1])
            free = [key for key in _keys(place) if not _is_written(root, place, key)]
            meant = _OTHER_WORDS.get(word)
            near = meant if meant in free else None
            near = near or nearest(word, missing.get(place.path[:-1], ())) or nearest(word, free)
            found.append((place, near))
    return found


def _unknown_key(root: Node, place: grammar.GrammarPlace, near: str | None) -> Diagnostic:
    message = f"unknown key {quoted(str(place.path[-1]))}"
    instead = _OTHERWISE.get((place.block.__name__ if place.block else "", str(place.path[-1])))
    twice = None if near else nearest(str(place.path[-1]), _keys(place))
    known = f"`{twice}` is written already: keep one of them" if twice else listing(_keys(place))
    way_out = instead or (f"did you mean `{near}`?" if near else known)
    return finding("unknown-key", locate(root, place.path, key=True), message, way_out)


def _is_written(root: Node, place: grammar.GrammarPlace, key: str) -> bool:
    return node_at(root, (*place.path[:-1], key)) is not None


def _keys(place: grammar.GrammarPlace) -> list[str]:
    return list(grammar.keys(place.block)) if place.block else []


def _key_missing(root: Node, block: Path, names: Sequence[str]) -> Diagnostic:
    *others, last = (quoted(name) for name in names)
    message = f"{', '.join(others)} and {last} are missing" if others else f"{last} is missing"
    return finding("key-missing", locate(root, block, key=True), message)


def _mismatches(root: Node, located: Located) -> Iterator[Diagnostic]:
    paths = {place.path for place, _ in located}
    seen: set[Path] = set()
    for place, error in located:
        kind = error["type"]
        if kind == "extra_forbidden" or (kind == "missing" and isinstance(error["loc"][-1], str)):
            continue
        if place.path not in seen and not _is_outdone(place, paths):
            seen.add(place.path)
            mismatch = Mismatch(root, place, error.get("ctx") or {}, error["msg"])
            yield EXPLAINERS.get(kind, anything)(mismatch)


def _is_outdone(place: grammar.GrammarPlace, paths: set[Path]) -> bool:
    """Return whether a union's error says less than one inside the member that the author meant."""
    if len(grammar.members(place.kind)) < 2:
        return False
    return any(len(path) > len(place.path) and path[: len(place.path)] == place.path for path in paths)
