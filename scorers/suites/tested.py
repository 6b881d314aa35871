"""A rulebook with the suite beside it: checked, run, compared, and covered."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scorers.checks.accepted import accept
from scorers.codes import finding
from scorers.diagnostics import Diagnostic, Report
from scorers.load import Loaded
from scorers.program import Program
from scorers.rulebook.foreign import told
from scorers.rulebook.load import SUITE_ENDING, has_suite, suite_path
from scorers.rulebook.nodes import locate
from scorers.rulebook.source import Source
from scorers.scorer import Scorer
from scorers.suggest import said
from scorers.suites import coverage
from scorers.suites.coverage import Coverage, cover
from scorers.suites.flatten import flatten
from scorers.suites.read import SuiteDocument, read_suite
from scorers.suites.run import Result, run, sentence
from scorers.suites.tests import Test, Wrong
from scorers.wording import quoted


@dataclass(frozen=True, slots=True)
class Suited:
    """A suite as flat tests; there is no document where the file cannot be read as a suite."""

    document: SuiteDocument | None
    tests: tuple[Test, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of a rulebook's tests; coverage is None where a mistake in the suite would blur it."""

    loaded: Loaded
    suite: Suited
    results: tuple[Result, ...]
    coverage: Coverage | None
    report: Report

    @property
    def failed(self) -> tuple[Result, ...]:
        """Give the tests whose answer is not as expected."""
        return tuple(result for result in self.results if not result.passed)


def check_suite(path: Path, program: Program | None) -> Suited:
    """Read the suite of a file and check it against its rulebook; without one, its shape alone."""
    source, report = Source.read(path)
    if source is None:
        return Suited(None, (), report)
    document, more = read_suite(source)
    if document is None or program is None:
        return Suited(document, (), told(source, report + more))
    tests, wrong = flatten(document.suite, program, path.name.removesuffix(SUITE_ENDING))
    more += Report.of(_mistake(document, item) for item in wrong)
    return Suited(document, tests, told(source, report + more))


def test_rulebook(loaded: Loaded, engine: str) -> Tested:
    """Run the suite beside a rulebook."""
    path = suite_path(Path(loaded.source.name))
    if not has_suite(Path(loaded.source.name)):
        report = accept(loaded.document, Report.of([_no_tests(loaded, path)]), complete=False)
        return Tested(loaded, Suited(None, (), Report()), (), None, report)
    suite = check_suite(path, loaded.program)
    results = tuple(run(suite.tests, Scorer(loaded.program, engine)))
    report = suite.report + Report.of(_failures(suite.document, results))
    if suite.report.has_errors:
        return Tested(loaded, suite, results, None, report)
    covered = cover(loaded.program, results)
    report += accept(loaded.document, coverage.findings(covered, loaded.document.root), complete=False)
    return Tested(loaded, suite, results, covered, report)


def failure(document: SuiteDocument, result: Result) -> Diagnostic:
    """Write a failed test as a finding, at the first expectation that is not met."""
    place = locate(document.root, result.mismatches[0].path)
    return finding("test-failed", place, f"{quoted(result.test.name)}: {sentence(result.mismatches)}")


def _failures(document: SuiteDocument | None, results: tuple[Result, ...]) -> Iterator[Diagnostic]:
    if document is not None:
        yield from (failure(document, result) for result in results if not result.passed)


def _mistake(document: SuiteDocument, wrong: Wrong) -> Diagnostic:
    way_out = said(wrong.help, document.budget)
    return finding(wrong.code, locate(document.root, wrong.path, wrong.key), wrong.message, way_out)


def _no_tests(loaded: Loaded, path: Path) -> Diagnostic:
    place = locate(loaded.document.root, ("rulebook", "id"))
    return finding("no-tests", place, "no tests beside this rulebook", f"add {path.name}")
