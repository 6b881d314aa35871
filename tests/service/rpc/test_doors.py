"""What the law says of an answer is said at every door."""

import signal
from datetime import date
from pathlib import Path

import pytest

from scorewright.catalog.catalog import load_catalog
from scorewright.client.client import Client
from tests.service.cli.calling import call
from tests.service.conftest import serving
from tests.service.doors import Json, answers
from tests.service.rpc.test_serve import process

DAY = date(2026, 1, 31)
LEVERAGE = """\
rulebook: { id: leverage, name: Leverage, version: 1.0.0, owner: tests }
inputs:
  debt: { type: money, min: 0, max: 1000000 }
  income: { type: money, min: 0, max: 1000000 }
  budget: { type: boolean }
score: { method: sum, out_of: 40, if_missing: no_points }
criteria:
  - { id: safe, label: Safe, when: { ratio: [debt, income], at_most: 0.5 }, points: 30 }
  - { id: budget, label: Budget, when: { input: budget, is: true }, points: 10 }
triggers:
  - { id: deep, label: Deep in debt, when: { ratio: [debt, income], more_than: 0.5 } }
bands:
  - { id: good, from: 20 }
  - { id: poor, from: 0 }
"""
TABLE = """\
rulebook: { id: leverage, name: Leverage, version: 1.0.0, owner: tests }
inputs:
  debt: { type: money, min: 0, max: 1000000, required: true }
  income: { type: money, min: 0, max: 1000000, required: true }
values:
  rate: { label: Debt to income, divide: [debt, income] }
score: { method: value, of: rate }
bands:
  - { id: deep, from: 0.5 }
  - { id: safe, from: 0 }
"""


EVERYWHERE = {"explain", "JSON lines", "CSV", "Score", "ScoreBatch", "ScoreStream", "EvaluateAccount"}


def everywhere(
    folder: Path, text: str, inputs: Json, day: date = DAY, engine: str = "compiled"
) -> dict[str, Json]:
    """Ask at every door; all but numbers' types and order of keys must agree."""
    (folder / "leverage.yaml").write_text(text, encoding="utf-8")
    found = dict(answers(folder, "leverage", inputs, day, engine))
    assert found.keys() == EVERYWHERE
    return found


def test_a_divisor_of_0_is_told_at_every_door(tmp_path: Path) -> None:
    inputs = {"debt": 500, "income": 0, "budget": True}
    for door, answer in everywhere(tmp_path, LEVERAGE, inputs).items():
        assert (answer["total"], answer["band"]["id"], answer.get("missing")) == (10, "poor", None), door
        assert answer["flags"] == [
            "not_evaluated:deep", "divisor_zero:criterion:safe:income", "divisor_zero:trigger:deep:income",
        ], door  # fmt: skip


def test_a_value_over_0_is_told_at_every_door_and_nothing_sent_is_missing(tmp_path: Path) -> None:
    for door, answer in everywhere(tmp_path, TABLE, {"debt": 500, "income": 0}).items():
        assert (answer["status"], answer.get("missing"), answer.get("band")) == ("INCOMPLETE", None, None), (
            door
        )
        assert (answer["flags"], "bounds" in answer) == (["divisor_zero:value:rate:income"], False), door


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_explain_says_in_words_which_divisor_is_0(tmp_path: Path, engine: str) -> None:
    (tmp_path / "leverage.yaml").write_text(LEVERAGE, encoding="utf-8")
    asked = ("leverage", "--rules", tmp_path, "--as-of", str(DAY), "--engine", engine)
    page = call("explain", *asked, "--input", "debt=500", "--input", "income=0").out
    assert "income is 0, by which nothing can be divided" in page
    assert "Divided by 0\n" in page
    assert "there is no criterion Safe,\n" in page
    assert "trigger Deep in debt" in page
    assert "cannot be evaluated" not in page


def test_a_table_of_people_says_which_divisor_is_0(tmp_path: Path) -> None:
    (tmp_path / "leverage.yaml").write_text(TABLE, encoding="utf-8")
    asked = ("leverage", "--rules", tmp_path, "--as-of", str(DAY))
    scored = call("score", *asked, stdin=b"subject_id,debt,income\nacme,500,0\n")
    assert "income is 0, by which nothing can be divided" in scored.out


def test_a_suite_can_expect_the_flag(tmp_path: Path) -> None:
    (tmp_path / "leverage.yaml").write_text(TABLE, encoding="utf-8")
    flag = "divisor_zero:value:rate:income"
    case = '{ name: Nothing earned, inputs: { debt: 5, income: 0 }, expect: { missing: [], flags: ["%s"] } }'
    for wanted, code in ((flag, 0), (flag.replace("income", "debt"), 1)):
        suite = f"tests_for: leverage\ncases:\n  - {case % wanted}\n"
        (tmp_path / "leverage.tests.yaml").write_text(suite, encoding="utf-8")
        assert call("test", tmp_path).code == code


ENDED = LEVERAGE.replace(
    "owner: tests }", "owner: tests, effective: { from: 2020-01-01, until: 2025-12-31 } }"
)


@pytest.mark.parametrize(
    ("day", "applies"),
    [("2019-12-31", False), ("2020-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_an_answer_of_a_day_on_which_the_rulebook_does_not_apply_is_flagged_at_every_door(
    tmp_path: Path, day: str, applies: bool
) -> None:
    inputs = {"debt": 1, "income": 9, "budget": True}
    for door, answer in everywhere(tmp_path, ENDED, inputs, date.fromisoformat(day)).items():
        assert (answer["total"], answer.get("flags", [])) == (40, [] if applies else ["not_effective"]), door


def test_a_short_answer_is_flagged_too(tmp_path: Path) -> None:
    (tmp_path / "leverage.yaml").write_text(ENDED, encoding="utf-8")
    store, _ = load_catalog(tmp_path, "compiled")
    assert store is not None
    with serving(store) as served, Client(served.address, timeout=30) as client:
        (short,) = client.score("leverage", {"debt": 1, "income": 9}, subject="s", as_of=DAY, summary=True)
        assert list(short.flags) == ["not_effective"]


def test_explain_score_and_check_name_the_day_on_which_a_rulebook_ended(tmp_path: Path) -> None:
    (tmp_path / "leverage.yaml").write_text(ENDED, encoding="utf-8")
    asked = ("leverage", "--rules", tmp_path, "--as-of", str(DAY))
    told = "not effective: this rulebook applies from 2020-01-01 until 2025-12-31\n"
    assert told in call("explain", *asked, "--input", "debt=5").out
    assert told in call("score", *asked, stdin=b"subject_id,debt\na,5\n").err
    assert told not in call("explain", *asked[:-1], "2025-12-31", "--input", "debt=5").out
    found = call("check", tmp_path)
    assert (found.code, "rulebook-expired" in found.out, "until 2025-12-31" in found.out) == (0, True, True)
    assert call("check", "--strict", tmp_path).code == 1


def test_a_server_logs_at_the_start_which_rulebooks_do_not_apply(tmp_path: Path) -> None:
    (tmp_path / "leverage.yaml").write_text(ENDED, encoding="utf-8")
    with process(PORT="0", RULES=str(tmp_path)) as (started, _):
        started.send_signal(signal.SIGTERM)
        _, log = started.communicate(timeout=20)
    assert "event=not_effective rulebook=leverage version=1.0.0" in log
    assert 'applies="from 2020-01-01 until 2025-12-31"' in log


WEIGHTED = """\
rulebook: { id: leverage, name: Leverage, version: 1.0.0, owner: tests }
inputs:
  a: { type: rating, min: 0, max: 3 }
  b: { type: rating, min: 0, max: 3 }
score: { method: weighted, out_of: 100, if_missing: no_points }
groups: [{ id: a, weight: 60 }, { id: b, weight: 40 }]
criteria:
  - { id: first, group: a, input: a, rating: as_is }
  - { id: second, group: b, input: b, rating: as_is }
triggers:
  - { id: full, when: { group: a, at_least: 3 } }
bands:
  - { id: good, from: 50 }
  - { id: poor, from: 0 }
"""


def test_own_points_and_contributions_are_told_apart_at_every_door(tmp_path: Path) -> None:
    for door, answer in everywhere(tmp_path, WEIGHTED, {"a": 3, "b": 1}).items():
        (first, _), (group, other) = answer["criteria"], answer["groups"]
        assert (group["points"], group["own_points"], group["max_own_points"]) == (60, 3, 3), door
        assert (first["points"], first["own_points"], first["max_own_points"]) == (60, 3, 3), door
        assert (other["own_points"], other["max_own_points"]) == (1, 3), door
        assert answer["triggers"][0]["reason"] == (
            "own points of group a >= 3 (own points of group a: 3 of 3)"
        ), door
    page = call("explain", "leverage", "--rules", tmp_path, "--input", "a=3", "--input", "b=1").out
    assert "A  3 of 3 own points\n" in page
