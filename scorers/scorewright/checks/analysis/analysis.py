"""What the later checks look at: a rulebook beside its program, and what can occur at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from scorewright.checks.analysis.attainable_totals import AttainableTotals, reach
from scorewright.checks.analysis.days import days_to_try
from scorewright.checks.analysis.satisfiability import Points, Told, Truth, World, truth
from scorewright.checks.analysis.value_sets import ValueSet
from scorewright.diagnostics import Budget
from scorewright.partition import NumberSpan, spans_of
from scorewright.program import Criterion, Method, Program
from scorewright.program.condition import Condition, CriterionRef, GroupRef, InputRef, ListRef, TotalRef
from scorewright.rulebook import Document
from scorewright.rulebook.model.criterion import Criterion as Written


@dataclass(frozen=True)
class Analysis:
    """One rulebook under analysis; what can occur is found out once, when a check first asks."""

    document: Document
    program: Program
    _told: Told = field(default_factory=dict)

    @cached_property
    def budget(self) -> Budget:
        """Return the work that all these checks may do together."""
        return self.document.budget.again()

    def criteria(self) -> Iterator[tuple[Written, Criterion]]:
        """Pair the criteria as written with the compiled ones."""
        return zip(self.document.rulebook.criteria, self.program.criteria, strict=True)

    def truth(self, condition: Condition) -> Truth | None:
        """Return what a condition can be; None where that takes too long to find out."""
        return truth(condition, self._world)

    @cached_property
    def reach(self) -> AttainableTotals:
        """Return what criteria, groups and their total can earn."""
        return reach(World(self.program, days_to_try(self.program), self.budget, {}, self._told))

    @cached_property
    def total(self) -> ValueSet | None:
        """Return the rounded totals that can occur; None where there is no total, or no end to it."""
        program = self.program
        if program.by_points:
            return self.reach.total or None
        if program.method is Method.COUNT:
            sizes = {named.id: len(named.items) for named in program.lists}
            return ValueSet.of(1, range(sizes.get(program.of or "", len(program.triggers)) + 1))
        return self._span(program.of) if program.method is Method.VALUE and program.of else None

    @property
    def ends(self) -> tuple[Fraction, Fraction] | None:
        """Return the lowest and the highest total made of points; None where they are not decided."""
        if not self.program.by_points or self.total is None or not self.reach.sharp:
            return None
        return self.total.lowest, self.total.highest

    def _span(self, name: str) -> ValueSet | None:
        span = self._spans[name]
        if not isinstance(span.lowest, Fraction) or not isinstance(span.highest, Fraction):
            return None
        unit = span.lowest.denominator * span.highest.denominator
        return ValueSet.of(unit, (), [(int(span.lowest * unit), int(span.highest * unit))], exact=False)

    @cached_property
    def _spans(self) -> Mapping[str, NumberSpan]:
        return spans_of(self.program, {})

    @cached_property
    def _world(self) -> World:
        return World(self.program, days_to_try(self.program), self.budget, dict(self._points()), self._told)

    def _points(self) -> Iterator[tuple[Points, ValueSet]]:
        for criterion, spread in self.reach.criteria.items():
            if spread:
                yield CriterionRef(criterion), spread
        for group, spread in self.reach.groups.items():
            if spread:
                yield GroupRef(group), spread
        for named in self.program.lists:
            yield ListRef(named.id), ValueSet.of(1, range(len(named.items) + 1))
        for value in self.program.values:
            if span := self._span(value.name):
                yield InputRef(value.name), span
        if self.total is not None:
            yield TotalRef(), self.total
