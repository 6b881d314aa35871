"""What moving inputs does: all criteria that read one of them earn anew, together.

Inputs are moved by giving each of them an answer; everything else stays as it is. What criteria earn by all
answers to them is told by rows, one for each set of points that some answer gives. The answers are those by
which bounds are worked out (`cells`); of numbers, days and choices of few values it is every one, where the
best could lie between those, or where a value's own range refuses some.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod

from scorewright.partition import Cuts, compares, cuts_of, is_open
from scorewright.program import Criterion, Policy, Program, Type
from scorewright.program.condition import Value
from scorewright.program.cut import Cut
from scorewright.program.derived_values import derive
from scorewright.program.earning import OfInput
from scorewright.semantics.conditions import Environment
from scorewright.semantics.earned_points import earned
from scorewright.semantics.missing_policy import policy_of
from scorewright.semantics.possible_answers import (
    Given,
    earning_most,
    every,
    given,
    has_too_many_members,
    joint_given,
)
from scorewright.semantics.totals import ZERO
from scorewright.semantics.zero_divisors import divisors_of
from scorewright.validation import Answers, inconsistent

MOST_STEPS = 2_000_000
"""The most work, in steps of about a tenth of a microsecond, to find what moving one set of inputs does."""

MOST_ROWS = 1_000
"""The most rows that are kept of one set of inputs."""

ASK = 100
"""How many steps it takes to earn one criterion by one comparison."""

KEPT = 512
"""The most sets of inputs whose rows are kept."""

Part = tuple[tuple[str, ...], tuple[int, ...]]
"""Inputs that are moved together, and the criteria, by their places, for whose sake they are."""


@dataclass(frozen=True, slots=True)
class MovedPoints:
    """What each reader earns by one answer to the moved inputs: None, and its policy, where it is unknown.

    `answers` are one such answer; there are none where the row only stands for more than any answer gives.
    """

    points: tuple[Fraction | None, ...]
    unknown: tuple[Policy | None, ...]
    answers: tuple[Value, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """What moving some inputs does to their readers, which are told by their places.

    No answer gives more than one of `limits`, which are the rows themselves where these are all there are;
    None where that is not known either.
    """

    names: tuple[str, ...]
    readers: tuple[int, ...]
    rows: tuple[MovedPoints, ...]
    limits: tuple[MovedPoints, ...] | None
    steps: int


class Moves:
    """Move the inputs of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.names = tuple(item.name for item in program.inputs)
        self._items = {item.name: item for item in program.inputs}
        raw = {name: frozenset({name}) for name in self.names}
        for derived in program.values:
            raw[derived.name] = frozenset[str]().union(*(raw[name] for name in derived.inputs))
        self.reads = [frozenset[str]().union(*(raw[n] for n in c.inputs)) for c in program.criteria]
        self._ranged = [raw[d.name] for d in program.values if (d.minimum, d.maximum) != (None, None)]
        self._worked_from = frozenset[str]().union(*(raw[derived.name] for derived in program.values))
        self._dated = any(item.type is Type.DATE or item.item for item in program.inputs)
        self.hands_on = Policy.LEAVE_OUT in {
            program.policy,
            *(item.policy for item in program.inputs),
            *(criterion.policy for criterion in program.criteria),
        }
        # What is kept hangs on the program alone, or is asked for again by the next subject.
        self.parts = lru_cache(maxsize=8 * KEPT)(self._parts)
        self._beside = lru_cache(maxsize=KEPT)(self._named_beside)
        self._most = lru_cache(maxsize=KEPT)(self._earning_most)
        self._moved = lru_cache(maxsize=KEPT)(self._find)

    def readers(self, names: frozenset[str]) -> tuple[int, ...]:
        """Name the criteria, by their places, that read one of some inputs."""
        return tuple(place for place, reads in enumerate(self.reads) if reads & names)

    def _ordered(self, names: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in self.names if name in names)

    def _parts(self, chosen: tuple[int, ...]) -> tuple[Part, ...]:
        """Part criteria into those whose inputs are moved together: something reads inputs of both."""
        moved = frozenset[str]().union(*(self.reads[place] for place in chosen))
        links = [self.reads[place] for place in self.readers(moved)]
        parts: list[frozenset[str]] = []
        for link in (each & moved for each in (*links, *self._ranged)):
            apart = [part for part in parts if not part & link]
            parts = [*apart, link.union(*(part for part in parts if part & link))] if link else parts
        return tuple(
            (self._ordered(part), tuple(place for place in chosen if self.reads[place] <= part))
            for part in parts
        )

    def alone(self, place: int, as_of: date) -> Moved | None:
        """Return a criterion's most where nothing shares its inputs and an answer earns it; else None."""
        return self._most(place, as_of if self._dated else date.min)

    def _earning_most(self, place: int, as_of: date) -> Moved | None:
        criterion, names = self.program.criteria[place], self.reads[place]
        shared = self.readers(names) != (place,) or any(names & ranged for ranged in self._ranged)
        if shared or not self._items.keys() >= set(criterion.inputs):
            return None
        answers = earning_most(self.program, criterion, as_of)
        if answers is None:
            return None
        ordered = self._ordered(names)
        row = MovedPoints((criterion.highest,), (None,), tuple(answers[name] for name in ordered))
        return Moved(ordered, (place,), (row,), (row,), 0)

    def moved(self, names: tuple[str, ...], answers: Mapping[str, Value], as_of: date) -> Moved:
        """Return what moving inputs does, beside the other answers."""
        beside = tuple([answers.get(name) for name in self._beside(names)])
        return self._moved(names, beside, as_of if self._dated else date.min)

    def _named_beside(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Name the inputs on whose present answers it depends what moving others does."""
        moved = frozenset(names)
        links = [self.reads[place] for place in self.readers(moved)]
        links += [ranged for ranged in self._ranged if ranged & moved]
        others = frozenset[str]().union(*links) - moved
        return self._ordered(others | {name for name in names if len(self._rising(name)) > 1})

    def _rising(self, name: str) -> list[Criterion]:
        """List the criteria whose points change with every value of an input."""
        readers = (self.program.criteria[place] for place in self.readers(frozenset({name})))
        return [c for c in readers if isinstance(c.earning, OfInput) and c.earning.edges() is None]

    def _find(self, names: tuple[str, ...], beside: tuple[Value | None, ...], as_of: date) -> Moved:
        now = dict(zip(self._beside(names), beside, strict=True))
        known = {name: value for name, value in now.items() if value is not None and name not in names}
        readers = self.readers(frozenset(names))
        weight = ASK * sum(_weight(self.program.criteria[place]) for place in readers)
        cuts = self._cuts(readers, names, now)
        if any(has_too_many_members(self._items[name], cuts) for name in names):
            return Moved(names, readers, (), self._limits(readers), 0)
        bent = self._bent(names, readers, cuts, as_of)
        touched = any(not ranged.isdisjoint(names) for ranged in self._ranged)
        tried = self._all(readers, names, known, cuts, as_of) if bent or touched else None
        bent = bent and tried is None
        rows: dict[object, MovedPoints] = {}
        refused: dict[object, MovedPoints] = {}
        steps = 0
        for answers in joint_given(self.program, cuts, names, known, as_of) if tried is None else tried:
            steps += weight
            row, valid = self._row(readers, names, answers, as_of)
            if row is not None:
                (rows if valid else refused).setdefault((row.points, row.unknown), row)
            if steps > MOST_STEPS or len(rows) + len(refused) > MOST_ROWS:
                return Moved(names, readers, (), self._limits(readers), steps)
        found = tuple(rows.values())
        beyond = tuple(row for key, row in refused.items() if key not in rows) if tried is None else ()
        limits = self._limits(readers) if bent else (*found, *beyond) if beyond else found
        return Moved(names, readers, found, limits, steps)

    def _limits(self, readers: Sequence[int]) -> tuple[MovedPoints, ...] | None:
        """Limit what is not known; not where fewer known criteria can make a total more."""
        return None if self.hands_on else (self.most(readers),)

    def most(self, readers: Sequence[int]) -> MovedPoints:
        """Return a row of more than any answer earns."""
        points = tuple(max(self.program.criteria[place].highest, ZERO) for place in readers)
        return MovedPoints(points, (None,) * len(points), None)

    def _cuts(self, readers: Sequence[int], names: Sequence[str], now: Mapping[str, Value | None]) -> Cuts:
        cuts = cuts_of([self.program.criteria[place] for place in readers])
        more = {name: self._further_cuts(name, now.get(name)) for name in names}
        return Cuts(
            {**cuts.by_input, **{n: (*cuts.by_input.get(n, ()), *more[n]) for n in names}}, cuts.lines
        )

    def _further_cuts(self, name: str, now: Value | None) -> Iterator[Cut]:
        """Cut an input at ends of its range that are no answers, and where criteria begin to earn more."""
        item = self._items[name]
        for end in (item.minimum, item.maximum):
            if isinstance(end, Fraction) and item.decimals is not None and (end * 10**item.decimals) % 1:
                yield Cut(end)
        rising = self._rising(name)
        if len(rising) > 1:
            if now is not None:
                yield Cut(now)
            yield from (Cut(zero) for zero in map(_zero, rising) if zero is not None)

    def _bent(self, names: Sequence[str], readers: Sequence[int], cuts: Cuts, as_of: date) -> bool:
        """Return whether the best answer may lie elsewhere than at the ends of cells."""
        program = self.program
        criteria = [program.criteria[place] for place in readers]
        worked = any(not self._items.keys() >= set(criterion.inputs) for criterion in criteria)
        if worked or any(self._open(name, cuts) for name in names):
            return True
        groups = {group.id: group for group in program.groups}
        for name in names:
            rising = self._rising(name)
            earning_in = {criterion.group for criterion in rising}
            limited = any((groups[id].cap, groups[id].floor) != (None, None) for id in earning_in)
            straight = all(c.earning.continuous for c in rising if isinstance(c.earning, OfInput))
            if len(rising) > 1 and (not straight or (len(earning_in) > 1 and limited)):
                return True
            beside = {
                line.first if name == line.second else line.second
                for line in cuts.lines
                if name in (line.first, line.second)
            }
            joined = [self._items[n] for n in beside.intersection(names) | {name}]
            if rising and len(joined) > 1 and sum(every(item, as_of) is None for item in joined) > 1:
                return True
        return False

    def _open(self, name: str, cuts: Cuts) -> bool:
        return is_open(self._items[name], cuts.by_input.get(name, ()))

    def _all(
        self, readers: Sequence[int], names: Sequence[str], known: Given, cuts: Cuts, as_of: date
    ) -> Iterator[Given] | None:
        """Return every joint answer that can make a difference; None where they are too many."""
        criteria = [self.program.criteria[place] for place in readers]
        most = MOST_STEPS // (ASK * sum(map(_weight, criteria)))
        values: list[Sequence[Value]] = []
        for item in (self._items[name] for name in names):
            each = every(item, as_of)
            alike = item.type in (Type.LIST, Type.TEXT) and item.name not in self._worked_from
            if each is None and alike and not self._open(item.name, cuts):
                each = given(item, cuts.by_input.get(item.name, ()), as_of)
            if each is None:
                return None
            values.append(each)
        if prod(map(len, values)) > most:
            return None
        return ({**known, **dict(zip(names, chosen, strict=True))} for chosen in product(*values))

    def _row(
        self, readers: Sequence[int], names: Sequence[str], given: Given, as_of: date
    ) -> tuple[MovedPoints | None, bool]:
        """Earn anew by answers; no row where there is no total, and whether a value refuses the answers."""
        program = self.program
        worked = derive(program.values, given)
        valid = next(inconsistent(program, worked.values), None) is None
        known = {**given, **worked.values}
        answers = Answers(known, tuple(name for name in self.names if name not in given), (), worked.zero)
        points: list[Fraction | None] = []
        unknown: list[Policy | None] = []
        for criterion in (program.criteria[place] for place in readers):
            own = earned(criterion, known, as_of)
            policy = None if own is not None else self._policy(criterion, answers, as_of)
            if policy is Policy.INCOMPLETE:
                return None, valid
            points.append(ZERO if policy is Policy.NO_POINTS else own)
            unknown.append(policy)
        return MovedPoints(tuple(points), tuple(unknown), tuple(given[name] for name in names)), valid

    def _policy(self, criterion: Criterion, answers: Answers, as_of: date) -> Policy:
        zero = divisors_of(criterion, answers, Environment(answers.known, as_of))
        return policy_of(self.program, criterion, (*answers.missing, *zero))


def _zero(criterion: Criterion) -> Fraction | None:
    """Return the answer at which a criterion whose points rise or fall steadily earns nothing."""
    return criterion.earning.zero() if isinstance(criterion.earning, OfInput) else None


def _weight(criterion: Criterion) -> int:
    earning = criterion.earning
    if isinstance(earning, OfInput):
        return earning.weight
    return 1 + sum(1 for condition in earning.conditions for _ in compares(condition))
