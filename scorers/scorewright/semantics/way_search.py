"""Search the cheapest ways to an edge: what a way is, `next_band` says."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Protocol

from scorewright.diagnostics import Budget
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import UNIT
from scorewright.results import NextBandWay
from scorewright.semantics.input_moves import Moved, MovedPoints, Moves, Part
from scorewright.semantics.totals import ZERO

WAYS = 3
"""The most ways that an answer lists."""

STEPS = 5_000_000
"""The most work for the ways of one subject, in steps of about a tenth of a microsecond."""

MOST_FOREMOST = 64
"""The most rows of one part that are combined with those of others."""

ADD_UP = 300
"""How many steps it takes to add up a total, and one more for each criterion."""

Change = tuple[Moved, MovedPoints]
"""Inputs that are moved, and what their readers then earn."""

Best = tuple[Fraction, Sequence[Change]]
"""A total, and the changes that give it."""


class SubjectState(Protocol):
    """Where a subject stands; points are those of the program's criteria, None for what is left out."""

    @property
    def points(self) -> Sequence[Fraction | None]:
        """Return what each criterion counts for."""
        ...

    @property
    def answers(self) -> Mapping[str, Value]:
        """Return the answers that are known."""
        ...

    @property
    def as_of(self) -> date:
        """Return the day."""
        ...

    def total(self, changes: Sequence[Change]) -> Fraction | None:
        """Return the rounded total with some changes made; None where there is none."""
        ...


class UndecidedError(Exception):
    """Raised where the budget, or what answers tell, does not decide a set."""


@dataclass(frozen=True, slots=True)
class _Options:
    """What moving a part can do, and what it does at most: the same where that is known exactly."""

    rows: Sequence[Change]
    limits: Sequence[Change]


@dataclass(frozen=True, slots=True)
class WaysFound:
    """The cheapest ways, and how many sets of the sizes looked at are not decided."""

    ways: tuple[NextBandWay, ...]
    undecided: int


class Search:
    """Search the ways of one subject."""

    def __init__(self, moves: Moves, standing: SubjectState) -> None:
        self._moves = moves
        self._program = moves.program
        self._standing = standing
        self._points = standing.points
        self._budget = Budget(STEPS)
        self._spent = False
        self._moved: dict[tuple[str, ...], Moved] = {}
        self._found: dict[Part, _Options] = {}
        self._totals: dict[int, tuple[MovedPoints, Fraction | None]] = {}

    def ways(self, candidates: Sequence[int], missing: Container[int], edge: Fraction) -> WaysFound:
        """Find the smallest sets of criteria that reach an edge, missing ones preferred.

        Among sets of one size those with fewer answered criteria come first, then those that overshoot least.
        """
        undecided = 0
        most = self._potentials(candidates)
        for size in range(1, len(candidates) + 1):
            if most is not None and sum(most[:size], self._total + Fraction(1, UNIT)) < edge:
                continue
            found: list[tuple[int, Fraction, int, NextBandWay]] = []
            for order, chosen in enumerate(combinations(candidates, size)):
                try:
                    best = self.best(chosen, edge)
                except UndecidedError:
                    undecided += 1
                    continue
                if best is not None:
                    failed = sum(place not in missing for place in chosen)
                    found.append((failed, best[0], order, self._way(chosen, best[0])))
            if found:
                ways = sorted(found, key=lambda entry: entry[:3])[:WAYS]
                return WaysFound(tuple(way for *_, way in ways), undecided)
        return WaysFound((), undecided)

    def _way(self, chosen: Sequence[int], total: Fraction) -> NextBandWay:
        return NextBandWay(tuple(self._program.criteria[place].id for place in chosen), total)

    def best(self, chosen: Sequence[int], edge: Fraction) -> Best | None:
        """Return the highest total of a set; None where it is below the edge."""
        options: list[_Options | None] = []
        for part in self._moves.parts(tuple(sorted(chosen))):
            try:
                options.append(self._options(part))
            except UndecidedError:
                options.append(None)
        known = [each for each in options if each is not None]
        if any(not each.limits for each in known):
            return None
        if len(known) < len(options):
            raise UndecidedError
        most = self._highest([each.limits for each in known])
        if most is None or most[0] < edge or all(each.rows is each.limits for each in known):
            return most if most and most[0] >= edge else None
        best = self._highest([each.rows for each in known])
        if best is None or best[0] != most[0]:
            raise UndecidedError
        return best

    @cached_property
    def _total(self) -> Fraction:
        total = self._standing.total(())
        assert total is not None  # INVARIANT: only what has a total has a band above it
        return total

    def _highest(self, options: Sequence[Sequence[Change]]) -> tuple[Fraction, Sequence[Change]] | None:
        count = prod(map(len, options))
        if any(row.answers is None or moved.steps for part in options for moved, row in part):
            self._spend(count * (ADD_UP + len(self._points)))
        best: tuple[Fraction, Sequence[Change]] | None = None
        for changes in product(*options):
            total = self._with(changes)
            if total is not None and (best is None or total > best[0]):
                best = total, changes
        return best

    def _with(self, changes: Sequence[Change]) -> Fraction | None:
        """Return the total with some changes; one alone is asked for as a limit and again as a way."""
        if len(changes) != 1:
            return self._standing.total(changes)
        row = changes[0][1]
        if id(row) not in self._totals:
            # The row is kept beside its total, so that its id stays its own.
            self._totals[id(row)] = row, self._standing.total(changes)
        return self._totals[id(row)][1]

    def _spend(self, steps: int) -> None:
        if self._spent or not self._budget.spend(steps):
            self._spent = True
            raise UndecidedError

    def _options(self, part: Part) -> _Options:
        """Return how to move a part so that each of its criteria earns more than now."""
        if part not in self._found:
            moved = self._alone(part) or self._fetched(part[0])
            rows = self._gaining(moved, moved.rows, part)
            if moved.limits is None:
                raise UndecidedError
            limits = rows if moved.limits is moved.rows else self._gaining(moved, moved.limits, part)
            self._found[part] = _Options(rows, limits)
        return self._found[part]

    def _alone(self, part: Part) -> Moved | None:
        return self._moves.alone(part[1][0], self._standing.as_of) if len(part[1]) == 1 else None

    def _gaining(self, moved: Moved, rows: Sequence[MovedPoints], part: Part) -> Sequence[Change]:
        places = [(moved.readers.index(place), place) for place in part[1]]
        gaining = [row for row in rows if all(self._gains(row, *each) for each in places)]
        return [(moved, row) for row in self._front(moved, gaining)]

    def _gains(self, row: MovedPoints, index: int, place: int) -> bool:
        own, now = row.points[index], self._points[place]
        return row.unknown[index] is None and own is not None and (now is None or own > now)

    def _fetched(self, names: tuple[str, ...]) -> Moved:
        if names not in self._moved:
            if self._spent:
                raise UndecidedError
            moved = self._moves.moved(names, self._standing.answers, self._standing.as_of)
            self._spend(moved.steps)
            self._moved[names] = moved
        return self._moved[names]

    def _front(self, moved: Moved, rows: Sequence[MovedPoints]) -> Sequence[MovedPoints]:
        """Leave out rows that another one is not below in any group, the same being known."""
        if len(rows) < 2:
            return rows
        self._spend(len(rows) * (len(moved.readers) + MOST_FOREMOST))
        alike: dict[object, list[tuple[Sequence[Fraction], MovedPoints]]] = {}
        for row in rows:
            alike.setdefault(row.unknown, []).append((self._sums(moved, row), row))
        front = [row for some in alike.values() for row in _foremost(some)]
        if len(front) > MOST_FOREMOST:
            raise UndecidedError
        return front

    def _sums(self, moved: Moved, row: MovedPoints) -> Sequence[Fraction]:
        sums: dict[str, Fraction] = {}
        for place, own in zip(moved.readers, row.points, strict=True):
            group = self._program.criteria[place].group
            sums[group] = sums.get(group, ZERO) + (own or ZERO)
        return tuple(sums.values())

    def _potentials(self, candidates: Sequence[int]) -> Sequence[Fraction] | None:
        """Return the most that candidates add to the total by themselves, the most first; None if not known.

        That is, the most of those whose inputs are moved together, once: what each adds is added up only
        where nothing but caps cut sums and nothing changes shares.
        """
        program, total = self._program, self._total
        floors = [program.floor, *(group.floor for group in program.groups)]
        if self._moves.hands_on or any(floor is not None for floor in floors):
            return None
        gains = []
        for part in self._moves.parts(tuple(sorted(candidates))):
            try:
                best = self._highest([self._loosely(part)])
            except UndecidedError:
                return None
            gains.append(max(ZERO, best[0] - total) + Fraction(1, UNIT) if best else ZERO)
        return sorted(gains, reverse=True)

    def _loosely(self, part: Part) -> Sequence[Change]:
        """Return what moving some or all inputs of a part does at most, whoever earns by it."""
        names, members = part
        alone = self._alone(part)
        if alone is not None:
            return [(alone, alone.rows[0])]
        if len({self._moves.reads[place] for place in members}) == 1:
            moved = self._fetched(names)
            if moved.limits is not None:
                return [(moved, row) for row in self._front(moved, moved.limits)]
        readers = self._moves.readers(frozenset(names))
        row = self._moves.most(readers)
        return [(Moved(names, readers, (row,), (row,), 0), row)]


def _foremost(rows: Sequence[tuple[Sequence[Fraction], MovedPoints]]) -> Iterator[MovedPoints]:
    front: list[Sequence[Fraction]] = []
    for sums, row in sorted(rows, key=lambda each: sum(each[0]), reverse=True):
        if len(front) <= MOST_FOREMOST and not any(_below(sums, other) for other in front):
            front.append(sums)
            yield row


def _below(first: Sequence[Fraction], second: Sequence[Fraction]) -> bool:
    return all(a <= b for a, b in zip(first, second, strict=True))
