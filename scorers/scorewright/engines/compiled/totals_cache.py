"""How points become a total: a sheet for each set of missing criteria, and what was entered on it before."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from scorewright.engines.compiled.criterion_cache import POLICIES, CachedCriterion
from scorewright.engines.compiled.fixed_point import Limits, Number, limits_of
from scorewright.engines.compiled.memo import Memo
from scorewright.program import Program
from scorewright.program.exact_numbers import UNIT, rounded
from scorewright.results import Adjustment, CriterionPoints, GroupPoints, NextBand
from scorewright.semantics import band_above, percent_of, reason
from scorewright.semantics.breakdown import (
    PointScale,
    clamping,
    group_shown,
    group_value,
    left_out,
    scale_of,
    shown,
    total_steps,
)
from scorewright.semantics.missing_policy import PolicyResult, apply
from scorewright.semantics.totals import ZERO, Share, Shares, clamp, group_total, shares_of

SHEETS = 256
ENTRIES = 4_096
LINES = 4 * ENTRIES
"""The most that a book keeps; none of it is larger than a kilobyte or so."""


@dataclass(frozen=True, slots=True, eq=False)
class SharesByMark:
    """What does not depend on points while each criterion has its mark.

    `settled` has a 0 for every criterion that counts. A total is counted in parts: `whole` of them are one
    point, and one unit of a group's points, cut to its limits, is worth its weight.
    """

    settled: PolicyResult
    shares: Shares
    scales: dict[str, PointScale | None]
    weights: tuple[int, ...]
    limits: tuple[Limits, ...]
    whole: int
    has_total: bool


@dataclass(frozen=True, slots=True, eq=False)
class ShownCriterion:
    """One criterion as shown, and why; the more it moved the total, the lower its rank: 0 for not at all."""

    shown: CriterionPoints
    rank: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class GroupLine:
    """A group's points as they count, as long as nothing is missing, and as shown; and what changed them."""

    counted: Fraction | None
    known: Fraction | None
    shown: GroupPoints
    clamping: tuple[Adjustment, ...]
    left_out: tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TotalLine:
    """A total, the band above it without the ways there, and what changed it."""

    total: Fraction
    percent: Fraction | None
    above: NextBand | None
    steps: tuple[Adjustment, ...]


class TotalsCache:
    """The sheets of one program, and their lines; `unit` is how many units one point has."""

    def __init__(self, program: Program, unit: int) -> None:
        self.program = program
        self.unit = unit
        self.sheets = Memo(self._sheet, SHEETS)
        self.lines = Memo(self._line, LINES)
        self.groups = Memo(self._group, ENTRIES)
        self.totals = Memo(self._total, ENTRIES)

    def _sheet(self, marks: bytes) -> SharesByMark:
        policies = {c.id: POLICIES[mark] for c, mark in zip(self.program.criteria, marks, strict=True)}
        unknown = {id: policy for id, policy in policies.items() if policy is not None}
        settled = apply(self.program, {id: None if id in unknown else ZERO for id in policies}, unknown)
        counting = {id for id, points in settled.points.items() if points is not None}
        shares = shares_of(self.program, counting)
        has_total = settled.complete and shares.any
        scales = {share.group.id: self._scale(share, shares, has_total) for share in shares.groups}
        factors = [_factor(share) * shares.scale if share.counts else ZERO for share in shares.groups]
        per_unit = lcm(*(factor.denominator for factor in factors))
        weights = tuple((factor * per_unit).numerator for factor in factors)
        limits = tuple(
            limits_of(share.group.cap, share.group.floor, self.unit / share.stretch)
            for share in shares.groups
        )
        return SharesByMark(settled, shares, scales, weights, limits, self.unit * per_unit, has_total)

    def _scale(self, share: Share, shares: Shares, has_total: bool) -> PointScale | None:
        if has_total or not self.program.weighted:
            return scale_of(self.program, share.group, _factor(share) * shares.scale)
        return None

    def _line(self, entry: tuple[SharesByMark, CachedCriterion]) -> ShownCriterion:
        sheet, part = entry
        scale = sheet.scales[part.criterion.group]
        found = shown(part.criterion, part.earned, scale, part.known, part.as_of)
        rank = 0 if found.points is None else -abs(found.points * UNIT).numerator
        return ShownCriterion(found, rank, reason(found) if rank else "")

    def _group(self, entry: tuple[SharesByMark, int, Number]) -> GroupLine:
        sheet, place, raw = entry
        share = sheet.shares.groups[place]
        group = group_total(share, Fraction(raw) / self.unit)
        missing = any(id in sheet.settled.unknown for id in share.group.criteria)
        return GroupLine(
            group_value(sheet.settled, group),
            None if missing else group.clamped,
            group_shown(self.program, sheet.settled, group, sheet.shares.scale if sheet.has_total else None),
            tuple(clamping(group)),
            tuple(left_out(group)),
        )

    def _total(self, entry: tuple[SharesByMark, Number]) -> TotalLine:
        sheet, parts = entry
        before = Fraction(parts) / sheet.whole
        total = rounded(clamp(before, self.program.cap, self.program.floor))
        known = sum((share.group.share for share in sheet.shares.groups if share.known), ZERO)
        steps = tuple(total_steps(self.program, before, sheet.shares.scale, known))
        return TotalLine(total, percent_of(self.program, total), band_above(self.program, total), steps)


def _factor(share: Share) -> Fraction:
    return share.stretch * share.factor
