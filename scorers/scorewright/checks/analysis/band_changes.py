"""Whether a criterion can change the band: by its points, or because its answer is missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, product
from math import ceil

from scorewright.checks.analysis.attainable_totals import AttainableTotals, folded, profile_of
from scorewright.checks.analysis.criterion_ranges import CriterionRange
from scorewright.checks.analysis.group_addition import TICKS, Covered, GroupAddition
from scorewright.checks.analysis.known_shares import NOTHING, KnownShare, Profile
from scorewright.checks.analysis.value_sets import ValueSet
from scorewright.program import Criterion, Group, Program
from scorewright.semantics.totals import clamp

Verdict = bool | None
"""Whether something can be; None where that is not decided."""

Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class View:
    """What a group's points are worth in the total while a criterion counts in one way for what it earns."""

    known: KnownShare
    ends: Ends
    scale: Fraction


def movers(reach: AttainableTotals, program: Program) -> Iterator[tuple[Criterion, Verdict]]:
    """Return of each criterion that earns several numbers of points whether it can change the band."""
    adder, marks = reach.adder, tuple(_marks(program))
    for group in program.groups:
        pieces = reach.pieces[group.id]
        answered = [_answered(part.criteria, group, profile, adder) for part, profile in pieces]
        near, without = adder.sum(_others(reach, group, answered=True)), _Without.of(answered, adder)
        told: dict[object, Verdict] = {}
        for place, (part, profile) in enumerate(pieces):
            # Criteria that earn alike, each alone, have one verdict.
            key = frozenset(profile.items()) if len(part.criteria) == 1 else None
            far = [profile for index, (_, profile) in enumerate(pieces) if index != place]
            for criterion in part.criteria:
                if criterion.group != group.id or not _varies(reach.single[criterion.id]):
                    continue
                if key is None or key not in told:
                    question = _Question(reach, marks, group, criterion, part)
                    found = question.ask([without.at(place)], near, answered=True)
                    told[key] = found or question.ask(far, adder.sum(_others(reach, group)))
                yield criterion, told[key]


def _varies(part: CriterionRange) -> bool:
    points = {
        end for (one,) in part.outcomes if one.known and one.known.counts for end in (one.low, one.high)
    }
    return len(points) > 1


def _answered(
    criteria: Iterable[Criterion], group: Group, profile: Profile[KnownShare], adder: GroupAddition
) -> Profile[KnownShare]:
    """Keep what is earned while nothing is missing."""
    whole = NOTHING
    for criterion in criteria:
        if criterion.group == group.id:
            whole = adder.gauge.plus(whole, adder.gauge.of(criterion, None))
    return {whole: profile[whole]} if whole in profile else {}


def _others(reach: AttainableTotals, group: Group, *, answered: bool = False) -> Iterator[Profile[Covered]]:
    """Yield what the other groups contribute."""
    for other in reach.adder.program.groups:
        profile = reach.adder.profiles[other.id]
        if other.id != group.id:
            criteria = [c for part, _ in reach.pieces[other.id] for c in part.criteria]
            own = _answered(criteria, other, profile or {}, reach.adder) if answered else profile or {}
            yield reach.adder.contributed(other, own)


@dataclass(frozen=True, slots=True)
class _Without:
    """The sums of all profiles but one."""

    before: Sequence[Profile[KnownShare]]
    after: Sequence[Profile[KnownShare]]
    adder: GroupAddition

    @classmethod
    def of(cls, profiles: Sequence[Profile[KnownShare]], adder: GroupAddition) -> "_Without":
        zero: Profile[KnownShare] = {NOTHING: ValueSet.zero(adder.raw)}
        before, after = [zero], [zero]
        for profile, last in zip(profiles, reversed(profiles), strict=True):
            before.append(folded([before[-1], profile], adder) or {})
            after.append(folded([after[-1], last], adder) or {})
        return cls(before[:-1], after[-2::-1], adder)

    def at(self, place: int) -> Profile[KnownShare]:
        """Return the sum of all but the one at a place; nothing where there are too many."""
        return folded([self.before[place], self.after[place]], self.adder) or {}


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether one criterion can change the band, beside what others earn."""

    reach: AttainableTotals
    marks: Sequence[Fraction]
    group: Group
    criterion: Criterion
    part: CriterionRange

    def ask(
        self, others: Iterable[Profile[KnownShare]], rest: Profile[Covered] | None, *, answered: bool = False
    ) -> Verdict:
        """Ask it beside the others in the group, and the rest outside of it."""
        adder, group = self.reach.adder, self.group
        mates = [c for c in self.part.criteria if c.group == group.id and c is not self.criterion]
        beside = [profile_of(self.reach.single[mate.id], group.id, adder.raw) for mate in mates]
        if answered:
            beside = [_answered([c], group, own, adder) for c, own in zip(mates, beside, strict=True)]
        base = folded([*others, *beside], adder)
        if base is None or rest is None:
            return None
        found: set[Verdict] = set()
        for (known, points), (covered, more) in product(base.items(), rest.items()):
            found.add(self._at(points, more, list(self._views(known, covered))))
            if True in found:
                return True
        return None if None in found else False

    def _views(self, known: KnownShare, covered: Covered) -> Iterator[View]:
        adder = self.reach.adder
        own = profile_of(self.reach.single[self.criterion.id], self.group.id, adder.raw)
        for more, spread in own.items():
            together = adder.gauge.plus(known, more)
            scale = adder.scale(adder.plus(covered, adder.covered(self.group, together)))
            if scale is not None:
                yield View(together, (spread.lowest, spread.highest), scale)

    def _at(self, points: ValueSet, rest: ValueSet, views: Sequence[View]) -> Verdict:
        """Return whether two views lead to two sides of an edge, with the same points and the same rest."""
        others = {view: self._others(view, points, rest) for view in views}
        for view, added in others.items():
            if added is not None and self._crosses(view, added):
                return True if added.exact else None
        pairs = [(a, b) for a, b in product(views, views) if a is not b or others[a] is None]
        for low, high in chain(((point, point) for point in points.points), points.runs) if pairs else ():
            if not self.reach.adder.budget.spend(40 * len(self.marks) * len(pairs)):
                return None
            ends = Fraction(low, points.unit), Fraction(high, points.unit)
            if any(self._parted(up, down, ends, rest) for up, down in pairs):
                return True
        return False

    def _others(self, view: View, points: ValueSet, rest: ValueSet) -> ValueSet | None:
        """Add all that others contribute in a view; None where a cap or floor lies between."""
        adder, group = self.reach.adder, self.group
        times = adder.times(group, view.known) * adder.unit / adder.raw
        if group.cap is not None or group.floor is not None or times.denominator != 1:
            return None
        return adder.times_of(points, int(times), adder.unit).plus(rest, adder.budget)

    def _crosses(self, view: View, others: ValueSet) -> bool:
        times = self.reach.adder.times(self.group, view.known)
        low, high = (end * times for end in view.ends)
        return any(others.meets(mark / view.scale - high, mark / view.scale - low) for mark in self.marks)

    def _parted(self, up: View, down: View, points: Ends, rest: ValueSet) -> bool:
        """Return whether one view leads to an edge, and another does not, with the same rest."""
        if up is down and up.ends[0] == up.ends[1]:
            return False
        most, least = self._worth(up, points[1] + up.ends[1]), self._worth(down, points[0] + down.ends[0])
        spans = ((mark / up.scale - most, mark / down.scale - least) for mark in self.marks)
        return any(first < below and rest.meets(first, below) for first, below in spans)

    def _worth(self, view: View, points: Fraction) -> Fraction:
        """Return what a group's points contribute before shares are handed on."""
        if not view.known.counts:
            return Fraction(0)
        stretched = points * self.reach.adder.stretch(self.group, view.known)
        return clamp(stretched, self.group.cap, self.group.floor) * self.reach.adder.factor(self.group)


def _marks(program: Program) -> Iterator[Fraction]:
    """Yield the exact totals from which on a rounded one reaches an edge, if cap and floor let it."""
    for band in program.bands:
        mark = Fraction(ceil(band.edge * TICKS), TICKS) - Fraction(1, 2 * TICKS)
        capped = program.cap is not None and mark > program.cap
        floored = program.floor is not None and mark <= program.floor
        if not capped and not floored:
            yield mark
