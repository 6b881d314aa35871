"""What only missing answers lead to is scored at every door as the checks say that it can be."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scorewright.catalog.catalog import load_catalog
from tests.engines import EVERY
from tests.scorers.checks.test_missing_answers import (
    NINETY_AND_TEN,
    ONE_GROUP,
    SUM,
    book,
    ends_of,
    health,
)
from tests.service.cli.calling import call
from tests.service.doors import answers
from tests.service.rpc.test_rulebooks import WORST

DAY = date(2026, 1, 31)
BELOW_17 = "triggers:\n  - { id: worst, when: { score: total, less_than: 17 }, actions: [escalate] }\n"
ONE = book(ONE_GROUP, high=50, low=10, zero=0)
BOTH = book(NINETY_AND_TEN, high=50, low=0)
ADDED = book(SUM, high=10, low=0)

# The rulebook, the answers; the total, its band, the ends of the total once everything is known, what fires.
CASES: dict[str, tuple[str, dict[str, Any], int, str, tuple[int, int], list[str]]] = {
    "a band that only missing answers lead to": (ONE, {"b": False}, 0, "zero", (10, 50), []),
    "the other answer to the only question": (ONE, {"b": True}, 100, "high", (60, 100), []),
    "a sum of which a minimum is known": (ADDED, {"c": False}, 0, "low", (2, 10), []),
    "a sum of which a rating is known": (ADDED, {"a": 1}, 4, "low", (2, 16), []),
    "the worst client": (health(15), WORST, 15, "critical", (17, 49), []),
    "a trigger below what all answers lead to": (
        health(15, BELOW_17), WORST, 15, "critical", (17, 49), ["worst"],
    ),
    "a criterion that alone is known": (BOTH, {"b": True}, 100, "high", (10, 100), []),
    "a criterion that alone is known, and false": (BOTH, {"b": False}, 0, "low", (0, 90), []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_total_that_only_missing_answers_lead_to_is_the_same_at_every_door(
    tmp_path: Path, case: str
) -> None:
    text, inputs, total, band, ends, fired = CASES[case]
    lowest, highest = ends_of(text)
    assert lowest <= total <= highest
    (tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    found = dict(answers(tmp_path, "example", inputs, DAY))
    assert len(found) == 7
    for door, answer in found.items():
        assert (answer["status"], answer["total"], answer["band"]["id"]) == ("SCORED", total, band), door
        assert (answer["bounds"]["lowest"], answer["bounds"]["highest"]) == ends, door
        assert [trigger["id"] for trigger in answer.get("triggers", [])] == fired, door


@pytest.mark.parametrize("engine", EVERY)
def test_a_page_shows_the_total_and_what_is_possible_once_all_is_known(tmp_path: Path, engine: str) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(ONE, encoding="utf-8")
    page = call("explain", file, "--input", "b=no", "--engine", engine).out
    assert "0 of 100" in page
    assert "between 10 and 50 once everything is known" in page
    assert "Zero" in page


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        (book(ONE_GROUP, high=50, low=10), {"b": False}),
        (book(SUM, high=10, low=2), {"c": False}),
        (health(17), WORST),
    ],
)
def test_where_such_a_total_would_have_no_band_nothing_is_scored_or_served(
    tmp_path: Path, text: str, inputs: dict[str, Any]
) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(text, encoding="utf-8")
    given = [word for name, value in inputs.items() for word in ("--input", f"{name}={value}")]
    page = call("explain", file, *given)
    assert (page.code, page.out) == (2, "")
    assert "error[band-gap-at-bottom]" in page.err
    store, report = load_catalog(tmp_path, "compiled")
    assert store is None
    errors = [each.code for each in report.diagnostics if each.severity.value == "error"]
    assert errors == ["band-gap-at-bottom"]
