"""What the signals of a program become: one rule each, or a refusal; no library is needed."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scorewright.engines.compiled.fact_index import FactIndex
from scorewright.engines.durable.facts_encoding import Firing, SignalEncoding
from scorewright.engines.durable.rule_language import Of, Rule, RuleFact, RulePattern, RuleSign, RuleTest
from scorewright.engines.durable.signal_patterns import askings, boxes_of
from scorewright.engines.engine_errors import InexpressibleError
from scorewright.program.condition import Op
from scorewright.program.fact import DAY
from scorewright.program.fact import Fact as Happened
from scorewright.program.program import Program
from scorewright.program.signal import Aggregation, Measure, MeasureTest, Related, Select, Signal
from scorewright.program.signal import Pattern as Line
from tests.happened import NOW, book, fact
from tests.written import Written

NO_REPLY: Written = {
    "all": [
        {"fact": "sent", "as": "sent", "older_than": "14 days"},
        {"no": "reply", "where": {"thread": {"same_as": "sent.thread"}}, "after": "sent"},
    ]
}
DROP: Written = {
    "all": [
        {"fact": "volume", "as": "before"},
        {"fact": "volume", "where": {"amount": {"less_than": 0.5, "times": "before.amount"}}},
    ]
}


def asking(written: Written) -> SignalEncoding:
    (found,) = askings(book(written))
    return found


def firing(written: Written, *facts: Happened) -> Firing | None:
    program = book(written)
    (found,) = askings(program)
    return found.firing(FactIndex(program.kinds, facts, NOW))


def asserted(written: Written, *facts: Happened) -> list[RuleFact]:
    found = firing(written, *facts)
    assert found is not None
    return list(found.facts)


def test_a_signal_is_one_rule_whose_absence_is_last() -> None:
    assert asking(NO_REPLY).rule == Rule(
        "it",
        (
            RulePattern("0", "it 0"),
            RulePattern(
                "1",
                "it 1",
                (
                    RuleTest("j0", RuleSign.SAME, Of("0", "j0")),
                    RuleTest("j1", RuleSign.MORE_THAN, Of("0", "j1")),
                ),
                absent=True,
            ),
        ),
    )


def test_what_is_compared_becomes_ranks_on_both_sides() -> None:
    sent = [fact("sent", NOW - days * DAY, thread=thread) for days, thread in ((20, "a"), (15, "b"))]
    reply = fact("reply", NOW - 17 * DAY, thread="b")
    assert asserted(NO_REPLY, *sent, reply) == [
        RuleFact("it 0", {"j0": 1, "j1": 0}),
        RuleFact("it 0", {"j0": 0, "j1": 2}),
        RuleFact("it 1", {"j0": 0, "j1": 1}),
    ]


def test_ranks_keep_the_order_of_numbers_exactly() -> None:
    amounts = ("0.3", "0.15", "0.1499999999999999")
    months = [fact("volume", n, month=n, amount=Fraction(amount)) for n, amount in enumerate(amounts)]
    ranks = [found.values["j0"] for found in asserted(DROP, *months)]
    # Half of each amount, then each amount, among all of these.
    assert ranks == [3, 1, 0, 4, 3, 2]


def test_facts_that_the_rule_cannot_tell_apart_are_one() -> None:
    calls = [fact("call", NOW - n, calls=n) for n in range(100)]
    assert asserted({"when": {"fact": "call"}}, *calls) == [RuleFact("it 0", {})]
    again = [fact("reply", NOW - 20 * DAY, f"{n}", thread="a") for n in range(100)]
    assert len(asserted(NO_REPLY, fact("sent", NOW - 19 * DAY, thread="a"), *again)) == 2


def test_what_looks_at_one_fact_alone_is_decided_before() -> None:
    assert firing(NO_REPLY, fact("sent", NOW - 14 * DAY + 1, thread="a")) is None
    assert firing(NO_REPLY, fact("sent", NOW - 14 * DAY, thread="a")) is not None


def test_an_absence_alone_has_the_moment_before_it() -> None:
    found = asking({"when": {"no": "call"}})
    assert found.rule.patterns == (RulePattern("moment", "it moment"), RulePattern("0", "it 0", absent=True))
    assert asserted({"when": {"no": "call"}}) == [RuleFact("it moment", {})]


def test_tallies_are_cells_of_the_moment() -> None:
    both: Written = {
        "all": [
            {"count": "ping", "between": [2, 3]},
            {"total": "call", "field": "calls", "more_than": 2.5},
            {"fact": "ping"},
        ]
    }
    assert asking(both).rule.patterns[0].tests == (
        RuleTest("t0", RuleSign.SAME, 1),
        RuleTest("t1", RuleSign.SAME, 1),
    )
    ping = fact("ping", 1)
    assert asserted(both, ping, fact("call", 1, calls=2.5))[0].values == {"t0": 0, "t1": 0}
    assert asserted(both, *[ping] * 3, fact("call", 1, calls=2.6))[0].values == {"t0": 1, "t1": 1}
    assert asserted(both, *[ping] * 4)[0].values == {"t0": 2, "t1": 0}


def test_a_tally_that_nothing_passes_has_a_test_that_nothing_passes() -> None:
    never: Written = {"when": {"count": "ping", "between": [3, 2]}}
    (test,) = asking(never).rule.patterns[0].tests
    cells = {asserted(never, *[fact("ping", 1)] * n)[0].values["t0"] for n in range(6)}
    assert test.than not in cells


def test_equal_fields_bound_the_ways_of_joining_facts_and_others_do_not() -> None:
    threads = [fact("sent", NOW - 20 * DAY, thread=f"{n}") for n in range(30)]
    replies = [fact("reply", NOW - 20 * DAY, thread=f"{n}") for n in range(30)]
    found = firing(NO_REPLY, *threads, *replies)
    assert found is not None
    assert found.ways == 30 + 30
    months = [fact("volume", n, month=n, amount=n) for n in range(30)]
    wide = firing(DROP, *months)
    assert wide is not None
    assert wide.ways == 30 + 30 * 30


def sizes(program: Program) -> list[int]:
    return [len(box) for box in boxes_of(askings(program))]


def test_sixty_signals_are_a_box() -> None:
    program = book(*({"id": f"s{n}", "when": {"fact": "ping"}} for n in range(130)))
    assert sizes(program) == [60, 60, 10]


def test_a_box_holds_no_more_kinds_than_are_safe() -> None:
    wide = [{"fact": "ping"}] * 9
    assert sizes(book(*({"id": f"s{n}", "all": wide} for n in range(50)))) == [22, 22, 6]


def refused(signal: Signal) -> list[tuple[tuple[str | int, ...], str]]:
    program = book({"when": {"fact": "ping"}}, {"id": "odd", "when": {"fact": "ping"}})
    odd = replace(program, signals=(program.signals[0], replace(signal, path=("signals", 1))))
    with pytest.raises(InexpressibleError) as error:
        askings(odd)
    return [(reason.path, reason.message) for reason in error.value.reasons]


def line(alias: str, *joins: Related, absent: bool = False) -> Line:
    return Line(alias, Select("volume"), joins, absent=absent)


def other(alias: str, op: Op = Op.LESS_THAN) -> Related:
    return Related("amount", op, "amount", alias)


REFUSED: dict[str, tuple[list[Line | MeasureTest], str]] = {
    "16 facts": ([line(f"{n}") for n in range(16)], "it joins 16 facts, at most 15"),
    "23 comparisons": (
        [line("a"), line("b", *[other("a")] * 23)],
        "it compares one fact with others 23 times, at most 22",
    ),
    "241 comparisons": (
        [line("a"), *(line(f"{n}", *[other("a")] * 20) for n in range(13))],
        "one of its facts is compared 260 times, at most 240",
    ),
    "an absence in the middle": (
        [line("a"), line("b", absent=True), line("c")],
        "only its last line can say that there is no fact",
    ),
    "two absences": (
        [line("a"), line("b", absent=True), line("c", absent=True)],
        "only its last line can say that there is no fact",
    ),
    "a comparison without a sign": (
        [line("a"), line("b", other("a", Op.BETWEEN))],
        "it compares facts by `between`",
    ),
    "a tally without cells": (
        [MeasureTest(Measure(Aggregation.COUNT, Select("volume")), Op.INCLUDES, "x")],
        "it compares a number of facts by `includes`",
    ),
    "a tally of several cells": (
        [MeasureTest(Measure(Aggregation.COUNT, Select("volume")), Op.ONE_OF, (Fraction(1), Fraction(3)))],
        "it compares a number of facts by `one_of`",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_signal_that_the_box_cannot_express_is_refused_at_its_place(name: str) -> None:
    parts, why = REFUSED[name]
    assert refused(Signal("odd", "Odd", tuple(parts))) == [(("signals", 1), why)]


def test_every_signal_that_is_refused_is_named() -> None:
    program = book({"when": {"fact": "ping"}})
    wide = [
        Signal(f"s{n}", "", (line("a"), line("b", *[other("a")] * 23)), path=("signals", n)) for n in range(3)
    ]
    with pytest.raises(InexpressibleError) as error:
        askings(replace(program, signals=tuple(wide)))
    assert [reason.path for reason in error.value.reasons] == [("signals", n) for n in range(3)]
