"""`explain` with facts: what happened, what was measured and what followed, as of a moment."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorewright.cli.reporters.shown import width
from tests.service.cli.calling import Called, call
from tests.service.cli.watch import FACTS, LINES, write


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path).name


def explain(
    book: str, *more: str, stdin: bytes = LINES, as_of: str = "2026-01-31", color: bool = False
) -> Called:
    return call("explain", book, "--facts", "-", "--as-of", as_of, *more, stdin=stdin, color=color)


def told(called: Called) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(called.out)
    return found


@pytest.mark.parametrize(
    ("name", "more", "as_of"),
    [
        ("facts", (), "2026-01-31"),
        ("facts_of_a_moment", ("--subject", "acme"), "2026-01-24T11:00:00Z"),
        (
            "facts_and_answers",
            ("--input", "no_reply=yes", "--input", "days=3", "--input", "quiet=no"),
            "2026-01-31",
        ),
    ],
)
def test_the_golden_of_a_page(
    book: str, name: str, more: tuple[str, ...], as_of: str, golden: Callable[[str, str], None]
) -> None:
    called = explain(book, *more, as_of=as_of)
    assert (called.code, called.err) == (0, "")
    assert max(width(line) for line in called.out.splitlines()) <= 80
    golden(f"cli/explain/{name}.txt", called.out)


def test_the_golden_in_colour(book: str, golden: Callable[[str, str], None]) -> None:
    golden("cli/explain/facts_color.txt", explain(book, color=True).out.replace("\x1b", "␛"))


def test_json_carries_the_same(book: str) -> None:
    found = told(explain(book, "--format", "json", "--subject", "acme"))
    assert list(found) == ["subject_id", "answer", "signals", "measured", "asserted"]
    assert {signal["id"]: [fact["fact"] for fact in signal["facts"]] for signal in found["signals"]} == {
        "quiet": [], "no_reply": ["outreach"], "endangered": ["at_risk"],
    }  # fmt: skip
    assert found["measured"] == {"days": 7, "weeks": [{"actual": 1.5}], "threads": ["renewal"]}
    assert [fact["id"] for fact in found["asserted"]] == ["signal:quiet:0", "action:call:0"]
    assert [action["causes"] for action in found["answer"]["actions"]] == [
        ["signal:endangered"],
        ["action:call"],
    ]


@pytest.mark.parametrize(
    "data",
    [
        LINES,
        LINES.replace(b"\n", b"\r\n\r\n"),
        b"\xef\xbb\xbf" + LINES,
        json.dumps(FACTS).encode(),
        b"\n" + json.dumps(FACTS, indent=2).encode(),
    ],
    ids=["lines", "lines of Windows", "with a mark", "a list", "a list laid out"],
)
def test_facts_are_lines_or_a_list(book: str, data: bytes) -> None:
    assert explain(book, stdin=data).out == explain(book).out


def test_facts_may_stand_in_the_file_of_answers(book: str, tmp_path: Path) -> None:
    frame = {"subject_id": "acme", "as_of": "2026-01-24T11:00:00Z", "facts": FACTS}
    (tmp_path / "one.json").write_text(json.dumps(frame, indent=2))
    apart = explain(book, "--subject", "acme", as_of="2026-01-24T11:00:00Z")
    assert call("explain", book, "--file", "one.json").out == apart.out


def test_nothing_happened_is_an_answer(book: str) -> None:
    found = told(explain(book, "--format", "json", stdin=b""))
    assert [signal["id"] for signal in found["signals"]] == ["quiet", "endangered"]


def test_without_facts_it_explains_as_ever(book: str) -> None:
    called = call("explain", book, "--input", "quiet=yes", "--as-of", "2026-01-31T10:00:00Z")
    assert "What happened" not in called.out
    assert "as of 2026-01-31\n" in called.out
    assert list(told(call("explain", book, "--input", "quiet=yes", "--format", "json"))) == [
        "subject_id",
        "answer",
    ]


def test_every_invalid_fact_is_named(book: str, golden: Callable[[str, str], None]) -> None:
    data = (
        b'{"fact":"api_call","at":"2026-01-24","calls":-1}\n{"fact":"reply","thread":"a"}\n{"fact":"repli"\n'
    )
    unread = explain(book, stdin=data)
    invalid = explain(book, stdin=data.rpartition(b"{")[0])
    both = explain(book, "--input", "days=-1", stdin=data.partition(b"\n")[0])
    assert {called.code for called in (unread, invalid, both)} == {1}
    golden("cli/explain/invalid_facts.txt", "\n".join((unread.out, invalid.out, both.out)))


def test_lines_that_cannot_be_read_are_named_among_all_other_mistakes_each_once(
    book: str, tmp_path: Path
) -> None:
    data = (
        b'{"fact":"api_call","at":"2026-01-24","calls":-1}\n\n{"fact":"reply"\n7\n'
        b'{"fact":"outreach","at":"2026-01-24","thread":"a","thread":"b"}\n{"fact":"repli","at":"soon"}\n'
    )
    facts = [
        ("facts[3].thread", "inconsistent"),
        ("facts[0].calls", "out_of_range"),
        ("facts[1]", "not_json"),
        ("facts[2]", "wrong_type"),
        ("facts[4].at", "wrong_type"),
        ("facts[4].fact", "unknown_kind"),
    ]
    (tmp_path / "one.json").write_text('{"days"')
    beside = {
        ("--input", "days=-1"): [*facts, ("days", "out_of_range")],
        ("--file", "one.json"): [("", "not_json"), *facts],
    }
    for more, wanted in beside.items():
        called = explain(book, "--format", "json", *more, stdin=data)
        assert called.code == 1
        assert [(found["input"], found["code"]) for found in told(called)["invalid"]] == wanted


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--file", "-"), "error: --file and --facts cannot both be standard input\n"),
        (("--facts", "nope.jsonl"), "error: cannot read nope.jsonl: no such file or directory\n"),
        (
            ("--file", "one.json"),
            "error: facts are given twice\nhelp: leave them out of --file, or leave out --facts\n",
        ),
    ],
)
def test_wrong_usage_is_told(book: str, arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"facts": []}')
    called = explain(book, *arguments)
    assert (called.code, called.err) == (2, said)


@pytest.mark.usefixtures("at_root")
def test_a_rulebook_without_facts_takes_none() -> None:
    called = explain("bant_20")
    assert (called.code, called.err.splitlines()[0]) == (2, "error: `bant_20` declares no facts")


def test_a_moment_that_is_none_is_wrong_usage(book: str) -> None:
    called = explain(book, as_of="2026-01-31 noon")
    assert called.code == 2
    assert (
        "`2026-01-31 noon` is not a day written as 2026-01-31, or a time as 2026-01-31T10:00:00Z"
        in called.err
    )
