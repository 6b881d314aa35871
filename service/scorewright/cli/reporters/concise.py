"""One line a finding, for `grep` and editors."""

from collections.abc import Sequence

from scorewright.cli.reporters.shown import shown
from scorewright.diagnostics import Diagnostic


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Write one line a finding."""
    return "".join(f"{headline(diagnostic)}\n" for diagnostic in diagnostics)


def headline(diagnostic: Diagnostic) -> str:
    """Write the place, severity, code and message, which say it all and can be clicked."""
    place, message = shown(str(diagnostic.span)), shown(diagnostic.message)
    return f"{place}: {diagnostic.severity}[{diagnostic.code}]: {message}"
