"""Signals are found without trying every pair of facts, and too much work is refused and never cut short."""

import pytest

from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.engines.compiled.fact_index import Choosing, FactIndex
from scorewright.engines.compiled.joins import MOST, TriedError, Tries, first_way, lines_of
from scorewright.engines.compiled.signal_matcher import Matcher
from scorewright.engines.engine_errors import TooManyFactsError
from scorewright.engines.reference import ReferenceEngine
from scorewright.program.fact import Fact
from scorewright.program.program import Program
from scorewright.program.signal import Pattern
from tests.happened import NOW, book, fact, ids
from tests.written import Written

SAME: Written = {
    "all": [
        {"fact": "sent", "as": "sent"},
        {"fact": "reply", "where": {"thread": {"same_as": "sent.thread"}}, "after": "sent"},
    ]
}
MONTHS: Written = {
    "all": [
        {"fact": "volume", "as": "before"},
        {
            "fact": "volume",
            "where": {"month": {"equals": 1, "above": "before.month"}, "amount": {"at_most": 0}},
        },
    ]
}
LESS: Written = {
    "all": [
        {"fact": "volume", "as": "one"},
        {"fact": "volume", "where": {"amount": {"less_than": 0.5, "times": "one.amount"}}},
    ]
}


def way(program: Program, facts: list[Fact], tries: int = MOST) -> list[str] | None:
    """Find the first way of the first signal with so many tries."""
    patterns = [part for part in program.signals[0].parts if isinstance(part, Pattern)]
    lines = lines_of(patterns, Choosing())
    found = first_way(lines, FactIndex(program.kinds, facts, NOW), Tries(tries))
    return None if found is None else ids(found)


def threads(count: int) -> list[Fact]:
    sent = [fact("sent", n, f"s{n}", thread=f"t{n}") for n in range(count)]
    return [*sent, *(fact("reply", n, f"r{n}", thread=f"t{n}") for n in range(count))]


def months(count: int) -> list[Fact]:
    return [fact("volume", n, f"v{n}", month=n, amount=100 + n % 50) for n in range(count)]


def test_facts_that_are_equal_in_a_field_are_looked_up() -> None:
    assert way(book(SAME), threads(1_000), tries=1_000) is None
    assert way(book(SAME), [*threads(1_000), fact("reply", 2_000, "late", thread="t7")], 1_010) == [
        "s7",
        "late",
    ]


def test_so_are_those_that_are_equal_to_so_many_times_or_so_much_above() -> None:
    assert way(book(MONTHS), months(1_000), tries=2_000) is None


def test_facts_later_than_another_are_cut_by_their_times() -> None:
    later: Written = {"all": [{"fact": "ping", "as": "one"}, {"fact": "ping", "as": "two", "after": "one"}]}
    pings = [fact("ping", 5, f"p{n}") for n in range(1_000)]
    assert way(book(later), pings, tries=1_000) is None
    assert way(book(later), [*pings, fact("ping", 6, "next")], tries=2) == ["p0", "next"]


def test_an_absence_is_denied_by_the_first_fact() -> None:
    none: Written = {"all": [{"fact": "ping"}, {"no": "sent"}]}
    assert way(book(none), [fact("ping", 1, "p"), *threads(1_000)], tries=2) is None


def test_a_fact_that_nothing_is_compared_with_is_not_tried_again() -> None:
    loose: Written = {
        "all": [
            {"fact": "ping"},
            {"fact": "sent", "as": "sent"},
            {"fact": "reply", "where": {"thread": {"same_as": "sent.thread"}}, "after": "sent"},
        ]
    }
    facts = [*(fact("ping", n) for n in range(1_000)), *threads(100)]
    assert way(book(loose), facts, tries=101) is None


def test_the_tries_are_counted_to_the_last() -> None:
    facts = months(10)
    assert way(book(LESS), facts, tries=110) is None
    with pytest.raises(TriedError):
        way(book(LESS), facts, tries=109)


def test_an_account_that_needs_too_many_tries_is_refused_and_the_signal_named() -> None:
    program = book({"id": "calm", **SAME}, {"id": "first", **LESS}, {"id": "second", **LESS})
    engine = Matcher(program, "compiled", most=10_000)
    assert engine.measured(months(50), NOW) == ReferenceEngine(program).measured(months(50), NOW)
    with pytest.raises(TooManyFactsError, match="the signal `second` needs more than") as refused:
        engine.measured(months(80), NOW)
    assert (refused.value.signal, refused.value.engine) == ("second", "compiled")


def test_an_engine_tries_as_many_facts_as_are_promised() -> None:
    with pytest.raises(TooManyFactsError, match="more than 1,000,000 facts"):
        CompiledEngine(book(LESS)).measured(months(1_001), NOW)
