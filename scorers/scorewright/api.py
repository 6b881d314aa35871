"""The face of the library: load rulebooks, score subjects and accounts."""

from scorewright.diagnostics import Diagnostic, Report, Severity
from scorewright.results import Invalid, Outcome, Score
from scorewright.rulebook import Source
from scorewright.scoring import Account, Evaluation, Loaded, Scorer, evaluate, load_paths, load_source

__all__ = (
    "Account",
    "Diagnostic",
    "Evaluation",
    "Invalid",
    "Loaded",
    "Outcome",
    "Report",
    "Score",
    "Scorer",
    "Severity",
    "Source",
    "evaluate",
    "load_paths",
    "load_source",
)
