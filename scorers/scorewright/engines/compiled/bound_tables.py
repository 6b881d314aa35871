"""Between what a total can still be: the law's bounds, with what missing answers can do worked out once."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from operator import itemgetter

from scorewright.engines.compiled.criterion_cache import CachedCriterion
from scorewright.engines.compiled.fixed_point import Number, limits_of, whole
from scorewright.engines.compiled.group_sums import Sums
from scorewright.engines.compiled.key_decoder import KeyDecoder
from scorewright.engines.compiled.key_encoder import Key
from scorewright.engines.compiled.memo import Memo
from scorewright.program import Criterion, Program
from scorewright.semantics.missing_policy import divides
from scorewright.semantics.total_bounds import Ends, add, bounds, components, highest_of, lowest_of, reachable
from scorewright.semantics.totals import clamp

MOST = 256
"""The most sets of missing answers, and the most answers beside each, that are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupRange:
    """What criteria of one group earn at least and at most."""

    group: int
    least: Number
    most: Number


@dataclass(frozen=True, slots=True, eq=False)
class JointRange:
    """What criteria of several groups earn: sums of all groups that no others lie below, and above."""

    lowest: Sequence[Sequence[Number]]
    highest: Sequence[Sequence[Number]]


Open = tuple[Callable[[Key], Hashable], Memo[Hashable, GroupRange | JointRange]]
"""Criteria that share missing answers: how to pick their answers from a key, and what they earn then."""


@dataclass(frozen=True, slots=True, eq=False)
class SplitCriteria:
    """The criteria that lack no answer, by their places, and those that share missing ones."""

    known: Sequence[int]
    open: Sequence[Open]


class BoundTables:
    """Find the bounds of one program's totals."""

    def __init__(self, program: Program, reader: KeyDecoder, sums: Sums) -> None:
        self.program = program
        self.reader = reader
        self.sums = sums
        self._places = {criterion.id: place for place, criterion in enumerate(program.criteria)}
        shares = [g.share / g.possible if g.possible else Fraction(1) for g in program.groups]
        per_unit = lcm(*(share.denominator for share in shares))
        self._weights = [(share * per_unit).numerator for share in shares]
        self._limits = [limits_of(group.cap, group.floor, sums.unit) for group in program.groups]
        self._whole = sums.unit * per_unit
        self._parted = Memo(self._part, MOST)
        self._divides = any(divides(program, criterion) for criterion in program.criteria)

    def ends(self, key: Key, parts: Sequence[CachedCriterion], missing: tuple[str, ...]) -> Ends | None:
        """Return the lowest and the highest total over every completion of the answers, not rounded."""
        if self._divides:
            return bounds(self.program, self.reader.known(key).known, self.reader.as_of(key))
        parted = self._parted[missing]
        low: list[Number] = [0] * len(self.program.groups)
        for place in parted.known:
            low[self.sums.group_of[place]] += parts[place].units
        high = low.copy()
        lowest, highest = [], []
        for pick, reached in parted.open:
            found = reached[pick(key)]
            if isinstance(found, GroupRange):
                low[found.group] += found.least
                high[found.group] += found.most
            else:
                lowest.append(found.lowest)
                highest.append(found.highest)
        return Ends(
            min(self._total(add(low, chosen)) for chosen in product(*lowest)),
            max(self._total(add(high, chosen)) for chosen in product(*highest)),
        )

    def _total(self, sums: Sequence[Number]) -> Fraction:
        total = Fraction(self.sums.weigh(sums, self._weights, self._limits)) / self._whole
        return clamp(total, self.program.cap, self.program.floor)

    def _part(self, missing: tuple[str, ...]) -> SplitCriteria:
        known = {item.name: True for item in self.program.inputs if item.name not in missing}
        sets = list(components(self.program.criteria, known))
        alone = [criteria for criteria in sets if known.keys() >= {n for c in criteria for n in c.inputs}]
        places = [self._places[criterion.id] for criteria in alone for criterion in criteria]
        return SplitCriteria(places, [self._open(criteria) for criteria in sets if criteria not in alone])

    def _open(self, criteria: Sequence[Criterion]) -> Open:
        names = list(dict.fromkeys(name for criterion in criteria for name in criterion.inputs))
        places = self.reader.places(names)

        def reached(picked: Hashable) -> GroupRange | JointRange:
            parts = picked if len(places) > 1 and isinstance(picked, tuple) else (picked,)
            key = self.reader.at(places, parts)
            known = self.reader.known(key).known
            found = reachable(self.program, criteria, known, self.reader.as_of(key))
            sums = [each.sums for each in found if each is not None]
            return self._reached([[whole(value * self.sums.unit) for value in each] for each in sums])

        return itemgetter(*places), Memo(reached, MOST)

    def _reached(self, sums: Sequence[Sequence[Number]]) -> GroupRange | JointRange:
        touched = [group for group, values in enumerate(zip(*sums, strict=True)) if any(values)]
        if len(touched) > 1:
            return JointRange(lowest_of(sums), highest_of(sums))
        group = touched[0] if touched else 0
        values = [each[group] for each in sums]
        return GroupRange(group, min(values), max(values))
