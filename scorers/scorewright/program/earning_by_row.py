"""Points by rows: of ranges, and of options."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from scorewright.program.condition import All, Compare, Condition, InputRef, Op
from scorewright.program.earning import ZERO, Ends, OfInput, Row, ends_of, holds_value
from scorewright.program.exact_numbers import text
from scorewright.program.operators import Edge

if TYPE_CHECKING:
    from scorewright.program.program import Input


@dataclass(frozen=True, slots=True)
class RangeStep:
    """From this value on, these points."""

    start: Fraction
    points: Fraction
    label: str | None = None


@dataclass(frozen=True, slots=True)
class RangePoints(OfInput):
    """The points of the last step that starts at or below the value; 0 below the first."""

    input: str
    steps: tuple[RangeStep, ...]

    def earned(self, value: Any, as_of: date) -> Fraction:
        """Return the points of the last row that is reached."""
        return next((step.points for step in reversed(self.steps) if step.start <= value), ZERO)

    def prepared(self) -> Callable[[Any, date], Fraction]:
        """Return `earned` with its rows at hand."""
        rows = tuple((step.start, step.points) for step in reversed(self.steps))
        return lambda value, _: next((points for start, points in rows if start <= value), ZERO)

    def extremes(self, item: "Input") -> Ends:
        """Return the least and the most of the rows that are reached."""
        return ends_of(self.points_of(item))

    def points_of(self, item: "Input") -> frozenset[Fraction]:
        """List the points of every row that some answer reaches, 0 where one lies below the first."""
        rows = [(None, ZERO), *((step.start, step.points) for step in self.steps)]
        nexts = [*(step.start for step in self.steps), None]
        each = zip(rows, nexts, strict=True)
        return frozenset(points for (start, points), end in each if holds_value(item, start, end))

    @property
    def question(self) -> object:
        """Return where its rows start."""
        return self.input, tuple(step.start for step in self.steps)

    @property
    def weight(self) -> int:
        """Count its rows, twenty as one."""
        return 1 + len(self.steps) // 20

    def edges(self) -> tuple[Edge, ...]:
        """Return where its rows start."""
        return tuple((step.start, False) for step in self.steps)

    def grains(self, decimals: int) -> Iterator[Fraction]:
        """Return the points of its rows."""
        return (step.points for step in self.steps)

    def text(self, value: Any, as_of: date) -> str:
        """Return which row is reached."""
        reached = [index for index, step in enumerate(self.steps) if step.start <= value]
        if not reached:
            return f"{self.input} < {text(self.steps[0].start)}"
        index = reached[-1]
        step, later = self.steps[index], self.steps[index + 1 : index + 2]
        upper = f" and < {text(later[0].start)}" if later else ""
        label = f" ({step.label})" if step.label else ""
        return f"{self.input} >= {text(step.start)}{upper}{label}"

    def rows(self) -> tuple[Row, ...]:
        """Return each row as the range from its start to the next one's."""
        left = InputRef(self.input)
        return tuple(
            (All((_from(left, step), *_below(left, later))), step.points)
            for step, later in ((step, self.steps[n + 1 :]) for n, step in enumerate(self.steps))
        )


def _from(left: InputRef, step: RangeStep) -> Condition:
    return Compare(left, Op.AT_LEAST, step.start)


def _below(left: InputRef, later: Sequence[RangeStep]) -> Iterator[Condition]:
    return (Compare(left, Op.LESS_THAN, step.start) for step in later)


@dataclass(frozen=True, slots=True)
class OptionPoints(OfInput):
    """Points by choice; a choice that is not listed earns 0."""

    input: str
    points: tuple[tuple[str, Fraction], ...]

    def earned(self, value: Any, as_of: date) -> Fraction:
        """Return the points of the option."""
        return dict(self.points).get(value, ZERO)

    def prepared(self) -> Callable[[Any, date], Fraction]:
        """Return `earned` with its table at hand."""
        table = dict(self.points)
        return lambda value, _: table.get(value, ZERO)

    def extremes(self, item: "Input") -> Ends:
        """Return the least and the most of the options."""
        return ends_of(self.points_of(item))

    def points_of(self, item: "Input") -> frozenset[Fraction]:
        """List the points of all options."""
        return frozenset(self.earned(option, date.min) for option in item.options)

    def edges(self) -> tuple[Edge, ...]:
        """Return none: an option is no number."""
        return ()

    def grains(self, decimals: int) -> Iterator[Fraction]:
        """Return the points of its options."""
        return (points for _, points in self.points)

    def rows(self) -> tuple[Row, ...]:
        """Return each option that is listed."""
        return tuple((Compare(InputRef(self.input), Op.IS, option), points) for option, points in self.points)
