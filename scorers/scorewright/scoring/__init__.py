"""One entry for subjects and one for accounts: rulebooks loaded, engines prepared, outcomes with receipts."""

from scorewright.scoring.account import Account, Evaluation, evaluate
from scorewright.scoring.load import Loaded, load_files, load_paths, load_source
from scorewright.scoring.measured_json import facts_answer, measured_answer, signals_answer, value_answer
from scorewright.scoring.scorer import ENGINES, Prepare, Scorer

__all__ = (
    "ENGINES",
    "Account",
    "Evaluation",
    "Loaded",
    "Prepare",
    "Scorer",
    "evaluate",
    "facts_answer",
    "load_files",
    "load_paths",
    "load_source",
    "measured_answer",
    "signals_answer",
    "value_answer",
)
