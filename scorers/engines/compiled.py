"""The fast engine: what subjects share is prepared once, so that explanation costs nothing.

Answers are sorted into a small key by a function generated for the program; the outcome of a key is worked
out once, by specialised functions, and shared by every subject with that key.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from scorers.engines.classify import Key, classifier
from scorers.engines.closures import earner
from scorers.exact import exact
from scorers.inputs import Answers, validate
from scorers.law.outcome import Judged, explain, judge, summarise
from scorers.law.scored import Scored, score
from scorers.program import Program
from scorers.result import Invalid, Outcome, Summary

T = TypeVar("T", Outcome, Summary)

SHARED = 4096
"""The most outcomes that are kept; then they are all let go, which costs a new start and no bookkeeping."""


class CompiledEngine:
    """Run a program by generated and specialised functions; safe to share between threads."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._classify = classifier(program)
        self._earn = tuple((criterion.id, earner(criterion)) for criterion in program.criteria)
        self._outcomes: dict[Key, Outcome] = {}
        self._summaries: dict[Key, Summary] = {}

    def outcome(self, inputs: Mapping[str, object], as_of: date) -> Outcome | Invalid:
        """Answer with everything."""
        key = self._classify(inputs.get, as_of)
        if key is not None and (found := self._outcomes.get(key)) is not None:
            return found
        return self._work_out(inputs, as_of, self._outcomes, explain)

    def summary(self, inputs: Mapping[str, object], as_of: date) -> Summary | Invalid:
        """Answer with the total, the band and the actions only."""
        key = self._classify(inputs.get, as_of)
        if key is not None and (found := self._summaries.get(key)) is not None:
            return found
        return self._work_out(inputs, as_of, self._summaries, summarise)

    def _work_out(
        self,
        inputs: Mapping[str, object],
        as_of: date,
        shared: dict[Key, T],
        tell: Callable[[Program, Answers, Scored, Judged], T],
    ) -> T | Invalid:
        answers = validate(self.program, inputs, as_of)
        if isinstance(answers, Invalid):
            return answers
        native = {item.name: _native(inputs.get(item.name)) for item in self.program.inputs}
        key = self._classify(native.get, as_of)
        points = {id: earn(answers.known, as_of) for id, earn in self._earn}
        scored = score(self.program, answers, as_of, points)
        told = tell(self.program, answers, scored, judge(self.program, answers, as_of, scored))
        if key is not None:
            if len(shared) >= SHARED:
                shared.clear()
            shared[key] = told
        return told


def _native(value: object) -> object:
    """Give a valid Decimal as the int or float that means exactly the same, where there is one."""
    if not isinstance(value, Decimal):
        return value
    number = exact(value)
    near = number.numerator if number.denominator == 1 else float(value)
    return near if exact(near) == number else value
