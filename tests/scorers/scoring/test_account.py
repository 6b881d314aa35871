"""An account is scored by what happened to it: what is measured, what is given, and what follows."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from scorewright.program.fact import DAY, Fact, end_of
from scorewright.program.program import Program
from scorewright.program.signal import MAX_ROUNDS
from scorewright.results.outcome import Invalid, Score
from scorewright.scoring.account import Account, Evaluation, evaluate
from scorewright.scoring.scorer import Scorer
from tests.engines import RUNNABLE
from tests.happened import NOW, NUMBER, book, fact, ids
from tests.written import Written, acts

QUIET: Written = {"id": "quiet", "when": {"no": "call", "within": "7 days"}}
SINCE: dict[str, Written] = {"since": {**NUMBER, "min": 0, "max": 100, "measured": {"days_since": "call"}}}


def asked(
    program: Program, *facts: Fact, moment: int = NOW, strict: bool = False, **inputs: object
) -> Evaluation:
    """Evaluate by every engine, which must agree."""
    account = Account(facts, moment, inputs, "s")
    first, *others = (evaluate(Scorer(program, name), account, strict=strict) for name in RUNNABLE)
    assert all(other == first for other in others)
    return first


def score(found: Evaluation) -> Score:
    assert isinstance(found.answer, Score), found.answer
    return found.answer


def fired(found: Evaluation) -> list[str]:
    return [trigger.id for trigger in score(found).outcome.triggers]


def call(days: int) -> Fact:
    return fact("call", NOW - days * DAY, calls=1)


def test_a_signal_is_an_answer_and_a_measure_too() -> None:
    program = book(QUIET, inputs=SINCE, triggers=[{"id": "old", "when": {"input": "since", "at_least": 8}}])
    found = asked(program, call(8))
    assert fired(found) == ["old"]
    assert found.measured.answers == {"since": Fraction(8)}
    assert list(found.measured.signals) == ["quiet"]
    assert score(found).as_of == date(2026, 1, 31)
    assert score(found).subject == "s"


def test_an_answer_that_was_given_stands() -> None:
    program = book(QUIET, inputs=SINCE)
    assert fired(asked(program, call(8), quiet=False)) == []
    assert fired(asked(program, call(1), quiet=True, since=3)) == ["on_quiet"]


def test_an_answer_that_is_null_is_measured() -> None:
    assert fired(asked(book(QUIET), quiet=None)) == ["on_quiet"]


def test_a_measured_answer_outside_its_range_is_invalid_like_any_other() -> None:
    found = asked(book(QUIET, inputs=SINCE), call(200))
    assert isinstance(found.answer, Invalid)
    assert [(error.input, str(error.code)) for error in found.answer.errors] == [("since", "out_of_range")]


def test_a_total_of_more_digits_than_an_answer_may_have_is_invalid_and_no_crash() -> None:
    inputs: dict[str, Written] = {"all_calls": {**NUMBER, "measured": {"total": "call", "field": "calls"}}}
    large = [fact("call", 1, f"{n}", calls=number) for n, number in enumerate((10**14, Fraction("0.125")))]
    found = asked(book(QUIET, inputs=inputs), *large)
    assert isinstance(found.answer, Invalid)
    assert str(found.answer.errors[0].code) == "too_precise"


def test_a_strict_call_names_what_is_not_declared() -> None:
    found = asked(book(QUIET), strict=True, qiet=True)
    assert isinstance(found.answer, Invalid)
    assert found.answer.errors[0].input == "qiet"


RISK: Written = {"facts": [{"fact": "risk", "fields": {"cause": "silence"}}]}
AT_RISK: Written = {"id": "at_risk", "when": {"fact": "risk", "where": {"cause": {"is": "silence"}}}}


def test_what_a_signal_asserts_is_a_fact_of_the_moment_for_other_signals() -> None:
    found = asked(book({**QUIET, "then": RISK}, AT_RISK))
    assert fired(found) == ["on_quiet", "on_at_risk"]
    assert found.asserted == (Fact("risk", NOW, {"cause": "silence"}, "signal:quiet:0"),)
    assert ids(found.measured.signals["at_risk"]) == ["signal:quiet:0"]


def test_nothing_follows_from_a_signal_that_is_false() -> None:
    assert asked(book({**QUIET, "then": RISK}, AT_RISK), call(1)).asserted == ()


def test_what_was_given_may_lead_to_facts() -> None:
    assert fired(asked(book({**QUIET, "then": RISK}, AT_RISK), call(1), quiet=True)) == [
        "on_quiet",
        "on_at_risk",
    ]


def chained(**then: Any) -> Program:
    return book(
        QUIET,
        AT_RISK,
        triggers=[
            {"id": "dark", "when": {"signal": "quiet", "is": True}, "actions": ["escalate"]},
            {"id": "told", "when": {"signal": "at_risk", "is": True}, "actions": ["inform"]},
        ],
        actions={**acts("escalate", then=then), **acts("inform", "follow")},
    )


def test_an_action_that_is_recommended_asserts_facts_that_lead_to_others() -> None:
    found = asked(chained(**RISK))
    assert fired(found) == ["dark", "told"]
    assert [action.id for action in score(found).outcome.actions] == ["escalate", "inform"]
    assert ids(found.asserted) == ["action:escalate:0"]


def test_an_action_enables_another() -> None:
    found = asked(chained(actions=["follow"]))
    actions = {action.id: action.causes for action in score(found).outcome.actions}
    assert actions["follow"] == ("action:escalate",)


def test_a_signal_enables_an_action() -> None:
    program = book({**QUIET, "then": {"actions": ["call_them"]}}, actions=acts("call_them"))
    (action,) = score(asked(program)).outcome.actions
    assert (action.id, action.causes) == ("call_them", ("signal:quiet",))


def stepwise(count: int) -> Program:
    """Write a chain: each signal follows from a fact that the one before asserts."""
    kinds: dict[str, Written] = {f"k{n}": {} for n in range(count + 1)}
    signals = [
        {"id": f"s{n}", "when": {"fact": f"k{n}"}, "then": {"facts": [{"fact": f"k{n + 1}"}]}}
        for n in range(count)
    ]
    return book(*signals, kinds=kinds)


def test_a_chain_of_as_many_rounds_as_are_allowed_comes_to_its_end() -> None:
    found = asked(stepwise(MAX_ROUNDS - 1), fact("k0", 1))
    assert len(found.asserted) == MAX_ROUNDS - 1


def test_a_chain_that_the_checks_should_have_refused_does_not_go_on_for_ever() -> None:
    with pytest.raises(AssertionError, match="facts still follow"):
        evaluate(Scorer(stepwise(MAX_ROUNDS)), Account([fact("k0", 1)], NOW, {}))


def test_an_earlier_moment_is_asked_as_if_nothing_had_come_after_it() -> None:
    program = book({**QUIET, "then": RISK}, AT_RISK, inputs=SINCE)
    facts = [call(20), call(3), call(1)]
    earlier = end_of(date(2026, 1, 27))
    assert asked(program, *facts, moment=earlier) == asked(program, facts[0], moment=earlier)
    assert asked(program, *facts, moment=earlier).asserted[0].at == earlier


def test_a_fact_that_follows_and_makes_a_sum_of_too_many_digits_is_refused_and_not_asked_for_ever() -> None:
    large = 10**14
    program = book(
        {"when": {"fact": "call"}, "then": {"actions": ["spend"]}},
        inputs={"spent": {**NUMBER, "measured": {"total": "volume", "field": "amount"}}},
        actions={
            "spend": {
                "do": "Spend", "owner": "sales", "due": "same day",
                "then": {"facts": [{"fact": "volume", "fields": {"month": 1, "amount": 9 * large}}]},
            }
        },
    )  # fmt: skip
    found = asked(program, call(1), fact("volume", 2, month=2, amount=9 * large))
    assert isinstance(found.answer, Invalid)
    assert [(error.input, error.code) for error in found.answer.errors] == [("spent", "too_precise")]
