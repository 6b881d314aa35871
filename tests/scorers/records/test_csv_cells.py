"""What the text of a cell is read as."""

from decimal import Decimal

import pytest

from scorewright.records import csv_cells as cells
from scorewright.records.csv_cells import CsvColumn, column
from scorewright.records.record import UnreadableCell
from tests.scorers.records.kinds import program

ITEMS = {item.name: item for item in program().inputs}


def read(name: str, text: str) -> object:
    return column(ITEMS[name])[text]


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("text", ["", " ", "\t", "  \n"])
def test_an_empty_cell_is_missing(name: str, text: str) -> None:
    assert read(name, text) is None


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("happy", "true", True),
        ("happy", " TRUE ", True),
        ("happy", "Yes", True),
        ("happy", "1", True),
        ("happy", "False", False),
        ("happy", "no", False),
        ("happy", "0", False),
        ("size", "0", 0),
        ("size", "007", 7),
        ("size", "-12", -12),
        ("size", " 5.0 ", 5.0),
        ("rate", "2.8", 2.8),
        ("rate", "-0.5", -0.5),
        ("rate", "0000000000000000000012.50000000000000000000", 12.5),
        ("rate", "123456789012345", 123456789012345),
        ("rate", "1234567890123456", Decimal("1234567890123456")),
        ("rate", "0.1234567890123456789", Decimal("0.1234567890123456789")),
        ("source", "out bound", "out bound"),
        ("source", " inbound ", "inbound"),
        ("source", "Inbound", "Inbound"),
        ("name", " Müller & Söhne ", "Müller & Söhne"),
        ("name", "two\nlines", "two\nlines"),
        ("day", " 2026-01-31 ", "2026-01-31"),
        ("tags", "a; b ;c", ("a", "b", "c")),
        ("tags", "a", ("a",)),
        ("tags", "[]", ()),
        ("sizes", "1;2", (1, 2)),
        ("weeks", '[{"actual": 1.5}]', [{"actual": 1.5}]),
        ("weeks", "[]", []),
    ],
)
def test_a_cell_is_read_as_its_input_is_declared(name: str, text: str, value: object) -> None:
    found = read(name, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("happy", "maybe", "`maybe` is not true, false, yes, no, 1 or 0"),
        ("happy", "1.0", "`1.0` is not true, false, yes, no, 1 or 0"),
        ("size", "1,000", "`1,000` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", "1e3", "`1e3` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", "2,5", "`2,5` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", ".5", "`.5` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", "5.", "`5.` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", "+5", "`+5` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", "45%", "`45%` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", "NaN", "`NaN` is not a number in plain digits, such as 1000 or -2.5"),
        ("rate", "٣", "`٣` is not a number in plain digits, such as 1000 or -2.5"),  # another script's digits
        ("name", "a\x00b", "`a?b` holds bytes that are not UTF-8 text"),
        ("name", "caf\udce9", "`caf?` holds bytes that are not UTF-8 text"),
        ("weeks", "x", "`x` is not a JSON list of objects"),
        ("weeks", '{"actual": 1}', '`{"actual": 1}` is not a JSON list of objects'),
        ("weeks", "[" * 100_000, "`" + "[" * 40 + "…` is not a JSON list of objects"),
    ],
)
def test_an_unreadable_cell_says_why(name: str, text: str, message: str) -> None:
    found = read(name, text)
    assert isinstance(found, UnreadableCell)
    assert (found.code, found.message) == ("wrong_type", message)


def test_an_unreadable_item_stands_in_its_place_in_the_list() -> None:
    found = read("sizes", "1;x;;3")
    assert isinstance(found, tuple)
    assert (found[0], found[3]) == (1, 3)
    assert isinstance(found[1], UnreadableCell)
    assert isinstance(found[2], UnreadableCell)
    assert found[2].message == "an item of the list is empty"


@pytest.mark.parametrize("digits", [400, 401, 5_000, 130_000])
def test_a_number_of_any_length_stays_cheap_and_too_long(digits: int) -> None:
    for text in ("9" * digits, "0." + "9" * digits, "-" + "1" + "0" * (digits - 2) + "1"):
        found = read("rate", text)
        assert isinstance(found, Decimal)
        assert len(found.as_tuple().digits) > 15


def test_a_column_keeps_a_bounded_number_of_short_texts() -> None:
    calls: list[str] = []

    def convert(text: str) -> object:
        calls.append(text)
        return text.upper()

    kept = CsvColumn(convert)
    assert [kept["a"], kept["a"], kept["b" * 65], kept["b" * 65]] == ["A", "A", "B" * 65, "B" * 65]
    assert calls == ["a", "b" * 65, "b" * 65]
    for number in range(3 * cells.KEPT):
        _ = kept[str(number)]
    assert len(kept) <= cells.KEPT
