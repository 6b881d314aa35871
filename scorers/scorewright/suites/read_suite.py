"""Text to model: the suite beside a rulebook."""

from dataclasses import dataclass, field

from scorewright.diagnostics import Budget, Report
from scorewright.rulebook import Source, read_model
from scorewright.rulebook.nodes import Node
from scorewright.suites.suite import Suite


@dataclass(frozen=True, slots=True)
class SuiteDocument:
    """A suite with its source and its tree."""

    source: Source
    root: Node
    suite: Suite
    budget: Budget = field(default_factory=Budget, repr=False, compare=False)


def read_suite(source: Source) -> tuple[SuiteDocument | None, Report]:
    """Read a suite; no document comes back if there is an error."""
    # In a suite a key with nothing after it says something: this input is missing, there is no band.
    read, report = read_model(source, Suite, nulls=True)
    return (SuiteDocument(source, *read) if read else None), report
