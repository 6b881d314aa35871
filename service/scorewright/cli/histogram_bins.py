"""The bins of a histogram of totals: round, few, and true of what a rulebook's totals can be."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scorewright.program import Method, Program
from scorewright.program.exact_numbers import text
from scorewright.program.formula import Distinct, Trailing

BINS = 10
_NICE = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


@dataclass(frozen=True, slots=True)
class HistogramBins:
    """Bins are numbered by their lower end in steps; `highest` is None where totals have no end."""

    step: Fraction
    last: int
    highest: Fraction | None
    by_number: bool

    @classmethod
    def of(cls, program: Program) -> "HistogramBins":
        """Choose the bins: one each for few whole numbers, else round ones up to the highest total."""
        value = next((one for one in program.values if one.name == program.of), None)
        highest = program.out_of if program.out_of is not None else value.maximum if value else None
        edges = [band.edge for band in program.bands if not program.bands_by_condition]
        top = highest if highest is not None else max([Fraction(BINS), *(2 * edge for edge in edges)])
        step = nice_step(top)
        is_whole = program.method is Method.COUNT or (
            value and isinstance(value.formula, Distinct | Trailing)
        )
        if is_whole and step <= 1:
            return cls(Fraction(1), floor(top), highest, by_number=True)
        return cls(step, ceil(top / step) - 1, highest, by_number=False)

    def place(self, total: Fraction) -> int:
        """Return the bin of a total; what lies far below or above the others stands in the outer ones."""
        return min(max(floor(total / self.step), -BINS), self.last)

    def ends(self, place: int) -> tuple[Fraction | None, Fraction | None]:
        """Return where a bin begins and ends, twice the same for one number; None is no end at all."""
        low = place * self.step
        if place == self.last and (self.highest is None or not self.by_number):
            return low, self.highest
        high = low if self.by_number else low + self.step
        return (None if place == -BINS else low), high


def nice_step(out_of: Fraction) -> Fraction:
    """Choose a round width of at most 10 bins that reach `out_of`."""
    if out_of <= 0:
        return Fraction(1)
    wanted = out_of / BINS
    power = Fraction(10) ** (len(text(Fraction(floor(wanted)))) - 1 if wanted >= 1 else -4)
    while power * 10 < wanted:
        power *= 10
    return next(power * step for step in _NICE if power * step >= wanted)
