"""The lowest and the highest total still possible once the missing answers are known.

Criteria that share a missing input are answered together, so that the bounds are attained by real answers.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Protocol, TypeVar

from scorers.condition import Value
from scorers.law.cells import cuts_of, joint
from scorers.law.earnings import earned
from scorers.law.totals import ZERO, N, clamp
from scorers.program import Criterion, Program

Sums = tuple[Fraction, ...]
"""What each group of the program earns, in the program's order of groups."""

S = TypeVar("S", bound=Sequence[int | Fraction])


def bounds(program: Program, answers: Mapping[str, Value], as_of: date) -> tuple[Fraction, Fraction]:
    """Give the lowest and highest total over every completion of the answers, not rounded."""
    low = [ZERO] * len(program.groups)
    high = [ZERO] * len(program.groups)
    entangled: list[tuple[Sums, ...]] = []
    for part in components(program.criteria, answers):
        sums = reachable_sums(program, part, answers, as_of)
        touched = [index for index, values in enumerate(zip(*sums, strict=True)) if any(values)]
        if len(touched) > 1:
            entangled.append(sums)
            continue
        for index in touched:
            low[index] += min(values[index] for values in sums)
            high[index] += max(values[index] for values in sums)
    lows = [total_of(program, add(low, chosen)) for chosen in product(*map(lowest_of, entangled))]
    highs = [total_of(program, add(high, chosen)) for chosen in product(*map(highest_of, entangled))]
    return min(lows), max(highs)


def total_of(program: Program, sums: Sequence[Fraction]) -> Fraction:
    """Give the total of group sums when nothing is missing."""
    total = ZERO
    for group, raw in zip(program.groups, sums, strict=True):
        earned_points = clamp(raw, group.cap, group.floor)
        total += earned_points * group.share / group.possible if group.possible else earned_points
    return clamp(total, program.cap, program.floor)


class Reader(Protocol):
    """What reads inputs."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Name the inputs."""
        ...


R = TypeVar("R", bound=Reader)


def components(readers: Iterable[R], answers: Container[str]) -> Iterator[list[R]]:
    """Part what reads inputs into sets that share no missing input."""
    parts: list[tuple[set[str], list[R]]] = []
    for reader in readers:
        missing = {name for name in reader.inputs if name not in answers}
        apart = [part for part in parts if not (part[0] & missing)]
        shared = [part for part in parts if part[0] & missing]
        names = missing.union(*(part[0] for part in shared))
        members = [*(member for part in shared for member in part[1]), reader]
        parts = [*apart, (names, members)]
    return (members for _, members in parts)


def reachable_sums(
    program: Program, criteria: Sequence[Criterion], answers: Mapping[str, Value], as_of: date
) -> tuple[Sums, ...]:
    """Give the group sums that these criteria reach over representative answers to what is missing."""
    position = {group.id: index for index, group in enumerate(program.groups)}
    names = list(dict.fromkeys(n for c in criteria for n in c.inputs if n not in answers))
    found: dict[Sums, None] = {}
    for completion in joint(program, cuts_of(criteria), names, answers, as_of):
        sums = [ZERO] * len(program.groups)
        for criterion in criteria:
            sums[position[criterion.group]] += earned(criterion, completion, as_of) or ZERO
        found[tuple(sums)] = None
    return tuple(found)


def add(base: Sequence[N], chosen: Sequence[Sequence[N]]) -> list[N]:
    """Add group sums to others."""
    return [sum(values, start) for start, *values in zip(base, *chosen, strict=True)]


def lowest_of(sums: Sequence[S]) -> list[S]:
    """Give the sums that no others lie below in every group."""
    return [a for a in sums if not any(b != a and _below(b, a) for b in sums)]


def highest_of(sums: Sequence[S]) -> list[S]:
    """Give the sums that no others lie above in every group."""
    return [a for a in sums if not any(b != a and _below(a, b) for b in sums)]


def _below(first: Sequence[int | Fraction], second: Sequence[int | Fraction]) -> bool:
    return all(a <= b for a, b in zip(first, second, strict=True))
