"""One test, flat: a subject, the day, and each thing that is expected of the answer, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scorewright.diagnostics import Help
from scorewright.program.fact import Moment, day_of
from scorewright.suites.outcome_parts import Part

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a test expects: the word, its key (of `points.budget`), the value and its place."""

    kind: str
    key: str
    value: Part
    path: Path


@dataclass(frozen=True, slots=True)
class FlatTest:
    """A case of a suite or a row of a table; without facts, signals are answers like others."""

    __test__ = False  # pytest takes the name for a class of its own tests

    name: str
    path: Path
    moment: Moment
    inputs: Mapping[str, object]
    expected: tuple[Expectation, ...]
    facts: tuple[Mapping[str, object], ...] | None = None

    @property
    def as_of(self) -> date:
        """Return the day of the moment."""
        return day_of(self.moment)


@dataclass(frozen=True, slots=True)
class SuiteMistake:
    """A mistake in a suite, at the value of a path or at its key."""

    code: str
    path: Path
    message: str
    help: Help = None
    key: bool = False
