"""`scorewright test`: run the tests beside rulebooks, and tell what no test touches."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from scorewright.cli.arguments import add_engine, add_paths
from scorewright.cli.command import WRONG
from scorewright.cli.failed_case import render_diff
from scorewright.cli.findings import HUMAN, exit_code, sources, write_findings
from scorewright.cli.junit import junit
from scorewright.cli.output import write_whole
from scorewright.cli.reporters import REPORTERS
from scorewright.cli.stdio import Streams
from scorewright.cli.suite_summary import render
from scorewright.diagnostics import Diagnostic, Report
from scorewright.rulebook import find_rulebooks
from scorewright.scoring import load_files
from scorewright.suites import SuiteRun, failure, test_rulebook

_EPILOG = """\
The tests of rules/ID.yaml stand in rules/ID.tests.yaml. A folder stands for the
rulebooks in it and in the folders below. Inputs that the rulebook does not
declare are errors here.

exit codes: 0 all passed (with --strict: and nothing untested), 1 failed tests
or findings, 2 a path that cannot be read.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `test` was asked."""

    paths: tuple[Path, ...]
    format: str
    engine: str
    junit: Path | None
    strict: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    add_paths(parser)
    parser.add_argument(
        "--format",
        choices=tuple(REPORTERS),
        default=HUMAN,
        help="of failures and findings (default: human)",
    )
    parser.add_argument("--junit", metavar="FILE", type=Path, help="also write a JUnit XML report")
    parser.add_argument(
        "--strict", action="store_true", help="let warnings fail as well: what no test touches"
    )
    add_engine(parser)


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(
        tuple(arguments.paths), arguments.format, arguments.engine, arguments.junit, arguments.strict
    )


def run(options: Options, streams: Streams) -> int:
    """Run every suite."""
    paths, wrong = find_rulebooks(options.paths)
    loaded, loading = load_files(paths, options.engine)
    # Warnings about rulebooks are the business of `check`.
    broken = wrong + loading.errors
    tested = [test_rulebook(item, options.engine) for item in loaded]
    report = sum((item.report for item in tested), broken + Report(sources=loading.sources))
    if options.format == HUMAN:
        _write_human(report, tested, streams)
    else:
        write_findings(report, options.format, streams)
    if options.junit is not None:
        write_whole(options.junit, junit(tested, broken))
    human = options.format == HUMAN
    stream, paint = (streams.out, streams.paint) if human else (streams.err, streams.paint_err)
    stream.write(render(tested, report, paint))
    code = exit_code(report, strict=options.strict)
    return code if tested or broken.diagnostics else WRONG


def _write_human(report: Report, tested: list[SuiteRun], streams: Streams) -> None:
    """Write findings, and below each failed test what was expected and what came."""
    diffs = dict(_diffs(tested, streams))
    files = sources(report)
    for diagnostic in report.diagnostics:
        streams.out.write(REPORTERS[HUMAN]([diagnostic], files, streams.paint.on))
        streams.out.write(diffs.get(diagnostic, "") + "\n")


def _diffs(tested: list[SuiteRun], streams: Streams) -> "list[tuple[Diagnostic, str]]":
    return [
        (failure(document, result), render_diff(result, streams.paint))
        for item in tested
        if (document := item.suite.document)
        for result in item.failed
    ]
