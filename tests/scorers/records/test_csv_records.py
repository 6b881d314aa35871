"""Rows of CSV as subjects, and what is said about files and rows that cannot be used."""

import csv
import io
from typing import TYPE_CHECKING

import pytest

from scorewright.records import file_lines as lines
from scorewright.records.csv_records import CsvRecords, not_csv, open_csv
from scorewright.records.record import MAX_SUBJECT, Record, UnreadableCell, refusals
from tests.scorers.records.kinds import program

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PROGRAM = program()
RENAME = "delete or rename one of the two columns"
CONTROL = "the subject id holds a control character or bytes that are not UTF-8"
QUOTES = 'line 3 cannot be read: text follows a closing quote; a quote inside quotes is written `""`'
HUGE = "line 3 cannot be read: a cell is longer than 131072 characters"
OPEN = f"{HUGE}; perhaps the quote opened in line 3 is never closed"
ALL = "the first line names the columns: one of day, happy, name, rate, size, sizes, source, tags, weeks"


def opened(text: str | bytes, *, strict: bool = False) -> CsvRecords:
    found = open_csv(_file(text), PROGRAM, strict=strict)
    assert isinstance(found, CsvRecords), found
    return found


def problems(text: str | bytes, *, strict: bool = False) -> list[tuple[str, int, int, str, str | None]]:
    found = open_csv(_file(text), PROGRAM, strict=strict)
    assert isinstance(found, tuple)
    return [(p.code, p.line, p.column, p.message, p.help) for p in found]


def rows(text: str | bytes) -> list[Record]:
    return list(opened(text))


def refused(record: Record) -> list[tuple[str, str]]:
    return [(refusal.code, refusal.message) for refusal in record.refused]


def unreadable(record: Record, name: str) -> str:
    cell = (record.inputs or {})[name]
    assert isinstance(cell, UnreadableCell)
    return cell.message


def _file(text: str | bytes) -> io.BytesIO:
    return io.BytesIO(text if isinstance(text, bytes) else text.encode())


def test_a_row_is_a_subject_with_typed_inputs() -> None:
    (row,) = rows("subject_id,happy,size\nlead 7,yes,12\n")
    assert row == Record(2, "lead 7", {"happy": True, "size": 12})


def test_columns_may_stand_in_any_order_and_beside_others() -> None:
    (row,) = rows("note,size,subject_id,happy\nx,12,a,no\n")
    assert (row.subject, row.inputs) == ("a", {"happy": False, "size": 12})


def test_the_header_tells_what_is_absent_undeclared_and_unnamed() -> None:
    header = opened(" happy ,sise,,tags\n").header
    assert header.undeclared == ("sise",)
    assert header.unnamed == (2,)
    assert header.absent == ("day", "name", "rate", "size", "sizes", "source", "weeks")
    assert opened("happy,tags\n").position("tags") == 2
    assert opened("happy,tags\n").position("size") is None


def test_a_row_without_a_subject_has_none() -> None:
    assert [row.subject for row in rows("subject_id,happy\n,yes\n  ,no\n")] == [None, None]
    assert [row.subject for row in rows("happy\nyes\n")] == [None]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(end: str) -> None:
    assert [row.line for row in rows(end.join(["happy,size", "yes,1", "", "no,2"]))] == [2, 4]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert rows(b"\xef\xbb\xbfhappy\nyes\n") == [Record(2, None, {"happy": True})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_parted_by_what_the_first_line_has(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["subject_id", "happy"], ["a", "yes"]))
    assert rows(text) == [Record(2, "a", {"happy": True})]


def test_quoted_cells_hold_commas_quotes_and_lines() -> None:
    text = 'name,happy\n"a, ""b""\nc",yes\nd,no\n'
    assert [(row.line, row.inputs) for row in rows(text)] == [
        (2, {"name": 'a, "b"\nc', "happy": True}),
        (4, {"name": "d", "happy": False}),
    ]


def test_a_ragged_row_is_refused_and_the_others_are_not() -> None:
    found = rows("subject_id,happy,size\na,yes\nb,yes,1,2\nc,yes,1\n")
    assert [row.subject for row in found] == ["a", "b", "c"]
    assert refused(found[0]) == [("ragged_row", "the row has 2 cells where the first line has 3")]
    assert refused(found[1]) == [("ragged_row", "the row has 4 cells where the first line has 3")]
    assert not refused(found[2])
    assert found[0].inputs is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('"a"b,yes', QUOTES),
        ("x" * 200_000 + ",yes", HUGE),
        ('"' + "x" * 200_000 + '",yes', OPEN),
    ],
    ids=["text-behind-quote", "huge-cell", "huge-quoted-cell"],
)  # fmt: skip
def test_a_row_that_cannot_be_split_is_refused_and_the_others_are_not(row: str, message: str) -> None:
    found = rows(f"name,happy\na,yes\n{row}\nb,no\n")
    assert [(r.line, r.inputs is None) for r in found] == [(2, False), (3, True), (4, False)]
    assert refused(found[1]) == [("bad_quotes", message)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '"b,no\nc,no\n',
            "lines 3 to 4 cannot be read: the quote opened in line 3 is never closed; close it, or delete it",
        ),
        (
            '"b\n""c""\n",yes,"no\n',
            "lines 3 to 5 cannot be read: the quote opened in line 5 is never closed; close it, or delete it",
        ),
        (
            '"b,no\nc,no\n"d",no\n',
            "lines 3 to 5 cannot be read: the quote opened in line 3 closes in line 5, before more text; "
            'close it earlier, or write `""` for a quote inside',
        ),
        (
            '"b,no\n' + "c,no\n" * 30_000,
            "lines 3 to 26217 cannot be read: a cell is longer than 131072 characters; "
            "perhaps the quote opened in line 3 is never closed",
        ),
    ],
    ids=["first-cell", "later-line", "closed-by-the-next", "far"],
)
def test_a_quote_that_is_not_closed_is_named_by_its_line_and_costs_what_it_swallowed(
    text: str, message: str
) -> None:
    first, second, *_ = rows(f"name,happy\na,yes\n{text}")
    assert first.inputs == {"name": "a", "happy": True}
    assert refused(second) == [("bad_quotes", message)]


def test_a_row_that_swallowed_others_by_a_late_quote_is_refused_and_says_so() -> None:
    late = "so perhaps a quote closes too late"
    found = rows('subject_id,happy,size\na,yes,"1\nb,no,2"\nc,"yes\nd,no",3,4\n"e,yes,1\nf",yes,1\ng,yes,1\n')
    assert [record.line for record in found] == [2, 4, 6, 8]
    size = "`1?b,no,2` is not a number in plain digits, such as 1000 or -2.5; it holds a line break"
    assert unreadable(found[0], "size") == f"{size}, {late}"
    ragged = "the row has 4 cells where the first line has 3; it ends in line 5"
    assert refused(found[1]) == [("ragged_row", f"{ragged}, {late}")]
    assert refused(found[2]) == [
        ("wrong_type", "the subject id holds a line break; perhaps a quote closes too late")
    ]
    assert found[3].inputs == {"happy": True, "size": 1}


def test_bytes_that_are_not_utf8_refuse_their_row_only() -> None:
    found = rows(b"name,happy\ncaf\xe9,yes\ncaf\xc3\xa9,yes\n")
    assert found[1].inputs == {"name": "café", "happy": True}
    assert found[0].inputs is not None
    named = refusals(found[0], [])
    assert named == ()
    assert type(found[0].inputs["name"]).__name__ == "UnreadableCell"


def test_bytes_that_are_not_utf8_do_no_harm_in_an_ignored_column() -> None:
    assert rows(b"remark,happy\ncaf\xe9,yes\n") == [Record(2, None, {"happy": True})]


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        ("a\x00b", CONTROL),
        ("a\x1bb", CONTROL),
        (
            "x" * (MAX_SUBJECT + 1),
            f"a subject id of {MAX_SUBJECT + 1} characters is longer than {MAX_SUBJECT}",
        ),
    ],
    ids=["nul", "escape", "long"],
)
def test_an_unusable_subject_is_refused_with_everything_else_that_is_wrong(
    subject: str, message: str
) -> None:
    (row,) = rows(f"subject_id,happy\n{subject},yes\n")
    assert row.subject is None
    assert row.inputs == {"happy": True}
    assert refused(row) == [("wrong_type", message)]


def test_a_subject_may_be_in_any_script_and_hold_spaces_of_any_kind() -> None:
    assert [row.subject for row in rows("subject_id,happy\nŻółć 七\u00a0x,yes\na\tb,yes\n")] == [
        "Żółć 七\u00a0x",
        "a\tb",
    ]


def test_a_line_that_is_too_long_is_refused_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 50)
    found = rows("name,happy\na,yes\n" + "x" * 51 + ",yes\n" + "y" * 500 + "\nb,no\n")
    assert [(row.line, row.inputs is None) for row in found] == [(2, False), (3, True), (4, True), (5, False)]
    assert refused(found[1]) == [("too_long", "the line is too long")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("file-empty", 1, 1, "there is nothing in this file", "the first line names the columns")]),
        ("\n\n", [("file-empty", 1, 1, "there is nothing in this file", "the first line names the columns")]),
        (
            "happy,size,happy,size,happy\n",
            [
                ("column-twice", 1, 3, "`happy` names column 1 and column 3", RENAME),
                ("column-twice", 1, 4, "`size` names column 2 and column 4", RENAME),
                ("column-twice", 1, 5, "`happy` names column 1 and column 5", RENAME),
            ],
        ),
        (
            "subject_id,subject_id,happy\n",
            [("column-twice", 1, 2, "`subject_id` names column 1 and column 2", RENAME)],
        ),
        (
            "acme,5,5\nbolt,4,4\n",
            [("no-input-column", 1, 1, "none of the 3 columns is an input of `small`", ALL)],
        ),
        (
            "a,b\n1,2\n",
            [
                (
                    "no-input-column", 1, 1, "none of the 2 columns is an input of `small`",
                    ALL,
                )
            ],
        ),
        (
            b"h\xe9,happy\n",
            [
                (
                    "not-utf8", 1, 1, "the name of column 1 is not readable UTF-8 text",
                    "save the file with the encoding UTF-8",
                )
            ],
        ),
    ],
    ids=["nothing", "blank", "twice", "subject-twice", "no-names", "no-input", "latin-1"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_everything_that_is_wrong(
    text: str | bytes, found: list[tuple[str, int, int, str, str | None]]
) -> None:
    assert problems(text) == found


def test_in_strict_mode_every_undeclared_column_is_named() -> None:
    assert problems("happi,siz,happy\n", strict=True) == [
        ("undeclared-input", 1, 1, "`happi` is not an input", "did you mean `happy`?"),
        ("undeclared-input", 1, 2, "`siz` is not an input", "did you mean `size`?"),
    ]
    assert opened("subject_id,happy\n", strict=True).header.subject == 0


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"\xff\xfeh\x00", "not-utf8"),
        (b"\xfe\xff\x00h", "not-utf8"),
        (b"PK\x03\x04", "not-text"),
        (b"happ", None),
    ],
)
def test_files_that_are_no_text_are_told_by_their_first_bytes(start: bytes, code: str | None) -> None:
    found = not_csv(start)
    assert (found.code if found else None) == code


def test_reading_takes_no_more_memory_for_more_rows() -> None:
    class Endless(io.RawIOBase):
        """A file without end; only so much of it is read as is asked for."""

        def __init__(self) -> None:
            self.given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: "WriteableBuffer") -> int:
            row = b"happy,size\n" if not self.given else b"yes,1\n" * (memoryview(buffer).nbytes // 6)
            memoryview(buffer)[: len(row)] = row
            self.given += len(row)
            return len(row)

    endless = Endless()
    found = open_csv(io.BufferedReader(endless), PROGRAM)
    assert isinstance(found, CsvRecords)
    read = iter(found)
    for _ in range(1_000):
        next(read)
    assert endless.given < 1_000_000


def test_the_limit_of_a_cell_is_the_one_that_is_told() -> None:
    assert csv.field_size_limit() == 131_072
