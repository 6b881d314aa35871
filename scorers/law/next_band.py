"""The band above and the cheapest ways there."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from scorers.exact import rounded
from scorers.law.totals import Points, combine
from scorers.program import Criterion, Program
from scorers.result import NextBand, Way

WAYS = 3
"""The most ways that an answer lists."""

CANDIDATES = 8
"""The most criteria that are combined: the missing ones first, then those with the most to gain."""


def band_above(program: Program, total: Fraction) -> NextBand | None:
    """Find the band above a total, without the ways there."""
    above = [band for band in program.bands if band.edge > total]
    if not above:
        return None
    band = above[-1]
    return NextBand(band.id, band.label, band.edge, band.edge - total, ())


def ways_to(
    program: Program, points: Points, missing: Mapping[str, object], edge: Fraction
) -> tuple[Way, ...]:
    """Find the smallest sets of criteria whose full points reach an edge, missing ones preferred.

    Among sets of one size those with fewer answered criteria come first, then those that overshoot least.
    """
    return _ways(program, points, _candidates(program, points, missing), missing, edge)


def _candidates(program: Program, points: Points, missing: Mapping[str, object]) -> list[Criterion]:
    def gain(criterion: Criterion) -> Fraction:
        return criterion.highest - (points[criterion.id] or 0)

    open_ones = [c for c in program.criteria if c.actionable and (points[c.id] is None or gain(c) > 0)]
    return sorted(open_ones, key=lambda c: (c.id not in missing, -gain(c)))[:CANDIDATES]


def _ways(
    program: Program,
    points: Points,
    candidates: Sequence[Criterion],
    missing: Mapping[str, object],
    edge: Fraction,
) -> tuple[Way, ...]:
    for size in range(1, len(candidates) + 1):
        found: list[tuple[int, Fraction, int, Way]] = []
        for order, chosen in enumerate(combinations(candidates, size)):
            total = combine(program, {**points, **{c.id: c.highest for c in chosen}}).total
            if total is not None and rounded(total) >= edge:
                failed = sum(c.id not in missing for c in chosen)
                way = Way(tuple(c.id for c in chosen), rounded(total))
                found.append((failed, way.total, order, way))
        if found:
            return tuple(way for *_, way in sorted(found, key=lambda entry: entry[:3])[:WAYS])
    return ()
