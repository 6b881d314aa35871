"""Rows that are looked at before their turn, within bounds, from a file or through a pipe alike."""

from collections import deque
from collections.abc import Iterator
from typing import Final

from scorewright.records.csv_rows import Rows
from scorewright.records.record import RowRefusal

MOST_ROWS: Final = 50_000
"""So many rows ahead are looked at."""

MOST_CHARACTERS: Final = 16 * 1024 * 1024
"""So many characters of them are kept; the row that reaches it is the last."""

_Row = list[str] | RowRefusal


class LookAhead:
    """Give rows in their order, and between two of them those that come next."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._source = iter(rows)
        self._held: deque[tuple[int, _Row, int]] = deque()
        self._size = 0
        self._replayed: int | None = None

    @property
    def last(self) -> int:
        """Return the line on which the row of the moment ends."""
        return self._rows.last if self._replayed is None else self._replayed

    def __iter__(self) -> Iterator[tuple[int, _Row]]:
        while True:
            while self._held:
                line, row, self._replayed = self._held.popleft()
                self._size -= _size(row)
                yield line, row
            self._replayed = None
            found = next(self._source, None)
            if found is None:
                return
            yield found

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows after the one of the moment that can be read, as far as is looked ahead."""
        yield from (row for _, row, _ in list(self._held) if not isinstance(row, RowRefusal))
        last = self.last
        while len(self._held) < MOST_ROWS and self._size < MOST_CHARACTERS:
            found = next(self._source, None)
            if found is None:
                break
            line, row = found
            self._held.append((line, row, self._rows.last))
            self._size += _size(row)
            if not isinstance(row, RowRefusal):
                yield row
        self._replayed = last


def _size(row: _Row) -> int:
    return 0 if isinstance(row, RowRefusal) else sum(map(len, row))
