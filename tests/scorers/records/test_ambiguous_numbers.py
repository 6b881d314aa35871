"""`1.000` in a table of semicolons: read where the column tells how, refused with both readings where not."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.records import lookahead as ahead
from scorewright.records.ambiguous_numbers import SeparatorSign, told_by
from scorewright.records.csv_records import CsvRecords, open_csv
from scorewright.records.record import Record, UnreadableCell
from tests.scorers.records.kinds import program

PROGRAM = program()


def read(text: str) -> list[Record]:
    found = open_csv(io.BytesIO(text.encode()), PROGRAM)
    assert isinstance(found, CsvRecords), found
    return list(found)


def column(cells: Sequence[str], name: str = "rate", delimiter: str = ";") -> list[object]:
    """Read cells of one column of numbers; those that are refused come as what is said of them."""
    quoted = [f'"{cell}"' if delimiter in cell else cell for cell in cells]
    rows = [f"subject_id{delimiter}{name}", *(f"s{delimiter}{cell}" for cell in quoted)]
    found = [(record.inputs or {})[name] for record in read("\n".join(rows) + "\n")]
    return [value.message if isinstance(value, UnreadableCell) else value for value in found]


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize(
    ("cell", "whole", "part"),
    [
        ("1.000", "1000", "1"),
        ("60.000", "60000", "60"),
        ("-1.250", "-1250", "-1.25"),
        ("+1.000", "1000", "1"),
        ("999.999", "999999", "999.999"),
        ("1,000", "1000", "1"),
        ("12,345", "12345", "12.345"),
    ],
)
@pytest.mark.parametrize("others", [(), ("250", "", "7"), ("2.000", "3.500"), ("12.5", "12,5")])
def test_what_no_other_cell_settles_is_refused_with_both_readings(
    delimiter: str, cell: str, whole: str, part: str, others: tuple[str, ...]
) -> None:
    for cells in ((cell, *others), (*others, cell)):
        said = column(cells, delimiter=delimiter)[cells.index(cell)]
        assert isinstance(said, str)
        assert f"can be read as {whole} or as {part}, and the other cells" in said


@pytest.mark.parametrize(
    "other", ["12.5", "1234.567", "0.125", "-0.5", "1.00", ".5", "1,234.5", "1,000,000", "7.5 %"]
)
def test_a_column_with_decimal_points_reads_a_point_as_one(other: str) -> None:
    for cells in (("1.000", other), (other, "1.000"), ("1.000", *["3"] * 50, other)):
        assert column(cells)[cells.index("1.000")] == 1
    assert column((other, "1.250", "-1.250"))[1:] == [1.25, -1.25]
    refused = column((other, "1,000"))[1]
    assert isinstance(refused, str)
    assert "is not a number in plain digits" in refused


@pytest.mark.parametrize(
    "other", ["12,5", "1.234,5", "1.000.000", "-0,5", "9.999,00 €", "75,5 %", "1234,567"]
)
def test_a_column_with_decimal_commas_never_reads_a_point_as_a_decimal_point(other: str) -> None:
    for cells in (("1.000", other), (other, "1.000")):
        said = column(cells)[cells.index("1.000")]
        assert said == f"`1.000` is 1000 in a column that has `{other}`; write it in plain digits"


@pytest.mark.parametrize("cells", [("1.000",), ("250", "1.000"), ("60.000", "1.000")])
def test_in_a_file_parted_by_commas_it_is_a_decimal_point(cells: tuple[str, ...]) -> None:
    assert column(cells, delimiter=",")[-1] == 1


def test_numbers_in_no_doubt_are_read_as_ever() -> None:
    cells = ("1000", "-2.5", "0.125", "0", "1234.567", "", "12.3456")
    assert column(cells) == column(cells, delimiter=",") == [1000, -2.5, 0.125, 0, 1234.567, None, 12.3456]


def test_whole_numbers_are_in_doubt_as_well_and_columns_are_judged_one_by_one() -> None:
    rows = read("subject_id;size;rate;name\na;1.000;1.000;1.000\nb;2.000;12.5;x\n")
    first, second = (record.inputs or {} for record in rows)
    assert isinstance(first["size"], UnreadableCell)
    assert isinstance(second["size"], UnreadableCell)
    assert (first["rate"], second["rate"]) == (1, 12.5)
    assert first["name"] == "1.000"


def test_items_of_a_list_are_in_doubt_too() -> None:
    (items,) = column(["1.000;5"], "sizes")
    assert isinstance(items, tuple)
    assert isinstance(items[0], UnreadableCell)
    assert column(["1.000;5", "2.5"], "sizes")[0] == (1, 5)


def test_rows_keep_their_order_lines_and_refusals_when_others_are_looked_at_first() -> None:
    text = """\
subject_id;rate;size
a;1.000;1
b;1
"c;2
";2;3
;;
d;1;2;3
e;x"y";2
f;12.5;1.000
g;2.000;5
"""
    plain = read(text.replace("1.000", "1").replace("2.000", "2"))
    found = read(text)
    assert [(record.line, record.subject, record.refused) for record in found] == [
        (record.line, record.subject, record.refused) for record in plain
    ]
    assert (found[0].inputs or {})["rate"] == 1
    assert (found[-1].inputs or {})["rate"] == 2
    assert isinstance((found[-2].inputs or {})["size"], UnreadableCell)


def test_so_many_rows_ahead_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "MOST_ROWS", 10)
    near = column(["1.000", *["1"] * 9, "12.5", *["1"] * 20, "2.000"])
    assert (near[0], near[-1]) == (1, 2)
    far = column(["1.000", *["1"] * 10, "12.5", "2.000"])
    assert isinstance(far[0], str)
    assert isinstance(far[-1], str)
    monkeypatch.setattr(ahead, "MOST_ROWS", 50_000)
    monkeypatch.setattr(ahead, "MOST_CHARACTERS", 10)
    assert isinstance(column(["1.000", *["1"] * 10, "12.5"])[0], str)


NUMBERS = st.from_regex(r"-?[0-9]{1,5}([.,][0-9]{1,4})?", fullmatch=True)


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_the_order_of_the_cells_changes_nothing(cells: list[str]) -> None:
    forward, backward = column(cells), column(cells[::-1])
    assert [str(value)[:30] for value in forward] == [str(value)[:30] for value in backward[::-1]]


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_a_doubtful_number_is_read_only_where_points_are_told_and_commas_are_not(cells: list[str]) -> None:
    told = {told_by(cell) for cell in cells} - {None}
    for cell, value in zip(cells, column(cells), strict=True):
        if told_by(cell) is None and "." in cell:
            assert (value == float(cell)) == (told == {SeparatorSign.POINT})
