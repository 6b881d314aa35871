"""The facts of one account at one moment, asked select by select; what is asked twice is worked out once."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from scorewright.program import Kind
from scorewright.program.condition import Value
from scorewright.program.fact import Fact, Moment, day_of
from scorewright.program.signal import Comparison, Constant, Related, Select
from scorewright.semantics import history, reached

Passes = Callable[[Fact, date], bool]
"""A test of one fact, as of a day."""


@dataclass(frozen=True, slots=True)
class FactRange:
    """Facts, the oldest first, with their times."""

    facts: Sequence[Fact]
    times: Sequence[Moment]

    def between(self, after: Moment | None, before: Moment | None) -> Sequence[Fact]:
        """Return those later than one moment and earlier than another."""
        start = 0 if after is None else bisect_right(self.times, after)
        end = len(self.times) if before is None else bisect_left(self.times, before)
        return self.facts[start:end]


NONE: Final = FactRange((), ())


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A select with its tests as functions; one object for all that ask for the same facts."""

    kind: str
    older_than: Moment
    within: Moment | None
    tests: tuple[Passes, ...]

    def passes(self, fact: Fact, day: date) -> bool:
        """Return whether a fact passes the tests that look at it alone."""
        return all(test(fact, day) for test in self.tests)


class Choosing:
    """Prepare the selects of a program, each once."""

    def __init__(self) -> None:
        self._chosen: dict[Select, Chosen] = {}

    def __call__(self, select: Select) -> Chosen:
        """Prepare a select."""
        if select not in self._chosen:
            tests = tuple(_passing(test) for test in select.tests)
            self._chosen[select] = Chosen(select.kind, select.older_than, select.within, tests)
        return self._chosen[select]

    @property
    def kinds(self) -> frozenset[str]:
        """Name the kinds of fact that are asked for."""
        return frozenset(select.kind for select in self._chosen)


def _passing(test: Comparison) -> Passes:
    field = test.field
    if isinstance(test, Constant):
        compare = test.op.prepared(test.value)
        return lambda fact, day: compare(fact.values[field], day)
    holds, reach, differs = test.op.row.test, reaching(test), test.differs
    return lambda fact, _: holds(fact.values[field], reach(fact)) != differs


def reaching(join: Related) -> Callable[[Fact], Value]:
    """Build the function that gives what a fact is compared with, from the other fact."""
    other = join.other
    if join.times == 1 and join.above == 0:
        return lambda fact: fact.values[other]
    return lambda fact: reached(join, fact)


class FactIndex:
    """What there is at a moment; made for one call, and not shared between threads."""

    def __init__(self, kinds: Iterable[Kind], facts: Iterable[Fact], moment: Moment) -> None:
        known = {kind.name: kind for kind in kinds}
        self._history = history(known.values(), (fact for fact in facts if fact.kind in known), moment)
        self._times: dict[str, Sequence[Moment]] = {}
        self._found: dict[Chosen, FactRange] = {}
        self._indexes: dict[tuple[Chosen, tuple[str, ...]], Mapping[tuple[Value, ...], FactRange]] = {}
        self.moment = moment
        self.day = day_of(moment)

    def aged(self, chosen: Chosen) -> Sequence[Fact]:
        """Return the facts of a kind that are as old as is asked."""
        facts = self._history.of(chosen.kind)
        if chosen.kind not in self._times:
            self._times[chosen.kind] = [fact.at for fact in facts]
        times = self._times[chosen.kind]
        start = 0 if chosen.within is None else bisect_right(times, self.moment - chosen.within)
        return facts[start : bisect_right(times, self.moment - chosen.older_than)]

    def found(self, chosen: Chosen) -> FactRange:
        """Return the facts that are meant."""
        if chosen not in self._found:
            facts = [fact for fact in self.aged(chosen) if chosen.passes(fact, self.day)]
            self._found[chosen] = FactRange(facts, [fact.at for fact in facts])
        return self._found[chosen]

    def alike(self, chosen: Chosen, fields: tuple[str, ...], values: tuple[Value, ...]) -> FactRange:
        """Return those of them whose fields have these values."""
        index = self._indexes.get((chosen, fields))
        if index is None:
            groups: dict[tuple[Value, ...], list[Fact]] = {}
            for fact in self.found(chosen).facts:
                groups.setdefault(tuple(fact.values[field] for field in fields), []).append(fact)
            index = {key: FactRange(facts, [fact.at for fact in facts]) for key, facts in groups.items()}
            self._indexes[chosen, fields] = index
        return index.get(values, NONE)
