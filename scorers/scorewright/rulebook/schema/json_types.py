"""What may stand after a key, as JSON Schema: one schema a kind, with every word and limit of the model."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, TypeAlias, Union, get_args, get_origin

from scorewright.rulebook import grammar
from scorewright.rulebook.grammar import Kind
from scorewright.rulebook.model.fields import Format

Json: TypeAlias = dict[str, object]

_SINGLE: dict[Kind, str] = {
    str: "string",
    bool: "boolean",
    Fraction: "number",
    int: "integer",
    NoneType: "null",
}
_LENGTHS = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
}


def schema(kind: Kind, nulls: bool) -> Json:
    """Write the schema of a kind; `nulls` says whether a key that may be left out may also be empty."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return limited(schema(arguments[0], nulls), arguments[1:])
    if origin in (Union, UnionType):
        kinds = [each for each in arguments if nulls or each is not NoneType]
        return _merged([schema(each, nulls) for each in kinds])
    if grammar.is_block(kind):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if words := grammar.words(kind):
        return {"enum": list(words)}
    if origin is dict:
        return _free_keys(arguments[0], schema(arguments[1], nulls), nulls)
    if origin in (tuple, list):
        pair = {"minItems": 2, "maxItems": 2} if grammar.is_pair(kind) else {}
        return {"type": "array", "items": schema(arguments[0], nulls), **pair}
    return {"type": _SINGLE[kind]}


def limited(found: Json, metadata: Iterable[object]) -> Json:
    """Add the limits that stand beside a kind in the model."""
    for each in metadata:
        found = limited(found, getattr(each, "metadata", None) or ())
        if isinstance(each, Format):
            found = {**found, "pattern": f"^(?:{each.pattern})$"}
        for name, key in zip(("min_length", "max_length"), _lengths(found), strict=True):
            if isinstance(limit := getattr(each, name, None), int):
                found = {**found, key: limit}
        for name, key in (("ge", "minimum"), ("le", "maximum")):
            if (limit := getattr(each, name, None)) is not None:
                found = {**found, key: limit}
    return found


def _lengths(found: Json) -> tuple[str, str]:
    kinds = found.get("type")
    kind = next((each for each in kinds if each != "null"), "") if isinstance(kinds, list) else str(kinds)
    return _LENGTHS.get(kind, ("minLength", "maxLength"))


def _free_keys(key: Kind, value: Json, nulls: bool) -> Json:
    names = {name: limit for name, limit in schema(key, nulls).items() if name != "type"}
    return {"type": "object", "additionalProperties": value, **({"propertyNames": names} if names else {})}


def _merged(parts: Sequence[Json]) -> Json:
    """Join what a union allows in one schema, since editors explain `oneOf` and `anyOf` badly."""
    if len(parts) == 1:
        return parts[0]
    blocks = [part for part in parts if "$ref" in part or part.get("type") == "object"]
    others = [part for part in parts if part not in blocks]
    if not blocks:
        return _joined(others)
    if others == [{"type": "null"}] and "$ref" not in blocks[0]:
        return {**blocks[0], "type": ["object", "null"]}
    return {"if": {"type": "object"}, "then": blocks[0], "else": _joined(others)}


def _joined(parts: Sequence[Json]) -> Json:
    words = [word for part in parts for word in _list(part.get("enum"))]
    kinds = [kind for part in parts for kind in _list(part.get("type"))]
    if words:
        return {"enum": [*words, *([None] if "null" in kinds else [])]}
    rest = {key: value for part in parts for key, value in part.items() if key != "type"}
    return {"type": kinds, **rest}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]
