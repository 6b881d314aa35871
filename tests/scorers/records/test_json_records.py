"""JSON lines as subjects, and what is said about lines that cannot be used."""

import io
import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.records import file_lines as lines
from scorewright.records.json_records import MAX_INPUTS, JsonRecords
from scorewright.records.record import Record
from tests.scorers.records.kinds import program
from tests.written import YES_NO, rulebook, yes

PROGRAM = program()
CONTROL = "the subject id holds a control character or bytes that are not UTF-8"
BESIDE = "`as_off` stands beside `inputs`, not in it; did you mean `as_of`?"


def read(text: str | bytes) -> list[Record]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(JsonRecords(io.BytesIO(data), PROGRAM))


def refused(record: Record) -> list[tuple[str, str, str]]:
    return [(refusal.input, refusal.code, refusal.message) for refusal in record.refused]


def test_a_line_is_the_inputs_with_a_subject() -> None:
    assert read('{"subject_id": "a", "happy": true, "size": 3, "other": null}\n') == [
        Record(1, "a", {"happy": True, "size": 3, "other": None})
    ]


def test_a_line_may_frame_the_inputs_and_bring_its_own_day() -> None:
    assert read('{"subject_id": "a", "as_of": "2026-01-31", "inputs": {"happy": true}}') == [
        Record(1, "a", {"happy": True}, (), date(2026, 1, 31))
    ]


@pytest.mark.parametrize("line", ["{}", '{"subject_id": null}', '{"subject_id": ""}', '{"inputs": {}}'])
def test_a_line_may_name_no_subject(line: str) -> None:
    assert read(line) == [Record(1, None, {})]


def test_blank_lines_are_passed_over_and_lines_keep_their_numbers() -> None:
    assert [record.line for record in read('\n{}\n  \t\n\r\n{"happy": true}\r\n\n{}')] == [2, 5, 7]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert read(b'\xef\xbb\xbf{"happy": true}\n') == [Record(1, None, {"happy": True})]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "expecting property name enclosed in double quotes in column 2"),
        ("{'a': 1}", "expecting property name enclosed in double quotes in column 2"),
        ('{"a": 1} {"b": 2}', "extra data in column 10"),
        ("[1, 2]", "a list where an object of inputs is due"),
        ("3", "3 where an object of inputs is due"),
        ("null", "null where an object of inputs is due"),
        ('"text"', "`text` where an object of inputs is due"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
        (b'{"a": "caf\xe9"}', "not UTF-8 text: byte 0xE9 in column 11"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8 text: byte 0xFF in column 1"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_line_that_is_no_json_object_is_refused_and_the_others_are_not(line: str | bytes, why: str) -> None:
    data = line if isinstance(line, bytes) else line.encode()
    before, broken, after = read(b'{"happy": true}\n' + data + b'\n{"happy": false}\n')
    assert (before.inputs, after.inputs) == ({"happy": True}, {"happy": False})
    assert (broken.line, broken.subject, broken.inputs) == (2, None, None)
    assert refused(broken) == [("", "not_json", f"this line is not a JSON object: {why}")]


def test_a_line_that_is_too_long_is_refused_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lines, __import__("scorewright.records.json_text", fromlist=["x"])):
        monkeypatch.setattr(module, "MAX_LINE", 30)
    found = read('{"happy": true}\n{"name": "' + "x" * 500 + '"}\n{"happy": false}\n')
    assert [(record.line, record.inputs is None) for record in found] == [(1, False), (2, True), (3, False)]
    assert [code for _, code, _ in refused(found[1])] == ["too_long"]


def test_numbers_keep_what_their_text_says() -> None:
    (record,) = read('{"rate": 2.8, "size": 1e999, "a": NaN, "b": -Infinity, "c": 12345678901234567890123}')
    assert record.inputs is not None
    assert record.inputs["rate"] == 2.8
    assert record.inputs["size"] == math.inf
    assert str(record.inputs["a"]) == "nan"
    assert record.inputs["b"] == -math.inf
    assert record.inputs["c"] == 12345678901234567890123


@pytest.mark.parametrize("digits", [400, 4_299, 4_301, 100_000])
def test_a_number_of_any_length_is_read(digits: int) -> None:
    (record,) = read('{"size": ' + "9" * digits + "}")
    assert record.inputs is not None
    value = record.inputs["size"]
    assert isinstance(value, int | Decimal)
    assert value > 10**300


def test_a_key_that_is_given_twice_is_refused_with_everything_else() -> None:
    (record,) = read('{"happy": true, "happy": false, "size": 1, "size": 1, "size": 1}')
    assert refused(record) == [
        ("happy", "inconsistent", "`happy` is given twice"),
        ("size", "inconsistent", "`size` is given twice"),
    ]
    assert record.inputs is not None
    (framed,) = read('{"inputs": {"happy": true, "happy": true}}')
    assert refused(framed) == [("happy", "inconsistent", "`happy` is given twice")]


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ('{"subject_id": 7}', [("subject_id", "wrong_type", "7 is not a text")]),
        ('{"subject_id": ["a"]}', [("subject_id", "wrong_type", "a list is not a text")]),
        (
            '{"subject_id": "a\\u0000b"}',
            [("subject_id", "wrong_type", CONTROL)],
        ),
        (
            '{"as_of": "31.1.2026", "inputs": {}}',
            [("as_of", "wrong_type", "`31.1.2026` is not a day written as year-month-day")],
        ),
        (
            '{"as_off": "2026-01-31", "inputs": {}}',
            [("as_off", "unknown_input", BESIDE)],
        ),
        ('{"inputs": [1]}', [("inputs", "wrong_type", "a list is not an object of inputs")]),
        (
            '{"subject_id": 7, "as_of": 1, "inputs": 3}',
            [
                ("subject_id", "wrong_type", "7 is not a text"),
                ("as_of", "wrong_type", "1 is not a day written as year-month-day"),
                ("inputs", "wrong_type", "3 is not an object of inputs"),
            ],
        ),
    ],
)  # fmt: skip
def test_a_frame_that_is_wrong_says_everything_that_is(
    line: str, problems: list[tuple[str, str, str]]
) -> None:
    (record,) = read(line)
    assert refused(record) == problems


def test_so_many_inputs_are_refused_at_once() -> None:
    pairs = ", ".join(f'"x{number}": 1' for number in range(100_000))
    (record,) = read(f'{{"subject_id": "a", {pairs}}}')
    assert (record.subject, record.inputs) == ("a", None)
    assert refused(record) == [
        ("", "too_many_inputs", f"100000 inputs in one subject; at most {MAX_INPUTS} are read")
    ]


def test_an_input_that_is_called_like_the_frame_is_an_input() -> None:
    odd = rulebook({"inputs": YES_NO, "subject_id": {"type": "text"}}, [yes("inputs", 100)])
    records = JsonRecords(io.BytesIO(b'{"subject_id": "a", "inputs": true}'), odd)
    assert list(records) == [Record(1, "a", {"subject_id": "a", "inputs": True})]


@given(st.lists(st.binary(max_size=60).filter(lambda line: b"\n" not in line and line.strip()), max_size=5))
def test_every_line_gives_exactly_one_record(texts: list[bytes]) -> None:
    found = read(b"\n" + b"\n".join(texts))
    assert [record.line for record in found] == list(range(2, len(texts) + 2))
