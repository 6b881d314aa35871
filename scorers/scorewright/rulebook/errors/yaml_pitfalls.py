"""What is YAML but not what its author meant: words of the findings that the tree reader makes."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from scorewright.diagnostics import Diagnostic, Label, finding, one_line, quoted
from scorewright.rulebook.errors.parser_error import Before, Stop
from scorewright.rulebook.errors.parser_messages import QUOTE, explain
from scorewright.rulebook.nodes import Entry, Node, Scalar
from scorewright.rulebook.source import MAX_PLACES, UNWANTED, Source

ALIAS_HELP = f"write the value out; if it is text, {QUOTE}"
PROPERTY_HELP = {
    "anchor": f"write the value out where it is used; if it is text, {QUOTE}",
    "tag": f"delete it; if it is text, {QUOTE}",
}
MERGE_KEY = ("merge key `<<` is not allowed in a rulebook", "write the keys out")
COMPLEX_KEY = ("a key must be one word or text, not a list or block", f"if this is text, {QUOTE}")
EXPLICIT_KEY = ("a key cannot start with `? `", "write `key: value`")

_KINDS = {
    "inputs": "input", "groups": "group", "criteria": "criterion", "bands": "band", "levels": "level",
    "disqualifiers": "disqualifier", "triggers": "trigger", "actions": "action", "cases": "case",
    "tables": "table", "facts": "kind of fact", "signals": "signal",
}  # fmt: skip

_FILLER = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*[ \t]*(?:#[^\r\n]*)?")
_DIGITS = re.compile("[0-9]+")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])")
_DIRECTIVE = re.compile(r"%[^\r\n]*")


def is_nothing(node: Node) -> bool:
    """Return whether a value is not written at all."""
    return isinstance(node, Scalar) and node.plain and not node.text


def tabs(source: Source) -> list[Diagnostic]:
    """Report the first tab, and how many lines have one."""
    offset = source.text.find("\t")
    if offset < 0:
        return []
    line = source.position(offset)[0]
    indents = not source.excerpt(line)[: source.position(offset)[1] - 1].strip()
    lines = sum("\t" in text for text in source.text.splitlines())
    notes = [f"{lines} lines have tabs"] if lines > 1 else []
    what = "this line is indented with a tab" if indents else "a tab is not allowed here"
    return [finding("tab", source.span(offset, offset + 1), what, "use spaces", notes)]


def directives(source: Source) -> Iterator[tuple[Diagnostic, int]]:
    """Report the first lines that start with `%`, each with its offset.

    They must not reach the parser, which takes seconds for thousands of them.
    """
    places = _leading_percents(source.text)
    for offset in islice(places, MAX_PLACES):
        line = source.excerpt(source.position(offset)[0])
        message = f"{quoted(line)} is not allowed in a rulebook"
        yield (
            finding("directive", source.span(offset, offset + len(line)), message, "delete the line"),
            offset,
        )


def _leading_percents(text: str) -> Iterator[int]:
    offset = 0
    while True:
        filler = _FILLER.match(text, offset)
        offset = filler.end() if filler else offset
        at_line_start = offset == 0 or text[offset - 1] in "\r\n"
        if not at_line_start or not (found := _DIRECTIVE.match(text, offset)):
            return
        yield offset
        offset = found.end()


def is_cut_by_comment(source: Source, end: int) -> bool:
    """Return whether a ` #` right after a text is more likely part of it than a comment.

    People set a comment off by two spaces, or write a space after its `#`; `Team size #1` does neither.
    """
    following = source.text[end : end + 3]
    return len(following) == 3 and following.startswith(" #") and following[2] not in " #!\t\r\n"


def cut_by_comment(source: Source, node: Scalar, end: int) -> Diagnostic:
    """Report a text that a ` #` ended."""
    line, column = source.position(end)
    rest = source.excerpt(line)[column - 1 :]
    return finding(
        "text-cut-by-comment",
        source.span(end + 1, end + len(rest.rstrip())),
        f"the text ends at {quoted(node.text)}: {quoted(rest)} is read as a comment",
        "put the text in double quotes, or write two spaces before the `#` of a comment",
    )


def swallowed(source: Source, cut: Diagnostic, bracket: int) -> Diagnostic:
    """Report a ` #` that made a comment of the bracket that should close another."""
    opener = source.text[bracket]
    message = f"the ` #` starts a comment, so the `{opener}` before it is never closed"
    label = Label(source.span(bracket, bracket + 1), "opened here")
    return finding(
        "not-yaml", cut.span, message, "put the text with the `#` in double quotes", labels=[label]
    )


def escaped_character(scalar: Scalar) -> Diagnostic | None:
    """Report an escape in double quotes that puts a control character into a text."""
    unwanted = UNWANTED.search(scalar.text)
    if not unwanted:
        return None
    message = f"an escape puts the character U+{ord(unwanted.group()):04X} into this text"
    return finding("control-character", scalar.span, message, "delete it")


def is_explicit_key(source: Source, start: int) -> bool:
    """Return whether a key is written after `? `."""
    # A few characters will do: to cut out a long line for each of its keys would take seconds.
    return source.text[max(start - 80, 0) : start].rstrip(" ").endswith("?")


def key_twice(first: Entry, second: Entry, block: str) -> Diagnostic:
    """Report a key that its block has already."""
    note = "most YAML readers keep the last value and say nothing"
    one, two = first.value, second.value
    if isinstance(one, Scalar) and isinstance(two, Scalar) and one.text != two.text:
        note += f", so this would be {quoted(two.text)} where a reviewer reads {quoted(one.text)}"
    return finding(
        "key-twice",
        second.key.span,
        f"{quoted(second.key.text)} is written twice in {block}",
        _way_out(second.key.text),
        [note],
        [Label(first.key.span, "first written here")],
    )


def _way_out(key: str) -> str:
    begins = f"where another item begins, write `- ` before `{key}`; else " if key in ("id", "name") else ""
    return f"{begins}delete one of the two"


def block_name(keys_above: Sequence[str | None], own_name: str | None) -> str:
    """Name a block by the keys that lead to it (none for a list's item) and by its own id or name."""
    if not keys_above:
        return "this file"
    parent = keys_above[-1]
    above = keys_above[-2] if len(keys_above) > 1 else None
    kind = _KINDS.get((above if parent is not None else keys_above[-2] if above else None) or "")
    if parent is None:
        return (
            f"{kind} {quoted(own_name)}"
            if kind and own_name
            else f"this {kind}"
            if kind
            else "the same block"
        )
    return f"{kind} {quoted(parent)}" if kind else quoted(parent)


def lacks_colon(source: Source, entry: Entry) -> bool:
    """Return whether no `:` follows a key, so that it is most often the rest of a text."""
    return ":" not in _between(source, entry)


def key_without_value(source: Source, entry: Entry, previous: Entry | None) -> Diagnostic | None:
    """Report a key inside { } that lacks its `:`."""
    key = entry.key
    if ":" in key.text and key.plain:
        name, _, value = key.text.partition(":")
        way_out = f"write `{one_line(name)}: {one_line(value) or '...'}`"
        return finding(
            "not-yaml", key.span, f"a space is missing after the `:` in {quoted(key.text)}", way_out
        )
    if previous is None:
        text = quoted("{" + key.text + "}")
        message = f"{text} is not text here: {quoted(key.text)} became a key without a value"
        return finding("not-yaml", key.span, message, QUOTE)
    if is_nothing(previous.value) and lacks_colon(source, previous):
        return None  # The text's first comma is reported.
    if isinstance(previous.value, Scalar) and _cut(previous.value, key):
        return _number_cut(source, previous.value, key)
    if isinstance(previous.value, Scalar) and previous.value.plain and isinstance(previous.value.value, str):
        message = f"the comma ended the text: {quoted(key.text)} became a key of its own"
        return finding(
            "text-cut-by-comma", key.span, message, "put the whole text, with its comma, in double quotes"
        )
    return finding(
        "not-yaml", key.span, f"{quoted(key.text)} has no value", "write `key: value`, or quote the text"
    )


def _cut(before: Scalar, key: Scalar) -> bool:
    number = before.text.removeprefix("-")
    return before.plain and bool(_DIGITS.fullmatch(number) and _DIGITS.fullmatch(key.text))


def _number_cut(source: Source, before: Scalar, key: Scalar) -> Diagnostic:
    message = f"the comma ended the number: {quoted(key.text)} became a key of its own"
    start = source.offset(before.span.line, before.span.column)
    thousands = _THOUSANDS.match(source.text, start)
    number = thousands.group().replace(",", "") if thousands else f"{before.text}.{key.text}"
    end = thousands.end() if thousands else source.offset(key.span.end_line, key.span.end_column)
    return finding("not-yaml", source.span(start, end), message, f"write {quoted(number)}")


def _between(source: Source, entry: Entry) -> str:
    start = source.offset(entry.key.span.end_line, entry.key.span.end_column)
    return source.text[start : source.offset(entry.value.span.line, entry.value.span.column)]


def after_document(source: Source, offset: int, before: Before) -> Iterator[Diagnostic]:
    """Report what follows the end of the document."""
    offset = _skip(source.text, offset)
    if source.text.startswith("...", offset):
        offset = _skip(source.text, offset + 3)
    if offset >= len(source.text):
        return
    if source.text.startswith("---", offset):
        message = "a second YAML document starts here"
        yield finding(
            "several-documents", source.span(offset, offset + 3), message, "put it in a file of its own"
        )
        return
    yield explain(Stop(source, "document start", offset, before.start, None, before))


def _skip(text: str, offset: int) -> int:
    filler = _FILLER.match(text, offset)
    return filler.end() if filler else offset
