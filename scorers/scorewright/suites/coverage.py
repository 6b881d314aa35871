"""What no test of a suite touches: bands, edges, criteria, triggers and signals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorewright.diagnostics import Diagnostic, Report, finding
from scorewright.program import Criterion, Program
from scorewright.program.exact_numbers import text
from scorewright.results import Score
from scorewright.rulebook.nodes import Node, Step, locate
from scorewright.semantics import earned
from scorewright.suites.edge_totals import Edge, edges_of
from scorewright.suites.run_tests import Result
from scorewright.validation import Answers, validate


@dataclass(frozen=True, slots=True)
class CoverageItem:
    """One thing that tests should touch: its id, its place in the rulebook, and what is lacking."""

    id: str
    path: tuple[Step, ...]
    lack: str | None
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Bands, edges, criteria, triggers and signals, each with what tests lack."""

    bands: tuple[CoverageItem, ...]
    edges: tuple[CoverageItem, ...]
    criteria: tuple[CoverageItem, ...]
    triggers: tuple[CoverageItem, ...]
    signals: tuple[CoverageItem, ...]

    def families(self) -> Mapping[str, Sequence[CoverageItem]]:
        """Return the parts by the code of the finding about one that is lacking."""
        return {
            "band-without-test": self.bands,
            "edge-without-boundary-test": self.edges,
            "criterion-untested": self.criteria,
            "trigger-without-test": self.triggers,
            "signal-without-test": self.signals,
        }


def cover(program: Program, results: Iterable[Result]) -> Coverage:
    """Find what the answers of a suite's tests leave untouched."""
    seen = _Seen(program)
    for result in results:
        if isinstance(result.answer, Score):
            seen.take(result, result.answer)
    return Coverage(
        tuple(seen.bands()),
        tuple(seen.edges()),
        tuple(seen.criteria()),
        tuple(seen.triggers()),
        tuple(seen.signals()),
    )


def findings(coverage: Coverage, root: Node) -> Report:
    """Write what is lacking as findings in the rulebook."""
    return Report.of(
        diagnostic
        for code, parts in coverage.families().items()
        for part in parts
        if (diagnostic := _finding(code, part, root))
    )


def _finding(code: str, part: CoverageItem, root: Node) -> Diagnostic | None:
    return None if part.lack is None else finding(code, locate(root, part.path), part.lack, part.help)


class _Seen:
    """What the answers of tests touched."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._bands: set[str | None] = set()
        self._values: set[Fraction] = set()
        self._triggers: set[str] = set()
        self._signals: dict[str, set[bool]] = {signal.id: set() for signal in program.signals}
        self._points: dict[str, set[Fraction]] = {criterion.id: set() for criterion in program.criteria}

    def take(self, result: Result, answer: Score) -> None:
        outcome = answer.outcome
        self._bands.add(outcome.band)
        self._triggers |= {trigger.id for trigger in outcome.triggers}
        answers = validate(self.program, result.inputs, result.test.as_of)
        assert isinstance(answers, Answers)  # INVARIANT: the same inputs were scored
        value = answers.known.get(self.program.band_on) if self.program.band_on else outcome.total
        if isinstance(value, Fraction):
            self._values.add(value)
        for criterion in self.program.criteria:
            points = earned(criterion, answers.known, result.test.as_of)
            if points is not None:
                self._points[criterion.id].add(points)
        if result.test.facts is not None:
            # A signal that is given as an answer says nothing about what the signal looks for.
            for id, seen in self._signals.items():
                if id not in result.test.inputs:
                    seen.add(id in result.measured.signals)

    def bands(self) -> Iterator[CoverageItem]:
        for index, band in enumerate(self.program.bands):
            lack = None if band.id in self._bands else f"no test ends in band `{band.id}`"
            yield CoverageItem(band.id, ("bands", index, "id"), lack)

    def edges(self) -> Iterator[CoverageItem]:
        places = {band.id: index for index, band in enumerate(self.program.bands)}
        for edge in edges_of(self.program):
            lacking = [
                shown
                for shown, holds in ((_under(edge), edge.under), (text(edge.edge), edge.on))
                if not any(map(holds, self._values))
            ]
            what = "answers" if self.program.band_on else "scores"
            lack = f"edge of `{edge.band}` is not pinned by tests: no case {what} {' or '.join(lacking)}"
            yield CoverageItem(edge.band, ("bands", places[edge.band], "from"), lack if lacking else None)

    def criteria(self) -> Iterator[CoverageItem]:
        for index, criterion in enumerate(self.program.criteria):
            points = self._points[criterion.id]
            lack = None
            if not points:
                lack = f"no test answers what `{criterion.id}` asks"
            elif len(points) == 1:
                lack = f"every test gives `{criterion.id}` {text(next(iter(points)))} points"
            yield CoverageItem(criterion.id, ("criteria", index, "id"), lack, _more(criterion, points))

    def triggers(self) -> Iterator[CoverageItem]:
        for index, trigger in enumerate(self.program.triggers):
            lack = None if trigger.id in self._triggers else f"no test fires trigger `{trigger.id}`"
            yield CoverageItem(trigger.id, ("triggers", index, "id"), lack)

    def signals(self) -> Iterator[CoverageItem]:
        for index, signal in enumerate(self.program.signals):
            lacking = [word for word, value in _TRUTH if value not in self._signals[signal.id]]
            lack = f"no test with facts makes signal `{signal.id}` {' or '.join(lacking)}"
            yield CoverageItem(signal.id, ("signals", index, "id"), lack if lacking else None)


_TRUTH = (("true", True), ("false", False))


def _under(edge: Edge) -> str:
    return text(edge.below)


def _more(criterion: Criterion, points: set[Fraction]) -> str:
    other = criterion.lowest if points == {criterion.highest} else criterion.highest
    return f"add a case that earns {text(other)}"
