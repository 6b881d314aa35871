"""What the rule of a signal is asked: the facts of an account as facts of the box.

The kinds of a rule are its own, so that what it is asked concerns no other rule: for each pattern the facts
that pass what looks at one fact alone, as the ranks of what is compared between facts, and the moment with
the cells of tallies. Facts that the rule cannot tell apart are one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorewright.engines.compiled.fact_index import Chosen, FactIndex
from scorewright.engines.compiled.signal_matcher import CompiledMeasure
from scorewright.engines.durable.axes import Cells
from scorewright.engines.durable.join_encoding import Link
from scorewright.engines.durable.rule_language import Kinds, Rule, RuleSign
from scorewright.engines.durable.rule_language import RuleFact as Asserted
from scorewright.program.condition import Value
from scorewright.program.fact import Fact

Ranks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PatternEncoding:
    """A pattern: which facts it means, their kind in the box, and the links that read them, either side."""

    kind: str
    chosen: Chosen
    absent: bool
    links: tuple[Link, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Name the fields of its facts."""
        return tuple(link.field for link in self.links)


@dataclass(frozen=True, slots=True)
class MeasureCell:
    """A tally: the field of the moment that says in which of some cells its measure lies."""

    field: str
    amount: CompiledMeasure
    cells: Cells


@dataclass(frozen=True, slots=True)
class Firing:
    """The facts that a rule is asked, and the most ways in which they can be put together."""

    facts: Sequence[Asserted]
    ways: int


@dataclass(frozen=True, slots=True)
class SignalEncoding:
    """A signal as a rule, and how its facts are made."""

    id: str
    rule: Rule
    kinds: Kinds
    moment: str | None
    cells: tuple[MeasureCell, ...]
    links: tuple[Link, ...]
    slots: tuple[PatternEncoding, ...]

    def firing(self, past: FactIndex) -> Firing | None:
        """Return what the rule is asked; None where a pattern has no fact, so that it cannot fire."""
        found = [past.found(slot.chosen).facts for slot in self.slots]
        if not all(facts or slot.absent for slot, facts in zip(self.slots, found, strict=True)):
            return None
        ranks = {link.field: link.ranks(found[link.place], found[link.other]) for link in self.links}
        ranked = [
            tuple(dict.fromkeys(_ranked(place, slot.links, facts, ranks)))
            for place, (slot, facts) in enumerate(zip(self.slots, found, strict=True))
        ]
        facts = [*self._moment(past)]
        for slot, rows in zip(self.slots, ranked, strict=True):
            facts += (Asserted(slot.kind, dict(zip(slot.fields, row, strict=True))) for row in rows)
        return Firing(facts, self._ways(ranked))

    def _moment(self, past: FactIndex) -> Iterator[Asserted]:
        if self.moment is not None:
            values = ((cell, cell.amount.of(past)) for cell in self.cells)
            read = {cell.field: cell.cells.cell(value) for cell, value in values if value is not None}
            yield Asserted(self.moment, read)

    def _ways(self, ranked: Sequence[Sequence[Ranks]]) -> int:
        """Add up how many ways the first patterns can have facts, if only what must be equal parts them."""
        so_far, ways = 1, 0
        for place, (slot, rows) in enumerate(zip(self.slots, ranked, strict=True)):
            same = [
                i for i, link in enumerate(slot.links) if link.place == place and link.sign is RuleSign.SAME
            ]
            alike = Counter(tuple(row[i] for i in same) for row in rows)
            so_far *= max(alike.values(), default=0)
            ways += so_far
        return ways


def _ranked(
    place: int, links: Sequence[Link], facts: Sequence[Fact], ranks: Mapping[str, Mapping[Value, int]]
) -> Iterator[Ranks]:
    """Yield of each fact the ranks that stand for it."""
    reads = [(ranks[link.field], link.read if link.place == place else link.reach) for link in links]
    for fact in facts:
        yield tuple(ranked[read(fact)] for ranked, read in reads)
