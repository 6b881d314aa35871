"""Numbers such as `1.000`: a thousand where points part thousands, one where the point is a decimal point.

Nothing in such a cell tells which. In a table parted by commas the point can only be a decimal point; one
parted by semicolons or tabs often comes from where the comma is the decimal sign, so that the other cells of
the column have to tell: `12.5` or `0.125` make the point a decimal point, `12,5` or `1.000.000` do not. Cells
that say both, or nothing, do not settle it.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from scorewright.program.exact_numbers import text
from scorewright.records.record import UnreadableCell
from scorewright.results import InputCode
from scorewright.validation import show

_DOUBTFUL: Final = re.compile(r"([+-]?[1-9][0-9]{0,2})([.,])([0-9]{3})")
_AROUND: Final = re.compile(r"^[^0-9.,]+|[^0-9.,]+$")
_BY_POINT: Final = re.compile(r"[0-9]*\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_BY_COMMA: Final = re.compile(r"[0-9]*,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_LONGEST: Final = 100


class SeparatorSign(Enum):
    """Which sign begins the decimals of a column's numbers."""

    POINT = "point"
    COMMA = "comma"


def told_by(cell: str) -> SeparatorSign | None:
    """Return what one cell says of its column; None where it says nothing."""
    if len(cell) > _LONGEST or _DOUBTFUL.fullmatch(cell):
        return None
    digits = _AROUND.sub("", cell)
    if _DOUBTFUL.fullmatch(digits):
        return None
    if _BY_POINT.fullmatch(digits):
        return SeparatorSign.POINT
    return SeparatorSign.COMMA if _BY_COMMA.fullmatch(digits) else None


class Doubts:
    """What the cells of one column told so far, and how its doubtful numbers are read.

    A column that meets a doubtful number before it is decided puts itself among the `waiting`.
    """

    def __init__(self, read: Callable[[str], object], waiting: "list[Doubts]") -> None:
        self._read = read
        self._waiting = waiting
        self._told: dict[SeparatorSign, str] = {}
        self._decided = False

    def decide(self) -> None:
        """Let what was told so far hold for the whole column."""
        self._decided = True

    def read(self, cell: str) -> object:
        """Read a cell; one in doubt has no value until its column is decided, and is then read again."""
        word = cell.strip()
        if not self._decided and (sign := told_by(word)):
            self._told.setdefault(sign, word)
        found = _DOUBTFUL.fullmatch(word)
        if not found:
            return self._read(cell)
        if not self._decided:
            self._waiting.append(self)
            return None
        return self._settled(cell, word, *found.groups())

    def _settled(self, cell: str, word: str, before: str, sign: str, after: str) -> object:
        sign_of_all = next(iter(self._told)) if len(self._told) == 1 else None
        whole = text(Fraction(f"{before}{after}"))
        if sign_of_all is None:
            part = text(Fraction(Decimal(f"{before}.{after}")))
            why = f"can be read as {whole} or as {part}, and the other cells of its column do not tell which"
            return _refuse(word, f"{why}; write {whole} or {part}")
        if sign == "." and sign_of_all is SeparatorSign.COMMA:
            other = show(self._told[SeparatorSign.COMMA])
            return _refuse(word, f"is {whole} in a column that has {other}; write it in plain digits")
        return self._read(cell)


def _refuse(word: str, why: str) -> UnreadableCell:
    return UnreadableCell(InputCode.WRONG_TYPE.value, f"{show(word)} {why}")
