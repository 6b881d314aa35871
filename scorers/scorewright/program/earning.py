"""How a criterion earns its points, compiled: one class a way, with all that there is to say of it.

The law, the checks and the engines ask the class. A way that says no more than what it earns, and between
which ends, is right everywhere: its answers are kept whole, and what they could tell apart is left undecided.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from scorewright.program.condition import Condition
from scorewright.program.cut import Cut
from scorewright.program.operators import Edge
from scorewright.program.value import value_text

if TYPE_CHECKING:
    from scorewright.program.program import Input

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)

Row = tuple[Condition, Fraction]
"""A condition, and what is earned where it is the first that is true."""

Ends = tuple[Fraction, Fraction]
"""The lowest and the highest."""


@dataclass(frozen=True, slots=True)
class ConditionPoints:
    """Points where a condition is true, else 0."""

    condition: Condition
    points: Fraction

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that it asks."""
        return (self.condition,)

    @property
    def question(self) -> object:
        """Return what it asks, so that two criteria which ask the same are found."""
        return self.condition

    def extremes(self) -> Ends:
        """Return the lowest and the highest points."""
        return min(ZERO, self.points), max(ZERO, self.points)

    def grains(self, decimals: int) -> Iterator[Fraction]:
        """Yield numbers whose multiples all points are."""
        yield self.points

    def rows(self) -> tuple[Row, ...] | None:
        """Return the conditions that earn fixed points."""
        return ((self.condition, self.points),)


class OfInput(ABC):
    """Points from the answer to one input; what a way does not say keeps every answer whole."""

    __slots__ = ()

    input: str

    continuous = False
    """Whether every number between two points is earned by a number between their answers."""

    @abstractmethod
    def earned(self, value: Any, as_of: date) -> Fraction:
        """Return the exact points of a known answer of the type that the compiler pairs with it."""

    @abstractmethod
    def extremes(self, item: "Input") -> Ends:
        """Return the lowest and the highest points over the range of the input; answers earn both."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that it asks."""
        return ()

    @property
    def question(self) -> object:
        """Return what it asks, so that two criteria which ask the same are found."""
        return self.input, type(self)

    @property
    def weight(self) -> int:
        """Count what is looked at to earn once."""
        return 1

    def prepared(self) -> Callable[[Any, date], Fraction]:
        """Return `earned` as a function for many answers."""
        return self.earned

    def bends(self) -> tuple[Cut, ...] | None:
        """Return where points bend: between two such values they only rise or only fall. None: anywhere."""
        edges = self.edges()
        return None if edges is None else tuple(Cut(number) for number, _ in edges)

    def edges(self) -> tuple[Edge, ...] | None:
        """Return the numbers at which points change, being the same between; None: at any."""
        return None

    def points_of(self, item: "Input") -> frozenset[Fraction] | None:
        """List all points that answers can earn, where each earns those of a row; None where not."""
        return None

    def telling(self, item: "Input") -> tuple[object, object]:
        """Return the ends of the answers outside which nothing else is earned; None where there is none."""
        return None, None

    def grains(self, decimals: int) -> Iterator[Fraction]:
        """Yield numbers whose multiples all points are, as far as is known; `decimals` are the answer's."""
        yield from ()

    def zero(self) -> Fraction | None:
        """Return the answer at which points that rise or fall steadily are 0; None where none is known."""
        return None

    def text(self, value: Any, as_of: date) -> str:
        """Write in one line what an answer is, as far as the points depend on it."""
        return f"{self.input} is {value_text(value)}"

    def rows(self) -> tuple[Row, ...] | None:
        """Return the conditions that earn fixed points; None where points are computed."""
        return None


Earning = ConditionPoints | OfInput


def holds_value(item: "Input", start: Fraction | None, end: Fraction | None) -> bool:
    """Return whether a value of the input lies from `start` up to, but not on, `end`."""
    starts = [bound for bound in (start, item.minimum) if isinstance(bound, Fraction)]
    if not starts:
        return True
    first = max(starts)
    if item.decimals is not None:
        grid = Fraction(1, 10**item.decimals)
        first = -(-first // grid) * grid
    below_end = end is None or first < end
    return below_end and not (isinstance(item.maximum, Fraction) and first > item.maximum)


def ends_of(points: Sequence[Fraction] | frozenset[Fraction]) -> Ends:
    """Return the lowest and the highest of some points."""
    return min(points, default=ZERO), max(points, default=ZERO)
