"""How scored subjects are written, a row or line each: one format a file, and the table of them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TextIO

from scorewright.cli.rows.base import Rows
from scorewright.cli.rows.csv import CsvRows
from scorewright.cli.rows.jsonl import JsonRows
from scorewright.cli.rows.table import TableRows
from scorewright.cli.stdio import Paint
from scorewright.program import Program

ROWS: Mapping[str, Callable[[TextIO, Program, Paint], Rows]] = MappingProxyType(
    {"table": TableRows, "csv": CsvRows, "jsonl": JsonRows}
)
"""Every format by its name."""
