"""The face of the library: load rulebooks, score subjects and accounts."""

from scorewright.diagnostics.diagnostic import Diagnostic, Report, Severity
from scorewright.results.outcome import Invalid, Outcome, Score
from scorewright.rulebook.source import Source
from scorewright.scoring.account import Account, Evaluation, evaluate
from scorewright.scoring.load import Loaded, load_paths, load_source
from scorewright.scoring.scorer import Scorer

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
