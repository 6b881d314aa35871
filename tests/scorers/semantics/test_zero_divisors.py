"""What would divide by 0 is told by its divisor, follows the policy, and is certain."""

from itertools import product
from typing import Any

import pytest

from scorewright.program.program import Program
from scorewright.results.outcome import Outcome, Status
from tests.written import YES_NO, Written, acts, outcome, rulebook, table, yes

NUMBER: Written = {"type": "number", "min": 0, "max": 1000}
DEBT: dict[str, Written] = {"debt": NUMBER, "income": NUMBER}
RATIO: Written = {"ratio": ["debt", "income"], "more_than": 0.5}
CHANGE: Written = {"change": ["debt", "income"], "at_most": -30}
FLAG = "divisor_zero:criterion:leverage:income"


def card(policy: str, test: Written = RATIO, **more: Any) -> Program:
    """Write a card of a ratio for 30 and a yes-or-no question for 10."""
    criteria = [{"id": "leverage", "when": test, "points": 30}, yes("budget")]
    return rulebook({**DEBT, "budget": YES_NO}, criteria, {"if_missing": policy, "out_of": 40}, **more)


def zeros(found: Outcome) -> list[str]:
    return [flag.removeprefix("divisor_zero:") for flag in found.flags if flag.startswith("divisor_zero:")]


def ends(found: Outcome) -> tuple[int, int] | None:
    return (int(found.bounds.lowest), int(found.bounds.highest)) if found.bounds else None


@pytest.mark.parametrize("test", [RATIO, CHANGE, {"not": RATIO}, {"any": [RATIO, {"not": RATIO}]}])
def test_no_points_over_0_is_0_for_certain_and_says_so(test: Written) -> None:
    found = outcome(card("no_points", test), debt=500, income=0, budget=True)
    assert [found.status, found.total, found.missing, found.bounds] == [Status.SCORED, 10, (), None]
    assert [found.criteria[0].points, found.criteria[0].zero] == [0, ("income",)]
    assert found.criteria[0].reason == "income is 0, by which nothing can be divided"
    assert found.flags == (FLAG,)
    unsure = outcome(card("no_points", test), debt=500, income=0)
    assert (ends(unsure), unsure.missing) == ((0, 10), ("budget",))


def test_left_out_over_0_gives_its_share_to_the_rest_for_certain() -> None:
    found = outcome(card("leave_out"), debt=500, income=0, budget=True)
    assert [found.total, found.criteria[0].points, found.missing, found.flags] == [40, None, (), (FLAG,)]
    unsure = outcome(card("leave_out"), debt=500, income=0)
    assert (ends(unsure), unsure.missing) == ((0, 40), ("budget",))


def test_incomplete_over_0_has_no_total_no_bounds_and_no_band_and_the_flag_says_why() -> None:
    for known in ({}, {"budget": True}):
        found = outcome(card("incomplete"), {"debt": 500, "income": 0, **known})
        assert (found.status, found.total, found.bounds, found.band) == (Status.INCOMPLETE, None, None, None)
        assert found.flags == (FLAG,)
        assert found.missing == (() if known else ("budget",))


def test_a_part_that_decides_leaves_nothing_to_divide() -> None:
    either = {"any": [RATIO, {"input": "budget", "is": True}]}
    found = outcome(card("incomplete", either), debt=500, income=0, budget=True)
    assert [found.total, found.flags] == [40, ()]
    open_one = outcome(card("incomplete", either), debt=500, income=0)
    assert (open_one.total, ends(open_one), open_one.band, open_one.flags) == (None, (40, 40), None, (FLAG,))


def test_asking_whether_a_ratio_is_known_is_no_division() -> None:
    program = card("incomplete", {"ratio": ["debt", "income"], "known": False})
    found = outcome(program, debt=500, income=0, budget=True)
    assert [found.total, found.flags] == [40, ()]
    assert ends(outcome(program, debt=500, budget=True)) == (10, 40)


def test_the_divisors_own_policy_stands_for_a_criterion_that_has_none() -> None:
    inputs = {**DEBT, "income": {**NUMBER, "if_missing": "incomplete"}, "budget": YES_NO}
    program = rulebook(inputs, [{"id": "leverage", "when": RATIO, "points": 30}, yes("budget")])
    assert outcome(program, debt=1, budget=True).status is Status.INCOMPLETE
    assert outcome(program, debt=1, income=0, budget=True).status is Status.INCOMPLETE
    assert outcome(program, income=1, budget=True).total == 10


def test_what_is_missing_beside_a_0_is_missing_and_what_is_0_is_not() -> None:
    found = outcome(card("no_points"), income=0, budget=True)
    assert (found.missing, found.criteria[0].missing, found.flags) == (("debt",), ("debt",), (FLAG,))
    assert found.criteria[0].reason == "debt is missing; income is 0, by which nothing can be divided"


@pytest.mark.parametrize("minimum", [{"minimum_known": 2}, {"minimum_coverage": 60}])
@pytest.mark.parametrize("policy", ["no_points", "leave_out"])
def test_too_little_is_known_where_a_0_leaves_too_little(policy: str, minimum: Written) -> None:
    criteria = [{"id": "leverage", "when": RATIO, "points": 30}, yes("budget")]
    program = rulebook({**DEBT, "budget": YES_NO}, criteria, {"if_missing": policy, **minimum})
    found = outcome(program, debt=1, income=0)
    assert (found.status, found.total, found.bounds, found.flags[-1]) == (Status.INCOMPLETE, None, None, FLAG)


def test_a_divisor_that_is_missing_may_come_to_0() -> None:
    for policy, wanted in {"no_points": (10, 40), "leave_out": (10, 40), "incomplete": (10, 40)}.items():
        found = outcome(card(policy), debt=500, budget=True)
        assert (ends(found), found.missing, found.flags) == (wanted, ("income",), ())
    bands = [{"id": "high", "from": 10}, {"id": "low", "from": 0}]
    found = outcome(card("incomplete", bands=bands), debt=500, budget=True)
    assert found.bounds is not None
    assert (found.band, found.bounds.possible_bands, found.bounds.band_certain) == (None, ("high",), False)
    left_out = rulebook(
        {**DEBT, "x": NUMBER},
        [{"id": "leverage", "when": {"not": RATIO}, "points": 30},
         {"id": "x", "when": {"input": "x", "at_least": 5}, "points": 10},
         {"id": "fine", "when": RATIO, "points": -5}],
        {"if_missing": "leave_out"},
    )  # fmt: skip
    # 30 without debt, -5 with much; without income only x counts, and for all that can be earned.
    assert ends(outcome(left_out, debt=500, x=0)) == (-5, 30)
    assert ends(outcome(left_out, debt=500, x=5)) == (5, 40)


def test_a_great_many_divisors_that_are_missing_are_still_told_apart() -> None:
    names = [f"n{index}" for index in range(40)]
    criteria = [
        {"id": f"c{name}", "when": {"ratio": ["of", name], "at_least": 1}, "points": 5} for name in names
    ]
    program = rulebook(
        {"of": NUMBER, "a": YES_NO, **dict.fromkeys(names, NUMBER)},
        [*criteria, yes("a", 50)],
        {"if_missing": "leave_out"},
    )
    assert ends(outcome(program, of=1, a=True)) == (50, 250)
    assert ends(outcome(program, of=1, a=False)) == (0, 200)


def test_a_value_over_0_is_told_with_all_that_reads_it() -> None:
    values = {
        "rate": {"divide": ["debt", "income"]},
        "twice": {"multiply": ["rate", 2]},
        "over": {"divide": ["debt", "rate"]},
    }
    found = outcome(table("value", "over", DEBT, values=values), debt=0, income=0)
    assert (found.status, found.missing, found.bounds) == (Status.INCOMPLETE, (), None)
    assert zeros(found) == ["value:rate:income", "value:over:income", "value:twice:income"]
    over_rate = outcome(table("value", "over", DEBT, values=values), debt=0, income=5)
    assert (over_rate.status, over_rate.missing, zeros(over_rate)) == (
        Status.INCOMPLETE,
        (),
        ["value:over:rate"],
    )


def test_a_value_over_what_is_missing_is_no_division_by_0() -> None:
    found = outcome(table("value", "rate", DEBT, values={"rate": {"percent": ["debt", "income"]}}), debt=0)
    assert (found.status, found.missing, found.flags) == (Status.INCOMPLETE, ("income",), ())


LEFTS: dict[str, Written] = {"ratio": RATIO, "change": CHANGE, "value": {"value": "rate", "at_least": 1}}


@pytest.mark.parametrize("left", LEFTS)
def test_every_kind_of_thing_tells_its_divisor(left: str) -> None:
    asked = LEFTS[left]
    program = table(
        "none",
        None,
        {**DEBT, "budget": YES_NO},
        [{"id": "no", "when": {"input": "budget", "is": True}}, {"id": "b", "when": asked}, {"id": "rest"}],
        values={"rate": {"divide": ["debt", "income"]}},
        lists=[
            {
                "id": "l",
                "items": [
                    {"id": "when", "when": asked},
                    {"id": "unless", "unless": asked},
                    {"id": "excused", "when": asked, "unless": {"input": "budget", "is": False}},
                    {"id": "idle", "when": {"input": "budget", "is": True}, "unless": asked},
                ],
            }
        ],
        disqualifiers=[{"id": "d", "when": asked, "band": "no"}],
        triggers=[
            {"id": "t", "when": asked},
            {"id": "fires", "when": {"input": "debt", "at_least": 1}, "actions": ["guarded"]},
        ],
        flags=[{"id": "f", "when": asked}],
        actions={**acts("guarded", only_if=asked), **acts("idle", only_if=asked)},
    )
    found = outcome(program, debt=3, income=0, budget=False)
    kinds = [
        "item:when", "item:unless", "disqualifier:d", "trigger:t", "band:b", "flag:f", "guard:guarded",
    ]  # fmt: skip
    assert zeros(found) == [f"{kind}:income" for kind in ["value:rate", *kinds]]
    assert found.flags[:2] == ("not_evaluated:d", "not_evaluated:t")
    assert (found.band, found.missing) == (None, ())
    assert [item.id for item in found.lists[0].items] == ["unless"]
    assert found.withheld[0].reason.endswith(": unknown, for income is 0, by which nothing can be divided")
    known = outcome(program, debt=3, income=1, budget=False)
    assert zeros(known) == []


def test_what_reads_points_that_are_unknown_over_0_names_the_divisor() -> None:
    asked: list[Written] = [
        {"criterion": "leverage", "at_least": 5},
        {"group": "g", "at_least": 5},
        {"score": "total", "at_least": 5},
        {"criterion": "budget", "at_least": 5},
    ]
    criteria = [{"id": "leverage", "when": RATIO, "points": 30, "group": "g"}, yes("budget")]
    program = rulebook(
        {**DEBT, "budget": YES_NO},
        criteria,
        {"if_missing": "incomplete"},
        groups=[{"id": "g"}],
        triggers=[{"id": f"t{n}", "when": test} for n, test in enumerate(asked)],
    )
    found = outcome(program, debt=1, income=0, budget=True)
    assert zeros(found) == ["criterion:leverage:income", *(f"trigger:t{n}:income" for n in range(3))]
    assert [flag for flag in found.flags if "not_evaluated" in flag] == [
        f"not_evaluated:t{n}" for n in range(3)
    ]


def test_a_band_that_only_a_disqualifier_over_0_could_set_is_not_possible() -> None:
    bands = [{"id": "high", "from": 5}, {"id": "low", "from": 0}, {"id": "out", "from": -100}]
    program = card("no_points", disqualifiers=[{"id": "d", "when": RATIO, "band": "out"}], bands=bands)
    found = outcome(program, debt=500, income=0)
    assert found.bounds is not None
    assert found.bounds.possible_bands == ("low", "high")
    open_one = outcome(program, debt=500, budget=True)
    assert open_one.bounds is not None
    assert open_one.bounds.possible_bands == ("out", "high")


def test_a_0_that_is_assumed_divides_as_one_that_was_sent() -> None:
    inputs = {**DEBT, "income": {**NUMBER, "if_missing": {"assume": 0}}}
    found = outcome(rulebook(inputs, [{"id": "leverage", "when": RATIO, "points": 30}]), debt=1)
    assert (found.missing, found.flags) == ((), (FLAG,))


def test_two_divisors_of_0_are_two_flags() -> None:
    inputs = {**DEBT, "sales": NUMBER}
    both = {"all": [RATIO, {"change": ["debt", "sales"], "at_least": 1}]}
    found = outcome(rulebook(inputs, [{"id": "c", "when": both, "points": 3}]), debt=1, income=0, sales=0)
    assert zeros(found) == ["criterion:c:income", "criterion:c:sales"]
    assert found.criteria[0].reason == "income, sales are 0, by which nothing can be divided"


@pytest.mark.parametrize(("first", "second"), list(product([0, 1, None], repeat=2)))
def test_what_is_not_sent_is_missing_and_nothing_else(first: int | None, second: int | None) -> None:
    values = {"rate": {"divide": ["debt", "income"]}, "back": {"divide": ["income", "debt"]}}
    sent = {"debt": first, "income": second}
    for of in values:
        found = outcome(table("value", of, DEBT, values=values), sent)
        assert found.missing == tuple(
            i.name for i in table("value", of, DEBT, values=values).inputs if sent[i.name] is None
        )
        assert any(flag.startswith(f"divisor_zero:value:{of}:") for flag in found.flags) == (
            (second if of == "rate" else first) == 0
        )
