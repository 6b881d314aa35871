"""Effects: one group does not reach the top band alone, and every criterion can change the band."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil

from scorers.checks.analysis import Analysis
from scorers.checks.base import Check, Finder, Findings
from scorers.checks.parts import Part
from scorers.checks.reach import factor, weighed, without
from scorers.checks.scale import ranges
from scorers.checks.spread import Spread
from scorers.exact import PLACES, text
from scorers.law.totals import clamp
from scorers.program import Criterion, Group, Program
from scorers.wording import quoted

_ROUNDING = Fraction(1, 2 * 10**PLACES)


def _reads_total(analysis: Analysis) -> bool:
    program = analysis.program
    return program.by_points and program.band_on is None and not program.bands_by_condition


def one_group_reaches_top(analysis: Analysis) -> Findings:
    """Find groups that reach the top band while the others earn their least."""
    groups = [group for group in analysis.program.groups if group.id]
    top = next(ranges(analysis), None)
    if not _reads_total(analysis) or not analysis.reach.sharp or top is None or len(groups) < 2:
        return
    written = {group.id: index for index, group in enumerate(analysis.document.rulebook.groups)}
    reach = analysis.reach
    lowest = sum((reach.groups[g.id].lowest * factor(g) for g in analysis.program.groups), Fraction(0))
    for group in groups:
        own = analysis.reach.groups[group.id]
        alone = lowest + (own.highest - own.lowest) * factor(group)
        most = clamp(alone, analysis.program.cap, analysis.program.floor)
        if most >= top.edge > analysis.reach.total.lowest:
            reached = f"({text(most)} of the {text(top.edge)} needed)"
            message = f"group {quoted(group.id)} alone reaches band {quoted(top.band.id)} {reached}"
            way = "cap the group, raise the edge, or add a matrix if both groups should matter"
            find = Finder(analysis.document, "one-group-reaches-top-band")
            yield find.at(("groups", written[group.id], "id"), message, way)


def never_changes_band(analysis: Analysis) -> Findings:
    """Find criteria whose points can never change the band, whatever the other answers."""
    if not _reads_total(analysis) or len(analysis.program.bands) < 2:
        return
    find = Finder(analysis.document, "criterion-never-changes-band")
    for criterion in _idle(analysis):
        points = text(max(abs(criterion.highest), abs(criterion.lowest)))
        message = f"{quoted(criterion.id)} ({points} points) can never change the band"
        way = "its points are too small, or every edge is a step apart"
        yield find.at((*criterion.path, "id"), message, way)


def _idle(analysis: Analysis) -> Iterator[Criterion]:
    program, reach, budget = analysis.program, analysis.reach, analysis.budget
    contributions = [
        weighed(_all([s for _, s in reach.pieces[group.id]], reach.scale.raw, analysis), group, reach.scale)
        for group in program.groups
    ]
    others = without(contributions, reach.scale.total, budget)
    for group, rest in zip(program.groups, others, strict=True):
        pieces = reach.pieces[group.id]
        siblings = without([spread for _, spread in pieces], reach.scale.raw, budget)
        for (part, _), beside in zip(pieces, siblings, strict=True):
            yield from _idle_in_part(part, group, beside, rest, analysis)


def _idle_in_part(
    part: Part, group: Group, siblings: Spread, rest: Spread, analysis: Analysis
) -> Iterator[Criterion]:
    reach = analysis.reach
    members = [criterion for criterion in part.criteria if criterion.group == group.id]
    for criterion in members:
        beside = [reach.counted[member.id] for member in members if member is not criterion]
        base = _all([siblings, *beside], reach.scale.raw, analysis)
        own = reach.counted[criterion.id]
        if own.lowest != own.highest and not _can_change(own, group, base, rest, analysis):
            yield criterion


def _all(spreads: Iterable[Spread], unit: int, analysis: Analysis) -> Spread:
    total = Spread.zero(unit)
    for spread in spreads:
        total = total.plus(spread, analysis.budget)
    return total


def _marks(program: Program) -> Iterator[Fraction]:
    """Give the exact totals from which on a rounded one reaches an edge, if cap and floor let it."""
    for band in program.bands:
        mark = Fraction(ceil(band.edge * 10**PLACES), 10**PLACES) - _ROUNDING
        capped = program.cap is not None and mark > program.cap
        floored = program.floor is not None and mark <= program.floor
        if not capped and not floored:
            yield mark


def _can_change(own: Spread, group: Group, base: Spread, rest: Spread, analysis: Analysis) -> bool:
    """Tell whether a total without a criterion lies so near an edge that its points take it there."""
    times, budget = factor(group), analysis.budget
    marks = list(_marks(analysis.program))
    if group.cap is None and group.floor is None:
        others = weighed(base, group, analysis.reach.scale).plus(rest, budget)
        return any(others.meets(mark - own.highest * times, mark - own.lowest * times) for mark in marks)
    if not budget.spend(40 * len(marks) * len(base)):
        return True
    low, high = own.ends
    pairs = (*((point, point) for point in base.points), *base.runs)
    sums = [(first + low, last + high) for first, last in pairs]
    ends = {(_after(first, base, group), _after(last, base, group)) for first, last in sums}
    return any(rest.meets(mark - b * times, mark - a * times) for a, b in ends for mark in marks if a != b)


def _after(value: int, base: Spread, group: Group) -> Fraction:
    return clamp(Fraction(value, base.unit), group.cap, group.floor)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("one-group-reaches-top-band", one_group_reaches_top),
    Check("criterion-never-changes-band", never_changes_band),
)
