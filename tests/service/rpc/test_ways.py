"""Ways to the next band that are real, by every door: what was seen to be wrong, with the right values."""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from scorewright.cli.explanation.advice import next_band
from scorewright.cli.explanation.layout import Page
from scorewright.cli.stdio import Paint
from scorewright.messages.answer_encoder import message
from scorewright.results.outcome import Score
from scorewright.results.outcome_json import answer
from scorewright.v1 import scorewright_pb2 as pb
from tests.architecture.source import ROOT
from tests.engines import EVERY
from tests.service.cli.calling import DAY, call
from tests.service.conftest import Inputs, Served, serving, store_of
from tests.written import answer as scored
from tests.written import rulebook

BOOKS = ROOT / "tests/data/ways"

Ways = list[tuple[list[str], float]]

CASES: list[tuple[str, Inputs, Ways]] = [
    ("visits", {"visits": 3, "budget": False}, [(["interest", "budget"], 40)]),
    ("visits", {"visits": 12, "budget": False}, [(["budget"], 40)]),
    ("visits", {"budget": False}, [(["interest", "budget"], 40)]),
    ("debt", {"debt": 400, "income": 1000}, [(["to_20"], 40)]),
    ("income", {"history": 7}, [(["income"], 637), (["unknown"], 637)]),
]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving(store_of(BOOKS)) as found:
        yield found


def told(answer: pb.Answer) -> Ways:
    assert answer.next_band.ways_undecided == 0
    return [(list(way.criteria), way.total) for way in answer.next_band.ways]


@pytest.mark.parametrize(("name", "inputs", "want"), CASES)
def test_score_and_score_batch_name_real_ways(served: Served, name: str, inputs: Inputs, want: Ways) -> None:
    one = pb.ScoreRequest(rulebooks=[name])
    one.subject.inputs.update(inputs)
    (answer,) = served.scoring.Score(one).answers
    assert told(answer) == want
    many = pb.ScoreBatchRequest(rulebooks=[name])
    for number in range(2):
        many.subjects.add(id=f"s{number}").inputs.update(inputs)
    results = served.scoring.ScoreBatch(many).results
    assert [told(answer) for result in results for answer in result.answers] == [want, want]


@pytest.mark.parametrize("engine", EVERY)
@pytest.mark.parametrize(("name", "inputs", "want"), CASES)
def test_the_command_line_names_real_ways(
    name: str, inputs: Inputs, want: Ways, engine: str, tmp_path: Path
) -> None:
    book = BOOKS / f"{name}.yaml"
    lines = tmp_path / "subjects.jsonl"
    lines.write_text(json.dumps(inputs), "utf-8")
    table = tmp_path / "subjects.csv"
    cells = [str(value).lower() for value in inputs.values()]
    table.write_text(f"{','.join(inputs)}\n{','.join(cells)}\n", "utf-8")
    for file in (lines, table):
        called = call("score", book, file, "--engine", engine, "--as-of", DAY, "--format", "jsonl")
        assert called.code == 0, called.err
        found = json.loads(called.out.splitlines()[0])["answer"]["next_band"]
        assert [(way["criteria"], way["total"]) for way in found["ways"]] == want
    pairs = [word for name, value in inputs.items() for word in ("--input", f"{name}={str(value).lower()}")]
    page = call("explain", book, *pairs, "--engine", engine, "--as-of", DAY).out
    assert [float(line.split("→")[1]) for line in page.splitlines() if "→" in line] == [t for _, t in want]


def test_what_is_not_decided_is_told_in_the_answer_and_on_the_page() -> None:
    names = [f"n{index}" for index in range(8)]
    criteria = [
        {"id": f"c{n}", "when": {"ratio": pair, "between": [0.1 + n / 50, 0.2 + n / 50]}, "points": 10}
        for n, pair in enumerate(combinations(names, 2))
    ]
    numbers = {name: {"type": "integer", "min": 0, "max": 999} for name in names}
    bands = [{"id": "top", "from": 270}, {"id": "low", "from": 0}]
    score = scored(rulebook(numbers, criteria, bands=bands), dict.fromkeys(names, 999))
    assert isinstance(score, Score)
    above = score.outcome.next_band
    assert above is not None
    assert (above.ways, above.undecided) == ((), 253)
    found = message(answer(score)).next_band
    assert (list(found.ways), found.ways_undecided) == ([], 253)
    page = Page(Paint(False), 80, lambda _: "")
    assert list(next_band(score, page))[-1].strip() == (
        "253 sets of criteria not tried out: they share too many inputs"
    )
