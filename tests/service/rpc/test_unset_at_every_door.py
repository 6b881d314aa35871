"""Records without an optional field are the same subject at every door, by every engine (laws 7 and 18)."""

from pathlib import Path
from typing import Any

import pytest

from scorewright.catalog.catalog import load_catalog
from tests.engines import EVERY
from tests.service.cli.calling import call
from tests.service.conftest import keeping
from tests.service.doors import Json
from tests.service.every_door import DOORS, Came, House
from tests.service.rpc.test_doors import everywhere

RULEBOOK = """\
rulebook: { id: leverage, name: Weeks, version: 1.0.0, owner: tests }
inputs:
  weeks:
    type: list
    required: true
    fields:
      actual: { type: number, label: Volume, min: 0, max: 200, optional: true }
      forecast: { type: number, min: 0, max: 100, optional: true }
      place: { type: choice, options: [here, there], optional: true }
      name: { type: text }
values:
  streak: { trailing: { over: weeks, field: actual, at_least: forecast } }
  volume: { sum: { over: weeks, of: [actual] } }
score: { method: value, of: volume }
bands:
  - { id: large, from: 250 }
  - { id: small, from: 0 }
triggers:
  - { id: steady, when: { value: streak, at_least: 2 } }
  - { id: huge, when: { value: volume, at_least: 400 } }
"""
WHOLE = {"actual": 100, "forecast": 90, "place": "here", "name": "w"}
LEFT_OUT = {"forecast": 90, "place": "here", "name": "w"}


def weeks(*records: dict[str, Any]) -> Json:
    return {"weeks": list(records)}


@pytest.mark.parametrize("engine", EVERY)
@pytest.mark.parametrize("nothing", [LEFT_OUT, {**LEFT_OUT, "actual": None}, {**LEFT_OUT, "actual": " "}])
def test_an_unset_field_is_the_same_answer_at_every_door(
    tmp_path: Path, engine: str, nothing: dict[str, Any]
) -> None:
    sent = weeks(WHOLE, nothing, WHOLE)
    for door, answer in everywhere(tmp_path, RULEBOOK, sent, engine=engine).items():
        assert (answer["status"], "total" in answer, "band" in answer) == ("INCOMPLETE", False, False), door
        assert answer["missing"] == ["weeks[1].actual"], door
        assert (answer["bounds"]["lowest"], answer["bounds"]["highest"]) == (200, 400), door
        assert answer["bounds"]["possible_bands"] == ["small", "large"], door
        assert [value.get("value") for value in answer["values"]] == [1, None], door
        assert (answer.get("triggers"), answer["flags"]) == (None, ["not_evaluated:huge"]), door


@pytest.mark.parametrize("engine", EVERY)
def test_fields_that_are_set_are_counted_at_every_door(tmp_path: Path, engine: str) -> None:
    for door, answer in everywhere(tmp_path, RULEBOOK, weeks(WHOLE, WHOLE, WHOLE), engine=engine).items():
        assert (answer["status"], answer["total"], answer["band"]["id"]) == ("SCORED", 300, "large"), door
        assert [trigger["id"] for trigger in answer["triggers"]] == ["steady"], door
        assert not {"missing", "bounds", "flags"} & answer.keys(), door


@pytest.mark.parametrize("engine", EVERY)
def test_a_field_that_no_value_reads_leaves_the_total_certain_at_every_door(
    tmp_path: Path, engine: str
) -> None:
    sent = weeks({**WHOLE, "place": None}, {"actual": 1, "name": "w"})
    for door, answer in everywhere(tmp_path, RULEBOOK, sent, engine=engine).items():
        assert (answer["total"], answer["band"]["id"]) == (101, "small"), door
        assert answer["missing"] == ["weeks[0].place", "weeks[1].forecast", "weeks[1].place"], door
        assert (answer["bounds"]["lowest"], answer["bounds"]["highest"]) == (101, 101), door


@pytest.mark.parametrize("door", DOORS)
def test_only_what_is_optional_may_be_unset_and_what_is_sent_is_checked_at_every_door(
    tmp_path_factory: pytest.TempPathFactory, door: str
) -> None:
    folder = tmp_path_factory.mktemp("unset") / "rules"
    folder.mkdir()
    (folder / "leverage.yaml").write_text(RULEBOOK, encoding="utf-8")
    store, report = load_catalog(folder, "compiled")
    assert store is not None, report
    with keeping(store, database=f"sqlite:///{folder.parent}/one.db", sweep_seconds=0) as served:
        ask = House(folder / "leverage.yaml", served)
        unset = weeks({**WHOLE, "name": None}, {"actual": 1}, {**WHOLE, "name": ""})
        assert DOORS[door](ask, unset) == Came(invalid=[(f"weeks[{n}].name", "required") for n in range(3)])
        wrong = weeks({**WHOLE, "actual": 201}, {**WHOLE, "forecast": "5"}, {**WHOLE, "place": "nowhere"})
        assert DOORS[door](ask, wrong) == Came(
            invalid=[
                ("weeks[0].actual", "out_of_range"),
                ("weeks[1].forecast", "wrong_type"),
                ("weeks[2].place", "unknown_choice"),
            ]
        )
        assert DOORS[door](ask, weeks({"name": "w"})) == Came(
            missing=["weeks[0].actual", "weeks[0].forecast", "weeks[0].place"], flags=["not_evaluated:huge"]
        )


def test_a_page_names_the_first_unset_fields_and_counts_the_rest(tmp_path: Path) -> None:
    (tmp_path / "leverage.yaml").write_text(RULEBOOK, encoding="utf-8")
    for records, last in ((4, "weeks[3].forecast"), (40, "and 70 more of weeks")):
        rows = ", ".join(['{"name": "w", "place": "here"}'] * records)
        asked = ("leverage", "--rules", tmp_path, "--input", f"weeks=[{rows}]")
        page = call("explain", *asked).out
        told = page.partition("Missing\n")[2].partition("\n\n")[0].splitlines()
        assert told[0].split() == ["weeks[0].actual", "number", "from", "0", "to", "200"]
        assert len(told) == min(2 * records, 11)
        assert told[-1].strip().startswith(last)


def test_a_failed_test_names_the_first_unset_fields_too(tmp_path: Path) -> None:
    (tmp_path / "leverage.yaml").write_text(RULEBOOK, encoding="utf-8")
    rows = ", ".join(["{ name: w, place: here }"] * 600)
    case = f"{{ name: Much is unset, inputs: {{ weeks: [{rows}] }}, expect: {{ score: 1 }} }}"
    (tmp_path / "leverage.tests.yaml").write_text(
        f"tests_for: leverage\ncases:\n  - {case}\n", encoding="utf-8"
    )
    found = call("test", tmp_path)
    assert found.code == 1
    assert "weeks[4].forecast, at least 990 more of weeks" in found.out
    assert "weeks[5]" not in found.out
