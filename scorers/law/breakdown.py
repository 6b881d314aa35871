"""How a total adds up: criteria and groups as shown, and every step that changed something."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorers.condition import Value
from scorers.earning import When
from scorers.exact import long_text, rounded, text
from scorers.inputs import Answers
from scorers.law.settle import Settled
from scorers.law.totals import ZERO, Combined, GroupTotal
from scorers.phrasing import earning_text
from scorers.program import Criterion, Policy, Program
from scorers.result import Adjustment, Change, CriterionPoints, GroupPoints


@dataclass(frozen=True, slots=True)
class Scale:
    """The factor from a criterion's own points to what is shown: when it is known, and when it is not."""

    known: Fraction
    unknown: Fraction


def criteria_points(
    program: Program, answers: Answers, settled: Settled, combined: Combined | None, as_of: date
) -> tuple[CriterionPoints, ...]:
    """Show every criterion: its own points in a sum, its part of the total in a weighted rulebook."""
    scales = {g.group.id: _scale(program, g, combined) for g in combined.groups} if combined else {}
    return tuple(
        _criterion(criterion, answers, settled, scales.get(criterion.group), program.weighted, as_of)
        for criterion in program.criteria
    )


def _scale(program: Program, group: GroupTotal, combined: Combined) -> Scale:
    if not program.weighted:
        return Scale(Fraction(1), Fraction(1))
    most = group.group.share / group.group.possible if group.group.possible else ZERO
    return Scale(group.stretch * group.factor * combined.scale, most)


def _criterion(
    criterion: Criterion, answers: Answers, settled: Settled, scale: Scale | None, weighted: bool, as_of: date
) -> CriterionPoints:
    own = settled.points[criterion.id]
    unknown = criterion.id in settled.unknown
    missing = tuple(name for name in criterion.inputs if name in answers.missing) if unknown else ()
    shown = None if own is None or (scale is None and weighted) else own * (scale.known if scale else 1)
    return CriterionPoints(
        criterion.id,
        criterion.label,
        criterion.group,
        None if shown is None else rounded(shown),
        rounded(criterion.highest * _share(scale, own)),
        missing,
        _reason(criterion, own, unknown, missing, answers.known, as_of),
        criterion.source,
    )


def _share(scale: Scale | None, own: Fraction | None) -> Fraction:
    if scale is None:
        return Fraction(1)
    return scale.unknown if own is None else scale.known


def _reason(
    criterion: Criterion,
    own: Fraction | None,
    unknown: bool,
    missing: tuple[str, ...],
    known: Mapping[str, Value],
    as_of: date,
) -> str:
    if unknown or own is None:
        verb = "is" if len(missing) == 1 else "are"
        return f"{', '.join(missing)} {verb} missing" if missing else "cannot be evaluated"
    value = None if isinstance(criterion.earning, When) else known[criterion.earning.input]
    return earning_text(criterion, own, value, as_of)


def group_points(
    program: Program, settled: Settled, combined: Combined, complete: bool
) -> tuple[GroupPoints, ...]:
    """Show every named group: its points in a sum, its part of the total in a weighted rulebook."""
    return tuple(
        GroupPoints(
            g.group.id, g.group.label, _group_shown(program, settled, combined, g, complete), g.group.share
        )
        for g in combined.groups
        if g.group.id
    )


def _group_shown(
    program: Program, settled: Settled, combined: Combined, group: GroupTotal, complete: bool
) -> Fraction | None:
    if group_value(settled, group) is None or (program.weighted and not complete):
        return None
    return rounded(group.clamped * (group.factor * combined.scale if program.weighted else 1))


def counted_groups(settled: Settled, combined: Combined) -> Mapping[str, Fraction | None]:
    """Give every group's points before weights, as they count."""
    return {group.group.id: group_value(settled, group) for group in combined.groups}


def known_groups(settled: Settled, combined: Combined) -> Mapping[str, Fraction | None]:
    """Give the points of the groups of which nothing is missing; None for the others."""
    return {
        group.group.id: None if any(id in settled.unknown for id in group.group.criteria) else group.clamped
        for group in combined.groups
    }


def group_value(settled: Settled, group: GroupTotal) -> Fraction | None:
    """Give a group's points before weights; None where nothing is known or an answer makes it incomplete."""
    policies = [settled.unknown.get(id) for id in group.group.criteria]
    if Policy.INCOMPLETE in policies or all(settled.points[id] is None for id in group.group.criteria):
        return None
    return group.clamped


def adjustments(program: Program, combined: Combined) -> Iterator[Adjustment]:
    """List the steps from points to the rounded total that changed something, in their order."""
    for group in combined.groups:
        yield from _left_out(group)
    for group in combined.groups:
        yield from _clamping(group)
    if combined.before_caps is None or combined.total is None:
        return
    if combined.scale != 1:
        before = combined.before_caps / combined.scale
        known = sum((g.group.share for g in combined.groups if g.known), ZERO)
        yield Adjustment(
            Change.LEFT_OUT,
            "total",
            f"{text(before)} of {text(known)}",
            f"{text(combined.before_caps)} of {text(known * combined.scale)}",
        )
    capped = combined.before_caps if program.cap is None else min(combined.before_caps, program.cap)
    if capped != combined.before_caps:
        yield Adjustment(Change.TOTAL_CAP, "total", text(combined.before_caps), text(capped))
    if combined.total != capped:
        yield Adjustment(Change.TOTAL_FLOOR, "total", text(capped), text(combined.total))
    if rounded(combined.total) != combined.total:
        yield Adjustment(Change.ROUNDING, "total", long_text(combined.total), text(combined.total))


def _clamping(group: GroupTotal) -> Iterator[Adjustment]:
    cap, where, stretched = group.group.cap, group.group.id or "total", group.raw * group.stretch
    capped = stretched if cap is None else min(stretched, cap)
    if capped != stretched:
        yield Adjustment(Change.GROUP_CAP, where, text(stretched), text(capped))
    if group.clamped > capped:
        yield Adjustment(Change.GROUP_FLOOR, where, text(capped), text(group.clamped))


def _left_out(group: GroupTotal) -> Iterator[Adjustment]:
    if group.stretch != 1:
        before = f"{text(group.raw)} of {text(group.reachable)}"
        after = f"{text(group.raw * group.stretch)} of {text(group.reachable * group.stretch)}"
        yield Adjustment(Change.LEFT_OUT, group.group.id or "total", before, after)
