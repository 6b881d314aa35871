"""What may stand after a key, in words: the kinds and limits of the model, as the reference shows them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Final, Union, get_args, get_origin

from scorewright.rulebook import grammar
from scorewright.rulebook.grammar import Kind
from scorewright.rulebook.model.fields import Block, Format

_SINGLE: Final[dict[Kind, str]] = {
    bool: "`true`, `false`",
    Fraction: "number",
    int: "whole number",
    str: "text",
}


def takes(field: grammar.Field) -> str:
    """Write what may stand after a key, its limits included; blocks and forms are links."""
    return _kind(field.kind, field.limits)


def written(default: object) -> str:
    """Write what holds where a key is left out; nothing where that is no value."""
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`{default}`" if isinstance(default, str | int) else ""


def anchor(block: type[Block]) -> str:
    """Name the place of a block in the page."""
    return title(block).lower().replace(" ", "-")


def title(block: type[Block]) -> str:
    """Name a block for a reader: `FactKind` is a fact kind."""
    name = block.__name__
    return "".join(f" {c.lower()}" if c.isupper() and index else c for index, c in enumerate(name))


def formats(blocks: Iterable[type[Block]]) -> list[Format]:
    """List the forms of text that the keys of some blocks take, each once."""
    found = [
        each
        for block in blocks
        for field in grammar.fields(block).values()
        for each in _formats(field.kind, field.limits)
    ]
    return list(dict.fromkeys(found))


def _formats(kind: Kind, limits: Iterable[object] = ()) -> Iterator[Format]:
    yield from (limit for limit in limits if isinstance(limit, Format))
    if get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        yield from _formats(inner, more)
    elif not grammar.is_block(kind):
        for argument in get_args(kind):
            yield from _formats(argument)


def _kind(kind: Kind, limits: Sequence[object]) -> str:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _kind(arguments[0], (*arguments[1:], *limits))
    form = next((limit for limit in limits if isinstance(limit, Format)), None)
    if form is not None and kind is str:
        return f"[{form.kind}](#forms)"
    if expected := _expected(limits):
        return expected
    if origin in (Union, UnionType):
        kinds = [each for each in arguments if each is not NoneType]
        return " or ".join(dict.fromkeys(_kind(each, limits) for each in kinds))
    if grammar.is_block(kind):
        return f"[{title(kind).lower()}](#{anchor(kind)})"
    if words := grammar.words(kind):
        return ", ".join(f"`{word}`" for word in words)
    if origin is dict:
        return f"block of {_kind(arguments[1], ())} by {_kind(arguments[0], ())}{_size(limits)}"
    if origin in (tuple, list):
        size = "pair" if grammar.is_pair(kind) else "list"
        return f"{size} of {_kind(arguments[0], ())}{_size(limits)}"
    return f"{_SINGLE[kind]}{_range(limits)}"


def _expected(limits: Iterable[object]) -> str:
    """Take the words of the model's own reader for what it expects, where that is more than one kind."""
    for read in (getattr(limit, "func", None) for limit in limits):
        for wrong in (object(), [[[]]]):
            try:
                read(wrong) if read else None
            except ValueError as error:
                words = str(error).removesuffix(" is expected").rstrip(",")
                if words != str(error) and " or " in words:
                    return words.removeprefix("a ")
    return ""


def _flat(limits: Iterable[object]) -> Iterator[object]:
    for limit in limits:
        yield limit
        yield from _flat(getattr(limit, "metadata", None) or ())


def _limit(limits: Iterable[object], name: str) -> int | None:
    found = (getattr(each, name, None) for each in _flat(limits))
    return next((int(limit) for limit in found if limit is not None), None)


def _size(limits: Sequence[object]) -> str:
    return _ends(_limit(limits, "min_length"), _limit(limits, "max_length"))


def _range(limits: Sequence[object]) -> str:
    return _ends(_limit(limits, "ge"), _limit(limits, "le"))


def _ends(least: int | None, most: int | None) -> str:
    """Write the limits of a number, or of how many there may be."""
    if most is None:
        return "" if least is None else f", {least} or more"
    return f", up to {most:,}" if least is None else f", {least} to {most:,}"
