"""Measures that look beyond the newest fact: the worst of a field, days of a signal, records in order."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from pydantic import ValidationError

from scorewright.compiler.digest import digest
from scorewright.program.condition import Value
from scorewright.program.program import Program
from scorewright.rulebook.model.fact import Measured
from scorewright.semantics.signals import measured
from scorewright.validation.facts import kinds_of, read_facts, read_time
from tests.written import Written, exactly, table

SEVERITY: Written = {"type": "choice", "options": ["P4", "P3", "P2", "P1"]}
FACTS: Written = {
    "outreach": {},
    "reply": {},
    "ticket": {"key": ["ticket"], "fields": {"ticket": {"type": "text"}, "severity": SEVERITY}},
    "week": {"key": ["week"], "fields": {"week": {"type": "date"}, "actual": {"type": "number"}}},
    "answer": {"fields": {"score": {"type": "number"}, "day": {"type": "date"}}},
}
WITH_NONE: Written = {**SEVERITY, "options": ["none", *SEVERITY["options"]]}
NUMBER: Written = {"type": "number"}


def about(item: Written, measure: Written, signals: Sequence[Written] = ()) -> Program:
    signals = signals or [{"id": "any", "when": {"fact": "outreach"}}]
    return table("count", "triggers", {"x": {**item, "measured": measure}}, facts=FACTS, signals=signals,
                 triggers=[{"id": "t", "when": {"input": "x", "known": True}}])  # fmt: skip


def answers(program: Program, *facts: Mapping[str, object], at: str = "2026-01-31T12:00:00Z") -> Value | None:
    read = read_facts(kinds_of(program.kinds), facts)
    moment = read_time(at)
    assert moment is not None
    return measured(program, read, moment).answers.get("x")  # type: ignore[arg-type]  # they are written rightly


def ticket(name: str, severity: str, at: str = "2026-01-10") -> Written:
    return {"fact": "ticket", "at": at, "ticket": name, "severity": severity}


@pytest.mark.parametrize(("way", "worst"), [("highest", "P1"), ("lowest", "P3")])
def test_the_options_of_a_choice_rise_as_they_are_listed(way: str, worst: str) -> None:
    program = about(SEVERITY, {way: "ticket", "field": "severity"})
    assert answers(program, ticket("a", "P2"), ticket("b", "P1"), ticket("c", "P3")) == worst


def test_a_record_that_is_mended_counts_as_it_is_now() -> None:
    program = about(SEVERITY, {"highest": "ticket", "field": "severity"})
    assert answers(program, ticket("a", "P1"), ticket("b", "P3"), ticket("a", "P4", "2026-01-20")) == "P3"


@pytest.mark.parametrize(("way", "value"), [("highest", 9), ("lowest", -3)])
def test_numbers_have_a_highest_and_a_lowest(way: str, value: int) -> None:
    program = about(NUMBER, {way: "answer", "field": "score"})
    facts = [{"fact": "answer", "at": "2026-01-10", "score": n, "day": "2026-01-10"} for n in (2, 9, -3)]
    assert answers(program, *facts) == value


@pytest.mark.parametrize("way", ["highest", "lowest", "latest"])
def test_without_a_fact_there_is_what_is_said_otherwise(way: str) -> None:
    severity: Written = {way: "ticket", "field": "severity"}
    assert answers(about(WITH_NONE, {**severity, "otherwise": "none"})) == "none"
    assert answers(about(WITH_NONE, severity)) is None
    assert answers(about(WITH_NONE, {**severity, "otherwise": "none"}), ticket("a", "P4")) == "P4"


def test_days_since_may_say_what_never_means() -> None:
    assert answers(about(NUMBER, {"days_since": "reply", "otherwise": 999})) == 999
    assert answers(about(NUMBER, {"days_since": "reply"})) is None


SILENCE = [{"id": "silence", "all": [{"fact": "outreach", "as": "sent"}, {"no": "reply", "after": "sent"}]}]


@pytest.mark.parametrize(
    ("replies", "days"),
    [((), 21), (("2026-01-10T11:00:00Z",), 16), (("2026-01-10T11:00:00Z", "2026-01-20"), 0)],
    ids=["from the first that nobody answered", "and not from one that somebody did", "0 while it is false"],
)
def test_days_of_a_signal_count_from_the_first_fact_behind_it(replies: Sequence[str], days: int) -> None:
    program = about(NUMBER, {"days_of": "silence"}, SILENCE)
    sent = [{"fact": "outreach", "at": at} for at in ("2026-01-10T10:00:00Z", "2026-01-15T10:00:00Z")]
    assert answers(program, *sent, *({"fact": "reply", "at": at} for at in replies)) == days


def week(day: str, actual: int, at: str) -> Written:
    return {"fact": "week", "at": at, "week": day, "actual": actual}


WEEKS = [week("2026-01-05", 1, "2026-01-12"), week("2026-01-12", 2, "2026-01-19")]
MENDED = week("2026-01-05", 9, "2026-01-25")


def test_a_record_that_is_mended_keeps_its_place() -> None:
    items: Written = {"type": "list", "of": "number"}
    program = about(items, {"every": "week", "field": "actual"})
    assert answers(program, *WEEKS) == (Fraction(1), Fraction(2))
    assert answers(program, *WEEKS, MENDED) == (Fraction(9), Fraction(2))
    assert answers(program, *WEEKS, MENDED, at="2026-01-24") == (Fraction(1), Fraction(2))


def test_a_streak_of_records_ends_with_the_last_by_its_key() -> None:
    streak: Written = {"streak": "week", "where": {"actual": {"at_least": 9}}}
    assert answers(about(NUMBER, streak), *WEEKS, MENDED) == 0
    third = week("2026-01-19", 10, "2026-01-20")
    assert answers(about(NUMBER, streak), *WEEKS, third, MENDED) == 1
    signal = {"id": "run", "when": {**streak, "at_least": 1}}
    program = about(NUMBER, {"count": "week"}, [signal])
    read = read_facts(kinds_of(program.kinds), [*WEEKS, third, MENDED])
    assert set(measured(program, read, 10**16).signals) == {"run"}  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ({"count": "reply", "otherwise": 1}, "key_not_here"),
        ({"days_of": "silence", "otherwise": 1}, "key_not_here"),
        ({"days_of": "silence", "within": "7 days"}, "key_not_here"),
        ({"highest": "ticket"}, "key_missing"),
        ({"days_of": "silence", "field": "x"}, "key_not_here"),
        ({"highest": "ticket", "lowest": "ticket", "field": "x"}, "too_many_keys"),
    ],
)
def test_keys_that_mean_nothing_together_are_refused(written: Written, kind: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Measured.model_validate(exactly(written))
    assert [error["type"] for error in raised.value.errors()] == [kind]


def test_what_is_said_otherwise_is_part_of_the_digest() -> None:
    measure: Written = {"latest": "ticket", "field": "severity"}
    assert digest(about(WITH_NONE, measure)) != digest(about(WITH_NONE, {**measure, "otherwise": "none"}))
