"""A block with too few or too many of its keys."""

from scorewright.diagnostics import Diagnostic, Label, Span, finding, listing, quoted
from scorewright.rulebook.errors.mismatch import Explainers, Mismatch
from scorewright.rulebook.nodes import locate


def _needed_key(error: Mismatch) -> Diagnostic:
    return error.found("key-missing", f"{quoted(error.context['key'])} is missing")


def _no_key(error: Mismatch) -> Diagnostic:
    names = error.context["keys"].split(", ")
    return error.found("key-missing", f"{error.context['what']}, and none is written here", listing(names))


def _key_not_here(error: Mismatch) -> Diagnostic:
    name = error.context["key"]
    message = f"{quoted(name)} does not belong here: {error.context['why']}"
    return finding("key-not-here", _key_span(error, name), message, f"delete {quoted(name)}")


def _several_keys(error: Mismatch) -> Diagnostic:
    names = error.context["keys"].split(", ")
    written = sorted(((_key_span(error, name), name) for name in names), key=lambda pair: _order(pair[0]))
    *others, (span, _) = written
    listed = " and ".join(quoted(name) for _, name in written)
    labels = [Label(other, "already said here") for other, _ in others]
    message = f"{error.context['what']}, but {listed} are written"
    return finding("keys-exclude-each-other", span, message, "keep one of them", labels=labels)


def _key_span(error: Mismatch, name: str) -> Span:
    return locate(error.root, (*error.place.path, name), key=True)


def _order(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _empty_condition(error: Mismatch) -> Diagnostic:
    return error.found(
        "key-missing", "this condition is empty", "write for example `{ input: team_size, at_least: 5 }`"
    )


def _expects_nothing(error: Mismatch) -> Diagnostic:
    return error.found("expects-nothing", error.words, "write what the answer must hold, such as `band: hot`")


WRONG_KEYS: Explainers = {
    "key_not_here": _key_not_here,
    "key_missing": _needed_key,
    "key_missing_one_of": _no_key,
    "too_many_keys": _several_keys,
    "empty_condition": _empty_condition,
    "expects_nothing": _expects_nothing,
}
