"""What cannot be worked out because it would divide by 0, and which divisor is 0 (law 17).

It is unknown as a missing answer is, and unlike one no further answer to the others changes that.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scorewright.partition import inputs_of
from scorewright.program import Criterion, Policy, Program
from scorewright.program.condition import (
    All,
    Any,
    Compare,
    Condition,
    CriterionRef,
    GroupRef,
    InputRef,
    Left,
    Not,
    PercentChange,
    Ratio,
    TotalRef,
)
from scorewright.program.earning import ConditionPoints
from scorewright.semantics.conditions import Environment, holds
from scorewright.validation import Answers

Divisors = tuple[str, ...]
"""The names of inputs and values that are 0."""


@dataclass(frozen=True, slots=True)
class Zeros:
    """What conditions may ask about that is unknown because a divisor is 0, each with its divisors."""

    unknown: Mapping[Left, Divisors]

    def of(self, condition: Condition, environment: Environment) -> Divisors:
        """Name the divisors of 0 that leave a condition unknown; none where it is true or false."""
        found: dict[str, None] = {}
        for compare in _unknown(condition, environment):
            found.update(dict.fromkeys(self._of(compare.left, environment)))
        return tuple(found)

    def _of(self, left: Left, environment: Environment) -> Divisors:
        if not isinstance(left, Ratio | PercentChange):
            return self.unknown.get(left, ())
        first, divisor = inputs_of(left)
        own = (divisor,) if environment.answers.get(divisor) == 0 else ()
        return (*own, *(name for part in (first, divisor) for name in self.unknown.get(InputRef(part), ())))


def _unknown(condition: Condition, environment: Environment) -> Iterator[Compare]:
    """List the comparisons for which a condition is unknown."""
    if holds(condition, environment) is not None:
        return
    match condition:
        case Compare():
            yield condition
        case All(parts) | Any(parts):
            for part in parts:
                yield from _unknown(part, environment)
        case Not(part):
            yield from _unknown(part, environment)


def zeros_of(answers: Answers) -> Zeros:
    """Return what answers leave unknown, before any points are known."""
    return Zeros({InputRef(name): divisors for name, divisors in answers.zero.items()})


def divisors_of(criterion: Criterion, answers: Answers, environment: Environment) -> Divisors:
    """Name the divisors of 0 for which a criterion has no points."""
    zeros, earning = zeros_of(answers), criterion.earning
    if isinstance(earning, ConditionPoints):
        return zeros.of(earning.condition, environment)
    return zeros.unknown.get(InputRef(earning.input), ())


def with_points(
    program: Program, answers: Answers, zero: Mapping[str, Divisors], unknown: Mapping[str, Policy]
) -> Zeros:
    """Return what is unknown once points are known: the criteria over 0, their groups, and the total.

    `unknown` are the policies of criteria without points: what earns nothing leaves a total.
    """
    found: dict[Left, Divisors] = dict(zeros_of(answers).unknown)
    if not found and not zero:
        return Zeros(found)
    found |= {CriterionRef(id): divisors for id, divisors in zero.items()}
    for group in program.groups:
        found[GroupRef(group.id)] = _together(zero.get(id, ()) for id in group.criteria)
    lost = (divisors for id, divisors in zero.items() if unknown[id] is not Policy.NO_POINTS)
    found[TotalRef()] = _together(lost) if program.by_points else answers.zero.get(program.of or "", ())
    return Zeros(found)


def _together(several: Iterable[Divisors]) -> Divisors:
    return tuple(dict.fromkeys(name for divisors in several for name in divisors))
