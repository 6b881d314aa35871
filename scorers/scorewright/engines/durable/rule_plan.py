"""From a program to the rules of its boxes: what is asked, what answers it, and what cannot be expressed.

Each condition has rules for being surely true and, where one of its axes can be unknown, rules for being
surely false; what is neither is unknown. Rules for the same tests are one rule. A row of a table (a step, an
option) is a condition too. Nothing here needs the library: a program is refused before it is prepared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Final

from scorewright.engines.durable.axes import AxisKind, ConditionAxis
from scorewright.engines.durable.normal import (
    MAX_WAYS,
    TOO_MANY,
    Axes,
    TooManyError,
    Way,
    axes_of,
    axes_read,
    rules_from,
    ways,
)
from scorewright.engines.durable.rule_language import MAX_FIELDS, MAX_RULES, Rule, RulePattern, RuleTest
from scorewright.engines.engine_errors import Inexpressible, InexpressibleError
from scorewright.partition import compares
from scorewright.program import Criterion, Program
from scorewright.program.condition import Condition, CriterionRef, GroupRef, InputRef, ListRef, TotalRef
from scorewright.program.earning import ConditionPoints

KIND: Final = "subject"
"""The kind of the one fact that is fired: the cells of one subject."""

MAX_PROGRAM: Final = 1_200
"""The most rules of a program: 20 boxes, which fire one after the other."""

Path = tuple[str | int, ...]
Tests = tuple[RuleTest, ...]


@dataclass(frozen=True, slots=True)
class ConditionRules:
    """The rules any of which makes a condition true, or false; where all of `needs` are known, one does."""

    true: frozenset[str]
    false: frozenset[str]
    needs: frozenset[int]


@dataclass(frozen=True, slots=True)
class BoxPlan:
    """The rules of one box, and the axes that they read."""

    rules: tuple[Rule, ...]
    axes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """The questions that are asked at one time, the boxes that say true and those that say false."""

    questions: Mapping[Condition, ConditionRules]
    true: tuple[BoxPlan, ...]
    false: tuple[BoxPlan, ...]


@dataclass(frozen=True, slots=True)
class EarningRow:
    """A condition and what it earns."""

    condition: Condition
    points: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is asked: of the answers first, then of what they earned."""

    axes: Axes
    of_answers: Round
    of_points: Round
    rows: Mapping[str, tuple[EarningRow, ...]]


def plan(program: Program) -> Plan:
    """Plan the boxes of a program; everything that cannot be expressed is refused at once."""
    rows = {criterion.id: tuple(rows_of(criterion)) for criterion in program.criteria}
    asked = dict(asked_of(program, rows))
    settled = {item.name for item in program.inputs if item.required or item.assumed is not None}
    axes = axes_of(asked, lambda axis: _always(axis, settled))
    writer = _Writer(axes)
    questions = {condition: writer.question(condition, path) for condition, path in asked.items()}
    if sum(map(len, writer.rules.values())) > MAX_PROGRAM and not writer.refused:
        largest = max(questions, key=lambda c: len(questions[c].true) + len(questions[c].false))
        message = f"the rulebook needs more than {MAX_PROGRAM} rules, the most of them here"
        writer.refused.append(_refusal(asked[largest], message))
    if writer.refused:
        raise InexpressibleError("durable", tuple(writer.refused))
    first = {c: q for c, q in questions.items() if not _reads_points(c)}
    then = {c: q for c, q in questions.items() if _reads_points(c)}
    return Plan(axes, writer.round(first), writer.round(then), rows)


def rows_of(criterion: Criterion) -> Iterator[EarningRow]:
    """Return the conditions that earn fixed points; a criterion whose points are computed has none."""
    return (EarningRow(condition, points) for condition, points in criterion.earning.rows() or ())


def asked_of(
    program: Program, rows: Mapping[str, tuple[EarningRow, ...]]
) -> Iterator[tuple[Condition, Path]]:
    """List every condition with its place in the rulebook."""
    for index, criterion in enumerate(program.criteria):
        path: Path = ("criteria", index)
        path = (*path, "when") if isinstance(criterion.earning, ConditionPoints) else path
        yield from ((row.condition, path) for row in rows[criterion.id])
    for name, several in (
        ("disqualifiers", [item.condition for item in program.disqualifiers]),
        ("triggers", [item.condition for item in program.triggers]),
        ("flags", [item.condition for item in program.flags]),
        ("bands", [item.condition for item in program.bands]),
    ):
        yield from ((c, (name, index, "when")) for index, c in enumerate(several) if c is not None)
    for place, named in enumerate(program.lists):
        for index, item in enumerate(named.items):
            for key, condition in (("when", item.when), ("unless", item.unless)):
                if condition is not None:
                    yield condition, ("lists", place, "items", index, key)
    for action in program.actions:
        if action.only_if is not None:
            yield action.only_if, ("actions", action.id, "only_if")


class _Writer:
    """Write the rules of all conditions, each rule once."""

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        self.rules: dict[bool, dict[Tests, str]] = {True: {}, False: {}}
        self.refused: list[Inexpressible] = []

    def question(self, condition: Condition, path: Path) -> ConditionRules:
        unknowable = axes_read(condition, self.axes)
        try:
            true = ways(condition, True, self.axes)
            false = ways(condition, False, self.axes) if unknowable else []
            # Axes that no rule reads make no difference, known or not.
            needs = unknowable.intersection(axis for way in (*true, *false) for axis in way)
            return ConditionRules(self.named(true, wanted=True), self.named(false, wanted=False), needs)
        except TooManyError as error:
            self.refused.append(_refusal(path, str(error)))
            return ConditionRules(frozenset(), frozenset(), unknowable)

    def named(self, found: Sequence[Way], *, wanted: bool) -> frozenset[str]:
        """Write ways as rules, and name those; the same tests are one rule."""
        each = (tests for way in found for tests in rules_from(way, self.axes, field_of))
        written = list(islice(each, MAX_WAYS + 1))
        if len(written) > MAX_WAYS:
            raise TooManyError(TOO_MANY)
        known = self.rules[wanted]
        return frozenset(known.setdefault(tests, f"{wanted}{len(known)}") for tests in written)

    def round(self, questions: Mapping[Condition, ConditionRules]) -> Round:
        true = {name for question in questions.values() for name in question.true}
        false = {name for question in questions.values() for name in question.false}
        return Round(questions, tuple(self.boxes(True, true)), tuple(self.boxes(False, false)))

    def boxes(self, wanted: bool, names: set[str]) -> Iterator[BoxPlan]:
        """Fill one box after the other."""
        rules: list[Rule] = []
        fields: set[int] = set()
        for tests, name in self.rules[wanted].items():
            if name in names:
                read = {int(test.field[1:]) for test in tests}
                if len(rules) == MAX_RULES or len(fields | read) > MAX_FIELDS:
                    yield BoxPlan(tuple(rules), tuple(sorted(fields)))
                    rules, fields = [], set()
                rules.append(Rule(name, (RulePattern("subject", KIND, tests),)))
                fields |= read
        if rules:
            yield BoxPlan(tuple(rules), tuple(sorted(fields)))


def field_of(axis: int) -> str:
    """Name the field of a fact that carries an axis."""
    return f"c{axis}"


def _reads_points(condition: Condition) -> bool:
    return any(isinstance(c.left, CriterionRef | GroupRef | ListRef | TotalRef) for c in compares(condition))


def _always(axis: ConditionAxis, settled: set[str]) -> bool:
    if axis.kind is AxisKind.KNOWN:
        return True
    return isinstance(axis.left, InputRef) and axis.left.name in settled


def _refusal(path: Path, message: str) -> Inexpressible:
    return Inexpressible(
        path, message, "split it into several, or score with the engine `compiled`, which answers the same"
    )
