"""Effects: one group does not reach the top band alone, and every criterion can change the band."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.band_changes import movers
from scorewright.checks.analysis.group_addition import GroupAddition
from scorewright.checks.analysis.known_shares import KnownShare, Profile
from scorewright.checks.band_domain import ranges
from scorewright.checks.check import Check, Finder, Findings
from scorewright.checks.declared_points import TOO_MANY
from scorewright.diagnostics import quoted
from scorewright.program import Criterion, Group
from scorewright.program.exact_numbers import text
from scorewright.semantics.totals import clamp


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
    for group in groups:
        most = max(_alone(analysis, group), default=None)
        if most is not None and most >= top.edge > analysis.reach.total.lowest:
            reached = f"({text(most)} of the {text(top.edge)} needed)"
            message = f"group {quoted(group.id)} alone reaches band {quoted(top.band.id)} {reached}"
            way = "cap the group, raise the edge, or add a matrix if both groups should matter"
            find = Finder(analysis.document, "one-group-reaches-top-band")
            yield find.at(("groups", written[group.id], "id"), message, way)


def _alone(analysis: Analysis, group: Group) -> Iterator[Fraction]:
    """Yield the totals of a group's most while the others earn their least and nothing is left out."""
    adder, program = analysis.reach.adder, analysis.program
    rest = adder.sum(
        adder.contributed(other, _full(adder, other)) for other in program.groups if other != group
    )
    own = adder.contributed(group, _full(adder, group))
    for (covered, most), (other, least) in product(own.items(), (rest or {}).items()):
        scale = adder.scale(adder.plus(covered, other))
        if scale is not None:
            yield clamp((most.highest + least.lowest) * scale, program.cap, program.floor)


def _full(adder: GroupAddition, group: Group) -> Profile[KnownShare]:
    profile = adder.profiles[group.id] or {}
    return {known: spread for known, spread in profile.items() if known.counting == adder.most(group)}


def never_changes_band(analysis: Analysis) -> Findings:
    """Find criteria whose points can never change the band, whatever the other answers."""
    if not _reads_total(analysis) or len(analysis.program.bands) < 2:
        return
    find, open_ = Finder(analysis.document, "criterion-never-changes-band"), list[Criterion]()
    for criterion, can in movers(analysis.reach, analysis.program):
        if can is False:
            points = text(max(abs(criterion.highest), abs(criterion.lowest)))
            message = f"{quoted(criterion.id)} ({points} points) can never change the band"
            way = "its points are too small, or every edge is a step apart"
            yield find.at((*criterion.path, "id"), message, way)
        elif can is None:
            open_.append(criterion)
    if open_ and analysis.reach.decided:
        message = f"whether {quoted(open_[0].id)} can change the band is not decided: {TOO_MANY}"
        labels = [((*other.path, "id"), "nor whether this one can") for other in open_[1:3]]
        undecided = Finder(analysis.document, "not-decided")
        yield undecided.at((*open_[0].path, "id"), message, "tests can pin it", labels=labels)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("one-group-reaches-top-band", one_group_reaches_top),
    Check("criterion-never-changes-band", never_changes_band),
)
