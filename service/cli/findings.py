"""Write findings in a format, with the lines that they speak of."""

from collections.abc import Iterable

from scorers.diagnostics import Diagnostic, Report
from scorers.rulebook.source import Source
from service.cli.reporters import REPORTERS
from service.cli.streams import Streams


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
