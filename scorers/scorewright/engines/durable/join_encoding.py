"""How the facts of a signal are compared with each other, and the small whole numbers that stand for it.

A link compares something of one pattern's facts with something of an earlier one's: a field, so many times it
or so much above it, or the time. Only its order matters to the rules: what both sides hold is ranked for each
firing, exactly and in Python, and the ranks are what is asserted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt
from typing import Any, Final

from scorewright.engines.compiled.fact_index import reaching
from scorewright.engines.durable.rule_language import RuleSign
from scorewright.program.condition import Value
from scorewright.program.fact import Fact
from scorewright.program.operators import Test
from scorewright.program.signal import Pattern, Related

Read = Callable[[Fact], Any]
"""What a side of a link reads off a fact: values of one type, which can be told apart, or sorted."""

SIGNS: Final[Mapping[Test, RuleSign]] = {
    eq: RuleSign.SAME,
    ge: RuleSign.AT_LEAST,
    le: RuleSign.AT_MOST,
    gt: RuleSign.MORE_THAN,
    lt: RuleSign.LESS_THAN,
}
"""The tests that the rules can make of two ranks."""

CONTRARY: Final[Mapping[RuleSign, RuleSign]] = {
    RuleSign.SAME: RuleSign.OTHER,
    RuleSign.AT_LEAST: RuleSign.LESS_THAN,
    RuleSign.AT_MOST: RuleSign.MORE_THAN,
    RuleSign.MORE_THAN: RuleSign.AT_MOST,
    RuleSign.LESS_THAN: RuleSign.AT_LEAST,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A comparison of one pattern's facts, by its place, with those of an earlier one, in its own field."""

    field: str
    place: int
    read: Read
    sign: RuleSign
    other: int
    reach: Read

    def ranks(self, ours: Sequence[Fact], theirs: Sequence[Fact]) -> Mapping[Value, int]:
        """Return what both sides hold a rank, in order where order is asked for."""
        held = dict.fromkeys([*map(self.read, ours), *map(self.reach, theirs)])
        ordered = held if self.sign in (RuleSign.SAME, RuleSign.OTHER) else sorted(held)
        return {value: rank for rank, value in enumerate(ordered)}


def links_of(patterns: Sequence[Pattern]) -> Iterator[Link]:
    """List the links of a signal; KeyError where a comparison has no sign."""
    place_of = {pattern.alias: place for place, pattern in enumerate(patterns)}
    number = 0
    for place, pattern in enumerate(patterns):
        for alias, read, sign, reach in _sides(pattern):
            yield Link(f"j{number}", place, read, sign, place_of[alias], reach)
            number += 1


def _sides(pattern: Pattern) -> Iterator[tuple[str, Read, RuleSign, Read]]:
    for join in pattern.joins:
        sign = SIGNS.get(join.op.row.test)
        if sign is None:
            raise KeyError(join.op)
        yield join.alias, _field(join), CONTRARY[sign] if join.differs else sign, reaching(join)
    for alias in pattern.after:
        yield alias, _time, RuleSign.MORE_THAN, _time
    for alias in pattern.before:
        yield alias, _time, RuleSign.LESS_THAN, _time


def _field(join: Related) -> Read:
    return lambda fact: fact.values[join.field]


def _time(fact: Fact) -> int:
    return fact.at
