"""Which band: by the rounded total, by an input, still possible, or set by a disqualifier."""

from fractions import Fraction

import pytest

from scorewright.program.program import Program
from scorewright.results.outcome import AdjustmentKind, Outcome, Status
from tests.written import Written, acts, outcome, rulebook

HOT_WARM_COLD: list[Written] = [
    {"id": "hot", "from": 61, "actions": ["call"], "flags": ["urgent"]},
    {"id": "warm", "from": 31},
    {"id": "cold", "from": 0},
]
POINTS = {"x": {"type": "number", "min": 0, "max": 100}}
AS_IS: Written = {"id": "x", "input": "x", "value": "as_is"}


def by_points() -> Program:
    return rulebook(POINTS, [AS_IS], bands=HOT_WARM_COLD, actions=acts("call"))


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "cold"),
        (30.9999, "cold"),
        (31, "warm"),
        (60.5, "warm"),
        (60.9999, "warm"),
        (61, "hot"),
        (100, "hot"),
    ],
)
def test_a_band_holds_from_its_edge_up_to_the_next(total: float, band: str) -> None:
    assert outcome(by_points(), x=total).band == band


def test_the_band_is_read_from_the_rounded_total() -> None:
    assert outcome(by_points(), x=60.99995).band == "hot"
    assert outcome(by_points(), x=60.99994).band == "warm"


def test_a_total_below_the_lowest_edge_is_in_no_band() -> None:
    program = rulebook(POINTS, [AS_IS], bands=[{"id": "some", "from": 5}])
    assert outcome(program, x=4.9).band is None
    assert outcome(program, x=5).band == "some"


RATINGS = {name: {"type": "rating"} for name in ("a", "b", "c", "d")}
BANT = rulebook(
    RATINGS,
    [{"id": name, "input": name, "rating": "as_is"} for name in RATINGS],
    {"if_missing": "incomplete", "out_of": 20},
    [{"id": "high", "from": 16}, {"id": "medium", "from": 12}, {"id": "low", "from": 4}],
)


def possible(found: Outcome) -> tuple[tuple[str, ...], bool]:
    assert found.bounds is not None
    return found.bounds.possible_bands, found.bounds.band_certain


def test_an_incomplete_score_has_a_band_only_where_every_possible_total_is_in_it() -> None:
    certain = outcome(BANT, a=5, b=5, c=5)
    assert (certain.status, certain.band) == (Status.INCOMPLETE, "high")
    assert possible(certain) == (("high",), True)
    open_ended = outcome(BANT, a=5, b=5, c=4)
    assert (open_ended.status, open_ended.band) == (Status.INCOMPLETE, None)
    assert possible(open_ended) == (("medium", "high"), False)


def test_bands_still_possible_are_listed_from_low_to_high() -> None:
    assert possible(outcome(BANT)) == (("low", "medium", "high"), False)


RISK = rulebook(
    {"risk": {"type": "rating"}, "quality": {"type": "rating"}},
    [{"id": "quality", "input": "quality", "rating": "as_is"}],
    {"if_missing": "incomplete", "band_on": "risk", "band_unknown": {"flags": ["risk_unknown"]}},
    [{"id": "high", "from": 4, "flags": ["plan"]}, {"id": "medium", "from": 2}, {"id": "low", "from": 1}],
)


def test_a_band_on_an_input_is_read_from_its_answer_and_not_from_the_total() -> None:
    found = outcome(RISK, risk=4, quality=1)
    assert (found.total, found.band, found.flags) == (Fraction(1), "high", ("plan",))


def test_a_band_on_an_input_stands_without_a_total() -> None:
    found = outcome(RISK, risk=1)
    assert (found.status, found.total, found.band) == (Status.INCOMPLETE, None, "low")
    assert possible(found) == (("low",), True)


def test_an_unknown_band_input_gives_no_band_but_its_flags() -> None:
    found = outcome(RISK, quality=5)
    assert (found.total, found.band, found.flags) == (Fraction(5), None, ("risk_unknown",))
    assert possible(found) == (("low", "medium", "high"), False)


YES_NO = {"type": "boolean"}


def stopped(*disqualifiers: Written, **declared: Written) -> Program:
    return rulebook(
        {**POINTS, "stop": YES_NO, "other": YES_NO, **declared},
        [AS_IS],
        bands=HOT_WARM_COLD,
        actions=acts("call", "suppress"),
        disqualifiers=[{"id": f"d{index}", **block} for index, block in enumerate(disqualifiers)],
    )


def when(name: str, **keys: object) -> Written:
    return {"when": {"input": name, "is": True}, **keys}


def test_a_disqualifier_sets_the_band_and_the_computed_one_is_still_shown() -> None:
    found = outcome(stopped(when("stop", band="cold", actions=["suppress"])), x=70, stop=True, other=False)
    assert (found.total, found.band, found.computed_band) == (Fraction(70), "cold", "hot")
    assert [action.id for action in found.actions] == ["suppress"]
    assert [(step.change, step.where, step.before, step.after) for step in found.adjustments] == [
        (AdjustmentKind.DISQUALIFIED, "d0", "hot", "cold")
    ]


def test_a_disqualifier_without_a_band_leaves_it() -> None:
    found = outcome(stopped(when("stop", actions=["suppress"])), x=70, stop=True, other=False)
    assert found.band == "hot"
    assert [hit.id for hit in found.disqualifiers] == ["d0"]
    assert [action.id for action in found.actions] == ["call", "suppress"]


def test_the_first_disqualifier_that_is_true_and_names_a_band_sets_it() -> None:
    program = stopped(when("stop"), when("stop", band="warm"), when("other", band="cold"))
    assert outcome(program, x=70, stop=True, other=True).band == "warm"
    assert outcome(program, x=70, stop=False, other=True).band == "cold"


def test_an_unknown_disqualifier_does_not_fire_and_is_flagged() -> None:
    found = outcome(stopped(when("stop", band="cold")), x=70, other=False)
    assert (found.band, found.disqualifiers, found.flags) == ("hot", (), ("urgent", "not_evaluated:d0"))


def test_an_unknown_disqualifier_keeps_its_band_possible() -> None:
    assert possible(outcome(stopped(when("stop", band="cold")), x=70, other=False)) == (
        ("cold", "hot"),
        False,
    )


def test_a_true_disqualifier_makes_its_band_certain_whatever_the_total() -> None:
    found = outcome(stopped(when("stop", band="cold")), stop=True)
    assert (found.band, possible(found)) == ("cold", (("cold",), True))


def test_an_unknown_disqualifier_before_a_true_one_may_still_set_the_band() -> None:
    program = stopped(when("stop", band="warm"), when("other", band="cold"))
    assert possible(outcome(program, x=70, other=True)) == (("cold", "warm"), False)


def test_a_disqualifier_about_an_absent_answer_is_not_certain_to_stay() -> None:
    unasked: Written = {"when": {"input": "stop", "known": False}, "band": "cold"}
    found = outcome(stopped(unasked), x=70, other=True)
    assert (found.band, possible(found)) == ("cold", (("hot",), True))


def test_a_disqualifier_about_points_is_not_certain_while_an_answer_can_move_them() -> None:
    unasked: Written = {"id": "asked", "when": {"input": "other", "known": False}, "points": 5}
    program = rulebook(
        {**POINTS, "other": YES_NO},
        [AS_IS, unasked],
        bands=HOT_WARM_COLD,
        actions=acts("call"),
        disqualifiers=[{"id": "d", "when": {"criterion": "asked", "equals": 5}, "band": "cold"}],
    )
    found = outcome(program, x=70)
    assert (found.band, possible(found)) == ("cold", (("cold", "hot"), False))


def test_a_total_that_could_still_fall_below_the_lowest_band_makes_no_band_certain() -> None:
    program = rulebook(POINTS, [AS_IS], bands=[{"id": "some", "from": 5}])
    assert possible(outcome(program)) == (("some",), False)


def test_a_missing_band_input_without_a_minimum_may_still_be_in_no_band() -> None:
    program = rulebook(
        {"risk": {"type": "number", "max": 10}, **POINTS},
        [AS_IS],
        {"band_on": "risk"},
        [{"id": "some", "from": 0}],
    )
    assert possible(outcome(program, x=1)) == (("some",), False)
