"""Subjects from files: CSV rows and JSON lines, typed by the program, one at a time."""

from scorewright.records.csv_cells import column
from scorewright.records.csv_header import FileProblem, did_you_mean
from scorewright.records.csv_records import CsvRecords, not_csv, open_csv
from scorewright.records.fact_lines import read_fact_lines
from scorewright.records.json_records import JsonRecords, open_json
from scorewright.records.record import FACTS, SUBJECT, Record, RowRefusal, refusals

__all__ = (
    "FACTS",
    "SUBJECT",
    "CsvRecords",
    "FileProblem",
    "JsonRecords",
    "Record",
    "RowRefusal",
    "column",
    "did_you_mean",
    "not_csv",
    "open_csv",
    "open_json",
    "read_fact_lines",
    "refusals",
)
