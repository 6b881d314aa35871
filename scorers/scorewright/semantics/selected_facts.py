"""Which facts there are at a moment, and which of them a rule means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorewright.program import Kind
from scorewright.program.condition import Value
from scorewright.program.fact import Fact, Moment, day_of
from scorewright.program.signal import Comparison, Constant, Related, Select


@dataclass(frozen=True, slots=True)
class History:
    """The facts of one account that stand at a moment, by kind, each kind the oldest first."""

    moment: Moment
    facts: Mapping[str, Sequence[Fact]]

    def of(self, kind: str) -> Sequence[Fact]:
        """Return the facts of a kind."""
        return self.facts.get(kind, ())


def history(kinds: Iterable[Kind], facts: Iterable[Fact], moment: Moment) -> History:
    """Leave out what is later than the moment, and every record that a newer one replaces.

    Facts count in the order of their times, then of their ids, then as they are given.
    """
    ordered = sorted((fact for fact in facts if fact.at <= moment), key=lambda fact: (fact.at, fact.id))
    found: dict[str, list[Fact]] = {}
    for fact in ordered:
        found.setdefault(fact.kind, []).append(fact)
    return History(moment, {kind.name: _newest(kind, found.get(kind.name, [])) for kind in kinds})


def _newest(kind: Kind, facts: Sequence[Fact]) -> Sequence[Fact]:
    if not kind.key:
        return facts
    newest = {tuple(fact.values[field] for field in kind.key): place for place, fact in enumerate(facts)}
    return [facts[place] for place in sorted(newest.values())]


def selected(select: Select, past: History) -> list[Fact]:
    """Return the facts that are meant, the oldest first."""
    return [fact for fact in past.of(select.kind) if aged(select, fact, past) and passes(select, fact, past)]


def aged(select: Select, fact: Fact, past: History) -> bool:
    """Return whether a fact is as old as is asked."""
    age = past.moment - fact.at
    return age >= select.older_than and (select.within is None or age < select.within)


def passes(select: Select, fact: Fact, past: History) -> bool:
    """Return whether a fact passes the tests that look at it alone."""
    return all(_holds(test, fact, past) for test in select.tests)


def _holds(test: Comparison, fact: Fact, past: History) -> bool:
    if isinstance(test, Constant):
        return test.op.holds(fact.values[test.field], test.value, day_of(past.moment))
    return related(test, fact, fact)


def related(join: Related, fact: Fact, other: Fact) -> bool:
    """Compare a field of one fact with a field of another."""
    left, right = fact.values[join.field], reached(join, other)
    return join.op.holds(left, right, day_of(fact.at)) != join.differs


def reached(join: Related, other: Fact) -> Value:
    """Return what a field is compared with: where it is a number, so many times it and so much above."""
    value = other.values[join.other]
    return join.times * value + join.above if isinstance(value, Fraction) else value
