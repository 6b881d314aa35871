"""The Rete engine: conditions and the rows of tables are answered by rules that fire, all else by the law."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from scorewright.engines.compiled.signal_matcher import Matcher
from scorewright.engines.durable.rule_language import RuleFact as Asserted
from scorewright.engines.durable.rule_plan import KIND, BoxPlan, ConditionRules, Plan, Round, field_of, plan
from scorewright.engines.durable.ruleset import Box, Open, here
from scorewright.engines.durable.signal_rulesets import SignalRulesets
from scorewright.program import Criterion, Program
from scorewright.program.condition import Condition
from scorewright.program.earning import ConditionPoints
from scorewright.program.fact import Fact, Moment
from scorewright.results import Invalid, Outcome, Summary
from scorewright.semantics import (
    BandDecision,
    Environment,
    Moves,
    SubjectTotals,
    decide_band,
    earned,
    explain,
    holds,
    score,
    summarise,
)
from scorewright.semantics.signals import MeasuredFacts
from scorewright.validation import Answers, validate

ZERO = Fraction(0)


class DurableEngine:
    """Run a program by forward-chaining rules; safe to share between threads.

    `run` says where the rules live: in this process, or in a worker that may crash. A program that cannot be
    expressed raises InexpressibleError; without the library, EngineNotInstalledError.
    """

    def __init__(self, program: Program, run: Open = here) -> None:
        self.program = program
        self._plan = plan(program)
        self._computed = {c.id for c in program.criteria if c.earning.rows() is None}
        self._moves = Moves(program)
        self._of_answers = Boxes(self._plan, self._plan.of_answers, run)
        self._of_points = Boxes(self._plan, self._plan.of_points, run)
        self._matcher = Matcher(program, "durable")
        self._signals = SignalRulesets(program, self._matcher, run)

    def outcome(self, inputs: Mapping[str, object], as_of: date) -> Outcome | Invalid:
        """Answer with everything."""
        judged = self._judge(inputs, as_of)
        return judged if isinstance(judged, Invalid) else explain(self.program, *judged)

    def summary(self, inputs: Mapping[str, object], as_of: date) -> Summary | Invalid:
        """Answer with the total, the band and the actions only."""
        judged = self._judge(inputs, as_of)
        return judged if isinstance(judged, Invalid) else summarise(self.program, *judged)

    def measured(self, facts: Sequence[Fact], moment: Moment) -> MeasuredFacts:
        """Measure answers and ask signals, as of a moment."""
        past = self._matcher.past(facts, moment)
        # Which facts make a signal true is told like any other engine: the rules decide that it is.
        ways = self._matcher.ways(past, self._signals.true(past))
        return MeasuredFacts(self._matcher.answers(past, ways), ways)

    def close(self) -> None:
        """Free the rules; a closed engine cannot answer."""
        self._of_answers.close()
        self._of_points.close()
        self._signals.close()

    def _judge(
        self, inputs: Mapping[str, object], as_of: date
    ) -> tuple[Answers, SubjectTotals, BandDecision] | Invalid:
        answers = validate(self.program, inputs, as_of)
        if isinstance(answers, Invalid):
            return answers
        asking = _Asking(self._of_answers, self._of_points, Environment(answers.known, as_of))
        points = {c.id: self._earned(c, asking.told, answers, as_of) for c in self.program.criteria}
        scored = score(self._moves, answers, as_of, points, asking)
        return answers, scored, decide_band(self.program, answers, as_of, scored, asking)

    def _earned(
        self, criterion: Criterion, told: Mapping[Condition, bool | None], answers: Answers, as_of: date
    ) -> Fraction | None:
        """Return the points of the row that fired, exactly; None where the rules cannot tell."""
        earning = criterion.earning
        if criterion.id in self._computed:
            return earned(criterion, answers.known, as_of)
        if isinstance(earning, ConditionPoints):
            unknown = told[earning.condition] is None
        else:
            unknown = earning.input not in answers.known
        rows = self._plan.rows[criterion.id]
        return None if unknown else next((row.points for row in rows if told[row.condition]), ZERO)


class _Asking:
    """How the law asks while one subject is scored; what reads points is fired when they are known."""

    def __init__(self, of_answers: "Boxes", of_points: "Boxes", environment: Environment) -> None:
        self.told = of_answers.told(environment)
        self._of_points = of_points
        self._then: dict[int, tuple[Environment, Mapping[Condition, bool | None]]] = {}

    def __call__(self, condition: Condition, environment: Environment) -> bool | None:
        if environment.coming:
            # What could still be is asked of many made-up ones: the law's own business.
            return holds(condition, environment)
        if condition in self.told:
            return self.told[condition]
        if id(environment) not in self._then:
            # The grounds are kept beside what they told, so that their id stays theirs.
            self._then[id(environment)] = environment, self._of_points.told(environment)
        return self._then[id(environment)][1][condition]


class Boxes:
    """The boxes of one round."""

    def __init__(self, plan: Plan, asked: Round, run: Open) -> None:
        self._questions = tuple(asked.questions.items())
        self._axes = plan.axes.cells
        self._true = [_Opened(box, run) for box in asked.true]
        self._false = [_Opened(box, run) for box in asked.false]
        self._read = sorted({axis for box in (*asked.true, *asked.false) for axis in box.axes})

    def told(self, environment: Environment) -> Mapping[Condition, bool | None]:
        """Answer every question of the round; boxes that say false fire only where something is unknown."""
        cells = {
            axis: self._axes[axis].cell(value)
            for axis in self._read
            if (value := self._axes[axis].axis.value(environment)) is not None
        }
        fired = {name for box in self._true for name in box.fire(cells)}
        answers = [_settled(question, cells, fired) for _, question in self._questions]
        unsettled = [q for (_, q), answer in zip(self._questions, answers, strict=True) if answer is None]
        deniable = {name for question in unsettled for name in question.false}
        denied = {name for box in self._false if box.names & deniable for name in box.fire(cells)}
        return {
            condition: False if answer is None and not question.false.isdisjoint(denied) else answer
            for (condition, question), answer in zip(self._questions, answers, strict=True)
        }

    def close(self) -> None:
        """Free the rules of every box."""
        for box in (*self._true, *self._false):
            box.close()


def _settled(question: ConditionRules, cells: Mapping[int, int], fired: set[str]) -> bool | None:
    if not question.true.isdisjoint(fired):
        return True
    return False if question.needs <= cells.keys() else None


class _Opened:
    """One box, and the fields of the fact that it reads."""

    def __init__(self, plan: BoxPlan, run: Open) -> None:
        self.names = frozenset(rule.name for rule in plan.rules)
        self._fields = {axis: field_of(axis) for axis in plan.axes}
        self._box = Box(plan.rules, {KIND: dict.fromkeys(self._fields.values(), int)}, run)
        self.close = self._box.close

    def fire(self, cells: Mapping[int, int]) -> list[str]:
        """Name the rules that fire for these cells."""
        values = {field: cells[axis] for axis, field in self._fields.items() if axis in cells}
        return [match.rule for match in self._box.fire([Asserted(KIND, values)])]
