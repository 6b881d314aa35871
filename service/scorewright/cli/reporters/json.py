"""Findings as a JSON document for other programs; keys are added over time, never renamed."""

import json
from collections.abc import Sequence

from scorewright.diagnostics import CODES, Diagnostic, Span


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Write the findings as one JSON list."""
    return json.dumps([finding_json(diagnostic) for diagnostic in diagnostics], indent=2) + "\n"


def finding_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a finding as JSON values; lines and columns count from 1 and the end is exclusive."""
    return {
        "code": diagnostic.code,
        "number": CODES[diagnostic.code].number,
        "severity": str(diagnostic.severity),
        **_place(diagnostic.span),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "notes": list(diagnostic.notes),
        "related": [{**_place(label.span), "message": label.text} for label in diagnostic.labels],
    }


def _place(span: Span) -> dict[str, object]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
