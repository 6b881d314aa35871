"""Findings with their places, codes and suggestions."""

from scorewright.diagnostics.budget import LOOKED, Budget, Stopped, StoppedError, never
from scorewright.diagnostics.codes import CODES, Family, finding
from scorewright.diagnostics.codes_page import code_reference
from scorewright.diagnostics.diagnostic import Diagnostic, Label, Report, Severity, Span, Text
from scorewright.diagnostics.extras import install_command, need_of_engine, need_of_module
from scorewright.diagnostics.quoting import one_line, quoted
from scorewright.diagnostics.suggest import Help, Meant, listing, nearest, said, suggestion

__all__ = (
    "CODES",
    "LOOKED",
    "Budget",
    "Diagnostic",
    "Family",
    "Help",
    "Label",
    "Meant",
    "Report",
    "Severity",
    "Span",
    "Stopped",
    "StoppedError",
    "Text",
    "code_reference",
    "finding",
    "install_command",
    "listing",
    "nearest",
    "need_of_engine",
    "need_of_module",
    "never",
    "one_line",
    "quoted",
    "said",
    "suggestion",
)
