"""Score subjects with a program: the one entry for the server, the command line, suites and tables."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from scorewright.engines import CompiledEngine, Engine, ReferenceEngine
from scorewright.program import Program
from scorewright.results import Checked, Invalid, Outcome, Score, ShortScore, Summary, errors_of
from scorewright.validation import NOTHING_SENT, Declared, asks

T = TypeVar("T", bound=Outcome | Summary)

Prepare = Callable[[Program], Engine]
"""From a program to an engine that runs it."""


def _durable(program: Program) -> Engine:
    # Imported here: the package behind it is an extra, which the other engines must not need.
    from scorewright.engines import DurableEngine

    return DurableEngine(program)


ENGINES: Mapping[str, Prepare] = {
    "compiled": CompiledEngine,
    "reference": ReferenceEngine,
    "durable": _durable,
}
"""Every engine by its name; `durable` raises EngineNotInstalledError where its extra is not installed."""


class Scorer:
    """A program with its prepared engine; safe to share between threads.

    `declared` are the names that the program knows; it `asks` where somebody must answer one of them.
    """

    def __init__(self, program: Program, engine: str | Prepare = "compiled") -> None:
        self.program = program
        self.engine = (ENGINES[engine] if isinstance(engine, str) else engine)(program)
        self.declared = Declared.by(program)
        self.asks = asks(program)

    def score(
        self,
        inputs: Mapping[str, object],
        *,
        subject: str = "",
        as_of: date,
        strict: bool = False,
        needs_inputs: bool = False,
    ) -> Checked[Score]:
        """Score one subject in full; in strict mode an undeclared input is an error.

        Where it `needs_inputs`, one that comes without any was lost on its way: it is flagged, or refused.
        """
        outcome = self.engine.outcome(inputs, as_of)
        unknown = self.declared.missed_by(inputs)
        lost = needs_inputs and not inputs and self.asks
        if strict:
            outcome = self._strictly(outcome, unknown, lost=lost)
        if isinstance(outcome, Invalid):
            return outcome
        return Score(self.program, outcome, subject, as_of, unknown, lost)

    def summary(
        self,
        inputs: Mapping[str, object],
        *,
        subject: str = "",
        as_of: date,
        strict: bool = False,
        needs_inputs: bool = False,
    ) -> Checked[ShortScore]:
        """Score one subject in short, and else as `score` does."""
        summary = self.engine.summary(inputs, as_of)
        unknown = self.declared.missed_by(inputs)
        lost = needs_inputs and not inputs and self.asks
        if strict:
            summary = self._strictly(summary, unknown, lost=lost)
        if isinstance(summary, Invalid):
            return summary
        return ShortScore(self.program, summary, subject, as_of, unknown, lost)

    def _strictly(self, found: Checked[T], unknown: tuple[str, ...], *, lost: bool) -> Checked[T]:
        if not unknown and not lost:
            return found
        sent = NOTHING_SENT.errors if lost else ()
        return Invalid((*sent, *errors_of(found), *self.declared.errors(unknown)))
