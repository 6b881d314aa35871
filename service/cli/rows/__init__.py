"""How scored subjects are written, a row or line each: one format a file, and the table of them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TextIO

from scorers.program import Program
from service.cli.rows.base import Rows
from service.cli.rows.csv import CsvRows
from service.cli.rows.jsonl import JsonRows
from service.cli.rows.table import TableRows
from service.cli.streams import Paint

ROWS: Mapping[str, Callable[[TextIO, Program, Paint], Rows]] = MappingProxyType(
    {"table": TableRows, "csv": CsvRows, "jsonl": JsonRows}
)
"""Every format by its name."""
