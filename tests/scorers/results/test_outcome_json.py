"""The JSON form of an answer: what is left out, what never is, and that it is JSON."""

import json
from collections.abc import Mapping
from datetime import date

import pytest
import yaml

from scorewright.program.program import Program
from scorewright.results.outcome import Score, ShortScore
from scorewright.results.outcome_json import Json, answer
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from tests.architecture.source import ROOT
from tests.service.subjects import subjects

DAY = date(2026, 1, 31)
LOADED, _ = load_paths([ROOT / "rules", ROOT / "tests" / "data" / "everything.yaml"])
PROGRAMS: Mapping[str, Program] = {item.program.id: item.program for item in LOADED}


def scored(rulebook: str, inputs: Mapping[str, object], subject: str = "s") -> Json:
    score = Scorer(PROGRAMS[rulebook]).score(inputs, subject=subject, as_of=DAY)
    assert isinstance(score, Score), score
    return answer(score)


def test_a_whole_answer() -> None:
    found = scored("bant_20", {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5})
    assert (found["rulebook"], found["status"]) == ("bant_20", "SCORED")
    assert (found["total"], found["max_score"], found["percent"]) == (15.5, 20, 77.5)
    assert found["band"] == {"id": "medium_priority", "label": "Medium priority", "from": 12}
    assert found["receipt"] == {
        "rulebook": "bant_20",
        "version": "1.0.0",
        "digest": PROGRAMS["bant_20"].digest,
        "engine_version": "2",
        "as_of": "2026-01-31",
    }


def test_nothing_that_is_absent_is_there() -> None:
    found = scored("bant_20", {"budget": 5, "authority": 5, "need": 5})
    assert found["status"] == "INCOMPLETE"
    assert not found.keys() & {"total", "percent", "next_band", "computed_band", "withheld", "unknown_inputs"}
    assert None not in found.values()
    assert [] not in found.values()


def test_a_zero_that_is_an_answer_stays() -> None:
    found = scored("lead_points_100", {"budget_confirmed": False})
    assert (found["total"], found["percent"]) == (0, 0)
    assert found["band"] == {"id": "not_qualified", "label": "Not qualified", "from": 0}
    criteria = {item["id"]: item for item in found["criteria"]}  # type: ignore[attr-defined]  # a list
    assert criteria["budget_confirmed"]["points"] == 0
    assert "missing" not in criteria["budget_confirmed"]
    assert criteria["decision_maker"]["missing"] is True
    assert found["bounds"]["band_certain"] is False  # type: ignore[index]  # a dict


def test_whole_numbers_are_written_as_such() -> None:
    text = json.dumps(scored("bant_20", {"budget": 5, "authority": 5, "need": 5, "timeline": 5}))
    assert '"total": 20,' in text


def test_undeclared_inputs_are_named_and_flagged() -> None:
    found = scored("bant_20", {"budget": 5, "zzz": 1, "aaa": 2})
    assert found["unknown_inputs"] == ["aaa", "zzz"]
    assert found["flags"] == ["unknown_input:aaa", "unknown_input:zzz"]


def test_the_computed_band_stands_only_where_another_counts() -> None:
    suite = yaml.safe_load((ROOT / "tests" / "data" / "everything.tests.yaml").read_text(encoding="utf-8"))
    inputs = {**suite["cases"][0]["inputs"], "last_contact": "2026-01-30"}
    assert "computed_band" not in scored("everything", inputs)
    found = scored("everything", {**inputs, "do_not_contact": True})
    assert found["computed_band"] == scored("everything", inputs)["band"] != found["band"]
    assert found["disqualifiers"]


@pytest.mark.parametrize("rulebook", sorted(PROGRAMS))
def test_fields_are_in_the_order_of_the_proto(rulebook: str) -> None:
    # Read as text, for the library knows nothing of protobuf.
    proto = (ROOT / "proto" / "scorewright" / "v1" / "scorewright.proto").read_text(encoding="utf-8")
    body = proto.split("message Answer {")[1].split("\n}")[0]
    fields = [
        line.split("=")[0].split()[-1] for line in body.splitlines() if " = " in line and "//" not in line
    ]
    scorer = Scorer(PROGRAMS[rulebook])
    for inputs in subjects(scorer.program, 20, seed=3):
        score = scorer.score(inputs, as_of=DAY)
        if isinstance(score, Score):
            shown = list(answer(score))
            assert shown == [name for name in fields if name in shown]
            json.dumps(answer(score))


def test_a_summary_agrees_with_the_answer() -> None:
    inputs = {"budget": 5, "authority": 4, "need": 4, "timeline": 3.5}
    summary = Scorer(PROGRAMS["bant_20"]).summary(inputs, subject="s", as_of=DAY)
    assert isinstance(summary, ShortScore)
    short = answer(summary)
    full = scored("bant_20", inputs)
    assert short == {name: full[name] for name in short}
    assert set(short) == {
        *("rulebook", "status", "total", "max_score", "percent", "band", "actions", "receipt"),
    }
