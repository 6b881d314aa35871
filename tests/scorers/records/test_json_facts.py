"""JSON lines that carry facts, and the moment that they are asked as of."""

import io
import json
from datetime import date

import pytest

from scorewright.program.fact import time_of
from scorewright.program.program import Program
from scorewright.records import json_records
from scorewright.records.json_records import JsonRecords
from scorewright.records.record import Record
from tests.written import YES_NO, Written, table

CALLS: dict[str, Written] = {"call": {"fields": {"n": {"type": "count"}}}}
TRIGGER = [{"id": "t", "when": {"input": "a", "is": True}}]


def about(*inputs: str, facts: dict[str, Written] = CALLS) -> Program:
    return table("count", "triggers", dict.fromkeys(inputs, YES_NO), facts=facts, triggers=TRIGGER)


def read(line: object, program: Program) -> Record:
    (record,) = JsonRecords(io.BytesIO(json.dumps(line).encode()), program)
    return record


CALL = {"fact": "call", "at": "2026-01-24", "n": 1}


@pytest.mark.parametrize("inputs", [{"inputs": {"a": True}}, {}])
def test_facts_stand_beside_or_instead_of_inputs(inputs: dict[str, object]) -> None:
    record = read({"subject_id": "x", **inputs, "facts": [CALL]}, about("a"))
    assert (record.subject, record.inputs, record.facts) == ("x", inputs.get("inputs", {}), [CALL])
    assert (record.refused, record.as_of, record.moment) == ((), None, None)


@pytest.mark.parametrize(
    ("as_of", "day", "moment"),
    [
        ("2026-01-31", date(2026, 1, 31), "2026-01-31T23:59:59.999999+00:00"),
        ("2026-01-31T01:00:00+02:00", date(2026, 1, 30), "2026-01-30T23:00:00+00:00"),
    ],
)
def test_with_facts_as_of_may_be_a_moment(as_of: str, day: date, moment: str) -> None:
    record = read({"as_of": as_of, "facts": []}, about("a"))
    assert record.as_of == day
    assert record.moment is not None
    assert time_of(record.moment).isoformat() == moment


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"as_of": "2026-01-31T10:00:00Z", "inputs": {}},
         [("as_of", "wrong_type", "`2026-01-31T10:00:00Z` is not a day written as year-month-day")]),
        ({"as_of": "31.1.2026", "facts": []},
         [("as_of", "wrong_type", "`31.1.2026` is not a day, or a time such as `2026-01-31T10:00:00Z`")]),
        ({"facts": CALL}, [("facts", "wrong_type", "an object is not a list of facts")]),
        ({"facts": [CALL] * 3}, [("facts", "too_many_facts", "3 facts of one subject; at most 2 are read")]),
        ({"facts": [], "a": True}, [("a", "unknown_input", "`a` stands beside `inputs`, not in it; "
                                    "one of as_of, facts, inputs, subject_id")]),
        ({"facts": None, "inputs": 3}, [("inputs", "wrong_type", "3 is not an object of inputs")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(
    line: object, said: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "MAX_FACTS", 2)
    record = read(line, about("a"))
    assert [(refusal.input, refusal.code, refusal.message) for refusal in record.refused] == said


def test_a_rulebook_without_facts_takes_none() -> None:
    record = read({"inputs": {}, "facts": [CALL]}, about("a", facts={}))
    assert [(refusal.input, refusal.message) for refusal in record.refused] == [
        ("facts", "`small` declares no facts")
    ]
    assert record.facts is None


def test_an_input_may_be_called_facts() -> None:
    record = read({"a": True, "facts": False}, about("a", "facts"))
    assert (record.inputs, record.facts, record.refused) == ({"a": True, "facts": False}, None, ())
