"""How much of a group is known beside what it earns: what is left out changes what points are worth."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Final, NamedTuple, TypeVar

from scorewright.checks.analysis.value_sets import ValueSet, union
from scorewright.diagnostics import Budget
from scorewright.program import Criterion, Policy, Program

MOST: Final = 20_000
"""The most pairs of knowns that are added; past it what is known is not kept apart."""


class KnownShare(NamedTuple):
    """What counts of a group's criteria.

    They can earn `counting` at most, and those that are answered `covered`; there are `number` of these.
    Each stays 0 where no minimum asks for it. `counts` tells whether any criterion counts at all.
    """

    counting: int
    covered: int
    number: int
    counts: bool


NOTHING: Final = KnownShare(0, 0, 0, counts=False)


@dataclass(frozen=True, slots=True)
class Gauge:
    """What each criterion can earn at most, in whole numbers of 1/unit, and what minimums ask for."""

    unit: int
    most: Mapping[str, int]
    covers: bool
    numbers: int

    def of(self, criterion: Criterion, unknown: Policy | None) -> KnownShare:
        """Return what a criterion counts for that is known, or else unknown with a policy."""
        if unknown is Policy.LEAVE_OUT:
            return NOTHING
        most, answered = self.most[criterion.id], unknown is None
        covered = most if answered and self.covers else 0
        return KnownShare(most, covered, min(self.numbers, 1) if answered else 0, counts=True)

    def plus(self, one: KnownShare, two: KnownShare) -> KnownShare:
        """Put together what counts; more criteria than the minimum asks for are as good as the minimum."""
        return KnownShare(
            one.counting + two.counting,
            one.covered + two.covered,
            min(one.number + two.number, self.numbers),
            one.counts or two.counts,
        )


def gauge_of(program: Program) -> Gauge:
    """Measure the criteria of a program."""
    highest = {criterion.id: max(criterion.highest, Fraction(0)) for criterion in program.criteria}
    unit = lcm(*(points.denominator for points in highest.values()))
    most = {id: int(points * unit) for id, points in highest.items()}
    return Gauge(unit, most, program.minimum_coverage is not None, program.minimum_known or 0)


K = TypeVar("K")

Profile = Mapping[K, ValueSet]
"""What is earned, by how much is known."""


def added(
    profiles: Iterable[Profile[K]], zero: Profile[K], plus: Callable[[K, K], K], budget: Budget
) -> Profile[K] | None:
    """Add what independent sets of criteria earn; None where they are known in too many ways."""
    total = zero
    for profile in profiles:
        more = _joined(total, profile, plus, budget)
        if more is None:
            return None
        total = more
    return total


def _joined(one: Profile[K], two: Profile[K], plus: Callable[[K, K], K], budget: Budget) -> Profile[K] | None:
    size = len(one) * len(two)
    if size > MOST or not budget.spend(100 * size):
        return None
    found: dict[K, list[ValueSet]] = {}
    for (known, points), (other, more) in product(one.items(), two.items()):
        found.setdefault(plus(known, other), []).append(points.plus(more, budget))
    return {known: union(spreads) for known, spreads in found.items()}
