"""The rows of a table: lines split into cells, at whatever parts its columns."""

import csv
import re
from collections.abc import Collection, Iterator
from typing import Final

from scorewright.records.csv_quotes import broken
from scorewright.records.record import RowRefusal
from scorewright.validation import blank

_PARTED: Final = re.compile(r'"?sep=([,;|\t])"?\s*', re.IGNORECASE)
"""The line that spreadsheets write, or ask for, above the names of the columns."""

_DELIMITERS: Final = (",", ";", "\t")


class Rows:
    """Split lines into rows of cells, past blank lines, and go on after a row that cannot be split.

    `names` are those that columns may have: they tell what parts the columns where the first line leaves it
    open. A row whose cells are all empty is passed over; `empty` counts them. `declared` tells that the file
    itself says how its columns are parted.
    """

    def __init__(self, lines: Iterator[str], names: Collection[str]) -> None:
        self._first = next(lines, "")
        self._lines = lines
        self._row: list[str] = []
        said = _PARTED.fullmatch(self._first)
        self.declared = said is not None
        if said:
            self.delimiter = said[1]
            self._first = next(lines, "")
        else:
            self.delimiter = _delimiter(self._first, names)
        # Such a line is not read as a row, so that rows are counted from the line after it.
        self._before = 1 if said else 0
        self.empty = 0
        self._reader = csv.reader(self._all(), delimiter=self.delimiter, strict=True)

    @property
    def last(self) -> int:
        """Return the line on which the row of the moment ends."""
        return self._reader.line_num + self._before

    @property
    def odd(self) -> bool:
        """Return whether the first line has commas that part nothing."""
        return self.delimiter != "," and "," in self._first

    def _all(self) -> Iterator[str]:
        """Yield the lines, and keep those of the row that is being read."""
        if self._first:
            self._row.append(self._first)
            yield self._first
        for line in self._lines:
            self._row.append(line)
            yield line

    def __iter__(self) -> Iterator[tuple[int, list[str] | RowRefusal]]:
        reader, shift = self._reader, self._before
        while True:
            before = reader.line_num + shift
            try:
                for row in reader:
                    line, before = before + 1, reader.line_num + shift
                    self._row.clear()
                    if not row:
                        continue
                    if blank(row[0]) and all(map(blank, row)):
                        self.empty += 1
                        continue
                    yield line, row
                return
            except csv.Error as error:
                yield before + 1, broken(error, before + 1, self._row, self.delimiter)
                self._row.clear()


def _delimiter(first: str, names: Collection[str]) -> str:
    """Find what parts the columns: what gives the most of their names, else what stands in the line."""
    found = [delimiter for delimiter in _DELIMITERS if delimiter in first] or [","]
    return max(found, key=lambda delimiter: len(set(_cells(first, delimiter)).intersection(names)))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for row in csv.reader([line], delimiter=delimiter) for cell in row]
    except csv.Error:
        return []
