"""Write findings in a format, with the lines that they speak of."""

from collections.abc import Mapping
from typing import Final

from scorewright.cli.command import CLEAN, FINDINGS, WRONG
from scorewright.cli.reporters import REPORTERS
from scorewright.cli.stdio import Paint, Streams
from scorewright.diagnostics import Diagnostic, Report, Severity, Text
from scorewright.rulebook import Source

HUMAN: Final = "human"
"""The format for people, which shows the lines that findings speak of."""

UNUSABLE = frozenset({"file-unreadable", "no-rulebook"})
"""Findings that mean that a path was of no use at all."""


def exit_code(report: Report, *, strict: bool) -> int:
    """Return the exit code that findings stand for; notes never fail, warnings only where it is strict."""
    if any(diagnostic.code in UNUSABLE for diagnostic in report.diagnostics):
        return WRONG
    failing = report.has_errors or (strict and report.count(Severity.WARNING) > 0)
    return FINDINGS if failing else CLEAN


def counted(count: int, what: str) -> str:
    """Write a number of things."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def write_findings(report: Report, format: str, streams: Streams) -> None:  # noqa: A002 -- as in `--format`
    """Write findings to standard output."""
    if format == HUMAN:
        text = for_people(report, streams.paint)
        streams.out.write(f"{text}\n" if text else text)
    else:
        streams.out.write(REPORTERS[format](report.diagnostics, {}, streams.paint.on))


def for_people(report: Report, paint: Paint) -> str:
    """Write findings with the lines that they speak of."""
    return REPORTERS[HUMAN](report.diagnostics, sources(report), paint.on)


def sources(report: Report) -> Mapping[str, Text]:
    """Return the texts that findings speak of; files that nothing had to read before are read now."""
    found = dict(report.sources)
    for name in dict.fromkeys(file for diagnostic in report.diagnostics for file in _files(diagnostic)):
        if name not in found:
            found.update(Source.read(name)[1].sources)
    return found


def _files(diagnostic: Diagnostic) -> list[str]:
    return [diagnostic.span.file, *(label.span.file for label in diagnostic.labels)]
