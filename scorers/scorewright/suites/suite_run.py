"""A rulebook with the suite beside it: checked, run, compared, and covered."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scorewright.checks import accept
from scorewright.diagnostics import Diagnostic, Report, finding, quoted, said
from scorewright.program import Program
from scorewright.rulebook import SUITE_ENDING, Source, has_suite, suite_path, told
from scorewright.rulebook.nodes import locate
from scorewright.scoring import Loaded, Scorer
from scorewright.suites import coverage
from scorewright.suites.coverage import Coverage, cover
from scorewright.suites.flat_tests import FlatTest, SuiteMistake
from scorewright.suites.flatten import flatten
from scorewright.suites.read_suite import SuiteDocument, read_suite
from scorewright.suites.run_tests import Result, run, sentence


@dataclass(frozen=True, slots=True)
class Suited:
    """A suite as flat tests; there is no document where the file cannot be read as a suite."""

    document: SuiteDocument | None
    tests: tuple[FlatTest, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """What came of a rulebook's tests; coverage is None where a mistake in the suite would blur it."""

    loaded: Loaded
    suite: Suited
    results: tuple[Result, ...]
    coverage: Coverage | None
    report: Report

    @property
    def failed(self) -> tuple[Result, ...]:
        """Return the tests whose answer is not as expected."""
        return tuple(result for result in self.results if not result.passed)


def check_suite(path: Path, program: Program | None) -> Suited:
    """Read the suite of a file and check it against its rulebook; without one, its shape alone."""
    source, report = Source.read(path)
    if source is None:
        return Suited(None, (), report)
    document, more = read_suite(source)
    if document is None or program is None:
        return Suited(document, (), report + told(source, more))
    tests, wrong = flatten(document.suite, program, path.name.removesuffix(SUITE_ENDING))
    more += Report.of(_mistake(document, item) for item in wrong)
    return Suited(document, tests, report + told(source, more))


def test_rulebook(loaded: Loaded, engine: str) -> SuiteRun:
    """Run the suite beside a rulebook."""
    path = suite_path(Path(loaded.source.name))
    if not has_suite(Path(loaded.source.name)):
        report = accept(loaded.document, Report.of([_no_tests(loaded, path)]), complete=False)
        return SuiteRun(loaded, Suited(None, (), Report()), (), None, report)
    suite = check_suite(path, loaded.program)
    results = tuple(run(suite.tests, Scorer(loaded.program, engine)))
    report = suite.report + Report.of(_failures(suite.document, results))
    if suite.report.has_errors:
        return SuiteRun(loaded, suite, results, None, report)
    covered = cover(loaded.program, results)
    report += accept(loaded.document, coverage.findings(covered, loaded.document.root), complete=False)
    return SuiteRun(loaded, suite, results, covered, report)


def failure(document: SuiteDocument, result: Result) -> Diagnostic:
    """Write a failed test as a finding, at the first expectation that is not met."""
    place = locate(document.root, result.mismatches[0].path)
    return finding("test-failed", place, f"{quoted(result.test.name)}: {sentence(result.mismatches)}")


def _failures(document: SuiteDocument | None, results: tuple[Result, ...]) -> Iterator[Diagnostic]:
    if document is not None:
        yield from (failure(document, result) for result in results if not result.passed)


def _mistake(document: SuiteDocument, wrong: SuiteMistake) -> Diagnostic:
    way_out = said(wrong.help, document.budget)
    return finding(wrong.code, locate(document.root, wrong.path, wrong.key), wrong.message, way_out)


def _no_tests(loaded: Loaded, path: Path) -> Diagnostic:
    place = locate(loaded.document.root, ("rulebook", "id"))
    return finding("no-tests", place, "no tests beside this rulebook", f"add {path.name}")
