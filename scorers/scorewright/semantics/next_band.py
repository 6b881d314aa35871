"""The band above and the cheapest ways there.

A way names criteria. Some answers to all of their inputs, everything else as it is, let each of them earn
more than now (one that is left out: be known at all) and give the total that the way tells; of all such
answers, it tells the highest total. Every criterion that reads one of these inputs earns anew, named or not,
actionable or not, more or less; missing policies, shares, caps and floors apply as ever. Answers are valid
ones: within the declared ranges, and such that no value leaves its own. No answer is taken back. Bands and
disqualifiers are not asked: a way speaks of points.

Listed are sets of the smallest size of which any reaches the edge. A set whose highest total is not found
within the budget is not listed but counted.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorewright.program import Policy, Program
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import rounded
from scorewright.results import NextBand
from scorewright.semantics.input_moves import Moves
from scorewright.semantics.missing_policy import PolicyResult, apply
from scorewright.semantics.totals import combine
from scorewright.semantics.way_search import Change, Search, WaysFound

CANDIDATES = 8
"""The most criteria that are combined: the missing ones first, then those with the most to gain."""


def band_above(program: Program, total: Fraction) -> NextBand | None:
    """Find the band above a total, without the ways there."""
    above = [band for band in program.bands if band.edge > total]
    if not above:
        return None
    band = above[-1]
    return NextBand(band.id, band.label, band.edge, band.edge - total, ())


@dataclass(frozen=True, slots=True)
class Plain:
    """Where a subject stands, by the law's own steps."""

    program: Program
    settled: PolicyResult
    answers: Mapping[str, Value]
    as_of: date

    @property
    def points(self) -> Sequence[Fraction | None]:
        """Return what each criterion counts for."""
        return tuple(self.settled.points[criterion.id] for criterion in self.program.criteria)

    def total(self, changes: Sequence[Change]) -> Fraction | None:
        """Return the rounded total with some changes made; None where there is none."""
        unknown: dict[str, Policy] = dict(self.settled.unknown)
        points = dict(self.settled.points)
        for moved, row in changes:
            for place, own, policy in zip(moved.readers, row.points, row.unknown, strict=True):
                id = self.program.criteria[place].id
                points[id] = own
                unknown.pop(id, None)
                if policy is not None:
                    unknown[id] = policy
        known = {id: None if id in unknown else own for id, own in points.items()}
        settled = apply(self.program, known, unknown)
        total = combine(self.program, settled.points).total if settled.complete else None
        return None if total is None else rounded(total)


def ways_to(moves: Moves, standing: Plain, edge: Fraction) -> WaysFound:
    """Find the smallest sets of criteria that reach an edge (law 14)."""
    missing = {p for p, c in enumerate(moves.program.criteria) if c.id in standing.settled.unknown}
    return Search(moves, standing).ways(_candidates(moves.program, standing, missing), missing, edge)


def _candidates(program: Program, standing: Plain, missing: Container[int]) -> list[int]:
    """List the criteria that ways are made of, by their places: those not yet earned that can be acted on."""
    points = standing.points

    def gain(place: int) -> Fraction:
        return program.criteria[place].highest - (points[place] or 0)

    actionable = [place for place, criterion in enumerate(program.criteria) if criterion.actionable]
    open_ones = [place for place in actionable if points[place] is None or gain(place) > 0]
    return sorted(open_ones, key=lambda place: (place not in missing, -gain(place)))[:CANDIDATES]
