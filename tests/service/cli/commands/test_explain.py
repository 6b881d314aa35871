"""`explain`: one page a subject, 80 columns wide, that says everything the answer does."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scorewright.cli.reporters.shown import width
from tests.service.cli.calling import DAY, Called, call

pytestmark = pytest.mark.usefixtures("at_root")

EVERYTHING = "tests/data/everything.yaml"
PAGES: dict[str, tuple[str, ...]] = {
    "lead_points_100": (
        "decision_maker=yes", "timeline_days=14", "source=referral", "team_size=3", "industry_match=no",
    ),
    "bant_20": ("budget=5", "authority=3.5", "need=4"),
    "provider_40": (
        "dependency_risk=4", "reliability=3", "pricing_rating=2", "exclusivity=soft",
        "integration_maturity=4",
    ),
    "client_health_100": (
        "api_volume_vs_plan=4", "mom_volume_trend=3", "ticket_volume=5", "severity_trend=4",
        "team_engagement=2.5", "nps_satisfaction=4", "feedback_quality=3", "asked_new_products=yes",
    ),
    "fit_intent_taskflow": (
        "employees=50", "role_pm_or_leadership=yes", "visited_pricing=yes", "return_visits=2",
    ),
    "stage_exit": ("stage=discovery", "pain_confirmed=yes"),
    EVERYTHING: (
        "plan=basic", "seats=60", "monthly_spend=500", "storage_used=90", "advanced_attempts=3",
        "open_complaints=2", "overdue_days=70", "tags=a;b", "last_contact=2026-01-01", "contract_signed=yes",
        "do_not_contact=true",
    ),
}  # fmt: skip


def explain(rulebook: str, *inputs: str, color: bool = False, more: tuple[str, ...] = ()) -> Called:
    pairs = [word for pair in inputs for word in ("--input", pair)]
    return call("explain", rulebook, *pairs, "--as-of", DAY, *more, color=color)


@pytest.mark.parametrize("rulebook", PAGES)
def test_the_golden_of_a_page(rulebook: str, golden: Callable[[str, str], None]) -> None:
    called = explain(rulebook, *PAGES[rulebook], more=("--subject", "acme"))
    assert (called.code, called.err) == (0, "")
    assert max(width(line) for line in called.out.splitlines()) <= 80
    golden(f"cli/explain/{Path(rulebook).stem}.txt", called.out)


@pytest.mark.parametrize("rulebook", PAGES)
def test_colours_change_nothing_but_colours(rulebook: str, golden: Callable[[str, str], None]) -> None:
    plain = explain(rulebook, *PAGES[rulebook]).out
    painted = explain(rulebook, *PAGES[rulebook], color=True).out
    bare = painted
    for code in ("1", "2", "31", "32", "33", "34", "36", "1;32", "1;31", "1;33", "1;36", "0"):
        bare = bare.replace(f"\x1b[{code}m", "")
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()
    if rulebook == EVERYTHING:
        golden("cli/explain/color.txt", painted.replace("\x1b", "␛"))


@pytest.mark.parametrize("rulebook", PAGES)
def test_every_rule_is_named_with_its_line(rulebook: str) -> None:
    called = explain(rulebook, *PAGES[rulebook])
    path = Path(rulebook if rulebook == EVERYTHING else f"rules/{rulebook}.yaml")
    lines = path.read_text().splitlines()
    answer = json.loads(explain(rulebook, *PAGES[rulebook], more=("--format", "json")).out)["answer"]
    for criterion in answer.get("criteria", []):
        line = next(n for n, text in enumerate(lines, 1) if f"id: {criterion['id']}" in text and "- " in text
                    and n > lines.index("criteria:"))  # fmt: skip
        assert f":{line}" in called.out


def test_json_is_the_answer() -> None:
    called = explain("bant_20", "budget=5", more=("--format", "json", "--subject", "deal 7"))
    found = json.loads(called.out)
    assert found["subject_id"] == "deal 7"
    assert found["answer"]["status"] == "INCOMPLETE"
    assert found["answer"]["missing"] == ["authority", "need", "timeline"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_golden_of_invalid_inputs(form: str, golden: Callable[[str, str], None]) -> None:
    called = explain("bant_20", "budget=9", "authority=x", "need=3.25", more=("--format", form))
    assert called.code == 1
    golden(f"cli/explain/invalid_{form}.txt", called.out)


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (("budgt=5",), "error: `budgt` is not an input of `bant_20`\nhelp: did you mean `budget`?\n"),
        (("budget=5", "budget=4"), "error: input `budget` is given twice\n"),
    ],
)
def test_a_name_that_cannot_be_is_wrong_usage(inputs: tuple[str, ...], said: str) -> None:
    called = explain("bant_20", *inputs)
    assert (called.code, called.err) == (2, said)


@pytest.mark.parametrize("pair", ["budget", "=5", ""])
def test_an_input_is_written_with_a_sign(pair: str) -> None:
    called = explain("bant_20", pair)
    assert called.code == 2
    assert "is not written as NAME=VALUE" in called.err


def test_an_input_without_a_value_is_missing() -> None:
    called = explain("bant_20", "budget=", more=("--format", "json"))
    assert "budget" in json.loads(called.out)["answer"]["missing"]


def test_a_zero_that_nothing_can_be_divided_by_is_told_from_a_missing_answer() -> None:
    called = explain("net_revenue_retention", "starting=0", "churn=0", "contraction=0")
    missing, _, zero = called.out.partition("Missing\n")[2].partition("Divided by 0\n")
    assert missing.split() == ["expansion", "money", "from", "0"]
    told = " ".join(zero.partition("\n\n")[0].split())
    assert told.startswith("- starting is 0, by which nothing can be divided: there is no value ")


@pytest.mark.parametrize(
    ("rulebook", "said"),
    [
        ("client_health_100", "13.3333 % of the weights are known, and a total needs 60 % or more"),
        ("provider_40", "1 of 8 criteria are known, and a total needs 6 or more"),
    ],
)
def test_too_little_known_for_a_total_is_told_with_what_it_takes(rulebook: str, said: str) -> None:
    known = "api_volume_vs_plan=4" if rulebook == "client_health_100" else "reliability=4"
    assert f"  no total   no band\n  {said}\n" in explain(rulebook, known).out


def test_a_long_item_goes_on_below_its_first_word() -> None:
    page = explain("intervention_triggers", "days_without_response=14").out
    first, second, *_ = page.partition("What to do\n")[2].splitlines()
    assert (first[:16], second) == ("  1. Escalate to", "     warm introduction")


def test_a_file_brings_inputs_subject_and_day(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"subject_id": "a", "as_of": "2020-02-02", "inputs": {"budget": 5}}, indent=2))
    found = json.loads(
        call("explain", "bant_20", "--file", path, "--input", "need=4", "--format", "json").out
    )
    assert found["subject_id"] == "a"
    assert found["answer"]["receipt"]["as_of"] == "2020-02-02"
    assert found["answer"]["missing"] == ["authority", "timeline"]


def test_a_file_may_come_from_standard_input() -> None:
    called = call(
        "explain", "bant_20", "--file", "-", "--format", "json", stdin=b'\xef\xbb\xbf{\n"budget": 5\n}\n'
    )
    assert json.loads(called.out)["answer"]["missing"] == ["authority", "need", "timeline"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"x", "not_json"), (b"[]", "not_json"), (b'{"inputs": 3}', "wrong_type"), (b"\xff", "not_json")],
)
def test_a_file_that_is_no_subject_is_told(data: bytes, code: str) -> None:
    called = call("explain", "bant_20", "--file", "-", "--format", "json", stdin=data)
    assert called.code == 1
    assert [found["code"] for found in json.loads(called.out)["invalid"]] == [code]
    assert call("explain", "bant_20", "--file", "-", stdin=data).code == 1


def test_a_file_that_cannot_be_read_is_wrong_usage() -> None:
    called = call("explain", "bant_20", "--file", "nope.json")
    assert (called.code, called.err) == (2, "error: cannot read nope.json: no such file or directory\n")


def test_a_day_that_is_none_is_wrong_usage() -> None:
    called = call("explain", "bant_20", "--as-of", "31.1.2026")
    assert called.code == 2
    assert "`31.1.2026` is not a day written as 2026-01-31" in called.err
