"""Write findings in a format, with the lines that they speak of."""

from collections.abc import Iterable

from scorewright.cli.command import CLEAN, FINDINGS, WRONG
from scorewright.cli.reporters import REPORTERS
from scorewright.cli.stdio import Streams
from scorewright.diagnostics.diagnostic import Diagnostic, Report, Severity
from scorewright.rulebook.source import Source

UNUSABLE = frozenset({"file-unreadable", "no-rulebook"})
"""Findings that mean that a path was of no use at all."""


def exit_code(report: Report, *, strict: bool) -> int:
    """Give the exit code that findings stand for; notes never fail, warnings only where it is strict."""
    if any(diagnostic.code in UNUSABLE for diagnostic in report.diagnostics):
        return WRONG
    failing = report.has_errors or (strict and report.count(Severity.WARNING) > 0)
    return FINDINGS if failing else CLEAN


def counted(count: int, what: str) -> str:
    """Write a number of things."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def write_findings(report: Report, format: str, streams: Streams) -> None:  # noqa: A002 -- as in `--format`
    """Write findings to standard output."""
    found = report.diagnostics
    text = REPORTERS[format](found, sources(found) if format == "human" else {}, streams.paint.on)
    streams.out.write(f"{text}\n" if format == "human" and text else text)


def sources(diagnostics: Iterable[Diagnostic]) -> dict[str, Source]:
    """Read the files again that findings speak of, to show their lines."""
    found = {}
    for name in dict.fromkeys(file for diagnostic in diagnostics for file in _files(diagnostic)):
        source, _ = Source.read(name)
        if source is not None:
            found[name] = source
    return found


def _files(diagnostic: Diagnostic) -> list[str]:
    return [diagnostic.span.file, *(label.span.file for label in diagnostic.labels)]
