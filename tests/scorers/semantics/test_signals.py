"""What the facts of an account say: measures and signals, by every engine."""

from datetime import date
from fractions import Fraction

import pytest

from scorewright.program.condition import Value
from scorewright.program.fact import DAY, Fact
from scorewright.program.program import Program
from tests.happened import NOW, NUMBER, TEXT, book, fact, ids, measured, true, when
from tests.written import Written


def ago(days: float, kind: str, id: str = "", /, **values: object) -> Fact:
    return fact(kind, NOW - int(days * DAY), id, **values)


QUIET = book({"when": {"no": "call", "within": "7 days"}})


def test_an_absence_is_true_of_an_account_without_facts() -> None:
    assert true(QUIET, []) == ["it"]
    assert measured(QUIET, []).signals == {"it": ()}


def test_a_call_at_any_hour_of_the_24th_is_seven_days_old_on_the_31st() -> None:
    assert true(QUIET, [fact("call", "2026-01-24T23:59:59.999999", calls=1)]) == ["it"]
    assert true(QUIET, [fact("call", "2026-01-25", calls=1)]) == []


def test_what_comes_later_changes_nothing() -> None:
    facts = [fact("call", "2026-01-20", calls=1), fact("call", "2026-01-31", calls=1)]
    assert true(QUIET, facts, when("2026-01-30")) == ["it"]
    assert true(QUIET, facts) == []


NO_REPLY = book(
    {
        "all": [
            {"fact": "sent", "as": "sent", "older_than": "14 days"},
            {"no": "reply", "where": {"thread": {"same_as": "sent.thread"}}, "after": "sent"},
        ]
    }
)


def test_an_outreach_without_a_reply_is_found_and_named() -> None:
    first, second = ago(20, "sent", "one", thread="a"), ago(15, "sent", "two", thread="b")
    assert ids(measured(NO_REPLY, [second, first]).signals["it"]) == ["one"]
    reply = ago(16, "reply", thread="a")
    assert ids(measured(NO_REPLY, [first, second, reply]).signals["it"]) == ["two"]
    assert true(NO_REPLY, [first, second, reply, ago(1, "reply", thread="b")]) == []


def test_a_reply_counts_only_after_what_was_sent() -> None:
    sent = ago(20, "sent", thread="a")
    assert true(NO_REPLY, [sent, ago(20, "reply", thread="a")]) == ["it"]
    assert true(NO_REPLY, [sent, fact("reply", sent.at + 1, thread="a")]) == []


DROP = book(
    {
        "all": [
            {"fact": "volume", "as": "before"},
            {
                "fact": "volume",
                "where": {
                    "month": {"equals": 1, "above": "before.month"},
                    "amount": {"at_most": 0.7, "times": "before.amount"},
                },
            },
        ]
    }
)


@pytest.mark.parametrize(("amount", "found"), [(0.21, ["it"]), (0.2100001, []), (0, ["it"])])
def test_a_drop_by_30_percent_is_exact(amount: float, found: list[str]) -> None:
    months = [ago(2, "volume", month=1, amount=0.3), ago(1, "volume", month=2, amount=amount)]
    assert true(DROP, months) == found


def test_months_are_joined_by_their_number_and_not_by_their_time() -> None:
    months = [ago(1, "volume", month=1, amount=100), ago(2, "volume", month=2, amount=10)]
    assert true(DROP, months) == ["it"]
    assert true(DROP, [months[0], ago(2, "volume", month=3, amount=10)]) == []


def test_a_record_that_was_put_right_no_longer_counts() -> None:
    months = [ago(3, "volume", month=1, amount=100), ago(2, "volume", month=2, amount=10)]
    assert true(DROP, [*months, ago(1, "volume", month=2, amount=90)]) == []


def test_one_fact_may_stand_for_two_lines() -> None:
    twice = book({"all": [{"fact": "ping", "as": "one"}, {"fact": "ping"}]})
    ping = ago(1, "ping", "only")
    assert measured(twice, [ping]).signals["it"] == (ping, ping)
    later = book({"all": [{"fact": "ping", "as": "one"}, {"fact": "ping", "after": "one"}]})
    assert true(later, [ping]) == []
    assert true(later, [ping, ago(0, "ping")]) == ["it"]


def test_an_absence_beside_a_fact_of_its_own_kind_is_about_every_fact() -> None:
    alone = book(
        {
            "all": [
                {"fact": "supply", "as": "main"},
                {
                    "no": "supply",
                    "where": {
                        "product": {"same_as": "main.product"},
                        "provider": {"differs_from": "main.provider"},
                    },
                },
            ]
        }
    )
    main = ago(1, "supply", product="p", provider="a")
    assert true(alone, [main]) == ["it"]
    assert true(alone, [main, ago(2, "supply", product="p", provider="b")]) == []
    assert true(alone, [main, ago(2, "supply", product="q", provider="b")]) == ["it"]


def test_the_first_facts_that_fit_are_named() -> None:
    three = book(
        {
            "all": [
                {"fact": "sent", "as": "sent"},
                {"fact": "reply", "as": "reply", "where": {"thread": {"same_as": "sent.thread"}}},
                {"fact": "ping", "before": "reply"},
            ]
        }
    )
    facts = [
        ago(9, "sent", "s1", thread="a"),
        ago(8, "sent", "s2", thread="b"),
        ago(7, "reply", "r1", thread="b"),
        ago(5, "reply", "r2", thread="a"),
        ago(6, "ping", "p1"),
    ]
    assert ids(measured(three, facts).signals["it"]) == ["s1", "r2", "p1"]
    assert true(three, facts[:4]) == []


COUNTS: dict[str, tuple[Written, list[float]]] = {
    "count": ({"count": "visit", "where": {"page": {"is": "pricing"}}, "at_least": 2}, [1, 2]),
    "a window that ended": (
        {"count": "visit", "within": "2 days", "ending": "2 days", "equals": 1},
        [2],
    ),
    "none at all": ({"count": "visit", "within": "1 hour", "at_most": 0}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_a_tally_counts_what_is_meant(name: str) -> None:
    line, days = COUNTS[name]
    program = book({"when": line})
    facts = [ago(day, "visit", page="pricing") for day in days]
    assert true(program, facts) == ["it"]
    others = [ago(0, "visit", page="about"), ago(4, "visit", page="about")]
    assert true(program, [*facts, *others]) == ([] if name == "none at all" else ["it"])


def test_a_tally_beside_a_fact_must_hold_as_well() -> None:
    program = book({"all": [{"fact": "ping"}, {"total": "call", "field": "calls", "more_than": 10}]})
    calls = [ago(1, "call", calls=5), ago(2, "call", calls=5.5)]
    assert true(program, [ago(1, "ping"), *calls]) == ["it"]
    assert true(program, calls) == []
    assert true(program, [ago(1, "ping"), *calls[:1]]) == []


MEASURES: dict[str, tuple[Written, Written, Value | None, Value | None]] = {
    "count": (NUMBER, {"count": "call"}, Fraction(3), Fraction(0)),
    "total": (NUMBER, {"total": "call", "field": "calls"}, Fraction(6), Fraction(0)),
    "streak": (
        NUMBER,
        {"streak": "call", "where": {"calls": {"at_least": 2}}},
        Fraction(2),
        Fraction(0),
    ),
    "days_since": (NUMBER, {"days_since": "call"}, Fraction(1), None),
    "latest": (NUMBER, {"latest": "call", "field": "calls"}, Fraction(3), None),
    "every": (
        {"type": "list", "of": "number", "max_items": 9},
        {"every": "call", "field": "calls"},
        (Fraction(1), Fraction(2), Fraction(3)),
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MEASURES)
def test_an_answer_is_measured_and_may_be_missing_where_there_is_no_fact(name: str) -> None:
    declared, how, some, none = MEASURES[name]
    program = book({"when": {"fact": "ping"}}, inputs={"it_is": {**declared, "measured": how}})
    facts = [ago(2.5, "call", calls=2), ago(9, "call", calls=1), ago(1.9, "call", calls=3)]
    assert measured(program, facts).answers == {"it_is": some}
    assert measured(program, []).answers == ({} if none is None else {"it_is": none})


def test_a_streak_ends_at_the_newest_that_fails() -> None:
    program = book(
        {"when": {"streak": "week", "where": {"actual": {"at_least": 1, "times": "forecast"}}, "at_least": 2}}
    )

    def weeks(*actual: int) -> list[Fact]:
        return [
            ago(9 - n, "week", week=date(2026, 1, 1 + n), actual=value, forecast=10)
            for n, value in enumerate(actual)
        ]

    assert true(program, weeks(9, 10, 11)) == ["it"]
    assert true(program, weeks(10, 11, 9)) == []
    assert true(program, weeks(10, 9, 11)) == []


def test_records_are_listed_with_their_fields_the_oldest_first() -> None:
    item: Written = {"type": "list", "max_items": 9, "fields": {"product": TEXT, "provider": TEXT}}
    program = book({"when": {"fact": "ping"}}, inputs={"supplies": {**item, "measured": {"every": "supply"}}})
    facts = [ago(1, "supply", product="p", provider="b"), ago(2, "supply", product="p", provider="a")]
    assert measured(program, facts).answers == {"supplies": (("p", "a"), ("p", "b"))}


def test_signals_come_in_the_order_of_the_rulebook() -> None:
    program: Program = book(
        {"id": "z", "when": {"fact": "ping"}},
        {"id": "a", "when": {"fact": "ping"}},
        {"id": "m", "when": {"no": "ping"}},
    )
    assert true(program, [ago(1, "ping")]) == ["z", "a"]
    assert true(program, []) == ["m"]
