"""`score` with facts: each line asked as of its moment, its signals told, invalid facts named by place."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.processes import run
from tests.service.cli.calling import DAY, Called, call

BOOK = """\
rulebook: { id: watch, name: Watch, version: 1.0.0, owner: cpo }
facts:
  api_call: { label: API calls, fields: { calls: { type: count, max: 1000000 } } }
  week: { key: [week], fields: { week: { type: date }, actual: { type: number, min: 0 } } }
signals:
  - { id: quiet, label: No API call for 7 days, when: { no: api_call, within: 7 days } }
  - { id: busy, label: Busy, when: { fact: api_call, within: 1 day } }
inputs:
  days: { type: number, min: 0, max: 3650, measured: { days_since: api_call } }
  weeks: { type: list, fields: { actual: { type: number, min: 0 } }, measured: { every: week } }
score: { method: count, of: triggers, out_of: 2 }
bands:
  - { id: at_risk, from: 1, actions: [call] }
  - { id: fine, from: 0 }
triggers:
  - { id: silent, when: { signal: quiet, is: true } }
  - { id: late, when: { input: days, at_least: 3 } }
actions:
  call: { do: Call, owner: sales, due: same day }
"""
FACTS: list[dict[str, Any]] = [
    {"fact": "api_call", "at": "2026-01-24T12:00:00+02:00", "calls": 12, "id": "evt-1"},
    {"fact": "api_call", "at": "2026-01-20T00:00:00.25Z", "calls": 3},
    {"fact": "week", "at": "2026-01-12", "week": "2026-01-05", "actual": 1.5},
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "watch.yaml"
    path.write_text(BOOK)
    return path


def score(book: Path, *lines: object, form: str = "jsonl") -> Called:
    stdin = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    return call("score", book, "-", "--as-of", DAY, "--format", form, "--input-format", "jsonl", stdin=stdin)


def told(called: Called) -> list[dict[str, Any]]:
    return [json.loads(line) for line in called.out.splitlines()]


def test_a_line_with_facts_tells_its_signals_and_what_was_measured(book: Path) -> None:
    (line,) = told(score(book, {"subject_id": "acme", "facts": FACTS}))
    assert list(line) == ["subject_id", "answer", "signals", "measured"]
    assert line["answer"]["total"] == 2
    assert line["signals"] == [{"id": "quiet", "label": "No API call for 7 days", "facts": []}]
    assert line["measured"] == {"days": 7, "weeks": [{"actual": 1.5}]}


def test_the_facts_behind_a_signal_are_told_as_they_are_sent(book: Path) -> None:
    (line,) = told(score(book, {"as_of": "2026-01-25T09:00:00Z", "facts": FACTS}))
    assert line["answer"]["receipt"]["as_of"] == "2026-01-25"
    behind = {"fact": "api_call", "at": "2026-01-24T10:00:00Z", "id": "evt-1", "calls": 12}
    assert line["signals"] == [{"id": "busy", "label": "Busy", "facts": [behind]}]
    assert told(score(book, {"as_of": "2026-01-25T09:00:00Z", "facts": [behind]})) == [
        {**line, "measured": {"days": 0, "weeks": []}}
    ]


def test_subjects_that_answer_alike_each_have_their_own_facts(book: Path) -> None:
    others = [{**FACTS[0], "id": name} for name in ("a", "b")]
    lines = told(score(book, *({"as_of": "2026-01-24T11:00:00Z", "facts": [fact]} for fact in others)))
    assert [line["signals"][0]["facts"][0]["id"] for line in lines] == ["a", "b"]
    assert lines[0]["answer"] == lines[1]["answer"]


def test_what_is_given_stands_and_a_line_without_facts_is_as_ever(book: Path) -> None:
    given = {"inputs": {"days": 1, "weeks": []}}
    first, second = told(score(book, {**given, "facts": FACTS}, {"inputs": {"quiet": True, "days": 5}}))
    assert (first["answer"]["total"], first["measured"]) == (1, {})
    assert [signal["id"] for signal in first["signals"]] == ["quiet"]
    assert (second["answer"]["total"], list(second)) == (2, ["subject_id", "answer"])


def test_every_invalid_fact_is_named_beside_every_invalid_answer(book: Path) -> None:
    wrong = [
        {**FACTS[0], "calls": -1},
        {"fact": "api_cal", "at": "2026-01-24"},
        {"fact": "week", "at": "soon"},
        7,
    ]
    called = score(book, {"inputs": {"days": -1, "quiet": None}, "facts": wrong}, {"facts": []})
    assert called.code == 1
    line, good = told(called)
    assert [(found["input"], found["code"]) for found in line["invalid"]] == [
        ("facts[0].calls", "out_of_range"),
        ("facts[1].fact", "unknown_kind"),
        ("facts[2].at", "wrong_type"),
        ("facts[2].actual", "required"),
        ("facts[2].week", "required"),
        ("facts[3]", "wrong_type"),
        ("days", "out_of_range"),
    ]
    assert good["answer"]["missing"] == ["days"]


@pytest.mark.parametrize(
    ("form", "row"), [("table", "a            2  at_risk  call"), ("csv", "a,scored,2,100,at_risk")]
)
def test_tables_show_the_answer_alone(book: Path, form: str, row: str) -> None:
    assert row in score(book, {"subject_id": "a", "facts": FACTS}, form=form).out


def test_the_refusal_of_facts_is_summed_up_by_its_line(book: Path) -> None:
    called = score(book, {"facts": FACTS}, {"facts": [{**FACTS[0], "calls": 0.5}]})
    assert "    line 2, facts[0].calls: 0.5 is not a whole number\n" in called.err


def test_csv_gives_signals_as_answers(book: Path) -> None:
    stdin = b"subject_id,quiet,days\na,yes,7\n"
    called = call("score", book, "-", "--as-of", DAY, "--format", "jsonl", stdin=stdin)
    assert told(called)[0]["answer"]["total"] == 2


WIDE = BOOK.replace(
    "inputs:\n",
    "  - id: halved\n"
    "    all:\n"
    "      - { fact: week, as: one }\n"
    "      - { fact: week, where: { actual: { less_than: 0.5, times: one.actual } } }\n"
    "inputs:\n",
    1,
)
"""A signal for which every pair of weeks is tried."""


def test_facts_that_are_too_many_to_match_refuse_their_line_and_no_other(tmp_path: Path) -> None:
    book = tmp_path / "watch.yaml"
    book.write_text(WIDE)
    first = date(2000, 1, 1)
    weeks = [
        {"fact": "week", "at": "2026-01-01", "week": str(first + timedelta(days=n)), "actual": 1}
        for n in range(1_001)
    ]
    called = score(book, {"subject_id": "large", "facts": weeks}, {"subject_id": "small", "facts": weeks[:2]})
    large, small = told(called)
    message = (
        "the signal `halved` needs more than 1,000,000 facts to be tried, with those of the signals before it"
    )
    assert large["invalid"] == [{"input": "facts", "code": "too_many_facts", "message": message}]
    assert small["answer"]["band"]["id"] == "at_risk"
    assert (called.code, "Traceback" in called.err) == (1, False)


@pytest.mark.skipif(sys.platform == "win32", reason="no ru_maxrss there")
def test_memory_does_not_grow_with_the_accounts_though_each_has_its_own_facts(
    book: Path, tmp_path: Path
) -> None:
    def peak(accounts: int) -> float:
        path = tmp_path / f"{accounts}.jsonl"
        with path.open("w") as file:
            for n in range(accounts):
                facts = [{**FACTS[0], "calls": n, "id": f"evt-{n}"}]
                file.write(json.dumps({"subject_id": f"{n}", "as_of": DAY, "facts": facts}) + "\n")
        return run(["score", str(book), str(path), "--format", "jsonl"]).peak

    assert peak(6_000) - peak(600) < 4  # MiB
