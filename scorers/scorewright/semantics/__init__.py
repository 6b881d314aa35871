"""The scoring law, stated plainly: one step of the order of operations a file."""

from scorewright.semantics.conditions import Environment, holds, value_of
from scorewright.semantics.earned_points import earned
from scorewright.semantics.input_moves import Moves
from scorewright.semantics.lists import lists_of
from scorewright.semantics.next_band import CANDIDATES, band_above
from scorewright.semantics.order_of_operations import BandDecision, decide_band, explain, summarise
from scorewright.semantics.possible_truth import joined
from scorewright.semantics.reason_templates import reason, slots_of
from scorewright.semantics.selected_facts import History, history, reached
from scorewright.semantics.subject_totals import SubjectTotals, percent_of, score
from scorewright.semantics.zero_divisors import divisors_of

__all__ = (
    "CANDIDATES",
    "BandDecision",
    "Environment",
    "History",
    "Moves",
    "SubjectTotals",
    "band_above",
    "decide_band",
    "divisors_of",
    "earned",
    "explain",
    "history",
    "holds",
    "joined",
    "lists_of",
    "percent_of",
    "reached",
    "reason",
    "score",
    "slots_of",
    "summarise",
    "value_of",
)
