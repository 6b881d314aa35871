"""Characters that look like those of a rulebook and are others: spaces, dashes, quotes, digits, letters."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from scorewright.diagnostics import Diagnostic, Report, Severity, finding, quoted
from scorewright.rulebook.nodes import Scalar
from scorewright.rulebook.source import Source

SPACES: Final = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
NOTHING: Final = "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f"
DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63"
QUOTES: Final = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u301d\u301e\u301f"
APOSTROPHES: Final = "\u00b4\u2018\u2019\u201a\u201b\u2032\u2039\u203a"
_CYRILLIC: Final = {
    "\u0430": "a", "\u0441": "c", "\u0501": "d", "\u0435": "e", "\u04bb": "h", "\u0456": "i", "\u0458": "j",
    "\u043a": "k", "\u04cf": "l", "\u043c": "m", "\u043e": "o", "\u0440": "p", "\u051b": "q", "\u0455": "s",
    "\u0442": "t", "\u051d": "w", "\u0445": "x", "\u0443": "y", "\u0432": "b", "\u043d": "h",
    "\u0410": "A", "\u0412": "B", "\u0421": "C", "\u0415": "E", "\u041d": "H", "\u0406": "I", "\u0408": "J",
    "\u041a": "K", "\u041c": "M", "\u041e": "O", "\u0420": "P", "\u0405": "S", "\u0422": "T", "\u0425": "X",
    "\u0423": "Y",
}  # fmt: skip
_GREEK: Final = {
    "\u03b1": "a", "\u03b5": "e", "\u03b9": "i", "\u03ba": "k", "\u03bd": "v", "\u03bf": "o", "\u03c1": "p",
    "\u03c4": "t", "\u03c5": "u", "\u03c7": "x", "\u0391": "A", "\u0392": "B", "\u0395": "E", "\u0396": "Z",
    "\u0397": "H", "\u0399": "I", "\u039a": "K", "\u039c": "M", "\u039d": "N", "\u039f": "O", "\u03a1": "P",
    "\u03a4": "T", "\u03a5": "Y", "\u03a7": "X",
}  # fmt: skip
_PLAIN: Final = {
    **dict.fromkeys(SPACES, " "), **dict.fromkeys(NOTHING, ""), **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(QUOTES, '"'), **dict.fromkeys(APOSTROPHES, "'"), **_CYRILLIC, **_GREEK, "\u2024": ".",
    "\u0131": "i", "\u0261": "g", "\u02d0": ":", "\u2236": ":", "\ua789": ":",
}  # fmt: skip

_AROUND: Final = {'"': QUOTES.replace("\u2033", "") + '"', "'": APOSTROPHES.replace("\u2032", "") + "'"}
"""What may stand around a text for a quote, but for the primes of minutes and inches."""
_AT_AN_END: Final = frozenset("".join(_AROUND.values()))
_IN_A_WORD = re.compile(r"(?<=\w).(?=\w)")
_LONGEST = 200
_OWN_WORDS = ("not-yaml", "odd-number", "control-character", "not-utf8", "text-cut-by-comma")
"""Findings that say already what is to be written, or speak of the character itself."""


def plain(char: str) -> str | None:
    """Return the plain character that another looks like; None where it is plain, or looks like none."""
    if char < "\x7f":
        return None
    found = _PLAIN.get(char)
    if found is None and (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if found is None and "\uff01" <= char <= "\uff5e":  # the full-width forms
        return chr(ord(char) - 0xFEE0)
    return found


def plainly(text: str) -> str:
    """Write a text with the plain characters that it looks to be written with."""
    return "".join(char if (other := plain(char)) is None else other for char in text)


def first_in(text: str) -> int | None:
    """Find the first character that looks like another."""
    return next((index for index, char in enumerate(text) if plain(char) is not None), None)


def kinds_in(text: str) -> list[str]:
    """List the characters of a text that look like others, those of one kind together."""
    found: dict[str, dict[str, None]] = {}
    for char in text:
        if plain(char) is not None:
            kind = next(
                (kind for kind in (SPACES, NOTHING, DASHES, QUOTES + APOSTROPHES) if char in kind), ""
            )
            found.setdefault(kind, {})[char] = None
    return ["".join(chars) for chars in found.values()]


def without(text: str, chars: str) -> str:
    """Write plain characters for these."""
    return text.translate({ord(char): plain(char) for char in chars})


def mend(char: str) -> str:
    """Return what to write instead of a character."""
    if char in NOTHING:
        return "delete it"
    return "delete it and type a space" if char in SPACES else f"write `{plain(char)}` instead"


def described(char: str) -> str:
    """Return what a character is, and what it looks like."""
    code, name = f"U+{ord(char):04X}", unicodedata.name(char, "").lower()
    shown = f"{code} ({name})" if name else code
    if char in SPACES:
        return f"{shown} looks like a space but is another character"
    if char in NOTHING:
        return f"{shown} cannot be seen but is a character"
    if char in QUOTES or char in APOSTROPHES:
        return f"`{char}` is a typographic quote, {code}, which quotes nothing here"
    if char in DASHES:
        return f"`{char}` looks like a dash but is {shown}"
    return f"`{char}` is {shown} and only looks like `{plain(char)}`"


def quotes_around(text: Scalar) -> Diagnostic | None:
    """Report typographic quotes around the whole of a text: its author takes them for quotes of YAML.

    Quotes around a part of it, as in `“Gold” and “Silver”`, are prose and belong there. A double quote that
    is alone at one end is half of a pair, of which a comma or a line end kept the other half.
    """
    words = text.text
    if len(words) < 2 or (words[0] not in _AT_AN_END and words[-1] not in _AT_AN_END):
        return None
    for quote, kind in _AROUND.items():
        inside = words[1:-1] if quote == '"' else _IN_A_WORD.sub("", words[1:-1])
        ends = [char for char in (words[0], words[-1]) if char in kind]
        if all(char == quote for char in ends) or any(char in kind for char in inside):
            continue
        if len(ends) == 2:
            return _quotes(text, ends, _plain_quote(quote, words[1:-1]))
        if quote == '"':
            return _quotes(text, ends, None)
    return None


def _plain_quote(quote: str, inside: str) -> str:
    """Choose the plain quote that a text can stand in as it is."""
    other = "'" if quote == '"' else '"'
    return other if quote in inside or (quote == '"' and "\\" in inside and other not in inside) else quote


def _quotes(text: Scalar, ends: Sequence[str], quote: str | None) -> Diagnostic:
    shown = " and ".join(f"`{char}` (U+{ord(char):04X})" for char in dict.fromkeys(ends))
    message = f"typographic quotes quote nothing here, so that {shown} became part of the text"
    way_out = "put the whole text in double quotes" if quote is None else f"write `{quote}` instead of both"
    kind = "double" if '"' not in text.text else "single"
    keep = "" if quote is None else f"; to keep them, put the whole text in {kind} quotes"
    return finding("typographic-quotes", text.span, message, way_out + keep)


def told(source: Source, report: Report) -> Report:
    """Explain the errors about words whose letters only look right: any other help would look wrong."""
    wrong = {found.span for found in report.diagnostics if found.severity is Severity.ERROR}
    return Report.of(
        _told(source, found)
        for found in report.diagnostics
        if found.code != "typographic-quotes" or found.span not in wrong
    )


def _told(source: Source, diagnostic: Diagnostic) -> Diagnostic:
    span = diagnostic.span
    if diagnostic.severity is not Severity.ERROR or diagnostic.code in _OWN_WORDS or span.file != source.name:
        return diagnostic
    start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
    text = source.text[start:end]
    at = None if len(text) > _LONGEST or span.line != span.end_line else first_in(text)
    meant = plainly(text).strip()
    if at is None or not meant.isascii():
        return diagnostic
    message = f"in {quoted(meant)} stands another character: {described(text[at])}"
    return replace(diagnostic, message=message, help=f"write {quoted(meant)}", notes=())
