"""Totals without points: a count, a value, or none; and between what they can still lie."""

from fractions import Fraction
from typing import Any

import pytest

from scorewright.program.program import Program
from scorewright.results.outcome import Outcome, Status
from tests.written import RATING, Written, outcome, table

YES_NO: Written = {"type": "boolean"}
SMALL: Written = {"type": "integer", "min": 0, "max": 9}


BANDS: list[Written] = [{"id": "some", "from": 1}, {"id": "none", "from": -1000}]


def counting(*items: Written, bands: list[Written] = BANDS, **inputs: Any) -> Program:
    return table("count", "l", inputs, bands, lists=[{"id": "l", "items": items}])


def seen(*parts: object) -> tuple[object, ...]:
    """Put parts of an answer side by side: an exact 1 is the number 1, which their types alone do not say."""
    return parts


def at(name: str, **test: object) -> Written:
    return {"input": name, **(test or {"is": True})}


def ends(found: Outcome) -> tuple[int, int]:
    assert found.bounds is not None
    return int(found.bounds.lowest), int(found.bounds.highest)


def bands(found: Outcome) -> tuple[tuple[str, ...], bool]:
    assert found.bounds is not None
    return found.bounds.possible_bands, found.bounds.band_certain


TWO = counting({"id": "i", "when": at("a")}, {"id": "j", "unless": at("b")},
               a=YES_NO, b=YES_NO)  # fmt: skip


def test_a_count_is_how_many_items_are_listed() -> None:
    assert [outcome(TWO, a=a, b=b).total for a in (True, False) for b in (True, False)] == [1, 2, 0, 1]


def test_a_count_is_complete_whatever_is_missing_and_tells_between_what_it_can_be() -> None:
    found = outcome(TWO)
    assert seen(found.status, found.total, found.band, found.missing) == (
        Status.SCORED,
        1,
        "some",
        ("a", "b"),
    )
    assert (ends(found), bands(found)) == ((0, 2), (("none", "some"), False))


def test_a_count_has_its_percentage_where_out_of_is_written() -> None:
    score = {"method": "count", "of": "l", "out_of": 2}
    items = [{"id": "i", "when": at("a")}, {"id": "j", "unless": at("a")}]
    program = table("count", "l", {"a": YES_NO}, BANDS, score=score, lists=[{"id": "l", "items": items}])
    assert outcome(program, a=True).percent == 50


def test_items_that_share_an_answer_are_looked_at_together() -> None:
    either = counting({"id": "low", "when": at("x", less_than=5)},
                      {"id": "high", "when": at("x", at_least=5)}, x=SMALL)  # fmt: skip
    assert ends(outcome(either)) == (1, 1)
    assert bands(outcome(either)) == (("some",), True)


def test_an_item_about_an_absent_answer_is_not_certain_to_stay() -> None:
    asked = counting({"id": "unasked", "when": at("x", known=False)},
                     {"id": "asked", "unless": at("y", known=False)}, x=SMALL, y=SMALL)  # fmt: skip
    found = outcome(asked)
    assert seen(found.total, ends(found)) == (1, (1, 1))
    assert ends(outcome(asked, x=1)) == (1, 1)
    assert ends(outcome(asked, y=1)) == (1, 1)


def test_an_item_that_no_answer_can_decide_stays_as_it_is() -> None:
    ratio: Written = {"ratio": ["x", "y"], "at_least": 2}
    program = counting({"id": "i", "when": at("z"), "unless": ratio}, {"id": "j", "when": ratio},
                       x=SMALL, y=SMALL, z=YES_NO)  # fmt: skip
    assert ends(outcome(program, x=1, y=0)) == (0, 1)
    assert outcome(program, x=1, y=0, z=True).total == 1


def test_items_about_values_count_as_independent() -> None:
    tests: list[Written] = [{"at_least": 5}, {"less_than": 5}]
    items = [{"id": f"i{n}", "when": {"value": "v", **test}} for n, test in enumerate(tests)]
    values = {"v": {"add": ["x", 1]}}
    program = table("count", "l", {"x": SMALL}, BANDS, values=values, lists=[{"id": "l", "items": items}])
    assert ends(outcome(program)) == (0, 2)
    assert outcome(program, x=4).total == 1


def test_more_answers_than_can_be_tried_leave_items_independent() -> None:
    tags: Written = {"type": "list", "of": "text"}
    items = [{"id": f"i{n}", "when": at("tags", includes=f"t{n}")} for n in range(30)]
    assert ends(outcome(counting(*items, tags=tags))) == (0, 30)
    numbers: Written = {f"n{index}": {"type": "integer", "min": 0, "max": 99} for index in range(8)}
    every = [at(name, at_least=50) for name in numbers]
    both = counting({"id": "all", "when": {"all": every}}, {"id": "any", "unless": {"any": every}}, **numbers)
    assert ends(outcome(both)) == (0, 2)


def test_triggers_are_counted() -> None:
    triggers = [{"id": "t", "when": at("a")}, {"id": "u", "when": at("x", at_least=5)}]
    program = table("count", "triggers", {"a": YES_NO, "x": SMALL}, BANDS, triggers=triggers)
    found = outcome(program, a=True)
    assert seen(found.total, ends(found), found.flags) == (1, (1, 2), ("not_evaluated:u",))
    assert outcome(program, a=True, x=5).total == 2


def test_a_trigger_about_an_absent_answer_is_not_certain_to_fire() -> None:
    triggers = [{"id": "t", "when": at("a", known=False)}]
    found = outcome(table("count", "triggers", {"a": YES_NO}, BANDS, triggers=triggers))
    assert seen(found.total, ends(found), bands(found)) == (1, (0, 0), (("none",), True))


def test_a_trigger_may_ask_how_long_a_list_is() -> None:
    program = table(
        "count", "triggers", {"a": YES_NO, "b": YES_NO}, BANDS,
        lists=[{"id": "l", "items": [{"id": "i", "when": at("a")},
                                     {"id": "j", "when": at("b")}]}],
        triggers=[{"id": "t", "when": {"list": "l", "at_least": 2}},
                  {"id": "u", "when": {"list": "l", "at_least": 1}}],
    )  # fmt: skip
    assert outcome(program, a=True, b=True).total == 2
    assert ends(outcome(program, a=True)) == (1, 2)
    assert ends(outcome(program, a=False)) == (0, 1)


def valued(values: dict[str, Written], **inputs: Written) -> Program:
    return table("value", "v", inputs, BANDS, values=values)


def test_a_value_is_the_total_rounded_once() -> None:
    program = valued({"v": {"divide": ["x", 3]}}, x=SMALL)
    assert outcome(program, x=1).total == Fraction(3333, 10_000)
    assert outcome(program, x=2).total == Fraction(6667, 10_000)


def test_a_value_without_an_answer_is_no_total_but_has_bounds() -> None:
    found = outcome(valued({"v": {"subtract": ["x", "y"]}}, x=SMALL, y=RATING), y=3)
    assert seen(found.status, found.total, found.band) == (Status.INCOMPLETE, None, None)
    assert (ends(found), bands(found)) == ((-3, 6), (("none", "some"), False))


def test_a_value_whose_answers_are_known_is_certain_whatever_else_is_missing() -> None:
    found = outcome(valued({"v": {"add": ["x", 1]}}, x=SMALL, other=YES_NO), x=1)
    assert seen(found.total, ends(found), bands(found)) == (2, (2, 2), (("some",), True))


def test_a_value_without_an_end_has_no_bounds() -> None:
    assert outcome(valued({"v": {"add": ["x", 1]}}, x={"type": "count"})).bounds is None


def test_a_division_by_zero_names_its_divisor_and_has_no_bounds() -> None:
    program = valued({"v": {"percent": ["x", "y"]}}, x=SMALL, y=SMALL)
    for raw in ({"x": 1, "y": 0}, {"y": 0}):
        found = outcome(program, raw)
        assert (found.status, found.total, found.bounds) == (Status.INCOMPLETE, None, None)
        assert (found.missing, found.flags) == (tuple({"x"} - raw.keys()), ("divisor_zero:value:v:y",))


def test_a_division_by_zero_elsewhere_leaves_the_bounds() -> None:
    values: dict[str, Written] = {"v": {"add": ["x", 1]}, "other": {"divide": ["x", "y"]}}
    found = outcome(valued(values, x=SMALL, y=SMALL), y=0)
    assert ends(found) == (1, 10)


def test_a_choice_that_is_not_looked_up_never_gives_a_total() -> None:
    lookup: Written = {"lookup": {"input": "c", "options": {"red": 1}}}
    choice: Written = {"type": "choice", "options": ["red", "green"]}
    program = valued({"price": lookup, "v": {"multiply": ["price", "x"]}}, c=choice, x=SMALL)
    assert outcome(program, c="red", x=2).total == 2
    assert ends(outcome(program, c="red")) == (0, 9)
    assert outcome(program, c="green").bounds is None
    assert outcome(program, c="green", x=2).status is Status.INCOMPLETE


def test_without_a_total_there_are_neither_bounds_nor_a_percentage() -> None:
    by_condition: list[Written] = [{"id": "yes", "when": at("a")}, {"id": "no"}]
    found = outcome(table("none", None, {"a": YES_NO}, by_condition))
    assert seen(found.status, found.total, found.percent, found.bounds) == (Status.SCORED, None, None, None)


BY_LIST: list[Written] = [{"id": "all", "when": {"list": "l", "at_least": 2}},
           {"id": "one", "when": {"list": "l", "equals": 1}}, {"id": "none"}]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "possible"),
    [
        ({}, ("none", "one", "all")),
        ({"a": True}, ("one", "all")),
        ({"a": False}, ("none", "one")),
    ],
)
def test_bands_by_condition_are_possible_as_far_as_a_list_can_grow_or_shrink(
    raw: dict[str, object], possible: tuple[str, ...]
) -> None:
    both = [{"id": name, "when": at(name)} for name in ("a", "b")]
    found = outcome(counting(*both, bands=BY_LIST, a=YES_NO, b=YES_NO), raw)
    assert bands(found) == (possible, False)


@pytest.mark.parametrize(
    ("test", "possible"),
    [
        ({"at_least": 3}, ("no",)),
        ({"at_least": 2}, ("no", "yes")),
        ({"at_most": 2}, ("yes",)),
        ({"more_than": 2}, ("no",)),
        ({"less_than": 1}, ("no",)),
        ({"between": [1, 2]}, ("yes",)),
        ({"between": [2, 3]}, ("no", "yes")),
        ({"equals": 0}, ("no",)),
        ({"equals": 1}, ("no", "yes")),
        ({"not_one_of": [0, 3]}, ("yes",)),
    ],
)
def test_a_band_about_the_total_is_possible_where_the_bounds_let_it(
    test: Written, possible: tuple[str, ...]
) -> None:
    by_total: list[Written] = [{"id": "yes", "when": {"score": "total", **test}}, {"id": "no"}]
    items = [{"id": name, "when": at(name)} for name in ("a", "b")]
    found = outcome(counting(*items, bands=by_total, a=YES_NO, b=YES_NO), a=True)
    assert ends(found) == (1, 2)
    assert bands(found)[0] == possible


def test_where_no_condition_may_hold_no_band_is_certain() -> None:
    only = [{"id": "all", "when": {"list": "l", "at_least": 1}}]
    found = outcome(counting({"id": "i", "when": at("a")}, bands=only, a=YES_NO))
    assert bands(found) == (("all",), False)
