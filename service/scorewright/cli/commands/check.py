"""`scorewright check`: find mistakes in rulebooks and in the tests beside them."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from scorewright.cli.arguments import add_paths, today
from scorewright.cli.findings import HUMAN, counted, exit_code, write_findings
from scorewright.cli.reporters import REPORTERS
from scorewright.cli.stdio import Paint, Streams
from scorewright.diagnostics import Report, Severity
from scorewright.rulebook import find_rulebooks, has_suite, suite_path
from scorewright.scoring import load_files
from scorewright.suites import check_suite

_EPILOG = """\
A folder stands for the rulebooks in it and in the folders below, but for
hidden ones, folders called `samples`, and links that lead out of it. The suite
beside a rulebook (`ID.tests.yaml`) is checked with it, and not run;
`scorewright test` runs it.

exit codes: 0 no errors (with --strict: and no warnings), 1 findings,
2 a path that cannot be read.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `check` was asked."""

    paths: tuple[Path, ...]
    format: str
    strict: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    add_paths(parser)
    parser.add_argument(
        "--format", choices=tuple(REPORTERS), default=HUMAN, help="of the findings (default: human)"
    )
    parser.add_argument("--strict", action="store_true", help="let warnings fail as well")


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(tuple(arguments.paths), arguments.format, arguments.strict)


def run(options: Options, streams: Streams) -> int:
    """Check everything and write what is found."""
    paths, report = find_rulebooks(options.paths)
    loaded, loading = load_files(paths, today=today())
    report += loading
    programs = {item.source.name: item.program for item in loaded}
    suites = [suite_path(path) for path in paths if has_suite(path)]
    for rulebook, suite in zip(paths, map(suite_path, paths), strict=True):
        if suite in suites:
            report += check_suite(suite, programs.get(str(rulebook))).report
    write_findings(report, options.format, streams)
    # Where other programs read the findings, the summary must not stand among them.
    human = options.format == HUMAN
    stream, paint = (streams.out, streams.paint) if human else (streams.err, streams.paint_err)
    stream.write(summary(report, len(paths), len(suites), paint))
    return exit_code(report, strict=options.strict)


def summary(report: Report, rulebooks: int, suites: int, paint: Paint) -> str:
    """Write the last line: what was looked at, and how much was found."""
    looked = f"{counted(rulebooks, 'rulebook')} and {counted(suites, 'suite')} checked"
    styles = ((Severity.ERROR, "bad"), (Severity.WARNING, "warn"), (Severity.NOTE, "note"))
    found = [
        paint(counted(count, str(severity)), style)
        for severity, style in styles
        if (count := report.count(severity))
    ]
    return f"{looked}: {', '.join(found) or paint('no findings', 'good')}\n"
