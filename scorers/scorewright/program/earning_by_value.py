"""Points that each value earns anew: on a line, by count, or fading with age."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from scorewright.program.cut import Cut
from scorewright.program.earning import ONE, ZERO, Ends, OfInput, ends_of
from scorewright.program.exact_numbers import UNIT, rounded, text

if TYPE_CHECKING:
    from scorewright.program.program import Input


SPENT: Final = 128
"""Half-lives after which a decayed criterion earns nothing: less than any rounding could show."""


@dataclass(frozen=True, slots=True)
class LinearPoints(OfInput):
    """`slope * value + offset`: as it is (1, 0) or reversed (-1, minimum + maximum)."""

    input: str
    slope: Fraction
    offset: Fraction

    continuous = True

    def earned(self, value: Any, as_of: date) -> Fraction:
        """Return the points on the line."""
        points: Fraction = self.slope * value + self.offset
        return points

    def prepared(self) -> Callable[[Any, date], Fraction]:
        """Return `earned`; the answer itself where it is the points."""
        if self.slope == 1 and not self.offset:
            return lambda value, _: value
        return self.earned

    def extremes(self, item: "Input") -> Ends:
        """Return the points at the ends of the range."""
        ends = (end for end in (item.minimum, item.maximum) if isinstance(end, Fraction))
        return ends_of([self.earned(end, date.min) for end in ends])

    def bends(self) -> tuple[Cut, ...]:
        """Return none: a line never bends."""
        return ()

    def telling(self, item: "Input") -> tuple[object, object]:
        """Return the whole range."""
        return item.minimum, item.maximum

    def grains(self, decimals: int) -> Iterator[Fraction]:
        """Yield what one more of the last decimal earns, and the offset."""
        yield from (self.slope / 10**decimals, self.offset)

    def zero(self) -> Fraction | None:
        """Return where the line crosses 0."""
        return -self.offset / self.slope if self.slope else None

    def text(self, value: Any, as_of: date) -> str:
        """Write the answer, and that it counts the other way round."""
        return f"{self.input} is {text(value)}{', reversed' if self.slope < 0 else ''}"


@dataclass(frozen=True, slots=True)
class CountPoints(OfInput):
    """`each * value`, no further than `up_to`."""

    input: str
    each: Fraction
    up_to: Fraction

    continuous = True

    def earned(self, value: Any, as_of: date) -> Fraction:
        """Return the points of the count, up to the limit."""
        points: Fraction = self.each * value
        return min(points, self.up_to) if self.each > 0 else max(points, self.up_to)

    def extremes(self, item: "Input") -> Ends:
        """Return the points at the ends of the range; where it has none, the limit or nothing."""
        return ends_of([self._at(end, beyond) for end, beyond in ((item.minimum, -ONE), (item.maximum, ONE))])

    def _at(self, end: object, beyond: Fraction) -> Fraction:
        if isinstance(end, Fraction):
            return self.earned(end, date.min)
        return self.up_to if self.each * beyond * self.up_to > 0 else ZERO

    def bends(self) -> tuple[Cut, ...]:
        """Return the count at which the limit is reached."""
        return (Cut(self.up_to / self.each),) if self.each else ()

    def telling(self, item: "Input") -> tuple[object, object]:
        """Return the range up to where the limit is reached."""
        low, high = item.minimum, item.maximum
        if isinstance(low, Fraction) and self.each:
            enough = max(low, self.up_to / self.each)
            return low, min(high, enough) if isinstance(high, Fraction) else enough
        return low, high

    def grains(self, decimals: int) -> Iterator[Fraction]:
        """Yield what one more of the last decimal earns, and the limit."""
        yield from (self.each / 10**decimals, self.up_to)

    def zero(self) -> Fraction:
        """Return no count at all."""
        return ZERO

    def text(self, value: Any, as_of: date) -> str:
        """Write the count, and what each earns up to where."""
        return f"{self.input} is {text(value)}: {text(self.each)} each, up to {text(self.up_to)}"


def _age(day: date, as_of: date) -> int:
    return max((as_of - day).days, 0)


@dataclass(frozen=True, slots=True)
class DecayPoints(OfInput):
    """`points` halved every `half_life` days between the date and as_of, rounded to 4 decimals between."""

    input: str
    points: Fraction
    half_life: int

    def earned(self, value: Any, as_of: date) -> Fraction:
        """Halve points every half-life: exact at whole half-lives, rounded half up to 4 decimals between.

        A day after as_of counts in full: no answer can lie there, but an assumed one can.
        """
        halvings, rest = divmod(_age(value, as_of), self.half_life)
        if halvings >= SPENT:
            return ZERO
        exact = self.points / (1 << halvings)
        if rest == 0:
            return exact
        with localcontext(prec=60):
            factor = Decimal(2) ** (Decimal(-rest) / Decimal(self.half_life))
        return rounded(exact * Fraction(factor))

    def extremes(self, item: "Input") -> Ends:
        """Return nothing, and the points of today."""
        return min(ZERO, self.points), max(ZERO, self.points)

    def bends(self) -> tuple[Cut, ...]:
        """Return today, and the day on which nothing is left."""
        return Cut(days=ZERO), Cut(days=Fraction(self.half_life * SPENT))

    def grains(self, decimals: int) -> Iterator[Fraction]:
        """Yield the last decimal to which points are rounded."""
        yield Fraction(1, UNIT)

    def text(self, value: Any, as_of: date) -> str:
        """Return how long ago it was, and how fast points fade."""
        return f"{self.input} was {(as_of - value).days} days ago: halves every {self.half_life} days"
