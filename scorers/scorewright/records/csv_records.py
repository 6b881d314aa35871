"""Subjects from CSV: the first line names the columns, every further row is a subject."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from scorewright.program import Program
from scorewright.records.ambiguous_numbers import Doubts
from scorewright.records.csv_cells import CsvColumn, column, doubts_of
from scorewright.records.csv_header import EMPTY, FileProblem, Header, read_header
from scorewright.records.csv_rows import Rows
from scorewright.records.file_lines import CUT, text_lines
from scorewright.records.lookahead import LookAhead
from scorewright.records.record import SUBJECT, Record, RowCode, RowRefusal, subject_problem
from scorewright.results import InputCode

SNIFFED = 4
_NOT_TEXT = (
    (b"\xff\xfe", "not-utf8", "this is UTF-16 text", "save the file with the encoding UTF-8"),
    (b"\xfe\xff", "not-utf8", "this is UTF-16 text", "save the file with the encoding UTF-8"),
    (b"PK\x03\x04", "not-text", "this is a spreadsheet or an archive, not text", "save it as CSV"),
)


class CsvRecords:
    """The subjects of one CSV file, read as they are asked for."""

    def __init__(self, header: Header, rows: Rows, program: Program) -> None:
        self.header = header
        self.rows = rows
        self._plan: list[tuple[str, CsvColumn, int]] = []
        self._numbers: list[tuple[CsvColumn, int]] = []
        self._waiting: list[Doubts] = []
        items = {item.name: item for item in program.inputs}
        for name, index in header.inputs:
            # Where a comma parts the columns, it cannot be a decimal sign, so that no number is in doubt.
            doubts = None if rows.delimiter == "," else doubts_of(items[name], self._waiting)
            self._plan.append((name, column(items[name], doubts), index))
            if doubts is not None:
                self._numbers.append((self._plan[-1][1], index))
        self._ahead = LookAhead(rows)

    def __iter__(self) -> Iterator[Record]:
        plan, width, at = self._plan, self.header.width, self.header.subject
        waiting = self._waiting
        for line, row in self._ahead if self._numbers else self.rows:
            if isinstance(row, RowRefusal):
                yield Record(line, None, None, (row,))
                continue
            if len(row) != width:
                yield self._ragged(line, row)
                continue
            inputs = {name: values[row[index]] for name, values, index in plan}
            if waiting:
                self._settle()
                inputs = {name: values[row[index]] for name, values, index in plan}
            if at is None:
                yield Record(line, None, inputs)
                continue
            subject = row[at].strip()
            if len(subject) <= 64 and subject.isprintable():
                yield Record(line, subject or None, inputs)
            else:
                yield _odd_subject(line, subject, inputs)

    def _settle(self) -> None:
        """Decide the columns whose numbers are in doubt, by what comes next in them."""
        deciding = tuple(self._waiting)
        for row in self._ahead.rows():
            if len(row) == self.header.width:
                for values, index in self._numbers:
                    values[row[index]]
        for values, _ in self._numbers:
            values.clear()  # what had no value is read again
        for doubts in deciding:
            doubts.decide()
        self._waiting.clear()

    def position(self, name: str) -> int | None:
        """Return the column of an input, from 1."""
        return next((index + 1 for declared, index in self.header.inputs if declared == name), None)

    def _ragged(self, line: int, row: Sequence[str]) -> Record:
        if any(CUT in cell for cell in row):
            return Record(line, None, None, (RowRefusal("", RowCode.TOO_LONG.value, "the line is too long"),))
        at, width = self.header.subject, self.header.width
        subject = row[at].strip() if at is not None and at < len(row) else ""
        readable = subject and subject_problem(subject) is None
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        message = f"the row has {cells} where the first line has {width}"
        last = self._ahead.last
        if last > line:
            message += f"; it ends in line {last}, so perhaps a quote closes too late"
        refusal = RowRefusal("", RowCode.RAGGED_ROW.value, message)
        return Record(line, subject if readable else None, None, (refusal,))


def open_csv(
    file: BinaryIO, program: Program, *, strict: bool = False
) -> CsvRecords | tuple[FileProblem, ...]:
    """Read the first line; what makes the file unusable comes back instead of its subjects."""
    rows = Rows(text_lines(file), [SUBJECT, *(item.name for item in program.inputs)])
    for line, row in rows:
        if isinstance(row, RowRefusal):
            return (FileProblem("bad-quotes", line, 1, row.message),)
        header = read_header(row, program, line, strict=strict)
        return CsvRecords(header, rows, program) if isinstance(header, Header) else header
    return (replace(EMPTY, help="the first line names the columns"),)


def not_csv(start: bytes) -> FileProblem | None:
    """Return whether by its first bytes a file is not CSV in UTF-8 at all."""
    for mark, code, message, way_out in _NOT_TEXT:
        if start.startswith(mark):
            return FileProblem(code, 1, 1, message, way_out)
    return None


def _odd_subject(line: int, subject: str, inputs: dict[str, object]) -> Record:
    problem = subject_problem(subject)
    if "\n" in subject or "\r" in subject:
        problem = "the subject id holds a line break; perhaps a quote closes too late"
    if problem is None:
        return Record(line, subject, inputs)
    return Record(line, None, inputs, (RowRefusal("subject_id", InputCode.WRONG_TYPE.value, problem),))
