"""The first way to give each pattern of a signal a fact, found through indexes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import eq
from typing import Final

from scorewright.engines.compiled.fact_index import Choosing, Chosen, FactIndex, reaching
from scorewright.program.condition import Value
from scorewright.program.fact import Fact
from scorewright.program.signal import Pattern, Related

MOST: Final = 1_000_000
"""The most facts that are tried for the signals of one account; it takes one to two seconds."""

Bound = Mapping[str, Fact]
"""The facts that earlier patterns have, by alias."""


class TriedError(Exception):
    """More facts were tried than an account is worth."""


class Tries:
    """How many facts may still be tried."""

    __slots__ = ("left",)

    def __init__(self, most: int) -> None:
        self.left = most

    def one(self) -> None:
        """Count one more."""
        self.left -= 1
        if self.left < 0:
            raise TriedError


@dataclass(frozen=True, slots=True)
class Rest:
    """A comparison that no index can tell: of a field with what an earlier fact says."""

    field: str
    holds: Callable[..., bool]
    reach: Callable[[Bound], Value]
    differs: bool


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """A pattern, prepared: facts are looked up by `fields`, cut by their times, then put to the `rest`.

    `named` tells whether a later pattern compares with its fact.
    """

    alias: str
    chosen: Chosen
    fields: tuple[str, ...]
    values: tuple[Callable[[Bound], Value], ...]
    rest: tuple[Rest, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    absent: bool
    named: bool

    def facts(self, bound: Bound, past: FactIndex) -> Sequence[Fact]:
        """Return the facts that may fit, the oldest first: all that the indexes can tell."""
        if self.fields:
            found = past.alike(self.chosen, self.fields, tuple(value(bound) for value in self.values))
        else:
            found = past.found(self.chosen)
        if not self.after and not self.before:
            return found.facts
        after = max((bound[alias].at for alias in self.after), default=None)
        return found.between(after, min((bound[alias].at for alias in self.before), default=None))

    def fits(self, bound: Bound) -> Callable[[Fact], bool]:
        """Return the test of what no index can tell; what earlier facts say is worked out once."""
        tests = [(rest.field, rest.holds, rest.reach(bound), rest.differs) for rest in self.rest]

        return lambda fact: all(
            holds(fact.values[field], value) != differs for field, holds, value, differs in tests
        )


def lines_of(patterns: Sequence[Pattern], choose: Choosing) -> tuple[CompiledPattern, ...]:
    """Prepare the patterns of a signal."""
    return tuple(
        _line(pattern, choose(pattern.select), _named(pattern.alias, patterns[place + 1 :]))
        for place, pattern in enumerate(patterns)
    )


def _named(alias: str, later: Sequence[Pattern]) -> bool:
    return any(
        alias in chain(p.after, p.before) or any(join.alias == alias for join in p.joins) for p in later
    )


def _line(pattern: Pattern, chosen: Chosen, named: bool) -> CompiledPattern:
    same = [join for join in pattern.joins if join.op.row.test is eq and not join.differs]
    return CompiledPattern(
        alias=pattern.alias,
        chosen=chosen,
        fields=tuple(join.field for join in same),
        values=tuple(map(_bound, same)),
        rest=tuple(
            Rest(join.field, join.op.row.test, _bound(join), join.differs)
            for join in pattern.joins
            if join not in same
        ),
        after=pattern.after,
        before=pattern.before,
        absent=pattern.absent,
        named=named,
    )


def _bound(join: Related) -> Callable[[Bound], Value]:
    alias, reach = join.alias, reaching(join)
    return lambda bound: reach(bound[alias])


def first_way(lines: Sequence[CompiledPattern], past: FactIndex, tries: Tries) -> tuple[Fact, ...] | None:
    """Return the first facts, pattern by pattern, that fit together; None where there are none."""
    bound: dict[str, Fact] = {}

    def search(place: int) -> tuple[Fact, ...] | None:
        if place == len(lines):
            return tuple(bound.values())
        line = lines[place]
        fits = line.fits(bound)
        for fact in line.facts(bound, past):
            tries.one()
            if not fits(fact):
                continue
            if line.absent:
                return None
            bound[line.alias] = fact
            way = search(place + 1)
            if way is not None:
                return way
            del bound[line.alias]
            if not line.named:
                # Nothing after it looks at this fact: with any other the rest would fail as well.
                return None
        return search(place + 1) if line.absent else None

    return search(0)
