"""Synthetic subjects for every shipped rulebook: how each one is drawn."""

from benchmarks.samples.accounts import WATCHED
from benchmarks.samples.last_rows import LAST_ROWS
from benchmarks.samples.records import RECORDS
from benchmarks.samples.rule_tables import RULE_TABLES
from benchmarks.samples.sample import Lines, Table
from benchmarks.samples.scorecards import SCORECARDS

SAMPLES: tuple[Table | Lines, ...] = (*SCORECARDS, *RULE_TABLES, *RECORDS, *LAST_ROWS, WATCHED)
