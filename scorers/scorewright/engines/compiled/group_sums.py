"""Sums of units: what groups earn, and what totals that makes."""

from collections.abc import Sequence

from scorewright.engines.compiled.criterion_cache import CachedCriterion
from scorewright.engines.compiled.fixed_point import Limits, Number, limits_of
from scorewright.engines.compiled.totals_cache import SharesByMark
from scorewright.program import Program
from scorewright.program.exact_numbers import UNIT
from scorewright.semantics.totals import clamp


class Sums:
    """Add up the points of one program; `unit` is how many units one point has.

    It is `plain` where nothing cuts a sum.
    """

    def __init__(self, program: Program, unit: int) -> None:
        self.unit = unit
        places = {criterion.id: place for place, criterion in enumerate(program.criteria)}
        self.members = tuple(tuple(places[id] for id in group.criteria) for group in program.groups)
        group_of = {place: group for group, members in enumerate(self.members) for place in members}
        self.group_of = tuple(group_of[place] for place in range(len(places)))
        self._cap, self._floor = program.cap, program.floor
        limits = [
            program.cap,
            program.floor,
            *(end for group in program.groups for end in (group.cap, group.floor)),
        ]
        self.plain = all(limit is None for limit in limits)

    def of_groups(self, parts: Sequence[CachedCriterion]) -> list[Number]:
        """Return the units of every group, before cap and floor."""
        return [sum([parts[place].units for place in members]) for members in self.members]

    def total(self, sheet: SharesByMark, sums: Sequence[Number]) -> Number:
        """Return the parts of a total, before its own cap and floor."""
        return self.weigh(sums, sheet.weights, sheet.limits)

    def weigh(self, sums: Sequence[Number], weights: Sequence[int], limits: Sequence[Limits]) -> Number:
        """Cut the sums of groups to their caps and floors, and add them up by their weights."""
        if not self.plain:
            sums = [clamp(units, cap, floor) for units, (cap, floor) in zip(sums, limits, strict=True)]
        return sum([weight * units for weight, units in zip(weights, sums, strict=True)])

    def rounded(self, sheet: SharesByMark, sums: Sequence[Number]) -> int:
        """Return the total in units of its last decimal."""
        whole = sheet.whole
        cap, floor = limits_of(self._cap, self._floor, whole)
        total = clamp(self.total(sheet, sums), cap, floor)
        return int((2 * total * UNIT + whole) // (2 * whole))
