"""How the answers of one subject add up, as the law says it: plainly, one step after another."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from scorewright.program import Method, Program
from scorewright.program.exact_numbers import rounded
from scorewright.results import Adjustment, CriterionPoints, GroupPoints, NextBand
from scorewright.semantics.breakdown import (
    adjustments,
    counted_groups,
    criteria_points,
    group_points,
    known_groups,
)
from scorewright.semantics.conditions import Environment, Tell
from scorewright.semantics.input_moves import Moves
from scorewright.semantics.lists import Lists, lists_of
from scorewright.semantics.missing_policy import PolicyResult, settle
from scorewright.semantics.next_band import Plain, band_above, ways_to
from scorewright.semantics.reason_templates import reasons
from scorewright.semantics.table_totals import count, ends_of
from scorewright.semantics.total_bounds import Ends, bounds
from scorewright.semantics.totals import Combined, Points, combine
from scorewright.validation import Answers

Groups = Mapping[str, Fraction | None]


class TotalDetails(Protocol):
    """What is worked out only when it is asked for."""

    def groups(self) -> tuple[GroupPoints, ...]:
        """Show every named group."""
        ...

    def steps(self) -> tuple[Adjustment, ...]:
        """List the steps from points to the total that changed something."""
        ...

    def reasons(self) -> tuple[str, ...]:
        """List why the total is what it is."""
        ...

    def ends(self) -> Ends | None:
        """Return the total's bounds, where something is missing."""
        ...

    def next_band(self, *, ways: bool) -> NextBand | None:
        """Find the band above a total made of points, and the ways there."""
        ...


@dataclass(frozen=True, slots=True)
class SubjectTotals:
    """How the answers of one subject add up; the total is rounded, None where there is none.

    Groups are before weights: `counted_groups` as they count, `known_groups` None where anything is missing.
    """

    total: Fraction | None
    percent: Fraction | None
    complete: bool
    settled: PolicyResult
    counted_groups: Groups
    known_groups: Groups
    criteria: tuple[CriterionPoints, ...]
    lists: Lists
    details: TotalDetails


def score(
    moves: Moves, answers: Answers, as_of: date, earned: Points, tell: Tell | None = None
) -> SubjectTotals:
    """Add up the points that valid answers earned; those of unknown criteria are None.

    `moves` are those of the program, which are kept from one subject to the next.
    """
    program = moves.program
    settled = settle(program, answers, earned, as_of)
    combined = combine(program, settled.points)
    groups = counted_groups(settled, combined), known_groups(settled, combined)
    environment = Environment(answers.known, as_of, tell=tell)
    lists = lists_of(program, environment)
    if not program.by_points:
        counted = count(program, answers, environment, lists)
        complete = counted is not None or program.method is not Method.VALUE
        percent, table = percent_of(program, counted), _Table(program, answers, environment)
        return SubjectTotals(counted, percent, complete, settled, *groups, (), lists, table)
    total = rounded(combined.total) if settled.complete and combined.total is not None else None
    criteria = criteria_points(program, answers, settled, None if total is None else combined, as_of)
    details = _Points(moves, answers, as_of, settled, combined, total, criteria)
    percent = percent_of(program, total)
    return SubjectTotals(total, percent, total is not None, settled, *groups, criteria, lists, details)


def percent_of(program: Program, total: Fraction | None) -> Fraction | None:
    """Return a total in percent of what the rulebook is out of (law 6)."""
    return None if total is None or not program.out_of else rounded(100 * total / program.out_of)


@dataclass(frozen=True, slots=True)
class _Points:
    """The details of a total that is made of points."""

    moves: Moves
    answers: Answers
    as_of: date
    settled: PolicyResult
    combined: Combined
    total: Fraction | None
    criteria: tuple[CriterionPoints, ...]

    def groups(self) -> tuple[GroupPoints, ...]:
        return group_points(self.moves.program, self.settled, self.combined, self.total is not None)

    def steps(self) -> tuple[Adjustment, ...]:
        steps = adjustments(self.moves.program, self.combined)
        return () if self.total is None else tuple(steps)

    def reasons(self) -> tuple[str, ...]:
        return reasons(self.criteria)

    def ends(self) -> Ends | None:
        return bounds(self.moves.program, self.answers.known, self.as_of)

    def next_band(self, *, ways: bool) -> NextBand | None:
        if self.total is None:
            return None
        above = band_above(self.moves.program, self.total)
        if above is None or not ways:
            return above
        standing = Plain(self.moves.program, self.settled, self.answers.known, self.as_of)
        found = ways_to(self.moves, standing, above.edge)
        return replace(above, ways=found.ways, undecided=found.undecided)


@dataclass(frozen=True, slots=True)
class _Table:
    """The details of a total that is not made of points."""

    program: Program
    answers: Answers
    environment: Environment

    def groups(self) -> tuple[GroupPoints, ...]:
        return ()

    def steps(self) -> tuple[Adjustment, ...]:
        return ()

    def reasons(self) -> tuple[str, ...]:
        return ()

    def ends(self) -> Ends | None:
        return ends_of(self.program, self.answers, self.environment)

    def next_band(self, *, ways: bool) -> NextBand | None:
        return None
