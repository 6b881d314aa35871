"""What every engine is: a program prepared once, that answers inputs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from scorewright.program import Program
from scorewright.program.fact import Fact, Moment
from scorewright.results import Invalid, Outcome, Summary
from scorewright.semantics.signals import MeasuredFacts


class Engine(Protocol):
    """One way to run a program; safe to share between threads.

    `inputs` are as the caller sent them: bool, int, float, Decimal, str, date, None, or lists of these.
    Names that the program does not declare are passed over. Every invalid input is listed at once.
    There is no clock and no chance: a program, inputs and a day have one answer (law 10).
    """

    program: Program

    def outcome(self, inputs: Mapping[str, object], as_of: date) -> Outcome | Invalid:
        """Answer with everything: points, bounds, reasons, actions, ways to the next band."""
        ...

    def summary(self, inputs: Mapping[str, object], as_of: date) -> Summary | Invalid:
        """Answer with the total, the band and the actions only."""
        ...

    def measured(self, facts: Sequence[Fact], moment: Moment) -> MeasuredFacts:
        """Measure answers and ask signals, as of a moment; what is later is passed over."""
        ...
