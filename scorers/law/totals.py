"""From criterion points to the total: left-out shares, group sum, cap, floor, weights, total cap, floor.

Points map each criterion to its points, or to None where it is left out. What is left out gives its share to
the known criteria of its group in proportion, and an empty group's share to the other groups in proportion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorers.program import Group, Program

Points = Mapping[str, Fraction | None]
ZERO = Fraction(0)


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


def clamp(value: Fraction, cap: Fraction | None, floor: Fraction | None) -> Fraction:
    """Apply a cap, then a floor."""
    if cap is not None and value > cap:
        value = cap
    if floor is not None and value < floor:
        value = floor
    return value


def combine(program: Program, points: Points) -> Combined:
    """Combine points to the total; there is none where every share is left out."""
    highest = {criterion.id: criterion.highest for criterion in program.criteria}
    groups = tuple(_group(group, points, highest, program.weighted) for group in program.groups)
    shares = sum((g.group.share for g in groups), ZERO)
    known = sum((g.group.share for g in groups if g.known), ZERO)
    if known == 0 and shares != 0:
        return Combined(groups, Fraction(1), None, None)
    scale = shares / known if shares else Fraction(1)
    before = sum((g.clamped * g.factor for g in groups), ZERO) * scale
    return Combined(groups, scale, before, clamp(before, program.cap, program.floor))


def _group(group: Group, points: Points, highest: Mapping[str, Fraction], weighted: bool) -> GroupTotal:
    known = [id for id in group.criteria if points[id] is not None]
    raw = sum((value for id in group.criteria if (value := points[id]) is not None), ZERO)
    most, reachable = _reachable(group.criteria, highest), _reachable(known, highest)
    # Where only penalties are known they count as they are, and their group's share goes to the others.
    stretch = most / reachable if reachable else Fraction(1)
    clamped = clamp(raw * stretch, group.cap, group.floor) if known else ZERO
    factor = (group.share / group.possible if group.possible else ZERO) if weighted else Fraction(1)
    return GroupTotal(group, raw, reachable, stretch, clamped, factor, reachable > 0)


def _reachable(criteria: Sequence[str], highest: Mapping[str, Fraction]) -> Fraction:
    return sum((max(highest[id], ZERO) for id in criteria), ZERO)


def coverage(program: Program, points: Points) -> Fraction:
    """Give the share of the total's maximum that is known, in percent."""
    highest = {criterion.id: max(criterion.highest, ZERO) for criterion in program.criteria}
    shares = known_shares = ZERO
    for group in program.groups:
        most = sum((highest[id] for id in group.criteria), ZERO)
        known = sum((highest[id] for id in group.criteria if points[id] is not None), ZERO)
        shares += group.share
        known_shares += group.share * known / most if most else ZERO
    return 100 * known_shares / shares if shares else Fraction(100)
