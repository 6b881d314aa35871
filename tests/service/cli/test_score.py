"""`score`: every row answered in order, bad ones refused by name, whatever the file holds."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import ParseDict

from scorers.answer import answer
from scorers.load import load_paths
from scorers.result import Score
from scorers.scorer import Scorer
from service.cli import scoring
from service.pb import scorewright_pb2 as pb
from tests.architecture.source import ROOT
from tests.service.cli.calling import DAY, ENTRY, RULES, Called, call, start
from tests.service.subjects import subjects
from tests.service.worked_cases import SCORECARDS, Case, cases, differences

LEADS = '''\
subject_id,budget_confirmed,decision_maker,timeline_days,source,industry_match,team_size,previous_agency_experience
qualified,true,yes,14,referral,1,40,no
poor,no,no,90,inbound,0,1,FALSE
unknown,,,,,,,
half a person,true,true,10,inbound,true,4.5,true
several,maybe,true,-3,referal,true,"1,000",true
short,true,true
"quoted, with ""quotes""",true,true,14,referral,true,5,true
'''
SAMPLES = sorted((RULES / "samples").iterdir())
NAME_RULES = "name the folder of rulebooks with --rules"
EXTENSIONS = [("a.JSONL", "jsonl"), ("a.ndjson", "jsonl"), ("a.json", "jsonl"), ("a.tsv", "csv")]


def score(*arguments: str | os.PathLike[str], stdin: str | bytes = "", color: bool = False) -> Called:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    return call("score", *arguments, "--as-of", DAY, stdin=data, color=color)


def json_lines(called: Called) -> list[dict[str, Any]]:
    return [json.loads(line) for line in called.out.splitlines()]


def codes(line: dict[str, Any]) -> list[tuple[str, str]]:
    return [(found["input"], found["code"]) for found in line["invalid"]]


pytestmark = pytest.mark.usefixtures("at_root")


def of(rulebook: str) -> Sequence[Case]:
    return [case for case in cases() if case.rulebook == rulebook]


def framed(case: Case) -> dict[str, Any]:
    happened = {} if case.facts is None else {"facts": case.facts}
    return {"subject_id": case.name, "as_of": str(case.as_of), "inputs": dict(case.inputs), **happened}


WORKED = list(dict.fromkeys(case.rulebook for case in cases()))
"""The rulebooks that have worked cases."""


def score_apart(*arguments: str, stdin: bytes) -> Called:
    return start("score", *arguments, "--as-of", DAY, stdin=stdin)


def test_every_rulebook_has_worked_cases() -> None:
    loaded, _ = load_paths([RULES])
    assert set(WORKED) == {one.program.id for one in loaded}


@pytest.mark.parametrize(
    ("rulebook", "run"), [*((one, score) for one in WORKED), *((one, score_apart) for one in SCORECARDS[:2])]
)
def test_every_worked_case_passes(rulebook: str, run: Callable[..., Called]) -> None:
    given = "".join(f"{json.dumps(framed(case))}\n" for case in of(rulebook))
    lines = json_lines(run(rulebook, "-", "--format", "jsonl", stdin=given.encode()))
    assert [line["subject_id"] for line in lines] == [case.name for case in of(rulebook)]
    for case, line in zip(of(rulebook), lines, strict=True):
        if case.expected["status"] == "invalid":
            assert sorted(codes(line)) == sorted(case.invalid)
        else:
            # Parsing fails on any name that the proto does not have.
            assert not differences(case, ParseDict(line["answer"], pb.Answer())), case.id


@pytest.mark.parametrize(
    ("sample", "engine"), [*((sample, "compiled") for sample in SAMPLES), (SAMPLES[1], "reference")]
)
def test_the_samples_are_scored_whole(sample: Path, engine: str) -> None:
    called = score(sample.stem, sample, "--format", "jsonl", "--engine", engine)
    assert called.code == 0
    assert sum("answer" in line for line in json_lines(called)) >= 200


@pytest.mark.parametrize("rulebook", SCORECARDS)
def test_a_line_is_the_answer_of_the_library(rulebook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "KEPT", 7)  # so that outcomes are let go and come again
    (loaded,), _ = load_paths([RULES / f"{rulebook}.yaml"])
    scorer = Scorer(loaded.program)
    given = [(f'{number} "ü" \\', inputs) for number, inputs in enumerate(subjects(loaded.program, 200, 1))]
    text = "".join(json.dumps({"subject_id": name, **inputs}) + "\n" for name, inputs in given)
    for (name, inputs), line in zip(
        given, json_lines(score(rulebook, "--format", "jsonl", stdin=text * 2)), strict=False
    ):
        found = scorer.score(inputs, subject=name, as_of=date.fromisoformat(DAY))
        assert isinstance(found, Score)
        assert line == {"subject_id": name, "answer": answer(found)}


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_the_golden_of_a_file_with_good_and_bad_rows(form: str, golden: Callable[[str, str], None]) -> None:
    called = score("lead_points_100", "-", "--format", form, stdin=LEADS)
    assert called.code == 1
    golden(f"cli/score_{form}.txt", str(called))


def test_the_golden_in_colour(golden: Callable[[str, str], None]) -> None:
    called = score("lead_points_100", "-", stdin=LEADS, color=True)
    golden("cli/score_color.txt", str(called).replace("\x1b", "␛"))


def test_the_golden_of_a_rulebook_that_may_have_no_total(golden: Callable[[str, str], None]) -> None:
    golden("cli/score_incomplete.txt", str(score("bant_20", RULES / "samples" / "bant_20.csv")))


def test_bad_rows_touch_no_others() -> None:
    bad = ("half", "several", "short")
    good = "".join(line for line in LEADS.splitlines(keepends=True) if not line.startswith(bad))
    alone = json_lines(score("lead_points_100", "-", "--format", "jsonl", stdin=good))
    beside = json_lines(score("lead_points_100", "-", "--format", "jsonl", stdin=LEADS))
    assert alone == [line for line in beside if "answer" in line]


def test_json_in_gives_one_line_each_in_order() -> None:
    given = [
        b'{"subject_id": "a", "budget": 5, "authority": 5, "need": 5, "timeline": 5}',
        b"",
        b"not json",
        b'{"subject_id": "b", "inputs": {"budget": 6, "authority": NaN, "need": true, "timeline": 1e999}}',
        b'{"subject_id": "c", "budget": 5, "budget": 5}',
        b'{"inputs": {"budget": 5}}',
        b"\xff",
    ]
    called = score("bant_20", "-", "--format", "jsonl", stdin=b"\n".join(given))
    assert called.code == 1
    lines = json_lines(called)
    assert [line["subject_id"] for line in lines] == ["a", None, "b", "c", None, None]
    assert lines[1] == {
        "line": 3,
        "subject_id": None,
        "invalid": [
            {
                "input": "",
                "code": "not_json",
                "message": "this line is not a JSON object: expecting value in column 1",
            }
        ],
    }
    assert codes(lines[2]) == [
        ("budget", "out_of_range"),
        ("authority", "not_finite"),
        ("need", "wrong_type"),
        ("timeline", "not_finite"),
    ]
    assert codes(lines[3]) == [("budget", "inconsistent")]
    assert lines[4]["answer"]["status"] == "INCOMPLETE"
    assert lines[5]["line"] == 7


def test_the_day_of_a_line_goes_before_the_day_of_the_file() -> None:
    given = '{"as_of": "2020-02-02", "inputs": {}}\n{"inputs": {}}\n'
    lines = json_lines(score("bant_20", "-", "--format", "jsonl", stdin=given))
    assert [line["answer"]["receipt"]["as_of"] for line in lines] == ["2020-02-02", DAY]


def test_without_a_day_it_is_today() -> None:
    called = call("score", "bant_20", "-", "--format", "jsonl", stdin=b"{}")
    day = json.loads(called.out)["answer"]["receipt"]["as_of"]
    assert abs((date.fromisoformat(day) - date.today()).days) <= 1  # noqa: DTZ011 -- any day near


def test_what_is_undeclared_is_named_in_every_answer() -> None:
    line = {"budget": 5, "budgt": 4}
    (found,) = json_lines(score("bant_20", "-", "--format", "jsonl", stdin=json.dumps(line)))
    assert found["answer"]["unknown_inputs"] == ["budgt"]
    called = score("bant_20", "-", "--format", "jsonl", stdin="budget,budgt\n5,4\n")
    assert json_lines(called)[0]["answer"]["unknown_inputs"] == ["budgt"]
    assert "column `budgt` is not an input and was ignored; did you mean `budget`?" in called.err
    assert "column `need` is missing, for every subject" in called.err


def test_in_strict_mode_what_is_undeclared_is_refused() -> None:
    called = score("bant_20", "-", "--format", "jsonl", "--strict", stdin='{"budgt": 4, "need": 9}')
    assert called.code == 1
    assert codes(json_lines(called)[0]) == [
        ("need", "out_of_range"),
        ("budgt", "unknown_input"),
    ]
    called = score("bant_20", "-", "--strict", stdin="budget,budgt\n5,4\n")
    assert called.code == 2
    assert called.err == (
        "standard input:1:2: error[undeclared-input]: `budgt` is not an input\n"
        "  help: did you mean `budget`?\n"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "1:1: error[file-empty]: there is nothing in this file"),
        (b"budget,need,budget\n1,2,3\n", "1:3: error[column-twice]: `budget` names column 1 and column 3"),
        (b"a,b\n1,2\n", "1:1: error[no-input-column]: none of the 2 columns is an input of `bant_20`"),
        ("budget\n1\n".encode("utf-16"), "1:1: error[not-utf8]: this is UTF-16 text"),
        (b"PK\x03\x04rest", "1:1: error[not-text]: this is a spreadsheet or an archive, not text"),
        (b"b\xfcdget,need\n1,2\n", "1:1: error[not-utf8]: the name of column 1 is not readable UTF-8 text"),
        (
            b'"budget\n1\n',
            "1:1: error[bad-quotes]: lines 1 to 2 cannot be read: "
            "the quote opened in line 1 is never closed; close it, or delete it",
        ),
    ],
    ids=["empty", "twice", "other", "utf-16", "xlsx", "latin-1", "quote"],
)
def test_a_file_that_cannot_be_used_is_told_at_once(
    data: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    called = score("bant_20", "a.csv", "--rules", RULES)
    assert (called.code, called.out) == (2, "")
    assert called.err.splitlines()[0] == f"a.csv:{said}"


def test_a_json_list_is_no_json_lines() -> None:
    called = score("bant_20", "-", stdin='\n [\n  {"budget": 5},\n  {"budget": 4}\n]\n')
    assert (called.code, called.out) == (2, "")
    assert called.err == (
        "standard input:1:1: error[not-json-lines]: this is a JSON list\n"
        "  help: write each object on a line of its own, without `[ ]` and commas\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bant_20", "nope.csv"), "error: cannot read nope.csv: no such file or directory\n"),
        (("bant_20", "rules"), "error: cannot read rules: is a directory\n"),
        (("bant_2", "-"), "error: no rulebook is called `bant_2` in rules\nhelp: did you mean `bant_20`?\n"),
        (("bant_20", "-", "--rules", "no"), f"error: there is no folder no\nhelp: {NAME_RULES}\n"),
    ],
)  # fmt: skip
def test_wrong_names_are_told(arguments: tuple[str, ...], said: str) -> None:
    called = score(*arguments)
    assert (called.code, called.err) == (2, said)


def test_a_broken_rulebook_is_told_with_its_findings(rules: Path) -> None:
    path = rules / "bant_20.yaml"
    path.write_text(path.read_text().replace("input: budget,", "input: budgett,"))
    called = score(path, "-", stdin="{}")
    assert called.code == 2
    assert "error[undeclared-input]: `budgett` is not declared under `inputs`" in called.err
    assert called.err.endswith(f"help: `scorewright check {path}` says more\n")


def test_output_goes_to_a_file_that_appears_whole(rules: Path) -> None:
    (rules / "out.csv").write_text("old")
    called = score("lead_points_100", "-", "--format", "csv", "--output", rules / "out.csv", stdin=LEADS)
    assert (called.code, called.out) == (1, "")
    assert len((rules / "out.csv").read_text().splitlines()) == len(LEADS.splitlines())
    assert not (rules / "out.csv.part").exists()


def test_the_input_is_never_written_over(rules: Path) -> None:
    (rules / "leads.csv").write_text(LEADS)
    called = score("lead_points_100", rules / "leads.csv", "--output", rules / "leads.csv")
    assert called.code == 2
    assert "is also the file that is read" in called.err
    assert (rules / "leads.csv").read_text() == LEADS


def test_a_file_that_cannot_be_written_is_told(rules: Path) -> None:
    called = score("lead_points_100", "-", "--output", rules / "no" / "x", stdin=LEADS)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith(f"error: cannot write {rules / 'no' / 'x'}: no such file or directory")


def test_the_summary_can_be_left_out() -> None:
    assert score("lead_points_100", "-", "--no-summary", stdin=LEADS).err == ""


def test_subjects_without_ids_are_noted() -> None:
    called = score("bant_20", "-", stdin="budget\n1\n2\n")
    assert "note: subjects without a `subject_id` that answer alike share the idempotency keys" in called.err
    assert [line.split()[:2] for line in called.out.splitlines()[1:]] == [["line", "2"], ["line", "3"]]


@pytest.mark.parametrize("line", [b"{}", b"\xef\xbb\xbf  {}"])
def test_json_is_told_by_its_first_character(line: bytes) -> None:
    assert score("bant_20", "-", stdin=line).code == 0


@pytest.mark.parametrize(("name", "kind"), EXTENSIONS)
def test_formats_are_told_by_the_extension(name: str, kind: str, rules: Path) -> None:
    (rules / name).write_text("{}\n" if kind == "jsonl" else "budget\tneed\n1\t2\n")
    called = score("bant_20", rules / name, "--format", "jsonl")
    assert (called.code, len(json_lines(called))) == (0, 1)


def test_a_header_alone_scores_nobody() -> None:
    called = score("bant_20", "-", "--format", "jsonl", stdin="budget,need,authority,timeline\n")
    assert (called.code, called.out) == (0, "")
    assert called.err == "bant_20 1.0.0, as of 2026-01-31: 0 subjects, 0 scored\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no ru_maxrss there")
@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_memory_does_not_grow_with_the_file(form: str, tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        ratings = ((1 + n % 40 / 10, 1 + n % 7 % 5, 1 + n % 3, 1 + n % 5) for n in range(rows))
        body = "".join(f"{n},{','.join(f'{r:.1f}' for r in row)}\n" for n, row in enumerate(ratings))
        path.write_text(f"subject_id,budget,authority,need,timeline\n{body}")
        with (tmp_path / "out").open("wb") as out:
            process = subprocess.Popen(
                [*ENTRY, "score", "bant_20", str(path), "--format", form], cwd=ROOT, stdout=out, stderr=out
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return usage.ru_maxrss // 1024

    assert peak(30_000) - peak(3_000) < 5  # MiB
