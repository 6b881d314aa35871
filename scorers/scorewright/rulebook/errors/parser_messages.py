"""What went wrong where the YAML parser stopped, in plain words and with a way out."""

import re
from collections.abc import Callable
from dataclasses import replace

from scorewright.diagnostics import Diagnostic, Label, one_line, quoted
from scorewright.rulebook.errors.parser_error import Stop

QUOTE = "put the text in double quotes"
LONGEST_KEY = 1024
CLOSERS = {"[": "]", "{": "}"}

# Spaces that documents and web pages hold, where YAML looks for a plain one: before a key, after a colon.
_FOREIGN_SPACE = re.compile(r"[ -]*(?:\w+: *)?([\u00a0\u2000-\u200b\u202f\u3000])")


def explain(stop: Stop) -> Diagnostic:
    """Translate a parser's complaint into a finding."""
    if space := _foreign_space(stop):
        return space
    for phrase, translate in _TRANSLATIONS:
        if phrase in stop.problem:
            return translate(stop)
    return _anything(stop)


def _foreign_space(stop: Stop) -> Diagnostic | None:
    begun = stop.at if stop.opened is None else stop.opened
    for offset in (stop.before.start, begun, stop.at):
        column = stop.source.position(offset)[1]
        if found := _FOREIGN_SPACE.match(stop.line_of(offset)):
            start = offset - (column - 1) + found.start(1)
            message = f"U+{ord(found[1]):04X} looks like a space but is another character"
            return stop.found(start, start + 1, message, "delete it and type a space")
    return None


def _anything(stop: Stop) -> Diagnostic:
    return stop.here(
        f"this cannot be read as YAML: {one_line(stop.problem)}",
        "check quotes, brackets and indentation; put unusual text in double quotes",
    )


def _bad_start(stop: Stop) -> Diagnostic:
    char = "a backtick" if stop.char() == "`" else f"`{stop.char()}`"
    return stop.here(f"a text without quotes cannot start with {char}", QUOTE)


def _bad_opening(stop: Stop) -> Diagnostic:
    start = stop.at if stop.opened is None else stop.opened
    char = stop.source.text[start : start + 1]
    return stop.found(start, start + 1, f"a text without quotes cannot start with `{char}`", QUOTE)


def _colon(stop: Stop) -> Diagnostic:
    column = stop.source.position(stop.at)[1]
    line = stop.line_of(stop.at)
    if late := _closed_late(stop):
        return late
    if ": " in line[: column - 1]:
        return stop.found(stop.at, stop.at + 1, "a second `: ` in one line", QUOTE)
    return _misplaced_key(stop, line[: column - 1])


def _misplaced_key(stop: Stop, text: str) -> Diagnostic:
    key = text.strip().removeprefix("- ")
    if len(key) > LONGEST_KEY:
        way_out = "check that this is a key and not a text, which goes in double quotes"
        return stop.here(f"a key of {len(key)} characters is too long", way_out)
    start = stop.at - len(text) + (len(text) - len(text.lstrip()))
    above = stop.source.position(stop.before.start)[0]
    if above < stop.source.position(stop.at)[0] and ": " not in f"{stop.source.excerpt(above)} ":
        return _no_colon(stop, stop.before.start)
    message = f"{quoted(key)} is indented further than the line it belongs with"
    return stop.found(start, stop.at, message, f"start it in the same column as the key in line {above}")


def _no_colon(stop: Stop, offset: int) -> Diagnostic:
    line, column = stop.source.position(offset)
    text = stop.source.excerpt(line)[column - 1 :].split(" #")[0].rstrip()
    end = offset + len(text)
    if ":" in text.rstrip(":"):
        key, _, rest = text.partition(":")
        way_out = f"write `{one_line(key)}: {one_line(rest)}`"
        return stop.found(offset, end, f"a space is missing after the `:` in {quoted(text)}", way_out)
    way_out = "write it as `key: value`; if it continues the text above, indent it further"
    return stop.found(offset, end, f"{quoted(text)} has no `:` after it", way_out)


def _simple_key(stop: Stop) -> Diagnostic:
    start = stop.at if stop.opened is None else stop.opened
    if stop.source.text[start : start + 1] in ('"', "'"):
        return stop.found(
            start, start + 1, "the quote opened here ends without a `:` after it", "check the quotes"
        )
    return _no_colon(stop, start)


def _dash_in_line(stop: Stop) -> Diagnostic:
    way_out = "put the list on lines of its own below the key; if this is text, put it in double quotes"
    return stop.here("a list cannot start in the line of its key", way_out)


def _question_mark(stop: Stop) -> Diagnostic:
    return stop.here("a text without quotes cannot start with `? `", QUOTE)


def _unclosed_quote(stop: Stop) -> Diagnostic:
    start = stop.at if stop.opened is None else stop.opened
    quote = stop.source.text[start : start + 1]
    return stop.found(
        start, start + 1, "the quote opened here is never closed", f"close the text with `{quote}`"
    )


def _escape(stop: Stop) -> Diagnostic:
    text = stop.source.text[stop.at : stop.at + 2]
    if not text.startswith("\\"):
        return stop.here(
            "a `\\` in double quotes is not followed by a known letter", "write `\\\\` for a backslash"
        )
    message = f"{quoted(text)} means nothing in double quotes"
    return stop.found(stop.at, stop.at + 2, message, "write `\\\\` for a backslash, or use single quotes")


def _block_text(stop: Stop) -> Diagnostic:
    start = stop.at if stop.opened is None else stop.opened
    char = stop.source.text[start : start + 1]
    return stop.found(
        start, start + 1, f"`{char}` at the start of a value announces a text on the lines below", QUOTE
    )


def _unmatched(stop: Stop) -> Diagnostic:
    return stop.here(f"`{stop.char()}` closes nothing", f"delete it; if it belongs to a text, {QUOTE}")


def _closed_late(stop: Stop) -> Diagnostic | None:
    """Describe a quote or bracket that swallowed lines before the place where the parser stopped."""
    before = stop.before
    first, last = (stop.source.position(offset)[0] for offset in (before.start, before.end))
    if not before.closed or first == last or stop.source.text[before.end : stop.at].strip(" "):
        return None
    message = f"the quote or bracket opened here is closed only in line {last}"
    return stop.found(before.start, before.start + 1, message, "close it where it should end")


def _after_closed(stop: Stop) -> Diagnostic | None:
    """Describe text that follows a closing quote or bracket in the same line."""
    before = stop.before
    if not before.closed or stop.source.text[before.end : stop.at].strip(" "):
        return None
    if late := _closed_late(stop):
        return late
    closer = stop.source.text[before.end - 1]
    end = stop.at + len(stop.line_of(stop.at)[stop.source.position(stop.at)[1] - 1 :].rstrip())
    way_out = "put the whole text in one pair of double quotes"
    if closer in CLOSERS.values() and stop.char() == ",":
        way_out = f"delete a `{closer}` that closes too early; if this is one text, {QUOTE}"
    return stop.found(stop.at, end, f"text after the closing `{closer}`", way_out)


def _expected_key(stop: Stop) -> Diagnostic:
    after = _after_closed(stop)
    if stop.char() in ("]", "}"):
        return _unmatched(stop)
    if after:
        return after
    if stop.char() == ":":
        return _no_key(stop)
    return _percent(stop) if stop.char() == "%" else _misaligned(stop)


def _no_key(stop: Stop) -> Diagnostic:
    return stop.here("a key is missing before the `:`", "write `key: value`")


def _misaligned(stop: Stop) -> Diagnostic:
    line, column = stop.source.position(stop.at)
    text = stop.source.excerpt(line)[column - 1 :].rstrip()
    end = stop.at + len(text)
    if stop.opened is None:
        return _anything(stop)
    above, wanted = stop.source.position(stop.opened)
    what = quoted(text.split(": ")[0].rstrip(":"))
    if text.startswith("- "):
        message, way_out = "a list's `-` does not fit here", "indent it like the lists around it, below a key"
    elif column == wanted:
        message, way_out = f"{what} does not fit the block above", f"write it like line {above}"
    else:
        message = f"{what} does not line up with the lines above"
        way_out = f"start it in column {wanted}, like line {above}{_or_like_block(stop, wanted)}"
    return stop.found(stop.at, end, message, way_out)


def _or_like_block(stop: Stop, other: int) -> str:
    line, column = stop.source.position(stop.before.start)
    return f", or in column {column}, like line {line}" if stop.before.block and column != other else ""


def _expected_dash(stop: Stop) -> Diagnostic:
    after = _after_closed(stop)
    if stop.char() in ("]", "}"):
        return _unmatched(stop)
    return after or _misaligned(stop)


def _unclosed(stop: Stop) -> Diagnostic:
    opened = stop.opened if stop.bracket is None else stop.bracket
    if opened is None:
        return _anything(stop)
    opener, char = stop.source.text[opened], stop.char()
    closer = CLOSERS.get(opener, "]")
    same_line = stop.source.position(opened)[0] == stop.source.position(stop.at)[0]
    if not char.strip() or (not same_line and char in "]}:"):
        way_out = f"close it with `{closer}`"
        return stop.found(opened, opened + 1, f"the `{opener}` opened here is never closed", way_out)
    if char == ":":
        return stop.here(
            "a second `: ` in one value", f"write a `,` before its key; if this is one text, {QUOTE}"
        )
    if char in ("]", "}"):
        return stop.here(f"`{char}` does not close the `{opener}` before it", f"write `{closer}` instead")
    way_out = f"write a `,` between two values and a `{closer}` at the end; if this is one text, quote it"
    missing = stop.here(f"a `,` or `{closer}` is missing here", way_out)
    opening = Label(stop.source.span(opened, opened + 1), "opened here")
    return missing if same_line else replace(missing, labels=(opening,))


def _no_content(stop: Stop) -> Diagnostic:
    char = stop.char()
    if stop.bracket is not None and not char:
        return _unclosed(stop)
    if char == ":":
        return _no_key(stop)
    if char == "-":
        return stop.here(
            "a list with `-` cannot stand inside [ ] or { }", f"drop the `-`; if this is text, {QUOTE}"
        )
    if char == ",":
        return stop.here(
            "a value is missing before the `,`", f"write one, or delete the `,`; if this is text, {QUOTE}"
        )
    return _unmatched(stop) if char in ("]", "}") else _anything(stop)


def _percent(stop: Stop) -> Diagnostic:
    # Inside a directive the parser stops after the `%`, which is then where it began.
    start = stop.at if stop.char() == "%" or stop.opened is None else stop.opened
    return stop.found(start, start + 1, "a line cannot start with `%`", QUOTE)


# The first phrase that occurs in the parser's complaint (its context and its problem) wins.
_TRANSLATIONS: tuple[tuple[str, Callable[[Stop], Diagnostic]], ...] = (
    ("directive", _percent),
    ("tag", _bad_opening),
    ("an alias", _bad_opening),
    ("an anchor", _bad_opening),
    ("cannot start any token", _bad_start),
    ("mapping values are not allowed", _colon),
    ("expected ':'", _simple_key),
    ("block sequence entries are not allowed", _dash_in_line),
    ("mapping keys are not allowed", _question_mark),
    ("unexpected end of stream", _unclosed_quote),
    ("unexpected document indicator", _unclosed_quote),
    ("a quoted scalar", _escape),
    ("a block scalar", _block_text),
    ("expected key", _expected_key),
    ("document start", _expected_key),
    ("expected '-' indicator", _expected_dash),
    ("expected ',' or", _unclosed),
    ("expected node content", _no_content),
)
