"""Sizes: no value is worked out to numbers so long that answering would take for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scorewright.checks.check import Check, Finder, Findings
from scorewright.diagnostics import quoted
from scorewright.program.exact_numbers import DIGITS
from scorewright.rulebook import Document
from scorewright.rulebook import value_graph as graph
from scorewright.rulebook.model.table import Value

MOST_DIGITS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Size:
    """How many digits a number may have before and after its point, and in what it is divided by besides."""

    whole: int
    places: int
    divisor: int = 0

    @property
    def digits(self) -> int:
        """Count all digits."""
        return self.whole + self.places + self.divisor


ANSWER: Final = Size(DIGITS, DIGITS)
"""The size of an answer, and of a number in a rulebook."""


def values_too_long(document: Document) -> Findings:
    """Find the first value that may have too many digits; those that read it would have more."""
    find = Finder(document, "value-too-long")
    values = document.rulebook.values
    sizes: dict[str, Size] = {}
    for name in graph.ordered(graph.named(values))[0]:
        sizes[name] = _size(values[name], sizes)
        if sizes[name].digits > MOST_DIGITS:
            message = f"{quoted(name)} can have more than {MOST_DIGITS:,} digits"
            yield find.at(("values", name), message, "multiply and divide fewer values in a row", key=True)
            return


def _size(value: Value, sizes: Mapping[str, Size]) -> Size:
    operands = getattr(value, value.formula)
    if not isinstance(operands, tuple):
        # Sums of products over records, counts and tables: as many factors as there are fields.
        factors = len(value.sum.of) if value.sum else 1
        return Size(DIGITS * (factors + 1), DIGITS * factors)
    parts = [sizes.get(operand, ANSWER) if isinstance(operand, str) else ANSWER for operand in operands]
    whole, places = [part.whole for part in parts], [part.places for part in parts]
    divisor = sum(part.divisor for part in parts)
    match value.formula:
        case "add" | "subtract":
            return Size(max(whole) + len(str(len(parts))), max(places), divisor)
        case "multiply":
            return Size(sum(whole), sum(places), divisor)
        case _:
            first, second = parts
            whole_digits = first.whole + second.places + second.divisor + 2
            return Size(whole_digits, first.places, first.divisor + second.digits)


CHECKS: tuple[Check[Document], ...] = (Check("value-too-long", values_too_long),)
