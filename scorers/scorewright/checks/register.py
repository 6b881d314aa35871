"""The register of checks: all of them, in the order in which they run."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from scorewright.checks import band_edges as bands
from scorewright.checks import band_influence as effects
from scorewright.checks import band_reach as edges
from scorewright.checks import comparisons, criteria, measures, versions
from scorewright.checks import constant_conditions as conditions
from scorewright.checks import declared_names as names
from scorewright.checks import declared_points as points
from scorewright.checks import derived_formulas as values
from scorewright.checks import earning_types as feeding
from scorewright.checks import fact_declarations as facts
from scorewright.checks import fact_loops as chains
from scorewright.checks import future_days as ahead
from scorewright.checks import input_declarations as inputs
from scorewright.checks import matrix_cells as matrix
from scorewright.checks import number_sizes as sizes
from scorewright.checks import open_bounds as unset
from scorewright.checks import range_tables as steps
from scorewright.checks import recommendations as actions
from scorewright.checks import refused_values as refusing
from scorewright.checks import rule_tables as tables
from scorewright.checks import shared_inputs as entangled
from scorewright.checks import signal_rules as signals
from scorewright.checks.analysis import signal_satisfiability as matching
from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Check
from scorewright.diagnostics import CODES, Diagnostic, Report, Severity
from scorewright.rulebook import Document

T = TypeVar("T", Document, Analysis)

MOST_ERRORS = 50
"""The most errors that one check tells; more would say nothing new."""
MOST_OTHERS = 1_000
"""The same for what can be accepted, which is told in full."""

REFERENCES: tuple[Check[Document], ...] = (
    *names.CHECKS,
    *inputs.CHECKS,
    *comparisons.CHECKS,
    *ahead.CHECKS,
    *feeding.CHECKS,
    *tables.CHECKS,
    *values.CHECKS,
    *sizes.CHECKS,
    *facts.CHECKS,
    *signals.CHECKS,
    *measures.CHECKS,
    *chains.CHECKS,
    *bands.ORDER,
    *matrix.SHAPE,
    *actions.CHECKS,
    *versions.CHECKS,
)
"""What can be told from the rulebook alone."""

ANALYSIS: tuple[tuple[Check[Analysis], ...], ...] = (
    (
        *matching.CHECKS,
        *conditions.CHECKS,
        *criteria.CHECKS,
        *steps.CHECKS,
        *entangled.CHECKS,
        *points.SHAPE,
        *refusing.CHECKS,
        *unset.CHECKS,
    ),
    points.TOTALS,
    (*edges.CHECKS, *effects.CHECKS, *matrix.LEVELS, *conditions.CHECKS_ELSEWHERE),
)
"""What needs the program, stage by stage: a stage with errors stops the ones after it."""


def check_references(document: Document) -> Report:
    """Check names and inputs: first for errors, and only without any for what is merely odd."""
    errors, others = _by_severity(REFERENCES)
    report = Report.of(_found(errors, document))
    return report if report.has_errors else report + Report.of(_found(others, document))


def _by_severity(checks: Sequence[Check[T]]) -> tuple[list[Check[T]], list[Check[T]]]:
    errors = [check for check in checks if CODES[check.code].severity is Severity.ERROR]
    return errors, [check for check in checks if check not in errors]


def check_program(analysis: Analysis) -> Report:
    """Check what a rulebook computes: for errors, stage by stage, and only without any for the rest."""
    report = Report()
    for stage in ANALYSIS:
        report += Report.of(_found(_by_severity(stage)[0], analysis))
        if report.has_errors:
            return report
    return report + Report.of(d for stage in ANALYSIS for d in _found(_by_severity(stage)[1], analysis))


def _found(checks: Iterable[Check[T]], subject: T) -> Iterator[Diagnostic]:
    for check in checks:
        is_error = CODES[check.code].severity is Severity.ERROR
        subject.budget.look()
        yield from islice(check.run(subject), MOST_ERRORS if is_error else MOST_OTHERS)
