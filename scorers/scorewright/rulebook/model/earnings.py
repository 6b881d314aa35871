"""The ways to earn by one input as they are written: one row each, for model, checks, schema and compiler.

What is earned is no matter of this table: a row makes an earning, which carries its own behaviour.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from scorewright.program import Input
from scorewright.program.earning import ONE, ZERO, OfInput
from scorewright.program.earning_by_row import OptionPoints, RangePoints
from scorewright.program.earning_by_row import RangeStep as Row
from scorewright.program.earning_by_value import CountPoints, DecayPoints, LinearPoints
from scorewright.program.value import Type
from scorewright.rulebook.text_slots import days

if TYPE_CHECKING:
    from scorewright.rulebook.model.criterion import Criterion

    Written = Criterion
    """A criterion as written, in which the key of the row stands."""


def _both(criterion: "Written") -> tuple[str, ...]:
    return "min", "max"


def _neither(criterion: "Written") -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class EarningForm:
    """What a key needs of its input, what it makes of both, and which key stands beside it and nowhere else.

    `ends` names the ends of its range that the input must have: both, where a row does not say that points
    have a lowest and a highest without them.
    """

    needs: Type
    make: Callable[["Written", Input], OfInput]
    ends: Callable[["Written"], tuple[str, ...]] = _both
    beside: str | None = None


def _by_steps(criterion: "Written", item: Input) -> OfInput:
    return _in_order(item, [Row(step.from_, step.points, step.label) for step in criterion.steps or ()])


def _by_option(criterion: "Written", item: Input) -> OfInput:
    listed = criterion.options or {}
    return OptionPoints(item.name, tuple((o, listed[o]) for o in item.options if o in listed))


def _by_rating(criterion: "Written", item: Input) -> OfInput:
    if isinstance(criterion.rating, dict):
        return _in_order(item, [Row(Fraction(start), points) for start, points in criterion.rating.items()])
    if criterion.rating == "reversed":
        return LinearPoints(item.name, -ONE, _number(item.minimum) + _number(item.maximum))
    return LinearPoints(item.name, ONE, ZERO)


def _by_value(criterion: "Written", item: Input) -> OfInput:
    return LinearPoints(item.name, ONE, ZERO)


def _by_count(criterion: "Written", item: Input) -> OfInput:
    return CountPoints(item.name, criterion.each or ZERO, criterion.up_to or ZERO)


def _by_age(criterion: "Written", item: Input) -> OfInput:
    assert criterion.decay is not None  # INVARIANT: the row is asked where its key is given
    return DecayPoints(item.name, criterion.decay.points, days(criterion.decay.half_life))


def _in_order(item: Input, steps: Sequence[Row]) -> RangePoints:
    return RangePoints(item.name, tuple(sorted(steps, key=lambda step: step.start)))


def _number(bound: object) -> Fraction:
    return bound if isinstance(bound, Fraction) else ZERO


WAYS: Final[Mapping[str, EarningForm]] = {
    "steps": EarningForm(Type.NUMBER, _by_steps, ends=_neither),
    "options": EarningForm(Type.CHOICE, _by_option, ends=_neither),
    "rating": EarningForm(
        Type.NUMBER, _by_rating, ends=lambda c: _neither(c) if isinstance(c.rating, dict) else _both(c)
    ),
    "value": EarningForm(Type.NUMBER, _by_value),
    "each": EarningForm(Type.NUMBER, _by_count, ends=lambda _: ("min",), beside="up_to"),
    "decay": EarningForm(Type.DATE, _by_age, ends=_neither),
}
"""Each way by its key, a field of `Criterion`."""

EARNINGS: Final = ("when", *WAYS)
"""The keys that say how a criterion earns: by a condition, or in one of the ways."""
