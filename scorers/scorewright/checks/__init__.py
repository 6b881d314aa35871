"""What can be wrong with a rulebook whose shape is right: one family of checks a file."""

from scorewright.checks.accepted import accept
from scorewright.checks.across_rulebooks import kinds_differ
from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.attainable_totals import reach
from scorewright.checks.analysis.days import ANY_DAY
from scorewright.checks.analysis.satisfiability import World
from scorewright.checks.analysis.value_sets import ValueSet
from scorewright.checks.check import Finder
from scorewright.checks.register import check_program, check_references
from scorewright.checks.versions import not_effective

__all__ = (
    "ANY_DAY",
    "Analysis",
    "Finder",
    "ValueSet",
    "World",
    "accept",
    "check_program",
    "check_references",
    "kinds_differ",
    "not_effective",
    "reach",
)
