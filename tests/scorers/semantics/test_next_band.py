"""The cheapest ways to the next band: real ones, also where criteria share what they read."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import pytest

from scorewright.program.program import Program
from tests.written import RATING, YES_NO, Written, outcome, rulebook, yes

Ways = list[tuple[list[str], float]]
COUNT: Written = {"type": "count"}
MONEY: Written = {"type": "money", "min": 0, "max": 1_000_000}


def bands(*edges: float) -> list[Written]:
    """Write bands from edges, the highest first, and one below them all."""
    return [{"id": f"from_{edge}", "from": edge} for edge in edges] + [{"id": "none", "from": -1000}]


def ways(program: Program, inputs: Mapping[str, object] | None = None, **more: Any) -> Ways:
    """List the ways of a subject by every engine; all are decided."""
    above = outcome(program, inputs, **more).next_band
    assert above is not None
    assert above.undecided == 0
    return [(list(way.criteria), float(way.total)) for way in above.ways]


def least(id: str, name: str, edge: float, points: float, **keys: Any) -> Written:
    """Write a criterion that earns points from an edge on."""
    return {"id": id, "when": {"input": name, "at_least": edge}, "points": points, **keys}


def bins(pair: Sequence[str], *edges: tuple[float, float]) -> list[Written]:
    """Write bins of a ratio: up to each edge its points, beyond the one below."""
    found = []
    below: list[Written] = []
    for edge, points in edges:
        parts = [*below, {"ratio": pair, "at_most": edge}]
        found.append({"id": f"to_{int(100 * edge)}", "when": {"all": parts}, "points": points})
        below = [{"ratio": pair, "more_than": edge}]
    return found


VISITS = rulebook(
    {"visits": COUNT, "budget": YES_NO},
    [least("interest", "visits", 10, 40), least("scraper", "visits", 5, -30), yes("budget", 30)],
    bands=bands(35, 5),
)


def test_a_bonus_and_a_malus_on_one_number_come_together() -> None:
    assert ways(VISITS, visits=3, budget=False) == [(["interest"], 10), (["budget"], 30)]
    assert ways(VISITS, visits=7, budget=True) == [(["scraper"], 30), (["interest"], 40)]
    assert ways(VISITS, visits=12, budget=False) == [(["budget"], 40)]
    assert ways(VISITS, budget=True) == [(["interest"], 40)]


def test_a_criterion_is_named_only_if_it_earns_more() -> None:
    program = rulebook(
        {"visits": COUNT},
        [
            least("ten", "visits", 10, 40),
            {"id": "few", "when": {"input": "visits", "at_most": 2}, "points": 5},
        ],
        bands=bands(5),
    )
    assert ways(program, visits=6) == [(["few"], 5), (["ten"], 40)]


def test_bins_of_a_ratio_exclude_each_other() -> None:
    program = rulebook(
        {"debt": MONEY, "income": {**MONEY, "min": 1}},
        bins(["debt", "income"], (0.2, 40), (0.36, 25), (0.43, 10)),
        bands=bands(60, 30, 20),
    )
    assert ways(program, debt=400, income=1000) == [(["to_36"], 25), (["to_20"], 40)]
    assert ways(program, debt=300, income=1000) == [(["to_20"], 40)]
    assert ways(program) == [(["to_36"], 25), (["to_20"], 40)]
    assert ways(program, debt=100, income=1000) == []


def test_bins_of_a_ratio_of_required_inputs_with_points_by_value_are_told_as_well() -> None:
    inputs = {
        "debt": {"type": "integer", "min": 0, "max": 20, "required": True},
        "income": {**COUNT, "min": 1, "max": 20, "required": True},
    }
    criteria = [*bins(["debt", "income"], (0.2, 40)), {"id": "size", "input": "debt", "each": 1, "up_to": 9}]
    program = rulebook(inputs, criteria, bands=bands(44, 40))
    assert ways(program, debt=9, income=10) == [(["to_20"], 44)]


def test_what_was_not_told_costs_its_bin_only_as_long_as_it_is_not_told() -> None:
    unknown: Written = {"id": "unknown", "when": {"not": {"input": "income", "known": True}}, "points": -9}
    program = rulebook(
        {"income": MONEY, "base": YES_NO}, [yes("base", 575), unknown, least("income", "income", 50_000, 62)],
        bands=bands(600),
    )  # fmt: skip
    assert ways(program, base=True) == [(["income"], 637), (["unknown"], 637)]


def test_an_answer_is_never_taken_back_for_the_points_of_its_absence() -> None:
    unknown: Written = {"id": "unknown", "when": {"not": {"input": "income", "known": True}}, "points": 30}
    program = rulebook(
        {"income": MONEY}, [unknown, least("income", "income", 50_000, 62)], bands=bands(25)
    )  # fmt: skip
    assert ways(program, income=10) == [(["income"], 62)]


def test_criteria_on_one_list_take_its_members_together() -> None:
    lands: Written = {"type": "list", "of": "choice", "options": ["low", "high", "worst"], "max_items": 2}
    criteria: list[Written] = [
        {"id": "low", "when": {"input": "lands", "includes": "low"}, "points": 30},
        {"id": "safe", "when": {"not": {"input": "lands", "includes_any": ["high", "worst"]}}, "points": 20},
        {
            "id": "both",
            "when": {"all": [{"input": "lands", "includes": x} for x in ("low", "high")]},
            "points": 25,
        },
    ]
    program = rulebook({"lands": lands}, criteria, bands=bands(60, 50))
    assert ways(program, lands=["worst"]) == [(["safe"], 50), (["low"], 55), (["both"], 55)]
    assert ways(program, lands=["low"]) == []


def test_criteria_on_one_choice_and_one_date_take_one_answer() -> None:
    plan: Written = {"type": "choice", "options": ["free", "team", "firm"]}
    criteria: list[Written] = [
        {"id": "paid", "input": "plan", "options": {"team": 10, "firm": 20}},
        {"id": "easy", "when": {"input": "plan", "one_of": ["free", "team"]}, "points": 15},
        {"id": "fresh", "input": "seen", "decay": {"points": 20, "half_life": "10 days"}},
        {"id": "settled", "when": {"input": "seen", "days_ago_at_least": 10}, "points": 12},
    ]
    inputs = {"plan": plan, "seen": {"type": "date", "max": "as_of"}}
    program = rulebook(inputs, criteria, bands=bands(36, 25))
    assert ways(program, plan="firm") == [(["fresh"], 42), (["settled"], 42), (["easy"], 25)]
    assert ways(program, plan="free", seen="2025-01-01") == [(["paid"], 37.0), (["fresh"], 37)]


def test_criteria_on_one_signal_take_it_as_one_answer() -> None:
    facts = {"call": {"label": "Call", "fields": {"how": {"type": "text", "label": "How"}}}}
    signals = [{"id": "quiet", "label": "Quiet", "when": {"no": "call", "within": "7 days"}}]
    criteria: list[Written] = [
        {"id": "calm", "when": {"signal": "quiet", "is": True}, "points": 30},
        {"id": "active", "when": {"signal": "quiet", "is": False}, "points": 25},
        yes("budget", 20),
    ]
    program = rulebook({"budget": YES_NO}, criteria, bands=bands(50), facts=facts, signals=signals)
    assert ways(program, quiet=False, budget=False) == [(["calm", "budget"], 50)]


def test_a_criterion_that_cannot_be_acted_on_changes_along() -> None:
    program = rulebook(
        {"visits": COUNT},
        [least("interest", "visits", 10, 40), least("fate", "visits", 10, 5, actionable=False)],
        bands=bands(45),
    )
    assert ways(program, visits=1) == [(["interest"], 45)]


def test_what_is_left_out_joins_with_all_that_reads_it() -> None:
    program = rulebook(
        {"a": RATING, "b": RATING},
        [
            {"id": "good", "input": "a", "rating": "as_is"},
            {"id": "bad", "input": "a", "rating": "reversed"},
            {"id": "other", "input": "b", "rating": "as_is"},
        ],
        score={"if_missing": "leave_out"},
        bands=bands(11, 9),
    )
    assert ways(program, b=2) == [(["other"], 15)]


@pytest.mark.parametrize(("cap", "want"), [(None, [(["one"], 30)]), (15, [])])
def test_caps_cut_what_is_moved_together(cap: int | None, want: Ways) -> None:
    program = rulebook(
        {"visits": COUNT},
        [
            least("one", "visits", 5, 10, group="g"),
            least("two", "visits", 8, 20, group="g", actionable=False),
        ],
        groups=[{"id": "g", **({} if cap is None else {"cap": cap})}],
        bands=bands(30),
    )
    assert ways(program, visits=1) == want


def test_no_way_leads_out_of_the_range_of_a_value() -> None:
    inputs = {
        "sold": {"type": "integer", "min": 0, "max": 9},
        "lost": {"type": "integer", "min": 0, "max": 9},
    }
    program = rulebook(
        inputs,
        [least("churn", "lost", 5, 20), least("size", "sold", 7, 20)],
        values={"rest": {"subtract": ["sold", "lost"], "min": 0, "blame": "lost"}},
        bands=bands(40, 20),
    )
    assert ways(program, sold=3, lost=0) == [(["size"], 20)]
    assert ways(program, sold=8, lost=0) == [(["churn"], 40)]


def test_no_way_leads_out_of_a_declared_range_or_between_decimals() -> None:
    tenths: Written = {"type": "number", "min": 0, "max": 1, "decimals": 1}
    ends = [{"input": "n", "more_than": 0.5}, {"input": "n", "less_than": 0.6}]
    between: Written = {"id": "between", "when": {"all": ends}, "points": 10}
    program = rulebook({"n": tenths, "m": COUNT}, [between, least("m", "m", 1, 10)], bands=bands(10))
    assert ways(program, n=0, m=0) == [(["m"], 10)]


def test_points_that_rise_and_fall_with_one_number_have_their_best_between() -> None:
    criteria: list[Written] = [
        {"id": "more", "input": "share", "value": "as_is", "group": "up"},
        {"id": "less", "input": "share", "each": -1, "up_to": -50, "group": "down"},
    ]
    inputs = {"share": {"type": "integer", "min": 0, "max": 50, "required": True}}
    groups = [{"id": "up", "cap": 30}, {"id": "down", "floor": -10}]
    program = rulebook(inputs, criteria, groups=groups, bands=bands(20, 10))
    assert ways(program, share=5) == [(["more"], 20)]


def test_ways_of_hostile_rulebooks_end_and_what_is_not_decided_is_counted() -> None:
    names = [f"n{index}" for index in range(8)]
    numbers: dict[str, Written] = {name: {"type": "integer", "min": 0, "max": 999} for name in names}
    pairs = ((a, b) for index, a in enumerate(names) for b in names[index + 1 :])
    criteria = [
        {"id": f"c{n}", "when": {"ratio": [a, b], "between": [0.1 + n / 50, 0.2 + n / 50]}, "points": 10}
        for n, (a, b) in enumerate(islice(pairs, 28))
    ]
    program = rulebook(numbers, criteria, bands=bands(270))
    above = outcome(program, dict.fromkeys(names, 999)).next_band
    assert above is not None
    assert (above.ways, above.undecided > 0) == ((), True)


def test_a_long_list_of_members_is_looked_at_piece_by_piece() -> None:
    words = [f"w{index}" for index in range(60)]
    known: Written = {"id": "known", "when": {"input": "tags", "includes_any": words}, "points": 10}
    program = rulebook({"tags": {"type": "list"}}, [known], bands=bands(10))
    assert ways(program, tags=["x"]) == [(["known"], 10)]


@pytest.mark.parametrize("edge", [1_000_000, 12_345_678, 123_456_789.25, 99_999_999_999_999])
def test_no_way_asks_for_more_digits_than_a_number_may_carry(edge: float) -> None:
    over: Written = {"id": "over", "when": {"input": "n", "more_than": edge}, "points": 10}
    both: Written = {"id": "under", "when": {"input": "n", "at_most": edge}, "points": 4}
    alone = rulebook({"n": {"type": "number"}}, [over], bands=bands(10))
    assert ways(alone, n=0) == [(["over"], 10)]
    assert ways(rulebook({"n": {"type": "number"}}, [over, both], bands=bands(10)), n=0) == [(["over"], 10)]
