"""What the model says about a rulebook's keys: which there are, and what may stand after each."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Literal, TypeAlias, TypeGuard, Union, get_args, get_origin

from scorewright.rulebook.model.fields import Block, Format
from scorewright.rulebook.nodes import Step

Kind: TypeAlias = object
"""A type annotation of the model."""


@dataclass(frozen=True, slots=True)
class GrammarPlace:
    """Where an error lies: its path, the block and kind that the model has there, and whether it is a key."""

    path: tuple[Step, ...]
    block: type[Block] | None
    kind: Kind
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand after a key, whether it must be there, its limits, and what holds without it."""

    kind: Kind
    required: bool
    limits: tuple[object, ...]
    default: object


def place(root: type[Block], steps: tuple[Step, ...]) -> GrammarPlace:
    """Follow the steps of a model's error, which name members of unions beside the keys of the file."""
    kind: Kind = root
    block: type[Block] | None = None
    path: list[Step] = []
    for index, step in enumerate(steps):
        if step == "[key]":
            return GrammarPlace(tuple(path), block, str, is_key=True)
        kinds = members(kind)
        if len(kinds) > 1:
            # A step that names a member of the union, and is no key; at the end the whole union is due.
            kind = _member(kinds, str(step)) if index < len(steps) - 1 else kind
            continue
        inner = kinds[0] if kinds else None
        path.append(step)
        block = inner if is_block(inner) else None
        kind = _inside(inner, step)
    return GrammarPlace(tuple(path), block, kind)


def fields(block: type[Block]) -> dict[str, Field]:
    """Return what the model says of each key of a block, by the key as it is written."""
    return {
        field.alias or name: Field(
            field.annotation,
            field.is_required(),
            tuple(field.metadata),
            field.get_default(call_default_factory=True, validated_data={}),
        )
        for name, field in block.model_fields.items()
    }


def keys(block: type[Block]) -> dict[str, Kind]:
    """Return the keys of a block, as they are written, with what may stand after each."""
    return {key: field.kind for key, field in fields(block).items()}


def blocks(root: type[Block]) -> list[type[Block]]:
    """List a block and all that may stand in it, each once."""
    found = [root]
    for block in found:
        for kind in keys(block).values():
            found += [inner for inner in dict.fromkeys(_blocks_in(kind)) if inner not in found]
    return found


def _blocks_in(kind: Kind) -> Iterator[type[Block]]:
    for member in members(kind):
        if is_block(member):
            yield member
        else:
            yield from _blocks_in(item(member))
            yield from _blocks_in(value(member))


def members(kind: Kind) -> list[Kind]:
    """Return the kinds that a union allows, nothing left out but nothing itself."""
    origin = get_origin(kind)
    if origin is Annotated:
        return members(get_args(kind)[0])
    if origin in (Union, UnionType):
        return [inner for member in get_args(kind) for inner in members(member)]
    return [] if kind in (None, NoneType) else [kind]


def form(place: GrammarPlace) -> Format | None:
    """Return the form that a text must have there, if any."""
    key = str(place.path[-1]) if place.path else ""
    field = fields(place.block).get(key) if place.block else None
    found = [*(field.limits if field else ()), *_limits(place.kind)]
    return next((limit for limit in found if isinstance(limit, Format)), None)


def _limits(kind: Kind) -> Iterator[object]:
    """List what a kind says of its values beside their type."""
    if get_origin(kind) is Annotated:
        yield from get_args(kind)[1:]
    elif get_origin(kind) in (Union, UnionType):
        for member in get_args(kind):
            yield from _limits(member)


def words(kind: Kind) -> list[str]:
    """List the words that may stand there, if only words of a closed list may."""
    found: list[str] = []
    for member in members(kind):
        if isinstance(member, type) and issubclass(member, Enum):
            found += [each.value for each in member]
        elif get_origin(member) is Literal:
            found += get_args(member)
    return found


def is_block(kind: Kind) -> TypeGuard[type[Block]]:
    """Return whether a kind is a block of declared keys."""
    return isinstance(kind, type) and issubclass(kind, Block)


def is_pair(kind: Kind) -> bool:
    """Return whether a kind is a list of a fixed length, which is always two."""
    return any(get_origin(member) is tuple and get_args(member)[-1] is not ... for member in members(kind))


def item(kind: Kind) -> Kind:
    """Return what the items of a list are."""
    lists = [member for member in members(kind) if get_origin(member) is tuple]
    return _inside(lists[0], 0) if lists else None


def value(kind: Kind) -> Kind:
    """Return what stands after the free keys of a block."""
    blocks = [member for member in members(kind) if get_origin(member) is dict]
    return _inside(blocks[0], "") if blocks else None


def _member(kinds: list[Kind], tag: str) -> Kind:
    """Find the member of a union that an error names by its class, or by its origin as in `dict[str,...]`."""
    for kind in kinds:
        if tag.partition("[")[0] in (
            getattr(kind, "__name__", ""),
            getattr(get_origin(kind), "__name__", ""),
        ):
            return kind
    return kinds[0]


def _inside(kind: Kind, step: Step) -> Kind:
    if is_block(kind):
        return keys(kind).get(str(step))
    arguments = get_args(kind)
    if get_origin(kind) is tuple and isinstance(step, int):
        return (
            arguments[0]
            if len(arguments) < 2 or arguments[1] is ...
            else arguments[min(step, len(arguments) - 1)]
        )
    return arguments[1] if get_origin(kind) is dict and len(arguments) == 2 else None
