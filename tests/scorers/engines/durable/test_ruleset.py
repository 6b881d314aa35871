"""Each rule of the box holds: without it, the process under test would end, or the answer be another."""

import gc
import json
import sys
import threading
from pathlib import Path

import pytest

from scorewright.engines.durable.rule_language import (
    LIMIT,
    Kinds,
    Match,
    Of,
    Rule,
    RuleFact,
    RulePattern,
    RuleSign,
    RuleTest,
)
from scorewright.engines.durable.ruleset import Box
from scorewright.engines.engine_errors import EngineFailedError
from tests.engines import needs_durable
from tests.scorers.engines.durable.processes import run

pytestmark = needs_durable

KINDS: Kinds = {"call": {"day": int, "who": str}, "reply": {"day": int, "who": str}, "clock": {"day": int}}


def call(day: int, who: str = "ann") -> RuleFact:
    return RuleFact("call", {"day": day, "who": who})


def reply(day: int, who: str = "ann") -> RuleFact:
    return RuleFact("reply", {"day": day, "who": who})


def clock(day: int) -> RuleFact:
    return RuleFact("clock", {"day": day})


SAME = RuleTest("who", RuleSign.SAME, Of("call", "who"))
CALLED = Rule("called", (RulePattern("call", "call"),))
ANSWERED = Rule("answered", (RulePattern("call", "call"), RulePattern("reply", "reply", (SAME,))))
OVERDUE = Rule(
    "overdue",
    (
        RulePattern("call", "call"),
        RulePattern("now", "clock", (RuleTest("day", RuleSign.AT_LEAST, Of("call", "day", plus=14)),)),
        RulePattern("reply", "reply", (SAME,), absent=True),
    ),
)


def fired(box: Box, *facts: RuleFact) -> list[str]:
    return sorted(match.rule for match in box.fire(facts))


BOX = """
from scorewright.engines.durable.ruleset import Box
from scorewright.engines.durable.rule_language import RuleFact, Of, RulePattern, Rule, RuleSign, RuleTest
kinds = {'call': {'day': int}, 'reply': {'day': int}}
later = RuleTest('day', RuleSign.AT_LEAST, Of('call', 'day'))
"""


def test_the_first_firing_may_match_nothing() -> None:
    # Without the warm-up, the state is freed by memory that was never set.
    code = "box = Box([Rule('r', (RulePattern('a', 'call'),))], kinds)\nprint(box.fire([RuleFact('reply')]))"
    assert run(BOX + code).out == "[]"


def test_a_false_comparison_of_facts_does_not_end_the_process() -> None:
    # Without the tail, the library reads on until it finds an end.
    code = """
box = Box([Rule('r', (RulePattern('call', 'call'), RulePattern('b', 'reply', (later,))))], kinds)
print(box.fire([RuleFact('call', {'day': 5}), RuleFact('reply', {'day': 3})]))
"""
    assert run(BOX + code).out == "[]"


def test_a_box_fires_more_often_than_there_are_sids() -> None:
    # The 1,025th sid ends the process, and so would a state that is left over.
    code = """
box = Box([Rule('r', (RulePattern('a', 'call'),))], kinds)
print(sum(len(box.fire([RuleFact('call', {'day': n})])) for n in range(3000)))
"""
    assert run(BOX + code).out == "3000"


def test_a_firing_knows_nothing_of_the_one_before() -> None:
    box = Box([ANSWERED], KINDS)
    assert fired(box, call(1)) == []
    assert fired(box, reply(2)) == []
    assert fired(box, call(1), reply(2)) == ["answered"]


def test_a_firing_that_failed_leaves_nothing_behind() -> None:
    from scorewright.engines.durable.encoding import Form
    from scorewright.engines.durable.native import Ruleset

    form = Form([ANSWERED], KINDS)
    rules = Ruleset(form.rules)
    with pytest.raises(EngineFailedError):
        rules.fire([*form.facts([call(1)]), "{"])
    assert rules.fire(form.facts([reply(2)])) == []
    assert len(rules.fire(form.facts([call(1), reply(2)]))) == 1


def test_a_fact_that_is_refused_first_is_told() -> None:
    from scorewright.engines.durable.encoding import Form
    from scorewright.engines.durable.native import Ruleset

    with pytest.raises(EngineFailedError, match="error code"):
        Ruleset(Form([CALLED], KINDS).rules).fire(["{"])
    with pytest.raises(EngineFailedError, match="error code"):
        Ruleset("{")


def test_an_absence_is_judged_when_all_facts_are_there() -> None:
    box = Box([OVERDUE], KINDS)
    assert fired(box, call(1), clock(15)) == ["overdue"]
    assert fired(box, call(1), clock(14)) == []
    assert fired(box, call(1), clock(15), reply(9)) == []
    assert fired(box, clock(15), call(1), reply(9)) == []
    assert fired(box, reply(9, "bob"), call(1), clock(15)) == ["overdue"]


def test_an_absence_may_be_of_the_kind_that_is_there() -> None:
    others = (
        RuleTest("who", RuleSign.SAME, Of("one", "who")),
        RuleTest("day", RuleSign.OTHER, Of("one", "day")),
    )
    only = Rule("only", (RulePattern("one", "call"), RulePattern("other", "call", others, absent=True)))
    box = Box([only], KINDS)
    assert fired(box, call(1)) == ["only"]
    assert fired(box, call(1), call(2)) == []
    assert fired(box, call(1), call(2, "bob")) == ["only", "only"]


def test_a_match_names_the_facts_by_their_place() -> None:
    box = Box([ANSWERED], KINDS)
    facts = [clock(3), call(1, "bob"), reply(2), call(1), reply(2, "bob")]
    found = {tuple(match.facts.items()) for match in box.fire(facts)}
    assert found == {(("call", 1), ("reply", 4)), (("call", 3), ("reply", 2))}


def test_two_patterns_match_two_facts() -> None:
    pair = Rule("pair", (RulePattern("one", "call"), RulePattern("two", "call")))
    box = Box([pair], KINDS)
    assert fired(box, call(1)) == []
    assert fired(box, call(1), call(1)) == ["pair", "pair"]


def test_a_fact_is_joined_with_any_number_of_others_at_once() -> None:
    later = Rule(
        "later",
        (
            RulePattern("call", "call"),
            RulePattern("b", "clock", (RuleTest("day", RuleSign.MORE_THAN, Of("call", "day")),)),
        ),
    )
    facts = [*(call(day) for day in range(1000)), clock(1000)]
    assert fired(Box([later], KINDS), *facts) == ["later"] * 1000


def test_lots_of_facts_fire_once_each_and_know_nothing_of_each_other() -> None:
    box = Box([CALLED, ANSWERED], KINDS)
    lots = [[call(1)], [reply(2)], [reply(2), call(1)], [], [clock(1)], [call(n) for n in range(100)]]
    assert [match.rule for match in box.first(lots)] == ["called", "called", "called"]
    only = Box([ANSWERED], KINDS)
    assert only.first([[call(1)], [reply(2)]]) == []
    many = [*(call(n) for n in range(100)), *(reply(n) for n in range(100))]
    assert len(only.first([many, many])) == 2
    assert fired(only, call(1)) == []


def test_what_is_only_looked_for_and_not_found_is_not_asserted_twice() -> None:
    from scorewright.engines.durable.encoding import Form

    only = Rule("only", (RulePattern("now", "clock"), RulePattern("call", "call", absent=True)))
    form = Form([only], KINDS)
    assert len(list(form.facts([clock(1), call(1)]))) == 2
    box = Box([only], KINDS)
    assert fired(box, clock(1)) == ["only"]
    assert fired(box, clock(1), call(1)) == []


def test_as_many_kinds_as_are_allowed_are_told_apart() -> None:
    names = [f"k{n}" for n in range(200)]

    def rule(n: int) -> Rule:
        present = (RulePattern(f"{m}", names[3 * n + m]) for m in range(2))
        return Rule(f"{n}", (*present, RulePattern("none", names[3 * n + 2], absent=True)))

    rules = [rule(n) for n in range(60)]
    box = Box(rules, {name: {} for name in names})
    for n in (0, 31, 59):
        both = [RuleFact(names[3 * n]), RuleFact(names[3 * n + 1])]
        assert fired(box, *both) == [f"{n}"]
        assert fired(box, *both, RuleFact(names[3 * n + 2])) == []


def test_sixty_rules_fire_at_once() -> None:
    rules = [
        Rule(f"{n}", (RulePattern("a", "call", (RuleTest("day", RuleSign.MORE_THAN, n),)),))
        for n in range(60)
    ]
    assert len(Box(rules, KINDS).fire([call(100)])) == 60


def test_as_many_tests_as_are_allowed_are_all_asked() -> None:
    wide = {"wide": {f"f{n}": int for n in range(240)}}

    def rule(start: int) -> Rule:
        tests = tuple(RuleTest(f"f{n % 240}", RuleSign.SAME, n % 240) for n in range(start, start + 200))
        return Rule(f"{start}", (RulePattern("a", "wide", tests),))

    box = Box([rule(4 * n) for n in range(60)], wide)
    right = {f"f{n}": n for n in range(240)}
    assert len(box.fire([RuleFact("wide", right)])) == 60
    asking_first = {f"{4 * n}" for n in range(60) if 4 * n == 0 or 4 * n + 200 > 240}
    assert {m.rule for m in box.fire([RuleFact("wide", {**right, "f0": 1})])} == {
        f"{4 * n}" for n in range(60)
    } - asking_first


def test_as_many_facts_are_joined_and_compared_as_are_allowed() -> None:
    compared = (RuleTest("day", RuleSign.MORE_THAN, Of("0", "day")),) * 22
    chain = tuple(RulePattern(f"{n}", "call", compared if n else ()) for n in range(3))
    box = Box([Rule("chain", chain)], KINDS)
    assert fired(box, call(1), call(2), call(3)) == ["chain", "chain"]
    names = tuple(RulePattern(f"{n}", "call", (RuleTest("day", RuleSign.SAME, n),)) for n in range(15))
    assert fired(Box([Rule("names", names)], KINDS), *(call(n) for n in range(15))) == ["names"]


def test_as_many_facts_as_are_allowed_are_told_apart() -> None:
    facts = [fact for n in range(2500) for fact in (call(1, f"{n}"), reply(2, f"{n}"))]
    assert fired(Box([ANSWERED], KINDS), *facts) == ["answered"] * 2500


TEXTS = ["", "0", "5", "é", "a" * 100_000, '"', "\\", "\\u0041", "\0", "\ud800", "\n", "{}", "null", "顧客"]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_equal_to_themselves_only(text: str) -> None:
    box = Box(
        [ANSWERED, Rule("it", (RulePattern("a", "call", (RuleTest("who", RuleSign.SAME, text),)),))], KINDS
    )
    for other in TEXTS:
        assert fired(box, call(1, other), reply(2, text)) == (["answered", "it"] if other == text else [])


@pytest.mark.parametrize("number", [0, 1, -1, LIMIT - 1, 1 - LIMIT, 2**31, 2**32 + 1, -(2**31) - 1])
def test_whole_numbers_are_compared_exactly(number: int) -> None:
    def rule(sign: RuleSign) -> Rule:
        return Rule(sign.name, (RulePattern("a", "clock", (RuleTest("day", sign, number),)),))

    box = Box([rule(sign) for sign in RuleSign], KINDS)
    found = {
        day - number: fired(box, clock(day)) for day in (number - 1, number, number + 1) if abs(day) < LIMIT
    }
    assert found[0] == ["AT_LEAST", "AT_MOST", "SAME"]
    assert found.get(-1, ["AT_MOST", "LESS_THAN", "OTHER"]) == ["AT_MOST", "LESS_THAN", "OTHER"]
    assert found.get(1, ["AT_LEAST", "MORE_THAN", "OTHER"]) == ["AT_LEAST", "MORE_THAN", "OTHER"]


@pytest.mark.parametrize("name", ["sid", "id", "type", "$s", "$and", 'a"b', "a.b", "", "one", "k", "é" * 300])
def test_no_name_of_a_user_reaches_the_library(name: str) -> None:
    test = RuleTest(name, RuleSign.SAME, 3)
    box = Box([Rule(name, (RulePattern(name, name, (test,)),))], {name: {name: int}})
    assert box.fire([RuleFact(name, {name: 3}), RuleFact(name, {name: 4})]) == [Match(name, {name: 0})]
    assert box.fire([RuleFact(name)]) == []


def test_threads_share_a_box_and_it_starts_none() -> None:
    tasks = Path("/proc/self/task")
    before = len(list(tasks.iterdir()))
    box = Box([CALLED, ANSWERED, OVERDUE], KINDS)
    assert fired(box, call(1)) == ["called"]
    assert len(list(tasks.iterdir())) == before
    wrong: list[list[str]] = []
    every: list[tuple[list[RuleFact], list[str]]] = [
        ([call(1)], ["called"]),
        ([call(1), reply(2)], ["answered", "called"]),
        ([clock(3)], []),
    ]

    def work(offset: int) -> None:
        for n in range(1_500):
            facts, want = every[(n + offset) % 3]
            if (found := fired(box, *facts)) != want:
                wrong.append(found)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not wrong


def test_a_closed_box_fires_nothing_and_closes_again() -> None:
    box = Box([CALLED], KINDS)
    box.close()
    box.close()
    with pytest.raises(EngineFailedError, match="closed"):
        box.fire([call(1)])


def test_a_box_that_is_let_go_is_forgotten() -> None:
    import durable_rules_engine as library

    from scorewright.engines.durable.native import Ruleset

    rules = Ruleset(json.dumps({"w": {"all": [{"m": {"$and": [{"k": 0}]}}]}}))
    handle = rules._handle
    del rules
    gc.collect()
    with pytest.raises(library.error, match="111"):
        library.delete_ruleset(handle)


MEMORY = """
def resident():
    with open('/proc/self/statm') as file:
        return int(file.read().split()[1]) * 4096 // 1024

def rules(n):
    first = RulePattern('call', 'call', (RuleTest('day', RuleSign.AT_LEAST, n),))
    return [Rule(f'{i}', (first, RulePattern('b', 'reply', (later,)))) for i in range(20)]
"""


def test_memory_is_flat_over_firings() -> None:
    code = """
box = Box(rules(0), kinds)
def fire(times):
    for n in range(times):
        box.fire([RuleFact('call', {'day': n}), RuleFact('reply', {'day': n + 1})])
fire(500)
before = resident()
fire(5000)
print(resident() - before)
"""
    assert int(run(BOX + MEMORY + code).out) < 1_000


def test_memory_is_flat_over_firings_that_are_broken_off() -> None:
    code = """
box = Box(rules(0), kinds)
calls = [RuleFact('call', {'day': n}) for n in range(8)]
replies = [RuleFact('reply', {'day': n}) for n in range(8)]
def fire(times):
    for n in range(times):
        assert len(box.first([[*calls, *replies], replies])) == 1
fire(500)
before = resident()
fire(3000)
print(resident() - before)
"""
    assert int(run(BOX + MEMORY + code).out) < 1_000


def test_memory_is_flat_over_reloads() -> None:
    code = """
def reload(times):
    for n in range(times):
        Box(rules(n), kinds).fire([RuleFact('call', {'day': n})])
reload(50)
before = resident()
reload(500)
print(resident() - before)
"""
    assert int(run(BOX + MEMORY + code).out) < 2_000
