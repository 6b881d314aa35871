"""How a text of unknown content is shown on one line of a terminal."""

import unicodedata

TAB = "    "
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINER = "\u200d"


def shown(text: str) -> str:
    """Return a text with spaces for tabs, escapes for what cannot be seen: no text may drive a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(shown_char(char) for char in text)


def shown_char(char: str) -> str:
    """Return one character as it is shown: itself, spaces for a tab, or an escape."""
    if char == "\t":
        return TAB
    if char == _JOINER or unicodedata.category(char) not in _HIDDEN:
        return char
    return f"\\u{{{ord(char):x}}}"


def width(text: str) -> int:
    """Count the columns that a shown text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me") or char == _JOINER:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
