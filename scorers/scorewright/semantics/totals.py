"""From criterion points to the total: left-out shares, group sum, cap, floor, weights, total cap, floor.

Points map each criterion to its points, or to None where it is left out. What is left out gives its share to
the known criteria of its group in proportion, and an empty group's share to the other groups in proportion.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from scorewright.program import Group, Program

Points = Mapping[str, Fraction | None]
ZERO = Fraction(0)

N = TypeVar("N", Fraction, int | Fraction)


@dataclass(frozen=True, slots=True)
class Share:
    """How a group's points become its part of the total, while the same criteria count.

    `counts` tells whether any does. They can reach so much; `stretch` leads from there to what all criteria
    of the group can earn, and `factor` from the group's points to the total.
    """

    group: Group
    counts: bool
    reachable: Fraction
    stretch: Fraction
    factor: Fraction

    @property
    def known(self) -> bool:
        """Return whether something of the group's share is known."""
        return self.reachable > 0


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of all groups, and the scale that hands on what is left out; `any` is false if all is."""

    groups: tuple[Share, ...]
    scale: Fraction
    any: bool


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """A group's points: as earned, and after what is left out, cap and floor.

    What is known earned `raw` of `reachable`; `stretch` leads from there to what all criteria can earn, and
    `factor` from the group's points to the total. A group is known where something of its share is.
    """

    group: Group
    raw: Fraction
    reachable: Fraction
    stretch: Fraction
    clamped: Fraction
    factor: Fraction
    known: bool


@dataclass(frozen=True, slots=True)
class Combined:
    """All groups, the plain sum of what they contribute, and the total after redistribution; not rounded."""

    groups: tuple[GroupTotal, ...]
    scale: Fraction
    before_caps: Fraction | None
    total: Fraction | None


def clamp(value: N, cap: N | None, floor: N | None) -> N:
    """Apply a cap, then a floor."""
    if cap is not None and value > cap:
        value = cap
    if floor is not None and value < floor:
        value = floor
    return value


def combine(program: Program, points: Points) -> Combined:
    """Combine points to the total; there is none where every share is left out."""
    shares = shares_of(program, {id for id, value in points.items() if value is not None})
    groups = tuple(group_total(share, _sum(share.group, points)) for share in shares.groups)
    if not shares.any:
        return Combined(groups, shares.scale, None, None)
    before = sum((g.clamped * g.factor for g in groups), ZERO) * shares.scale
    return Combined(groups, shares.scale, before, clamp(before, program.cap, program.floor))


def shares_of(program: Program, counting: Set[str]) -> Shares:
    """Share the total among the criteria that count."""
    highest = {criterion.id: criterion.highest for criterion in program.criteria}
    groups = tuple(_share(group, counting, highest, program.weighted) for group in program.groups)
    shares = sum((share.group.share for share in groups), ZERO)
    known = sum((share.group.share for share in groups if share.known), ZERO)
    if known == 0 and shares != 0:
        return Shares(groups, Fraction(1), any=False)
    return Shares(groups, shares / known if shares else Fraction(1), any=True)


def _share(group: Group, counting: Set[str], highest: Mapping[str, Fraction], weighted: bool) -> Share:
    known = [id for id in group.criteria if id in counting]
    reachable = _reachable(known, highest)
    most = reachable if len(known) == len(group.criteria) else _reachable(group.criteria, highest)
    # Where only penalties are known they count as they are, and their group's share goes to the others.
    stretch = most / reachable if reachable else Fraction(1)
    factor = (group.share / group.possible if group.possible else ZERO) if weighted else Fraction(1)
    return Share(group, bool(known), reachable, stretch, factor)


def _sum(group: Group, points: Points) -> Fraction:
    return sum((value for id in group.criteria if (value := points[id]) is not None), ZERO)


def group_total(share: Share, raw: Fraction) -> GroupTotal:
    """Return a group's total from the sum of the points that count."""
    group = share.group
    clamped = clamp(raw * share.stretch, group.cap, group.floor) if share.counts else ZERO
    return GroupTotal(group, raw, share.reachable, share.stretch, clamped, share.factor, share.known)


def _reachable(criteria: Sequence[str], highest: Mapping[str, Fraction]) -> Fraction:
    return sum((max(highest[id], ZERO) for id in criteria), ZERO)


def coverage(program: Program, points: Points) -> Fraction:
    """Return the share of the total's maximum that is known, in percent."""
    highest = {criterion.id: max(criterion.highest, ZERO) for criterion in program.criteria}
    shares = known_shares = ZERO
    for group in program.groups:
        most = sum((highest[id] for id in group.criteria), ZERO)
        known = sum((highest[id] for id in group.criteria if points[id] is not None), ZERO)
        shares += group.share
        known_shares += group.share * known / most if most else ZERO
    return 100 * known_shares / shares if shares else Fraction(100)
