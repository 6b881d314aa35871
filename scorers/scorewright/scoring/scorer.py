"""Score subjects with a program: the one entry for the server, the command line, suites and tables."""

from collections.abc import Callable, Mapping
from datetime import date

from scorewright.engines.base import Engine
from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.engines.reference import ReferenceEngine
from scorewright.program.program import Program
from scorewright.results.outcome import Invalid, Outcome, Score, Summary
from scorewright.validation.undeclared import Declared

Prepare = Callable[[Program], Engine]
"""From a program to an engine that runs it."""


def _durable(program: Program) -> Engine:
    # Imported here: the package behind it is an extra, which the other engines must not need.
    from scorewright.engines.durable.rete_engine import DurableEngine

    return DurableEngine(program)


ENGINES: Mapping[str, Prepare] = {
    "compiled": CompiledEngine,
    "reference": ReferenceEngine,
    "durable": _durable,
}
"""Every engine by its name; `durable` raises EngineNotInstalledError where its extra is not installed."""


class Scorer:
    """A program with its prepared engine; safe to share between threads."""

    def __init__(self, program: Program, engine: str | Prepare = "compiled") -> None:
        self.program = program
        self.engine = (ENGINES[engine] if isinstance(engine, str) else engine)(program)
        self._declared = Declared.by(program)

    def score(
        self, inputs: Mapping[str, object], *, subject: str = "", as_of: date, strict: bool = False
    ) -> Score | Invalid:
        """Score one subject in full; in strict mode an undeclared input is an error."""
        outcome = self.engine.outcome(inputs, as_of)
        unknown = self._declared.missed_by(inputs)
        if unknown and strict:
            return self._refuse(unknown, outcome)
        if isinstance(outcome, Invalid):
            return outcome
        return Score(self.program, outcome, subject, as_of, unknown)

    def summary(
        self, inputs: Mapping[str, object], *, as_of: date, strict: bool = False
    ) -> Summary | Invalid:
        """Score one subject in short; in strict mode an undeclared input is an error."""
        summary = self.engine.summary(inputs, as_of)
        if strict and (unknown := self._declared.missed_by(inputs)):
            return self._refuse(unknown, summary)
        return summary

    def _refuse(self, unknown: tuple[str, ...], answer: Outcome | Summary | Invalid) -> Invalid:
        errors = answer.errors if isinstance(answer, Invalid) else ()
        return Invalid((*errors, *self._declared.errors(unknown)))
