"""How a total adds up: criteria and groups as shown, and every step that changed something."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorewright.program import Criterion, Group, Policy, Program
from scorewright.program.condition import Value
from scorewright.program.earning import ConditionPoints
from scorewright.program.exact_numbers import long_text, rounded, text
from scorewright.program.phrasing import earning_text, zero_text
from scorewright.results import Adjustment, AdjustmentKind, CriterionPoints, GroupPoints, OwnPoints
from scorewright.semantics.missing_policy import PolicyResult
from scorewright.semantics.totals import ZERO, Combined, GroupTotal, clamp
from scorewright.semantics.zero_divisors import Divisors
from scorewright.validation import Answers


@dataclass(frozen=True, slots=True)
class PointScale:
    """The factor from a criterion's own points to what is shown: when it is known, and when it is not."""

    known: Fraction
    unknown: Fraction


AS_EARNED = PointScale(Fraction(1), Fraction(1))


@dataclass(frozen=True, slots=True)
class CriterionEarned:
    """What a criterion counts for; `missing` names what it lacks, None where its answer is known.

    `zero` names the divisors that are 0 where it is not known for them.
    """

    points: Fraction | None
    missing: tuple[str, ...] | None
    zero: Divisors = ()


def criteria_points(
    program: Program, answers: Answers, settled: PolicyResult, combined: Combined | None, as_of: date
) -> tuple[CriterionPoints, ...]:
    """Show every criterion: its own points in a sum, its part of the total in a weighted rulebook."""
    groups = combined.groups if combined else ()
    scale = combined.scale if combined else Fraction(1)
    scales = {g.group.id: scale_of(program, g.group, g.stretch * g.factor * scale) for g in groups}
    otherwise = None if program.weighted else AS_EARNED
    return tuple(
        shown(
            criterion,
            _earned(criterion, answers, settled),
            scales.get(criterion.group, otherwise),
            answers.known,
            as_of,
        )
        for criterion in program.criteria
    )


def scale_of(program: Program, group: Group, factor: Fraction) -> PointScale:
    """Return the scale of a group's criteria, where there is a total."""
    if not program.weighted:
        return AS_EARNED
    return PointScale(factor, group.share / group.possible if group.possible else ZERO)


def _earned(criterion: Criterion, answers: Answers, settled: PolicyResult) -> CriterionEarned:
    missing = tuple(name for name in criterion.inputs if name in answers.missing)
    zero = settled.zero.get(criterion.id, ())
    return CriterionEarned(
        settled.points[criterion.id], missing if criterion.id in settled.unknown else None, zero
    )


def shown(
    criterion: Criterion,
    earned: CriterionEarned,
    scale: PointScale | None,
    known: Mapping[str, Value],
    as_of: date,
) -> CriterionPoints:
    """Show one criterion; without a scale, weights have no total that its points could be a part of."""
    own = earned.points
    points = None if own is None or scale is None else rounded(own * scale.known)
    return CriterionPoints(
        criterion.id,
        criterion.label,
        criterion.group,
        points,
        rounded(criterion.highest * _share(scale, own)),
        earned.missing or (),
        earned.zero,
        _reason(criterion, earned, known, as_of),
        criterion.source,
        None if scale is AS_EARNED else _own(own, criterion.highest),
    )


def _own(points: Fraction | None, most: Fraction) -> OwnPoints:
    return OwnPoints(None if points is None else rounded(points), rounded(most))


def _share(scale: PointScale | None, own: Fraction | None) -> Fraction:
    if scale is None:
        return Fraction(1)
    return scale.unknown if own is None else scale.known


def _reason(criterion: Criterion, earned: CriterionEarned, known: Mapping[str, Value], as_of: date) -> str:
    missing, own = earned.missing, earned.points
    if missing is not None or own is None:
        verb = "is" if missing and len(missing) == 1 else "are"
        told = [f"{', '.join(missing)} {verb} missing"] if missing else []
        return "; ".join([*told, *([zero_text(earned.zero)] if earned.zero else [])])
    value = None if isinstance(criterion.earning, ConditionPoints) else known[criterion.earning.input]
    return earning_text(criterion, own, value, as_of)


def group_points(
    program: Program, settled: PolicyResult, combined: Combined, complete: bool
) -> tuple[GroupPoints, ...]:
    """Show every named group: its points in a sum, its part of the total in a weighted rulebook."""
    factor = combined.scale if complete else None
    return tuple(group_shown(program, settled, group, factor) for group in combined.groups if group.group.id)


def group_shown(
    program: Program, settled: PolicyResult, group: GroupTotal, scale: Fraction | None
) -> GroupPoints:
    """Show one group; without a scale there is no total."""
    points = group_value(settled, group)
    own = _own(points, group.group.possible) if program.weighted else None
    if points is not None and program.weighted:
        points = None if scale is None else points * (group.factor * scale)
    shown = None if points is None else rounded(points)
    return GroupPoints(group.group.id, group.group.label, shown, group.group.share, own)


def counted_groups(settled: PolicyResult, combined: Combined) -> Mapping[str, Fraction | None]:
    """Return every group's points before weights, as they count."""
    return {group.group.id: group_value(settled, group) for group in combined.groups}


def known_groups(settled: PolicyResult, combined: Combined) -> Mapping[str, Fraction | None]:
    """Return the points of the groups of which nothing is missing; None for the others."""
    return {
        group.group.id: None if any(id in settled.unknown for id in group.group.criteria) else group.clamped
        for group in combined.groups
    }


def group_value(settled: PolicyResult, group: GroupTotal) -> Fraction | None:
    """Return a group's points before weights; None where nothing is known or it is incomplete."""
    policies = [settled.unknown.get(id) for id in group.group.criteria]
    if Policy.INCOMPLETE in policies or all(settled.points[id] is None for id in group.group.criteria):
        return None
    return group.clamped


def adjustments(program: Program, combined: Combined) -> Iterator[Adjustment]:
    """List the steps from points to the rounded total that changed something, in their order."""
    for group in combined.groups:
        yield from left_out(group)
    for group in combined.groups:
        yield from clamping(group)
    if combined.before_caps is not None:
        known = sum((g.group.share for g in combined.groups if g.known), ZERO)
        yield from total_steps(program, combined.before_caps, combined.scale, known)


def total_steps(program: Program, before: Fraction, scale: Fraction, known: Fraction) -> Iterator[Adjustment]:
    """List the steps from the groups to the rounded total; `known` is the share of all that is known."""
    if scale != 1:
        yield Adjustment(
            AdjustmentKind.LEFT_OUT,
            "total",
            f"{text(before / scale)} of {text(known)}",
            f"{text(before)} of {text(known * scale)}",
        )
    capped = clamp(before, program.cap, None)
    if capped != before:
        yield Adjustment(AdjustmentKind.TOTAL_CAP, "total", text(before), text(capped))
    total = clamp(capped, None, program.floor)
    if total != capped:
        yield Adjustment(AdjustmentKind.TOTAL_FLOOR, "total", text(capped), text(total))
    if rounded(total) != total:
        yield Adjustment(AdjustmentKind.ROUNDING, "total", long_text(total), text(total))


def clamping(group: GroupTotal) -> Iterator[Adjustment]:
    """List how cap and floor changed a group."""
    cap, where, stretched = group.group.cap, group.group.id or "total", group.raw * group.stretch
    capped = stretched if cap is None else min(stretched, cap)
    if capped != stretched:
        yield Adjustment(AdjustmentKind.GROUP_CAP, where, text(stretched), text(capped))
    if group.clamped > capped:
        yield Adjustment(AdjustmentKind.GROUP_FLOOR, where, text(capped), text(group.clamped))


def left_out(group: GroupTotal) -> Iterator[Adjustment]:
    """List how known criteria took over the share of those that are left out."""
    if group.stretch != 1:
        before = f"{text(group.raw)} of {text(group.reachable)}"
        after = f"{text(group.raw * group.stretch)} of {text(group.reachable * group.stretch)}"
        yield Adjustment(AdjustmentKind.LEFT_OUT, group.group.id or "total", before, after)
