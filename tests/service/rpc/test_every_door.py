"""What is the same at every door: files, one subject explained, suites, and each call that scores."""

import json
from collections.abc import Iterator

import pytest
from grpc import StatusCode

from scorewright.catalog.catalog import load_catalog
from scorewright.rulebook.source import UNWANTED
from scorewright.v1 import scorewright_pb2 as pb
from tests.properties.subjects import NOTHING
from tests.service.cli.calling import call
from tests.service.conftest import failure, keeping
from tests.service.every_door import DOORS, Came, House, by_batch, by_score, by_stream

RULEBOOK = """\
rulebook: { id: doors, name: Doors, version: 1.0.0, owner: tests }
inputs:
  agreed: { type: boolean }
  size: { type: integer, min: 0, max: 9 }
  source: { type: choice, options: [inbound, outbound] }
  department: { type: text }
  since: { type: date, max: as_of }
  tags: { type: list, of: text }
  name: { type: text, required: true }
score: { method: sum, out_of: 20, if_missing: no_points }
criteria:
  - { id: agreed, when: { input: agreed, is: false }, points: 1 }
  - { id: size, when: { input: size, less_than: 5 }, points: 1 }
  - { id: source, when: { input: source, not_one_of: [outbound] }, points: 2 }
  - { id: department, when: { input: department, not_one_of: [sales] }, points: 4 }
  - { id: since, when: { input: since, days_ago_at_least: 1 }, points: 5 }
  - { id: tags, when: { not: { input: tags, includes: a } }, points: 7 }
bands: [{ id: any, from: 0 }]
"""
LESS = """\
rulebook: { id: less, name: Less, version: 1.0.0, owner: tests }
inputs: { agreed: { type: boolean } }
score: { method: sum, out_of: 1, if_missing: no_points }
criteria: [{ id: agreed, when: { input: agreed, is: true }, points: 1 }]
bands: [{ id: any, from: 0 }]
"""
MEASURED = """\
rulebook: { id: measured, name: Measured, version: 1.0.0, owner: tests }
facts: { visit: { fields: { page: { type: text } } } }
signals: [{ id: seen, when: { fact: visit } }]
inputs: { visits: { type: count, max: 5, measured: { count: visit, within: 30 days } } }
score: { method: count, of: triggers, out_of: 1 }
bands: [{ id: any, from: 0 }]
triggers:
  - { id: often, when: { all: [{ input: visits, at_least: 2 }, { signal: seen, is: true }] } }
"""
ALL = ("agreed", "size", "source", "department", "since", "tags")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("doors") / "rules"
    folder.mkdir()
    for name, text in {"doors": RULEBOOK, "less": LESS, "measured": MEASURED}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    store, report = load_catalog(folder, "compiled")
    assert store is not None, report
    database = f"sqlite:///{folder.parent}/doors.db"
    with keeping(store, database=database, sweep_seconds=0) as served:
        yield House(folder / "doors.yaml", served)


def empty_at(door: str) -> list[object]:
    """List what is nothing at a door; a suite may not hold some characters at all."""
    return [n for n in NOTHING if door != "suite" or not isinstance(n, str) or not UNWANTED.search(n)]


@pytest.mark.parametrize("door", DOORS)
def test_nothing_is_missing_at_every_door(house: House, door: str) -> None:
    for nothing in empty_at(door):
        came = DOORS[door](house, {"name": "x", **dict.fromkeys(ALL, nothing)})
        assert came == Came(0, ALL), ascii(nothing)


@pytest.mark.parametrize("door", DOORS)
def test_nothing_where_an_answer_is_required_is_refused_at_every_door(house: House, door: str) -> None:
    for nothing in empty_at(door):
        came = DOORS[door](house, {"name": nothing, "agreed": False})
        assert came == Came(invalid=[("name", "required")]), ascii(nothing)


ASKED_BY_A_CALLER = {"Score": by_score, "ScoreBatch": by_batch, "ScoreStream": by_stream}
MEANT = ("explain --file", "explain --input", "suite", "EvaluateAccount")


@pytest.mark.parametrize("door", ASKED_BY_A_CALLER)
def test_a_caller_that_lost_its_inputs_is_refused_where_it_is_strict(house: House, door: str) -> None:
    lost = ASKED_BY_A_CALLER[door](house.asking_less, {}, strict=True)
    assert lost == Came(invalid=[("subject.inputs" if door == "Score" else "", "no_inputs")])
    for sent in ({"agreed": None}, {"agreed": ""}, {"agreed": False}):
        assert not ASKED_BY_A_CALLER[door](house.asking_less, sent, strict=True).invalid
    unknown = ASKED_BY_A_CALLER[door](house.asking_less, {"other": 1}, strict=True)
    assert unknown == Came(invalid=[("other", "unknown_input")])


@pytest.mark.parametrize("door", [*ASKED_BY_A_CALLER, "JSON lines, flat", "JSON lines, framed"])
def test_an_answer_says_that_no_input_came(house: House, door: str) -> None:
    assert DOORS[door](house.asking_less, {}) == Came(0, ["agreed"], flags=["no_inputs"])
    assert DOORS[door](house.asking_less, {"agreed": None}) == Came(0, ["agreed"])


@pytest.mark.parametrize("door", MEANT)
def test_no_inputs_are_meant_where_a_person_or_a_file_gives_none(house: House, door: str) -> None:
    assert DOORS[door](house.asking_less, {}) == Came(0, ["agreed"])


@pytest.mark.parametrize("door", ASKED_BY_A_CALLER)
@pytest.mark.parametrize("strict", [True, False])
def test_a_rulebook_that_measures_everything_asks_nothing(house: House, door: str, strict: bool) -> None:
    came = ASKED_BY_A_CALLER[door](house.measured, {}, strict=strict)
    assert not came.invalid
    assert "no_inputs" not in came.flags


def test_every_rulebook_that_asks_is_named_and_a_summary_is_marked_too(house: House) -> None:
    both = pb.ScoreRequest(rulebooks=["less", "measured"], subject=pb.Subject(id="s"), strict=True)
    found = failure(lambda: house.served.scoring.Score(both, timeout=30))
    ((field, words),) = found.bad_request
    assert (field, found.code) == ("subject.inputs", StatusCode.INVALID_ARGUMENT)
    assert words.startswith("no_inputs: ")
    assert words.endswith(" (less)")
    short = pb.ScoreRequest(rulebooks=["less", "measured"], subject=pb.Subject(id="s"), detail=pb.SUMMARY)
    less, measured = house.served.scoring.Score(short, timeout=30).answers
    assert (list(less.flags), list(measured.flags)) == (["no_inputs"], [])


def test_a_good_subject_beside_one_that_lost_its_inputs_is_answered(house: House) -> None:
    asked = pb.ScoreBatchRequest(rulebooks=["less"], strict=True, subjects=[pb.Subject(id="lost")])
    asked.subjects.add(id="good").inputs.update({"agreed": True})
    lost, good = house.served.scoring.ScoreBatch(asked, timeout=30).results
    assert (lost.error.code, [each.code for each in lost.error.invalid]) == (3, ["no_inputs"])
    assert good.answers[0].total == 1


@pytest.mark.parametrize("line", ['{"subject_id": "s"}', "{}", '{"subject_id": "s", "inputs": {}}'])
def test_a_line_without_inputs_is_refused_where_asked_strictly(house: House, line: str) -> None:
    file = house.write("subjects.jsonl", line)
    less = house.asking_less.path
    called = call("score", less, file, "--strict", "--format", "jsonl", "--no-summary")
    assert [found["code"] for found in json.loads(called.out)["invalid"]] == ["no_inputs"]
    assert called.code == 1


def test_a_row_with_an_id_and_nothing_else_is_a_subject(house: House) -> None:
    file = house.write("subjects.csv", "subject_id,agreed\ns,\n")
    called = call("score", house.asking_less.path, file, "--strict", "--format", "jsonl", "--no-summary")
    assert json.loads(called.out)["answer"]["missing"] == ["agreed"]
    assert "no_inputs" not in called.out


@pytest.mark.parametrize("door", [door for door in DOORS if door not in ("CSV", "explain --input")])
def test_spaces_around_a_text_are_part_of_it_where_it_is_no_cell(house: House, door: str) -> None:
    came = DOORS[door](house, {"name": "x", **dict.fromkeys(ALL), "department": " sales"})
    assert came.total == 4


@pytest.mark.parametrize("door", ["CSV", "explain --input"])
def test_spaces_around_a_cell_are_not(house: House, door: str) -> None:
    came = DOORS[door](house, {"name": "x", **dict.fromkeys(ALL), "department": " sales\u00a0"})
    assert came.total == 0


@pytest.mark.parametrize("door", [door for door in DOORS if door not in ("CSV", "explain --input")])
def test_an_empty_item_of_a_list_is_invalid_at_every_door(house: House, door: str) -> None:
    came = DOORS[door](house, {"name": "x", "tags": ["a", " "]})
    assert came == Came(invalid=[("tags[1]", "wrong_type")])
