"""What groups and totals cannot lie beyond, where what is known of them varies in too many ways to add up."""

from collections.abc import Mapping
from fractions import Fraction

from scorewright.checks.analysis.criterion_ranges import CriterionRange
from scorewright.checks.analysis.group_addition import ZERO, GroupAddition, Totals, within
from scorewright.program import Group
from scorewright.semantics.totals import clamp

Ends = tuple[Fraction, Fraction]


def rough_group(group: Group, single: Mapping[str, CriterionRange], adder: GroupAddition) -> Ends:
    """Return ends that a group's points, after what is left out, never lie beyond.

    Points above 0 never grow beyond what all criteria can earn. What lies below 0 grows most where nothing
    counts but the smallest criterion that can earn something.
    """
    most = {id: Fraction(adder.gauge.most[id], adder.gauge.unit) for id in group.criteria}
    ends = {id: _ends(single[id]) for id in group.criteria}
    whole, least = sum(most.values(), ZERO), min((points for points in most.values() if points), default=ZERO)
    if not least or not any(_may_be_left_out(single[id]) for id in group.criteria):
        return sum((low for low, _ in ends.values()), ZERO), sum((high for _, high in ends.values()), ZERO)
    penalties = sum((low for id, (low, _) in ends.items() if not most[id]), ZERO)
    worst = min(ZERO, *(low / most[id] for id, (low, _) in ends.items() if most[id]))
    return min(penalties, whole * (penalties / least + worst)), whole


def _ends(part: CriterionRange) -> Ends:
    counting = [one for outcome in part.outcomes for one in outcome if one.known is not None]
    return min([ZERO, *(one.low for one in counting)]), max([ZERO, *(one.high for one in counting)])


def _may_be_left_out(part: CriterionRange) -> bool:
    return any(not one.known.counts for outcome in part.outcomes for one in outcome if one.known is not None)


def rough_totals(adder: GroupAddition, single: Mapping[str, CriterionRange]) -> Totals:
    """Return ends that no total lies beyond."""
    low = high = ZERO
    for group in adder.program.groups:
        ends = (clamp(end, group.cap, group.floor) for end in rough_group(group, single, adder))
        first, last = sorted(end * adder.factor(group) for end in ends)
        low, high = low + min(first, ZERO), high + max(last, ZERO)
    shares = [group.share for group in adder.program.groups if group.share > 0]
    # Handing on what is left out multiplies by no more than this, and never makes less of the rest.
    scale = max(adder.shares / min(shares), Fraction(1)) if shares else Fraction(1)
    return within(adder, low * scale, high * scale)
