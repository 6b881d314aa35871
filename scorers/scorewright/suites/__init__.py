"""The analysts' tests: what they hold, how they run, and what they leave untested."""

from scorewright.suites.coverage import CoverageItem
from scorewright.suites.outcome_parts import part_text
from scorewright.suites.run_tests import Result
from scorewright.suites.schema_generator import suite_schema
from scorewright.suites.suite_run import SuiteRun, check_suite, failure, test_rulebook
from scorewright.suites.tests_page import suite_reference

__all__ = (
    "CoverageItem",
    "Result",
    "SuiteRun",
    "check_suite",
    "failure",
    "part_text",
    "suite_reference",
    "suite_schema",
    "test_rulebook",
)
