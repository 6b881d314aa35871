"""The plain engine: it defines what a score means, and every other engine is held equal to it."""

from collections.abc import Mapping, Sequence
from datetime import date

from scorers.fact import Fact, Moment
from scorers.inputs import Answers, validate
from scorers.law.earnings import earned
from scorers.law.moves import Moves
from scorers.law.outcome import Judged, explain, judge, summarise
from scorers.law.scored import Scored, score
from scorers.law.signals import Measured, measured
from scorers.program import Program
from scorers.result import Invalid, Outcome, Summary


class ReferenceEngine:
    """Interpret the program step by step, in the order of the scoring law."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._moves = Moves(program)

    def outcome(self, inputs: Mapping[str, object], as_of: date) -> Outcome | Invalid:
        """Answer with everything."""
        judged = self._judge(inputs, as_of)
        return judged if isinstance(judged, Invalid) else explain(self.program, *judged)

    def summary(self, inputs: Mapping[str, object], as_of: date) -> Summary | Invalid:
        """Answer with the total, the band and the actions only."""
        judged = self._judge(inputs, as_of)
        return judged if isinstance(judged, Invalid) else summarise(self.program, *judged)

    def measured(self, facts: Sequence[Fact], moment: Moment) -> Measured:
        """Measure answers and ask signals, as of a moment."""
        return measured(self.program, facts, moment)

    def _judge(self, inputs: Mapping[str, object], as_of: date) -> tuple[Answers, Scored, Judged] | Invalid:
        answers = validate(self.program, inputs, as_of)
        if isinstance(answers, Invalid):
            return answers
        points = {c.id: earned(c, answers.known, as_of) for c in self.program.criteria}
        scored = score(self._moves, answers, as_of, points)
        return answers, scored, judge(self.program, answers, as_of, scored)
