"""What the text of a table's cell means: CSV knows no types, so the declared input says what to read.

Spaces around a cell do not count, and an empty cell is missing. What cannot be read becomes `UnreadableCell`;
what can be read but is not allowed is left to the engine.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal

from scorewright.program import Input, Type
from scorewright.program.exact_numbers import DIGITS
from scorewright.records.ambiguous_numbers import Doubts
from scorewright.records.record import UnreadableCell, unwanted
from scorewright.results import InputCode
from scorewright.validation import MAX_TEXT, show

Convert = Callable[[str], object]

KEPT = 4096
"""The most texts of a column whose value is kept."""

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SHORT = 64
_MOST_DIGITS = 400


class CsvColumn(dict[str, object]):
    """The values of one column's cells, each text worked out once; bounded."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, text: str) -> object:
        value = self._convert(text)
        if len(text) <= _SHORT:
            if len(self) >= KEPT:
                self.clear()
            self[text] = value
        return value


def column(item: Input, doubts: Doubts | None = None) -> CsvColumn:
    """Prepare the reading of one input's column; with `doubts`, its numbers are read by them."""
    single = item if item.type is not Type.LIST or item.item is None else item.item
    one = _CONVERT.get(single.type, _records) if doubts is None else doubts.read
    return CsvColumn(one if single is item or single.type is Type.RECORD else _list_of(one))


def doubts_of(item: Input, waiting: list[Doubts]) -> Doubts | None:
    """Return what reads numbers with care, where a column holds numbers."""
    single = item if item.item is None else item.item
    return Doubts(_number, waiting) if single.type is Type.NUMBER else None


def _boolean(text: str) -> object:
    word = text.strip()
    if not word:
        return None
    value = _WORDS.get(word.lower())
    return _wrong(word, "is not true, false, yes, no, 1 or 0") if value is None else value


def _number(text: str) -> object:
    word = text.strip()
    if not word:
        return None
    if not _NUMBER.fullmatch(word):
        return _wrong(word, "is not a number in plain digits, such as 1000 or -2.5")
    if len(word) <= DIGITS:
        return float(word) if "." in word else int(word)
    return _long_number(word)


def _long_number(word: str) -> int | float | Decimal:
    """Read many digits: few that count are a number like any other, the rest stays exact for the engine."""
    whole, _, part = word.lstrip("-").partition(".")
    whole, part = whole.lstrip("0"), part.rstrip("0")
    sign = "-" if word.startswith("-") else ""
    if len(whole) + len(part) <= DIGITS:
        return float(f"{sign}{whole or 0}.{part}") if part else int(f"{sign}{whole or 0}")
    if len(whole) + len(part) > _MOST_DIGITS:
        # Whatever the digits, it is out of range or has too many of them; a shorter one says the same.
        whole, part = (f"{whole[:_MOST_DIGITS]}1", "") if whole else ("", f"{part[:_MOST_DIGITS]}1")
    return Decimal(f"{sign}{whole or 0}.{part or 0}")


def _choice(text: str) -> object:
    return text.strip() or None


def _text(text: str) -> object:
    if not text.strip():
        return None
    if len(text) <= MAX_TEXT and not text.isprintable() and any(map(unwanted, text)):
        return UnreadableCell(InputCode.WRONG_TYPE.value, f"{show(text)} holds bytes that are not UTF-8 text")
    return text.strip()


def _list_of(one: Convert) -> Convert:
    def convert(text: str) -> object:
        word = text.strip()
        if not word:
            return None
        parts = () if word == "[]" else word.split(";")
        return tuple(_part(one, part) for part in parts)

    return convert


def _records(text: str) -> object:
    word = text.strip()
    if not word:
        return None
    try:
        found = json.loads(word)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, list) else _wrong(word, "is not a JSON list of objects")


def _part(one: Convert, text: str) -> object:
    value = one(text)
    return (
        UnreadableCell(InputCode.WRONG_TYPE.value, "an item of the list is empty") if value is None else value
    )


def _wrong(word: str, why: str) -> UnreadableCell:
    if "\n" in word:
        why += "; it holds a line break, so perhaps a quote closes too late"
    return UnreadableCell(InputCode.WRONG_TYPE.value, f"{show(word)} {why}")


_CONVERT: dict[Type, Convert] = {
    Type.BOOLEAN: _boolean,
    Type.NUMBER: _number,
    Type.CHOICE: _choice,
    Type.TEXT: _text,
    # The engine reads days itself, and says what is wrong with one.
    Type.DATE: _choice,
}
