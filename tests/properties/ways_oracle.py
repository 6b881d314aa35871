"""The ways to the next band by trying all answers, and by adding up, right where nothing is shared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product

from scorewright.engines.reference import ReferenceEngine
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import rounded
from scorewright.program.program import Criterion, Program
from scorewright.results.outcome import NextBandWay, Summary
from scorewright.semantics.totals import Points, combine
from tests.properties.completions import domain
from tests.properties.oracle import ZERO, Block, Facts, earned
from tests.properties.subjects import forms
from tests.properties.verdict import asked_by, policy
from tests.written import AS_OF, exactly

WAYS = 3
CANDIDATES = 8

Known = Mapping[str, Value]


@dataclass
class AllAnswers:
    """Try every answer to the inputs of criteria."""

    written: Block
    program: Program
    _engine: ReferenceEngine = field(init=False)
    _totals: dict[object, Fraction | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.written = exactly(self.written)  # type: ignore[assignment]  # a block stays one
        self._engine = ReferenceEngine(self.program)
        self._blocks = {block["id"]: block for block in self.written["criteria"]}
        self._assumed = {i.name: i.assumed for i in self.program.inputs if i.assumed is not None}

    def total(self, answers: Known) -> Fraction | None:
        """Score answers; None where they are invalid or incomplete."""
        key = frozenset(answers.items())
        if key not in self._totals:
            raw = {name: forms(value)[0] for name, value in answers.items()}
            found = self._engine.summary(raw, AS_OF)
            self._totals[key] = found.total if isinstance(found, Summary) else None
        return self._totals[key]

    def own(self, id: str, answers: Known) -> Fraction | None:
        """Give a criterion's points, None where they are unknown."""
        facts = Facts({**self._assumed, **answers}, AS_OF)
        return earned(self._blocks[id], facts, self.written["inputs"])

    def now(self, id: str, answers: Known) -> tuple[Fraction | None, bool]:
        """Give what a criterion counts for, None where it is left out; and whether it is missing."""
        own = self.own(id, answers)
        if own is not None:
            return own, False
        missing = policy(self._blocks[id], self.written, Facts({**self._assumed, **answers}, AS_OF))
        return (ZERO if missing == "no_points" else None), True

    def ways(self, answers: Known, edge: Fraction) -> list[NextBandWay]:
        """Find the smallest sets that reach an edge."""
        now = {c.id: self.now(c.id, answers) for c in self.program.criteria}

        def gain(criterion: Criterion) -> Fraction:
            return criterion.highest - (now[criterion.id][0] or 0)

        able = [c for c in self.program.criteria if c.actionable]
        able = [c for c in able if now[c.id][0] is None or gain(c) > 0]
        able = sorted(able, key=lambda c: (not now[c.id][1], -gain(c)))[:CANDIDATES]
        for size in range(1, len(able) + 1):
            found: list[tuple[int, Fraction, int, NextBandWay]] = []
            for order, chosen in enumerate(combinations([c.id for c in able], size)):
                total = self.best(chosen, answers, {id: now[id][0] for id in chosen})
                if total is not None and total >= edge:
                    failed = sum(not now[id][1] for id in chosen)
                    found.append((failed, total, order, NextBandWay(chosen, total)))
            if found:
                return [way for *_, way in sorted(found, key=lambda entry: entry[:3])[:WAYS]]
        return []

    def best(self, chosen: Sequence[str], answers: Known, now: Points) -> Fraction | None:
        """Give the highest total of all answers by which each of the chosen earns more."""
        totals = [self.total(moved) for moved in self.moved(chosen, answers) if self.gain(chosen, moved, now)]
        return max((total for total in totals if total is not None), default=None)

    def moved(self, chosen: Sequence[str], answers: Known) -> Iterator[Known]:
        """Answer the inputs of some criteria in every way."""
        names = set().union(*(asked_by(self._blocks[id]) for id in chosen))
        items = [item for item in self.program.inputs if item.name in names]
        for values in product(*(domain(item, AS_OF) for item in items)):
            yield {**answers, **{item.name: value for item, value in zip(items, values, strict=True)}}

    def gain(self, chosen: Sequence[str], moved: Known, now: Points) -> bool:
        """Tell whether each of the chosen earns more than now; one that is left out, anything."""
        for id in chosen:
            own, before = self.own(id, moved), now[id]
            if own is None or (before is not None and own <= before):
                return False
        return True


def added_up(
    program: Program, points: Points, missing: Mapping[str, object], edge: Fraction
) -> list[NextBandWay]:
    """Add up what criteria that share nothing gain: how ways were found before others were."""

    def gain(criterion: Criterion) -> Fraction:
        return criterion.highest - (points[criterion.id] or 0)

    able = [c for c in program.criteria if c.actionable and (points[c.id] is None or gain(c) > 0)]
    able = sorted(able, key=lambda c: (c.id not in missing, -gain(c)))[:CANDIDATES]
    for size in range(1, len(able) + 1):
        found: list[tuple[int, Fraction, int, NextBandWay]] = []
        for order, chosen in enumerate(combinations(able, size)):
            total = combine(program, {**points, **{c.id: c.highest for c in chosen}}).total
            if total is not None and rounded(total) >= edge:
                failed = sum(c.id not in missing for c in chosen)
                found.append(
                    (failed, rounded(total), order, NextBandWay(tuple(c.id for c in chosen), rounded(total)))
                )
        if found:
            return [way for *_, way in sorted(found, key=lambda entry: entry[:3])[:WAYS]]
    return []
