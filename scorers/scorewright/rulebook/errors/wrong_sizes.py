"""A list, text or number that is smaller or larger than the model allows."""

from scorewright.diagnostics import Diagnostic, finding
from scorewright.rulebook import grammar
from scorewright.rulebook.errors import expected_shapes as phrases
from scorewright.rulebook.errors.mismatch import Explainers, Mismatch
from scorewright.rulebook.nodes import Scalar, Sequence


def _wrong_count(error: Mismatch) -> Diagnostic:
    count = len(error.node.items) if isinstance(error.node, Sequence) else 0
    name = phrases.key_named(error.key)
    way_out = (
        "write the lowest and the highest, such as `[1, 5]`" if error.key in ("between", "bounds") else None
    )
    return error.found("size-not-allowed", f"{name} takes a list of 2, not of {count}", way_out)


def _too_few(error: Mismatch) -> Diagnostic:
    return error.found(
        "size-not-allowed", f"{phrases.key_named(error.key)} is empty", "write at least one, or delete it"
    )


def _too_many(error: Mismatch) -> Diagnostic:
    node, most = error.node, error.context.get("max_length")
    if grammar.is_pair(error.place.kind):
        return _wrong_count(error)
    count = len(node.items) if isinstance(node, Sequence) else len(getattr(node, "entries", ()))
    message = f"{phrases.key_named(error.key)} lists {count}; at most {most} are accepted"
    return finding("size-not-allowed", error.span(key=True), message)


def _empty_text(error: Mismatch) -> Diagnostic:
    return error.found(
        "size-not-allowed", f"{phrases.key_named(error.key)} is an empty text", "write it, or delete the key"
    )


def _long_text(error: Mismatch) -> Diagnostic:
    count = len(error.node.text) if isinstance(error.node, Scalar) else 0
    most = error.context.get("max_length")
    return error.found(
        "size-not-allowed",
        f"{phrases.key_named(error.key)} has {count} characters; at most {most} are accepted",
    )


def _too_small(error: Mismatch) -> Diagnostic:
    return error.found(
        "size-not-allowed", f"{phrases.key_named(error.key)} is at least {error.context['ge']}"
    )


def _too_large(error: Mismatch) -> Diagnostic:
    return error.found("size-not-allowed", f"{phrases.key_named(error.key)} is at most {error.context['le']}")


WRONG_SIZE: Explainers = {
    "missing": _wrong_count,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_short": _empty_text,
    "string_too_long": _long_text,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
}
