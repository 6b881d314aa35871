"""The fast engine: what subjects share is prepared once, so that explanation costs nothing.

Answers are sorted into a small key by a function generated for the program. The outcome of a key is worked
out once, from what its criteria, groups and totals share with other keys; all subjects of that key share it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from scorewright.engines.compiled.incremental_totals import IncrementalTotals
from scorewright.engines.compiled.key_decoder import KeyDecoder
from scorewright.engines.compiled.key_encoder import Key, classifier
from scorewright.engines.compiled.memo import Memo
from scorewright.engines.compiled.signal_matcher import Matcher
from scorewright.program import Program
from scorewright.program.exact_numbers import exact
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
from scorewright.semantics.signals import MeasuredFacts
from scorewright.validation import Answers, validate

T = TypeVar("T", Outcome, Summary)
Tell = Callable[[Program, Answers, SubjectTotals, BandDecision], T]

SHARED = 4096
"""The most outcomes that are kept, and the most summaries."""


class CompiledEngine:
    """Run a program by generated and specialised functions; safe to share between threads."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._classify = classifier(program)
        self._reader = KeyDecoder(program)
        self._matcher = Matcher(program, "compiled")
        self._moves = Moves(program)
        self._adder = IncrementalTotals(self._moves, self._reader) if program.by_points else None
        self._outcomes = Memo(self._outcome, SHARED)
        self._summaries = Memo(self._summary, SHARED)

    def outcome(self, inputs: Mapping[str, object], as_of: date) -> Outcome | Invalid:
        """Answer with everything."""
        key = self._classify(inputs.get, as_of)
        return self._unusual(inputs, as_of, self._outcomes, explain) if key is None else self._outcomes[key]

    def summary(self, inputs: Mapping[str, object], as_of: date) -> Summary | Invalid:
        """Answer with the total, the band and the actions only."""
        key = self._classify(inputs.get, as_of)
        return (
            self._unusual(inputs, as_of, self._summaries, summarise) if key is None else self._summaries[key]
        )

    def measured(self, facts: Sequence[Fact], moment: Moment) -> MeasuredFacts:
        """Measure answers and ask signals, as of a moment."""
        return self._matcher.measured(facts, moment)

    def _outcome(self, key: Key) -> Outcome | Invalid:
        return self._work_out(key, explain)

    def _summary(self, key: Key) -> Summary | Invalid:
        return self._work_out(key, summarise)

    def _work_out(self, key: Key, tell: Tell[T]) -> T | Invalid:
        answers = self._reader.answers(key)
        if isinstance(answers, Invalid):
            return answers
        as_of = self._reader.as_of(key)
        if self._adder is None:
            scored = score(self._moves, answers, as_of, {})
        else:
            scored = self._adder.score(key, answers)
        return tell(self.program, answers, scored, decide_band(self.program, answers, as_of, scored))

    def _unusual(
        self, inputs: Mapping[str, object], as_of: date, shared: Memo[Key, T | Invalid], tell: Tell[T]
    ) -> T | Invalid:
        """Answer where there is no key: something is invalid, a Decimal, or too large to be kept."""
        answers = validate(self.program, inputs, as_of)
        if isinstance(answers, Invalid):
            return answers
        native = {item.name: _native(inputs.get(item.name)) for item in self.program.inputs}
        key = self._classify(native.get, as_of)
        if key is not None:
            return shared[key]
        points = {c.id: earned(c, answers.known, as_of) for c in self.program.criteria}
        scored = score(self._moves, answers, as_of, points)
        return tell(self.program, answers, scored, decide_band(self.program, answers, as_of, scored))


def _native(value: object) -> object:
    """Return a valid Decimal as the int or float that means exactly the same, where there is one."""
    if not isinstance(value, Decimal):
        return value
    number = exact(value)
    near = number.numerator if number.denominator == 1 else float(value)
    return near if exact(near) == number else value
