"""The lowest and the highest total still possible once the missing answers are known.

Criteria that share a missing input are answered together, so that the bounds are attained by real answers.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeVar

from scorewright.partition import cuts_of, is_open, joint
from scorewright.program import Criterion, Policy, Program
from scorewright.program.condition import Value
from scorewright.semantics.earned_points import earned
from scorewright.semantics.missing_policy import asked_coverage, enough, has_minimum, over_zero
from scorewright.semantics.totals import ZERO, N, clamp, group_total, shares_of

Sums = tuple[Fraction, ...]
"""What each group of the program earns, in the program's order of groups."""

S = TypeVar("S", bound=Sequence[int | Fraction])

MOST = 20_000
"""The most combinations of what drops out over 0 that are told apart."""


Unknown = frozenset[tuple[str, Policy]]
"""Criteria that divide by 0, each with its policy, where that changes more than their points."""


class Ends(NamedTuple):
    """The lowest and the highest total still possible; `always` where there is a total in any case."""

    lowest: Fraction
    highest: Fraction
    always: bool = True


@dataclass(frozen=True, slots=True)
class BoundedSums:
    """What criteria come to with some answers: group sums, and the criteria that divide by 0."""

    sums: Sums
    unknown: Unknown = frozenset()


def bounds(program: Program, answers: Mapping[str, Value], as_of: date) -> Ends | None:
    """Return the lowest and highest total over every completion of the answers, not rounded (law 19).

    There are none where no completion has a total, or where more can divide by 0 than can be told apart.
    """
    low = [ZERO] * len(program.groups)
    high = [ZERO] * len(program.groups)
    entangled: list[Sequence[BoundedSums]] = []
    always = True
    for part in components(program.criteria, answers):
        everything = list(reachable(program, part, answers, as_of))
        reached = [each for each in everything if each is not None]
        always = always and len(reached) == len(everything)
        if not reached:
            return None
        sums = [each.sums for each in reached]
        touched = [index for index, values in enumerate(zip(*sums, strict=True)) if any(values)]
        if len(touched) > 1 or any(each.unknown for each in reached):
            entangled.append(reached)
            continue
        for index in touched:
            low[index] += min(values[index] for values in sums)
            high[index] += max(values[index] for values in sums)
    lows = _totals(program, tuple(low), entangled, lowest_of)
    highs = _totals(program, tuple(high), entangled, highest_of)
    totals = [total for total in (*lows, *highs) if total is not None]
    return Ends(min(totals), max(totals), always and None not in lows) if totals else None


def _totals(
    program: Program,
    start: Sums,
    entangled: Sequence[Sequence[BoundedSums]],
    extreme: Callable[[list[Sums]], list[Sums]],
) -> list[Fraction | None]:
    """Return the totals of what parts come to together, None for none, but for those between others."""
    fronts: dict[Unknown, list[Sums]] = {frozenset(): [start]}
    for reached in entangled:
        merged: dict[Hashable, tuple[Unknown, dict[Sums, None]]] = {}
        for unknown, sums in fronts.items():
            for each in reached:
                both = unknown | each.unknown
                found = merged.setdefault(_alike(program, both), (both, {}))[1]
                found.update(dict.fromkeys(tuple(add(one, [each.sums])) for one in sums))
        fronts = {unknown: extreme(list(found)) for unknown, found in merged.values()}
        if sum(map(len, fronts.values())) > MOST:
            return []
    return [_without(program, sums, unknown) for unknown, front in fronts.items() for sums in front]


def _alike(program: Program, unknown: Unknown) -> Hashable:
    """Return what matters of the criteria that divide by 0: how many of a group and policy, of what worth."""
    policies = dict(unknown)
    gone = [(c.group, policies[c.id], max(c.highest, ZERO)) for c in program.criteria if c.id in policies]
    return tuple(sorted(gone))


def total_of(program: Program, sums: Sequence[Fraction]) -> Fraction:
    """Return the total of group sums when nothing is missing."""
    total = ZERO
    for group, raw in zip(program.groups, sums, strict=True):
        earned_points = clamp(raw, group.cap, group.floor)
        total += earned_points * group.share / group.possible if group.possible else earned_points
    return clamp(total, program.cap, program.floor)


def _without(program: Program, sums: Sequence[Fraction], unknown: Unknown) -> Fraction | None:
    """Return the total of group sums where some criteria divide by 0; None where too little is left."""
    if not unknown:
        return total_of(program, sums)
    policies = dict(unknown)
    points = {c.id: None if c.id in policies else ZERO for c in program.criteria}
    shares = shares_of(program, {id for id in points if policies.get(id) is not Policy.LEAVE_OUT})
    covered = asked_coverage(program, points)
    if not shares.any or not enough(program, covered, len(points) - len(unknown)):
        return None
    groups = (group_total(share, raw) for share, raw in zip(shares.groups, sums, strict=True))
    total = sum((group.clamped * group.factor for group in groups), ZERO) * shares.scale
    return clamp(total, program.cap, program.floor)


class InputReader(Protocol):
    """What reads inputs."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Name the inputs."""
        ...


R = TypeVar("R", bound=InputReader)


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


def reachable(
    program: Program, criteria: Sequence[Criterion], answers: Mapping[str, Value], as_of: date
) -> Iterable[BoundedSums | None]:
    """Return what these criteria come to over representative missing answers; None for no total."""
    names = list(dict.fromkeys(n for c in criteria for n in c.inputs if n not in answers))
    cuts = cuts_of(criteria)
    if any(item.name in names and is_open(item, cuts.by_input.get(item.name, ())) for item in program.inputs):
        return _ends_of(program, criteria, answers, as_of)
    tried = joint(program, cuts, names, answers, as_of)
    return dict.fromkeys(_reached(program, criteria, completion, as_of) for completion in tried)


def _reached(
    program: Program, criteria: Sequence[Criterion], completion: Mapping[str, Value], as_of: date
) -> BoundedSums | None:
    """Add up criteria; what is unknown although all is answered divides by 0, as its policy says."""
    position = {group.id: index for index, group in enumerate(program.groups)}
    sums = [ZERO] * len(program.groups)
    unknown: set[tuple[str, Policy]] = set()
    for criterion in criteria:
        points = earned(criterion, completion, as_of)
        if points is None:
            policy = over_zero(program, criterion, completion, as_of)
            if policy is Policy.INCOMPLETE:
                return None
            if policy is Policy.LEAVE_OUT or has_minimum(program):
                unknown.add((criterion.id, policy))
        sums[position[criterion.group]] += points or ZERO
    return BoundedSums(tuple(sums), frozenset(unknown))


def _ends_of(
    program: Program, criteria: Sequence[Criterion], answers: Mapping[str, Value], as_of: date
) -> tuple[BoundedSums, ...]:
    """Return what criteria come to at their least and at their most, whether answers reach both or not."""
    position = {group.id: index for index, group in enumerate(program.groups)}
    ends = [ZERO] * len(program.groups), [ZERO] * len(program.groups)
    for criterion in criteria:
        own = earned(criterion, answers, as_of)
        for sums, end in zip(ends, (criterion.lowest, criterion.highest), strict=True):
            sums[position[criterion.group]] += end if own is None else own
    return tuple(BoundedSums(tuple(sums), frozenset()) for sums in ends)


def add(base: Sequence[N], chosen: Sequence[Sequence[N]]) -> list[N]:
    """Add group sums to others."""
    return [sum(values, start) for start, *values in zip(base, *chosen, strict=True)]


def lowest_of(sums: Sequence[S]) -> list[S]:
    """Return the sums that no others lie below in every group."""
    return [a for a in sums if not any(b != a and _below(b, a) for b in sums)]


def highest_of(sums: Sequence[S]) -> list[S]:
    """Return the sums that no others lie above in every group."""
    return [a for a in sums if not any(b != a and _below(a, b) for b in sums)]


def _below(first: Sequence[int | Fraction], second: Sequence[int | Fraction]) -> bool:
    return all(a <= b for a, b in zip(first, second, strict=True))
