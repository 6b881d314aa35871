"""Findings as GitHub workflow commands, which a pull request shows beside the changed lines."""

from collections.abc import Sequence

from scorewright.cli.reporters.shown import shown
from scorewright.diagnostics import Diagnostic, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Write one workflow command a finding."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties = {
        "file": shown(span.file),
        "line": span.line,
        "endLine": span.end_line,
        "col": span.column,
        "title": diagnostic.code,
    }
    if span.line == span.end_line:
        properties["endColumn"] = max(span.column, span.end_column - 1)
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_data(_text(diagnostic))}"


def _text(diagnostic: Diagnostic) -> str:
    lines = [diagnostic.message, *(f"note: {note}" for note in diagnostic.notes)]
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    return "\n".join(shown(line) for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
