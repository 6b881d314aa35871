"""Why lines of a CSV file cannot be split into cells, and where the quote opens that is to blame."""

import csv
from collections.abc import Sequence

from scorewright.records.record import RowCode, RowRefusal


def broken(error: csv.Error, first: int, lines: Sequence[str], delimiter: str) -> RowRefusal:
    """Refuse the lines of one row; `first` is the place of the first of them in the file."""
    last = first + max(len(lines), 1) - 1
    opening = _opening(lines, delimiter)
    quote = None if opening is None else f"the quote opened in line {first + opening}"
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    why = _why(str(error), quote, last if opening is not None and first + opening < last else None)
    return RowRefusal("", RowCode.BAD_QUOTES.value, f"{where} cannot be read: {why}")


def _why(error: str, quote: str | None, closed: int | None) -> str:
    if "field larger" in error:
        why = f"a cell is longer than {csv.field_size_limit()} characters"
        return f"{why}; perhaps {quote} is never closed" if quote else why
    if "end of data" in error:
        return f"{quote} is never closed; close it, or delete it"
    if closed:
        why = f"{quote} closes in line {closed}, before more text"
        return f'{why}; close it earlier, or write `""` for a quote inside'
    return 'text follows a closing quote; a quote inside quotes is written `""`'


def _opening(lines: Sequence[str], delimiter: str) -> int | None:
    """Find the line, from 0, whose quote is open at the end, or was the last to close."""
    opened: int | None = None
    inside, closed, fresh = False, False, True
    for index, line in enumerate(lines):
        for character in line:
            if inside and character == '"':
                inside, closed = False, True
            elif inside:
                continue
            elif closed and character == '"':
                inside, closed = True, False
            elif closed and character not in (delimiter, "\r", "\n"):
                return opened
            elif fresh and character == '"':
                opened, inside, fresh = index, True, False
            else:
                closed, fresh = False, character == delimiter
    return opened
