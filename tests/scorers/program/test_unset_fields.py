"""Fields that records came without: named under `missing`, and what values over them are (laws 7 and 18)."""

from collections.abc import Mapping
from typing import Any

import pytest

from scorewright.program.program import Program
from scorewright.program.unset_fields import MOST_UNSET
from scorewright.results.outcome import Outcome, Status
from tests.written import Written, acts, errors, outcome, table

FIELDS: dict[str, Written] = {
    "actual": {"type": "number", "min": 0, "max": 200, "optional": True},
    "forecast": {"type": "number", "min": 0, "max": 100, "optional": True},
}
STREAK: Written = {"trailing": {"over": "weeks", "field": "actual", "at_least": "forecast"}}
SUM: Written = {"sum": {"over": "weeks", "of": ["actual", "forecast"]}}


def weeks(value: Written, fields: Mapping[str, Written] = FIELDS, **more: Any) -> Program:
    """Write a table whose total is a value over weeks."""
    inputs: dict[str, Written] = {"weeks": {"type": "list", "required": True, "fields": fields}}
    bands = more.pop("bands", [{"id": "met", "from": 3}, {"id": "not_met", "from": 0}])
    return table("value", "v", inputs, bands, values={"v": value, **more.pop("values", {})}, **more)


def of(program: Program, *records: tuple[object, object]) -> Outcome:
    return outcome(program, weeks=[{"actual": actual, "forecast": plan} for actual, plan in records])


def ends(found: Outcome) -> tuple[int, int] | None:
    return (int(found.bounds.lowest), int(found.bounds.highest)) if found.bounds else None


@pytest.mark.parametrize("nothing", [None, "", " ", "\u00a0"])
def test_an_unset_field_breaks_the_streak_and_is_missing(nothing: object) -> None:
    found = of(weeks(STREAK), (100, 90), (nothing, 90), (100, 90))
    assert [found.status, found.total, found.band] == [Status.SCORED, 1, "not_met"]
    assert found.missing == ("weeks[1].actual",)
    assert found.bounds is not None
    assert (ends(found), found.bounds.possible_bands, found.bounds.band_certain) == (
        (1, 3), ("not_met", "met"), False,
    )  # fmt: skip


def test_a_record_may_come_without_the_key() -> None:
    found = outcome(weeks(STREAK), weeks=[{"actual": 5}, {}])
    assert found.missing == ("weeks[0].forecast", "weeks[1].actual", "weeks[1].forecast")


def test_without_optional_an_unset_field_is_required() -> None:
    strict = {**FIELDS, "actual": {"type": "number", "min": 0, "max": 200}}
    program = weeks(STREAK, strict)
    assert errors(program, {"weeks": [{"forecast": None}, {"actual": ""}]}) == [
        ("weeks[0].actual", "required"),
        ("weeks[1].actual", "required"),
    ]
    assert outcome(program, weeks=[{"actual": 1}]).missing == ("weeks[0].forecast",)


def test_an_optional_field_that_is_sent_is_checked() -> None:
    sent = [{"actual": "5"}, {"actual": 201}, {"actual": True}]
    assert errors(weeks(STREAK), {"weeks": sent}) == [
        ("weeks[0].actual", "wrong_type"),
        ("weeks[1].actual", "out_of_range"),
        ("weeks[2].actual", "wrong_type"),
    ]


@pytest.mark.parametrize(
    ("records", "streak", "bounds"),
    [
        ([(1, 2), (None, 0)], 0, (1, 1)),  # at least 0 whatever it is
        ([(100, None)], 0, (1, 1)),  # no forecast is above 100
        ([(99, None)], 0, (0, 1)),
        ([(1, 1), (None, 201)], None, None),
        ([(None, 1), (0, 1), (1, 1)], 1, (1, 1)),  # behind a streak that ended
        ([(None, 1), (None, None), (1, 1)], 1, (1, 3)),
        ([], 0, None),
    ],
)
def test_the_bounds_of_a_streak_are_what_real_answers_make(
    records: list[tuple[object, object]], streak: int | None, bounds: tuple[int, int] | None
) -> None:
    if streak is None:
        assert errors(weeks(STREAK), {"weeks": [{"actual": a, "forecast": f} for a, f in records]})
        return
    found = of(weeks(STREAK), *records)
    assert [found.total, ends(found)] == [streak, bounds]


def test_a_sum_over_an_unset_field_is_unknown_within_exact_bounds() -> None:
    found = of(weeks(SUM), (2, 3), (None, 10), (4, None))
    assert (found.status, found.total) == (Status.INCOMPLETE, None)
    assert ends(found) == (6, 6 + 2000 + 400)
    assert found.missing == ("weeks[1].actual", "weeks[2].forecast")


def test_a_field_that_is_read_twice_is_one_field() -> None:
    fields: dict[str, Written] = {"x": {"type": "number", "min": -2, "max": 3, "optional": True}}
    squares = weeks({"sum": {"over": "weeks", "of": ["x", "x"]}}, fields)
    found = outcome(squares, weeks=[{"x": 1}, {}])
    assert ends(found) == (1, 10)


def test_a_sum_without_ends_has_no_bounds() -> None:
    fields: dict[str, Written] = {"x": {"type": "number", "min": 0, "optional": True}}
    found = outcome(weeks({"sum": {"over": "weeks", "of": ["x"]}}, fields), weeks=[{}])
    assert (found.total, found.bounds, found.band, found.missing) == (None, None, None, ("weeks[0].x",))


def test_a_field_that_the_sum_does_not_read_leaves_it_known() -> None:
    found = of(weeks({"sum": {"over": "weeks", "of": ["actual"]}}), (2, None), (3, 4))
    assert [found.total, ends(found), found.missing] == [5, (5, 5), ("weeks[0].forecast",)]


def test_conditions_over_an_unknown_sum_are_unknown_and_bands_stay_possible() -> None:
    bands: list[Written] = [{"id": "much", "when": {"value": "v", "at_least": 50}}, {"id": "little"}]
    triggers: list[Written] = [
        {"id": "big", "when": {"value": "v", "more_than": 1}, "actions": ["call"]},
        {"id": "unsure", "when": {"value": "v", "known": False}, "actions": ["ask"]},
    ]
    program = weeks(SUM, bands=bands, triggers=triggers, actions=acts("call", "ask"))
    found = of(program, (None, 1))
    assert (found.band, [t.id for t in found.triggers], [a.id for a in found.actions]) == (
        None, ["unsure"], ["ask"],
    )  # fmt: skip
    assert "not_evaluated:big" in found.flags
    assert found.bounds is not None
    assert found.bounds.possible_bands == ("little", "much")


def test_what_is_worked_out_from_a_streak_may_change_with_it() -> None:
    program = weeks(STREAK, values={"w": {"divide": [10, "v"]}}, bands=[
        {"id": "few", "when": {"value": "w", "at_least": 10}}, {"id": "many"},
    ])  # fmt: skip
    found = of(program, (None, 50), (60, 50))
    assert (found.band, found.bounds and found.bounds.possible_bands) == ("few", ("many", "few"))
    gone = of(program, (None, 50))
    assert "divisor_zero:value:w:v" in gone.flags
    assert (gone.band, gone.bounds and gone.bounds.band_certain) == (None, False)


def test_so_many_unset_fields_are_named_and_no_more() -> None:
    program = weeks(STREAK)
    found = outcome(program, weeks=[{}] * 1000)
    assert len(found.missing) == MOST_UNSET
    assert found.missing[-1] == "weeks[499].forecast"
    assert ends(found) == (0, 1000)


def test_two_subjects_of_other_gaps_are_told_apart() -> None:
    program = weeks(STREAK)
    for records, want in (([(1, 1), (None, 1)], 0), ([(None, 1), (1, 1)], 1), ([(1, 1), (1, 1)], 2)):
        assert of(program, *records).total == want
