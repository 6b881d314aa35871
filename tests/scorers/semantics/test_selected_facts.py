"""Which facts stand at a moment, and which of them a rule means."""

from fractions import Fraction

import pytest

from scorewright.program.condition import AS_OF, Op
from scorewright.program.fact import DAY, Fact
from scorewright.program.program import Kind
from scorewright.program.signal import Comparison, Constant, Related, Select
from scorewright.semantics.selected_facts import history, reached, related, selected
from tests.happened import KINDS, NOW, book, fact, ids

OF_KINDS = {kind.name: kind for kind in book({"when": {"fact": "ping"}}).kinds}


def stand(*facts: Fact, moment: int = NOW) -> list[str]:
    past = history(OF_KINDS.values(), facts, moment)
    return ids(fact for kind in sorted(KINDS) for fact in past.of(kind))


def test_what_is_later_than_the_moment_does_not_exist() -> None:
    assert stand(fact("ping", NOW, "now"), fact("ping", NOW + 1, "next")) == ["now"]


def test_facts_are_ordered_by_time_then_by_id_then_as_given() -> None:
    twins = [Fact("ping", 5, {}), fact("ping", 5)]
    given = [fact("ping", 7, "a"), fact("ping", 5, "c"), *twins, fact("ping", 5, "b")]
    past = history(OF_KINDS.values(), given, NOW)
    assert ids(past.of("ping")) == ["", "", "b", "c", "a"]
    assert past.of("ping")[0] is twins[0]


def test_the_newest_record_of_a_key_replaces_the_others() -> None:
    records = [
        fact("supply", 3, "new", product="p", provider="a"),
        fact("supply", 1, "old", product="p", provider="a"),
        fact("supply", 2, "other", product="p", provider="b"),
    ]
    assert stand(*records) == ["other", "new"]
    assert stand(*records, moment=2) == ["old", "other"]


def test_of_records_of_one_time_the_last_id_stands() -> None:
    records = [fact("volume", 1, id, month=1, amount=2) for id in ("a", "c", "b")]
    assert stand(*records) == ["c"]


def test_a_kind_that_nobody_declared_is_passed_over() -> None:
    assert history([Kind("ping", "Ping", ())], [fact("call", 1, calls=1)], NOW).of("call") == ()


@pytest.mark.parametrize(
    ("older_than", "within", "kept"),
    [
        (0, None, ["0", "1", "2"]),
        (DAY, None, ["1", "2"]),
        (DAY + 1, None, ["2"]),
        (0, DAY, ["0"]),
        (0, DAY + 1, ["0", "1"]),
        (DAY, 2 * DAY, ["1"]),
        (DAY, DAY, []),
        (2 * DAY, DAY, []),
    ],
)
def test_ages_are_exact_at_least_old_and_younger_than(
    older_than: int, within: int | None, kept: list[str]
) -> None:
    past = history(OF_KINDS.values(), [fact("ping", NOW - n * DAY, f"{n}") for n in range(3)], NOW)
    assert ids(selected(Select("ping", (), older_than, within), past)) == kept[::-1]


@pytest.mark.parametrize(
    ("test", "kept"),
    [
        (Constant("actual", Op.AT_LEAST, Fraction(2)), ["b", "c"]),
        (Constant("actual", Op.BETWEEN, (Fraction(1), Fraction(2))), ["a", "b"]),
        (Constant("week", Op.BEFORE, AS_OF), ["a", "b", "c"]),
        (Constant("week", Op.DAYS_AGO_AT_MOST, Fraction(8)), ["b", "c"]),
        (Related("actual", Op.MORE_THAN, "forecast"), ["c"]),
        (Related("actual", Op.EQUALS, "forecast", times=Fraction(1, 2), above=Fraction(1)), ["b"]),
        (Related("actual", Op.IS, "forecast", differs=True), ["a", "c"]),
    ],
)  # fmt: skip
def test_a_test_looks_at_one_fact_alone(test: Comparison, kept: list[str]) -> None:
    from datetime import date

    weeks = [("a", 9, 1, 2), ("b", 8, 2, 2), ("c", 7, 3, 2)]
    facts = [
        fact("week", NOW - days * DAY, id, week=date(2026, 1, 31 - days), actual=actual, forecast=forecast)
        for id, days, actual, forecast in weeks
    ]
    past = history(OF_KINDS.values(), facts, NOW)
    assert ids(selected(Select("week", (test,)), past)) == kept


def test_facts_are_compared_exactly() -> None:
    before, after = fact("volume", 1, month=1, amount=0.3), fact("volume", 2, month=2, amount=0.21)
    drop = Related("amount", Op.AT_MOST, "amount", "before", times=Fraction("0.7"))
    assert reached(drop, before) == Fraction("0.21")
    assert related(drop, after, before)
    assert not related(drop, fact("volume", 2, month=2, amount=Fraction("0.2100001")), before)


def test_what_is_no_number_is_compared_as_it_is() -> None:
    same = Related("thread", Op.IS, "thread", "sent")
    assert related(same, fact("reply", 1, thread="a"), fact("sent", 1, thread="a"))
    assert not related(same, fact("reply", 1, thread="a"), fact("sent", 1, thread="A"))
