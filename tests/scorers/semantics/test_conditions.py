"""Conditions are three-valued: true, false, or unknown where an answer is missing."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from scorewright.results.outcome import Fired, Outcome
from scorewright.semantics.conditions import Environment, holds
from tests.written import AS_OF, Written, acts, answer, outcome, rulebook, yes

YES_NO: Written = {"type": "boolean"}
TRUE: Written = {"input": "t", "is": True}
FALSE: Written = {"input": "f", "is": True}
UNKNOWN: Written = {"input": "u", "is": True}
KNOWN = {"t": True, "f": False}


def told(
    condition: Written, inputs: Mapping[str, object], declared: Mapping[str, Written], as_of: date = AS_OF
) -> bool | None:
    """Tell what a criterion's condition is, by every engine; unknown where it is left out."""
    criterion = {"id": "c", "when": condition, "points": 1, "if_missing": "incomplete"}
    program = rulebook(declared, [criterion])
    found = answer(program, inputs, as_of=as_of)
    total = found.outcome.total  # type: ignore[union-attr]  # valid in every test
    return None if total is None else bool(total)


@pytest.mark.parametrize(
    ("condition", "want"),
    [
        ({"all": [TRUE, TRUE]}, True),
        ({"all": [TRUE, FALSE]}, False),
        ({"all": [UNKNOWN, FALSE]}, False),
        ({"all": [FALSE, UNKNOWN]}, False),
        ({"all": [TRUE, UNKNOWN]}, None),
        ({"any": [FALSE, FALSE]}, False),
        ({"any": [UNKNOWN, TRUE]}, True),
        ({"any": [TRUE, UNKNOWN]}, True),
        ({"any": [FALSE, UNKNOWN]}, None),
        ({"not": TRUE}, False),
        ({"not": FALSE}, True),
        ({"not": UNKNOWN}, None),
        ({"not": {"all": [UNKNOWN, FALSE]}}, True),
        ({"any": [{"not": UNKNOWN}, {"all": [TRUE, {"not": FALSE}]}]}, True),
    ],
)
def test_all_any_and_not_take_unknown_as_neither(condition: Written, want: bool | None) -> None:
    assert told(condition, KNOWN, dict.fromkeys("tfu", YES_NO)) is want


NUMBER: Written = {"type": "number", "min": -1000, "max": 1000}


@pytest.mark.parametrize(
    ("test", "true", "false"),
    [
        ({"at_least": 5}, [5, 5.0001], [4.9999]),
        ({"at_most": 5}, [5, 4.9999], [5.0001]),
        ({"more_than": 5}, [5.0001], [5, 4]),
        ({"less_than": 5}, [4.9999], [5, 6]),
        ({"equals": 2.8}, [2.8], [2.8000001, 2.7999999]),
        ({"between": [10, 200]}, [10, 10.5, 200], [9.9999, 200.0001]),
        ({"one_of": [1, 2.5]}, [1, 1.0, 2.5], [2, 1.0001]),
        ({"not_one_of": [1, 2.5]}, [2, 1.0001], [1, 2.5]),
    ],
)
def test_numbers_are_compared_exactly(test: Written, true: list[float], false: list[float]) -> None:
    for value in true:
        assert told({"input": "x", **test}, {"x": value}, {"x": NUMBER}) is True
    for value in false:
        assert told({"input": "x", **test}, {"x": value}, {"x": NUMBER}) is False
    assert told({"input": "x", **test}, {}, {"x": NUMBER}) is None


CHOICE: Written = {"type": "choice", "options": ["inbound", "outbound", "referral"]}


@pytest.mark.parametrize("declared", [CHOICE, {"type": "text"}])
@pytest.mark.parametrize(
    ("test", "value", "want"),
    [
        ({"is": "referral"}, "referral", True),
        ({"is": "referral"}, "inbound", False),
        ({"one_of": ["inbound", "referral"]}, "referral", True),
        ({"one_of": ["inbound", "referral"]}, "outbound", False),
        ({"not_one_of": ["inbound"]}, "outbound", True),
        ({"not_one_of": ["inbound"]}, "inbound", False),
        ({"not_one_of": ["inbound"]}, None, None),
    ],
)
def test_words_are_compared_letter_by_letter(
    declared: Written, test: Written, value: str | None, want: bool | None
) -> None:
    assert told({"input": "x", **test}, {"x": value}, {"x": declared}) is want


def test_text_of_another_case_is_another_text() -> None:
    assert told({"input": "x", "is": "Red"}, {"x": "red"}, {"x": {"type": "text"}}) is False


@pytest.mark.parametrize(
    ("test", "true", "false"),
    [
        (
            {"starts_with": "gov"},
            ["gov", "gov.uk", "govgov"],
            ["my.gov", "Gov.uk", "go", " gov"],
        ),
        ({"ends_with": "gov"}, ["gov", "my.gov", "govgov"], ["gov.uk", "my.Gov", "ov", "gov "]),
        ({"contains": "gov"}, ["gov", "gov.uk", "my.gov", "a.gov.b"], ["example.com", "GOV", "g.o.v"]),
        ({"contains": " "}, ["a b"], ["ab"]),
    ],
)
def test_a_text_starts_with_ends_with_or_contains_another_letter_for_letter(
    test: Written, true: list[str], false: list[str]
) -> None:
    for value, want in [*((text, True) for text in true), *((text, False) for text in false)]:
        assert told({"input": "x", **test}, {"x": value}, {"x": {"type": "text"}}) is want


@pytest.mark.parametrize(
    ("test", "value", "want"),
    [
        ({"includes": "a"}, ["b", "a"], True),
        ({"includes": "a"}, ["b"], False),
        ({"includes": "a"}, [], False),
        ({"includes": "a"}, None, None),
        ({"includes_any": ["a", "b"]}, ["c", "b"], True),
        ({"includes_any": ["a", "b"]}, ["c"], False),
    ],
)
def test_a_list_includes_an_item_or_any_of_several(test: Written, value: object, want: bool | None) -> None:
    assert told({"input": "x", **test}, {"x": value}, {"x": {"type": "list", "of": "text"}}) is want


@pytest.mark.parametrize(
    ("test", "true", "false"),
    [
        ({"before": "as_of"}, [1, 30], [0, -1]),
        ({"after": "as_of"}, [-1, -30], [0, 1]),
        ({"is": "as_of"}, [0], [1, -1]),
        ({"before": "2026-01-30"}, [2], [1, 0]),
        ({"after": "2026-01-30"}, [0], [1, 2]),
        ({"days_ago_at_least": 7}, [7, 8], [6, -7]),
        ({"days_ago_at_most": 7}, [7, 0, -1], [8]),
        ({"days_ago_at_least": -60}, [-60, 0], [-61]),
        ({"days_ago_at_most": -60}, [-60, -61], [-59, 0, 60]),
        ({"within_next": 60}, [0, -1, -59, -60], [1, 60, -61]),
        ({"within_next": 0}, [0], [1, -1]),
        ({"within_next": 2.5}, [0, -2], [-3, 1]),
        ({"within_last": 60}, [0, 1, 59, 60], [-1, -60, 61]),
        ({"within_last": 0}, [0], [1, -1]),
        ({"days_until_at_least": 60}, [-60, -61], [-59, 0, 60]),
        ({"days_until_at_least": 0}, [0, -1], [1]),
        ({"days_until_at_most": 60}, [0, -59, -60], [-61, 1, 60]),
        ({"days_until_at_most": 0}, [0], [1, -1]),
    ],
)
def test_dates_are_compared_in_whole_days_with_as_of(
    test: Written, true: list[int], false: list[int]
) -> None:
    for days, want in [*((n, True) for n in true), *((n, False) for n in false)]:
        day = AS_OF - timedelta(days=days)
        assert told({"input": "x", **test}, {"x": day.isoformat()}, {"x": {"type": "date"}}) is want


def test_the_same_dates_are_judged_by_the_as_of_of_each_request() -> None:
    program = rulebook(
        {"x": {"type": "date"}}, [{"id": "c", "when": {"input": "x", "before": "as_of"}, "points": 1}]
    )
    assert outcome(program, x="2026-01-31", as_of=date(2026, 1, 31)).total == 0
    assert outcome(program, x="2026-01-31", as_of=date(2026, 2, 1)).total == 1


@pytest.mark.parametrize(
    ("test", "value", "want"),
    [(True, False, True), (True, None, False), (False, None, True), (False, True, False)],
)
def test_known_asks_whether_there_is_an_answer_and_is_never_unknown(
    test: bool, value: object, want: bool
) -> None:
    assert told({"input": "x", "known": test}, {"x": value}, {"x": YES_NO}) is want


PAIR: dict[str, Written] = {"now": NUMBER, "before": NUMBER}


@pytest.mark.parametrize(
    ("condition", "now", "before", "want"),
    [
        ({"change": ["now", "before"], "at_most": -30}, 70, 100, True),
        ({"change": ["now", "before"], "at_most": -30}, 70.0001, 100, False),
        ({"change": ["now", "before"], "at_most": -30}, 0, 0, None),
        ({"change": ["now", "before"], "at_most": -30}, 5, None, None),
        ({"ratio": ["now", "before"], "at_least": 0.1}, 0.3, 3, True),
        ({"ratio": ["now", "before"], "at_least": 0.1}, 0.29, 3, False),
        ({"ratio": ["now", "before"], "known": True}, 1, 0, False),
        ({"ratio": ["now", "before"], "known": True}, 0, 1, True),
    ],
)
def test_ratio_and_change_divide_exactly_and_are_unknown_over_0(
    condition: Written, now: object, before: object, want: bool | None
) -> None:
    assert told(condition, {"now": now, "before": before}, PAIR) is want


def fired(found: Outcome) -> list[str]:
    return [trigger.id for trigger in found.triggers]


def triggers(*conditions: Written, if_missing: str = "no_points") -> Outcome:
    """Score `a` known and `b` missing, in one group each, with triggers t0, t1 ..."""
    program = rulebook(
        {"a": YES_NO, "b": YES_NO},
        [yes("a", 10, group="known"), yes("b", 10, group="open")],
        {"if_missing": if_missing},
        groups=[{"id": "known"}, {"id": "open"}],
        triggers=[{"id": f"t{index}", "when": condition} for index, condition in enumerate(conditions)],
    )
    return outcome(program, a=True)


def test_points_of_a_missing_criterion_are_unknown_even_where_they_count_as_0() -> None:
    found = triggers(
        {"criterion": "a", "equals": 10}, {"criterion": "b", "at_most": 0}, {"criterion": "b", "known": False}
    )
    assert found.total == 10
    assert fired(found) == ["t0", "t2"]
    assert found.flags == ("not_evaluated:t1",)


def test_points_of_a_group_are_unknown_while_a_member_is_missing() -> None:
    found = triggers({"group": "known", "at_least": 10}, {"group": "open", "less_than": 10})
    assert fired(found) == ["t0"]
    assert found.flags == ("not_evaluated:t1",)


def test_the_total_is_known_whenever_there_is_one() -> None:
    assert fired(triggers({"score": "total", "equals": 10})) == ["t0"]
    assert fired(triggers({"score": "total", "at_least": 0}, if_missing="incomplete")) == []


def test_a_trigger_that_fired_tells_its_severity_and_its_condition() -> None:
    program = rulebook(
        {"a": YES_NO},
        [yes("a")],
        actions=acts("call"),
        triggers=[
            {
                "id": "t",
                "label": "T",
                "when": TRUE | {"input": "a"},
                "severity": "urgent",
                "actions": ["call"],
            }
        ],
    )
    assert outcome(program, a=True).triggers == (Fired("t", "T", "urgent", "a is true"),)


def test_a_condition_over_no_facts_at_all_is_unknown() -> None:
    program = rulebook({"a": YES_NO}, [yes("a")])
    condition = program.criteria[0].earning.condition  # type: ignore[union-attr]  # it earns by a condition
    assert holds(condition, Environment({}, AS_OF)) is None
