"""A value of another kind than the model expects: the type, the shape, the word or the form is wrong."""

import re
from fractions import Fraction
from typing import get_origin

from scorewright.diagnostics import Diagnostic, finding, listing, nearest, one_line, quoted
from scorewright.rulebook import grammar
from scorewright.rulebook.errors import expected_shapes as phrases
from scorewright.rulebook.errors.mismatch import Explainers, Mismatch
from scorewright.rulebook.model.fact import FieldTest
from scorewright.rulebook.nodes import Mapping, Node, Scalar, Sequence

_OLD_BOOLEANS = {
    **dict.fromkeys(("yes", "y", "on", "true", "t"), "true"),
    **dict.fromkeys(("no", "n", "off", "false", "f"), "false"),
}
_NUMBER_IN_TEXT = re.compile(r"\s*(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*%?\s*")


def anything(error: Mismatch) -> Diagnostic:
    """Return what is expected, whatever is written."""
    return _unexpected(error, phrases.expected(error.place.kind))


def _in_words(error: Mismatch) -> Diagnostic:
    """Describe it in the words that the model has for it."""
    due = error.words.removesuffix(" is expected")
    way_out = "to compare with several values, use `one_of`" if error.key == "is" else None
    return _unexpected(error, due, way_out)


def _unexpected(error: Mismatch, due: str, way_out: str | None = None) -> Diagnostic:
    node = error.node
    if isinstance(node, Scalar) and node.value is not None:
        code = "wrong-type" if _is_single(error.place.kind) else "wrong-shape"
        return error.found(
            code, f"{quoted(node.text)} {phrases.as_written(node)}; {due} is expected", way_out
        )
    return error.found("wrong-shape", f"{due} is expected here, not {phrases.written(node)}", way_out)


def _is_single(kind: grammar.Kind) -> bool:
    members = grammar.members(kind)
    return not any(
        grammar.is_block(member) or get_origin(member) in (dict, tuple, list) for member in members
    )


def _text(error: Mismatch) -> Diagnostic:
    node = error.node
    return _unexpected(error, "text", _text_help(error, node) if isinstance(node, Scalar) else None)


def _text_help(error: Mismatch, node: Scalar) -> str:
    meant = {"above": "more_than", "times": "equals"}.get(error.key or "")
    if meant and isinstance(node.value, Fraction):
        return f"name the other field, such as `before.amount`; for a number write `{meant}: {node.text}`"
    form = grammar.form(error.place)
    return f"write {form.example}" if form else "put it in double quotes"


def _boolean(error: Mismatch) -> Diagnostic:
    node = error.node
    right = _OLD_BOOLEANS.get(node.text.lower()) if isinstance(node, Scalar) else None
    if isinstance(node, Scalar) and isinstance(node.value, str) and right:
        way_out = f"write `{right}`" if node.plain else f"write `{right}` without quotes"
        return error.found("old-boolean", f"{quoted(node.text)} is text here, not true or false", way_out)
    return _unexpected(error, "true or false", "write `true` or `false`")


def _number(error: Mismatch) -> Diagnostic:
    return _unexpected(error, "a number", _number_help(error.node) or _is_help(error))


def _is_help(error: Mismatch) -> str | None:
    """Return how anything but a number is compared, where that is what is meant."""
    node, block = error.node, error.place.block
    if error.key != "equals" or block is None or "is" not in grammar.keys(block):
        return None
    if not isinstance(node, Scalar) or node.value is None:
        return None
    written = node.text if node.plain else f'"{node.text}"'
    return f"`equals` compares numbers; write `is: {one_line(written)}`"


def _whole_number(error: Mismatch) -> Diagnostic:
    node = error.node
    if isinstance(node, Scalar) and isinstance(node.value, Fraction):
        return error.found("wrong-type", f"{quoted(node.text)} is not a whole number")
    return _unexpected(error, "a whole number", _number_help(node))


def _number_help(node: Node | None) -> str | None:
    inside = _NUMBER_IN_TEXT.fullmatch(node.text) if isinstance(node, Scalar) else None
    if not inside or not isinstance(node, Scalar):
        return None
    return f"write `{inside.group(1)}`" + ("" if node.plain else " without quotes")


def _block(error: Mismatch) -> Diagnostic:
    kind = next((each for each in grammar.members(error.place.kind) if grammar.is_block(each)), None)
    message = f"{phrases.name_of(kind)} is written as keys, not as {phrases.written(error.node)}"
    if not error.place.path:
        first = next(iter(grammar.keys(kind)), "") if kind else ""
        return error.found("wrong-shape", message, f"begin with `{first}:`")
    example = _as_test(error.node) if kind is FieldTest else phrases.example_of(kind)
    prefix = f"{error.key}: " if error.place.path and isinstance(error.place.path[-1], str) else ""
    way_out = f"write for example `{one_line(prefix)}{' ' if prefix else ''}{example}`" if example else None
    return error.found("wrong-shape", message, way_out)


def _as_test(node: Node | None) -> str:
    """Write what is most likely meant by a field's value alone."""
    if not isinstance(node, Scalar):
        return phrases.example_of(FieldTest)
    return f"{{ {'equals' if isinstance(node.value, Fraction) else 'is'}: {one_line(node.text)} }}"


def _keys(error: Mismatch) -> Diagnostic:
    way_out = "write `key: value` below it, without `- `" if isinstance(error.node, Sequence) else None
    if error.key == "where" and isinstance(error.node, Scalar):
        way_out = "write for example `where: { page: { is: pricing } }`"
    due = (
        "a block of keys"
        if len(grammar.members(error.place.kind)) < 2
        else phrases.expected(error.place.kind)
    )
    return _unexpected(error, due, way_out)


def _list(error: Mismatch) -> Diagnostic:
    node, name = error.node, phrases.key_named(error.key)
    message = f"{name} takes a list, not {phrases.written(node)}"
    if isinstance(node, Mapping):
        return error.found("wrong-shape", message, "start each item with `- `")
    if grammar.is_pair(error.place.kind):
        return error.found("wrong-shape", message, "write two of them, such as `[1, 5]`")
    if example := phrases.example_of(grammar.item(error.place.kind)):
        return error.found("wrong-shape", message, f"write for example `- {example}`")
    way_out = f"write `[{one_line(node.text)}]`" if isinstance(node, Scalar) and node.text else None
    return error.found("wrong-shape", message, way_out)


def _word(error: Mismatch) -> Diagnostic:
    node, allowed = error.node, grammar.words(error.place.kind)
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return anything(error)
    near = nearest(node.text, allowed)
    what = phrases.NOT_ALLOWED.get(error.key or "", f"allowed after {phrases.key_named(error.key)}")
    all_of_them = listing(allowed) if len(allowed) > 1 or not near else ""
    way_out = f"did you mean `{near}`? {all_of_them}".rstrip() if near else all_of_them
    return error.found("value-not-allowed", f"{quoted(node.text)} is not {what}", way_out)


def _format(error: Mismatch) -> Diagnostic:
    message = f"{quoted(error.context['value'])} is not a valid {error.context['kind']}"
    span = error.span(key=error.place.is_key)
    return finding("bad-format", span, message, f"write {error.context['example']}")


WRONG_KIND: Explainers = {
    "value_not_allowed": _word,
    "literal_error": _word,
    "is_instance_of": _word,
    "model_type": _block,
    "tuple_type": _list,
    "dict_type": _keys,
    "string_type": _text,
    "bool_type": _boolean,
    "number_expected": _number,
    "whole_number_expected": _whole_number,
    "scalar_expected": _in_words,
    "bound_expected": _in_words,
    "operand_expected": _in_words,
    "bad_format": _format,
}
