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

from scorewright.cli import score_file as scoring
from scorewright.cli.file_summary import Twice
from scorewright.results.outcome import Score
from scorewright.results.outcome_json import answer
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from scorewright.v1 import scorewright_pb2 as pb
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
NAME_RULES = "name it with --rules, start one with `scorewright init`, or take what ships with --demo"
EXTENSIONS = [("a.JSONL", "jsonl"), ("a.ndjson", "jsonl"), ("a.json", "jsonl"), ("a.tsv", "csv")]


def score(*arguments: str | os.PathLike[str], stdin: str | bytes = "", color: bool = False) -> Called:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    return call("score", *arguments, "--as-of", DAY, stdin=data, color=color)


def json_lines(called: Called) -> list[dict[str, Any]]:
    return [json.loads(line) for line in called.out.splitlines()]


def codes(line: dict[str, Any]) -> list[tuple[str, str]]:
    return [(found["input"], found["code"]) for found in line["invalid"]]


pytestmark = pytest.mark.usefixtures("at_root")


DEALS = """\
rulebook: { id: deals, name: Deals, version: 1.0.0, owner: tests }
inputs: { deals: { type: list, fields: { size: { type: number, min: 0, max: 9 } }, required: true } }
values: { all_of_it: { sum: { over: deals, of: [size] } } }
score: { method: value, of: all_of_it }
bands: [{ id: any, from: 0 }]
"""


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
        "standard input:2:2: error[not-json-lines]: this is a JSON list\n"
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
    assert called.err == (
        "bant_20 1.0.0, as of 2026-01-31: 0 subjects, 0 scored\n"
        "note: there is no subject below the names of the columns\n"
    )


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n \r\n\n"], ids=["nothing", "mark", "blank"])
def test_a_file_of_nothing_cannot_be_used_in_any_format(data: bytes, form: str, tmp_path: Path) -> None:
    (tmp_path / f"a.{form}").write_bytes(data)
    for file, stdin in ((tmp_path / f"a.{form}", b""), ("-", data)):
        called = score("bant_20", file, "--input-format", form, stdin=stdin)
        assert (called.code, called.out) == (2, "")
        assert "1:1: error[file-empty]: there is nothing in this file" in called.err
    (tmp_path / "a.json").write_bytes(data)
    explained = call("explain", "bant_20", "--file", tmp_path / "a.json")
    assert (explained.code, explained.out) == (2, "")
    assert explained.err.startswith("error: there is nothing in ")


FRAMES = [
    ('{"subject_id": "x", "input": {"budget": 5}}', "input", "did you mean `inputs`?"),
    ('{"subject_id": "x", "Inputs": {"budget": 5}}', "Inputs", "did you mean `inputs`?"),
    ('{"subject_id": "x", "as_of": "2026-01-31", "data": {"budget": 5}}', "data", "one of as_of, "),
    ('{"budgets": 5}', "budgets", "did you mean `budget`?"),
    ('{"id": "x", "budgt": 5, "name": "y"}', "budgt", "did you mean `budget`?"),
]


@pytest.mark.parametrize(("line", "key", "hint"), FRAMES)
def test_a_frame_that_is_not_understood_is_refused(line: str, key: str, hint: str, tmp_path: Path) -> None:
    good = '{"subject_id": "good", "budget": 5}'
    called = score("bant_20", "-", "--format", "jsonl", stdin=f"{line}\n{good}\n")
    refused, scored = json_lines(called)
    assert called.code == 1
    assert codes(refused) == [(key, "unknown_input")]
    assert hint in refused["invalid"][0]["message"]
    assert scored["answer"]["missing"] == ["authority", "need", "timeline"]
    (tmp_path / "a.json").write_text(line)
    explained = call("explain", "bant_20", "--file", tmp_path / "a.json")
    assert (explained.code, hint in explained.out) == (1, True)


@pytest.mark.parametrize(
    ("line", "as_of"),
    [
        ('{"subject_id": "x"}', DAY),
        ('{"subject_id": "x", "as_of": "2026-02-01"}', "2026-02-01"),
        ('{"subject_id": "x", "as_of": "", "inputs": {}}', DAY),
        ("{}", DAY),
    ],
)
def test_a_frame_alone_is_a_subject_that_answered_nothing(line: str, as_of: str) -> None:
    called = score("bant_20", "-", "--format", "jsonl", stdin=line)
    (told,) = json_lines(called)
    assert called.code == 0
    assert told["answer"]["missing"] == ["budget", "authority", "need", "timeline"]
    assert told["answer"]["receipt"]["as_of"] == as_of
    assert "note: 1 subject without a single input (flag `no_inputs`)\n" in called.err
    assert "note: `budget` is missing, for every subject\n" in called.err


def test_the_day_of_a_flat_line_is_read_as_that_of_a_frame() -> None:
    data = '{"budget": 5, "as_of": "2026-02-01"}\n{"budget": 5, "as_of": "soon"}\n'
    first, second = json_lines(score("bant_20", "-", "--format", "jsonl", stdin=data))
    assert first["answer"]["receipt"]["as_of"] == "2026-02-01"
    assert codes(second) == [("as_of", "wrong_type")]


def test_facts_alone_for_a_rulebook_without_any_are_refused() -> None:
    (line,) = json_lines(score("bant_20", "-", "--format", "jsonl", stdin='{"facts": []}'))
    assert codes(line) == [("facts", "unknown_input")]


def test_undeclared_keys_of_lines_are_noted_once_and_counted() -> None:
    lines = [json.dumps({"subject_id": str(n), "budget": 5, "budgt": 4, "crm": 1}) for n in range(3)]
    lines += ['{"subject_id": "4", "inputs": {"budget": 9, "budgt": 4}}']
    called = score("bant_20", "-", stdin="\n".join(lines))
    one_of = "one of authority, budget, need, timeline"
    assert [line.removeprefix("note: ") for line in called.err.splitlines()[-5:]] == [
        "`authority` is missing, for every subject",
        "`need` is missing, for every subject",
        "`timeline` is missing, for every subject",
        "`budgt` is not declared and was ignored, in 4 subjects; did you mean `budget`?",
        f"`crm` is not declared and was ignored, in 3 subjects; {one_of}",
    ]


def test_undeclared_keys_are_counted_within_bounds() -> None:
    lines = [json.dumps({"budget": 5, **{f"x{n}_{m}": 1 for m in range(300)}}) for n in range(9)]
    called = score("bant_20", "-", stdin="\n".join(lines))
    assert called.err.count("was ignored, in 1 subject; ") == 20
    assert "note: and 2,680 more\n" in called.err


def test_undeclared_fields_of_records_are_noted_too(tmp_path: Path) -> None:
    book = tmp_path / "deals.yaml"
    book.write_text(DEALS)
    line = '{"subject_id": "a", "deals": [{"size": 1, "ownr": "x"}, {"size": 2, "ownr": "y"}]}'
    called = score(book, "-", stdin=line)
    assert "note: `ownr` is not a field of `deals` and was ignored, in 1 subject; the only" in called.err


def test_explain_notes_what_it_ignored(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"budget": 5, "ned": 4}')
    called = call("explain", "bant_20", "--file", tmp_path / "a.json")
    assert called.code == 0
    assert called.err == "note: `ned` is not declared and was ignored; did you mean `need`?\n"


def test_a_row_of_empty_cells_is_no_subject_and_counted() -> None:
    rows = ["subject_id,budget,need", ",,", "a,5,4", " ,\u00a0,\t", '"","",""', ",,,,,", "b,,", ",3,"]
    called = score("bant_20", "-", "--format", "jsonl", stdin="\n".join(rows))
    assert [line["subject_id"] for line in json_lines(called)] == ["a", "b", None]
    assert "3 subjects, 0 scored, 3 incomplete" in called.err
    assert "note: 4 rows of empty cells only, passed over: no subject stands there\n" in called.err


def test_empty_rows_above_the_names_of_the_columns_are_passed_over() -> None:
    called = score("bant_20", "-", "--format", "jsonl", stdin=",,\nsubject_id,budget,need\na,5,4\n")
    assert [line["subject_id"] for line in json_lines(called)] == ["a"]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_subject_id_that_stands_twice_is_noted_and_counted(form: str) -> None:
    ids = ["a", "b", "a", "c", "a", "b", "b"]
    data = "subject_id,budget\n" + "".join(f"{id},5\n" for id in ids)
    if form == "jsonl":
        data = "\n" + "".join(f'{{"subject_id": "{id}", "budget": 5}}\n' for id in ids)
    called = score("bant_20", "-", stdin=data)
    assert called.code == 0
    assert (
        "note: 4 lines have a subject id that stood before, so that it stands twice: "
        "`a` in line 4, `a` in line 6, `b` in line 7 and 1 more\n" in called.err
    )


def test_subject_ids_are_compared_within_bounds() -> None:
    twice = Twice(most=3)
    for line, subject in enumerate(["a", "b", "c", "d", "a", "d"], 1):
        twice.saw(subject, line)
    assert (twice.count, twice.beyond, twice.examples) == (1, 2, [("a", 5)])


def test_columns_are_parted_as_the_file_says_or_as_their_names_tell() -> None:
    plain = json_lines(score("bant_20", "-", "--format", "jsonl", stdin="subject_id,budget\na,5\n"))
    for data in (
        "sep=;\nsubject_id;budget\na;5\n",
        "\ufeffsep=;\r\nsubject_id;budget\r\na;5\r\n",
        "sep=\t\nsubject_id\tbudget\na\t5\n",
        "sep=,\nsubject_id,budget\na,5\n",
    ):
        assert json_lines(score("bant_20", "-", "--format", "jsonl", stdin=data)) == plain
    odd = "subject_id;budget;source, kind\na;5;x\nb;6;x\n"
    called = score("bant_20", "-", "--format", "jsonl", stdin=odd)
    assert [line.get("answer", {}).get("unknown_inputs") for line in json_lines(called)] == [
        ["source, kind"],
        None,
    ]
    assert "line 3, column 2, budget" in called.err
    assert "note: the columns are parted by semicolons (`;`), though" in called.err
    called = score("bant_20", "-", stdin='sep=;\nsubject_id;budget\na;5\nb;6\nc;"x\n')
    assert "line 4, column 2, budget" in called.err
    assert "line 5 cannot be read" in called.err


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
