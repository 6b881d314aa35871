"""The plain engine: it defines what a score means, and every other engine is held equal to it."""

from collections.abc import Mapping, Sequence
from datetime import date

from scorewright.program import Program
from scorewright.program.fact import Fact, Moment
from scorewright.results import Invalid, Outcome, Summary
from scorewright.semantics import (
    BandDecision,
    Moves,
    SubjectTotals,
    decide_band,
    earned,
    explain,
    score,
    summarise,
)
from scorewright.semantics.signals import MeasuredFacts, measured
from scorewright.validation import Answers, validate


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

    def measured(self, facts: Sequence[Fact], moment: Moment) -> MeasuredFacts:
        """Measure answers and ask signals, as of a moment."""
        return measured(self.program, facts, moment)

    def _judge(
        self, inputs: Mapping[str, object], as_of: date
    ) -> tuple[Answers, SubjectTotals, BandDecision] | Invalid:
        answers = validate(self.program, inputs, as_of)
        if isinstance(answers, Invalid):
            return answers
        points = {c.id: earned(c, answers.known, as_of) for c in self.program.criteria}
        scored = score(self._moves, answers, as_of, points)
        return answers, scored, decide_band(self.program, answers, as_of, scored)
