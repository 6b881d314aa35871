"""What the library cannot be trusted with is refused before it sees it; none of this needs the library."""

import pytest

from scorewright.engines.durable.encoding import Form
from scorewright.engines.durable.rule_language import (
    LIMIT,
    Kinds,
    Of,
    Rule,
    RuleFact,
    RulePattern,
    RuleSign,
    RuleTest,
    UnsafeRuleError,
)

KINDS: Kinds = {"call": {"day": int, "who": str}, "reply": {"day": int, "who": str}}


def rule(*patterns: RulePattern, name: str = "r") -> Rule:
    return Rule(name, patterns)


def call(*tests: RuleTest) -> RulePattern:
    return RulePattern("call", "call", tests)


def later(
    field: str = "day", alias: str = "call", sign: RuleSign = RuleSign.AT_LEAST, plus: int = 0
) -> RulePattern:
    return RulePattern("reply", "reply", (RuleTest(field, sign, Of(alias, field, plus)),))


NONE_LEFT = RulePattern("none", "reply", absent=True)
DAY = RuleTest("day", RuleSign.SAME, 3)

REFUSED = {
    "no pattern": ([rule()], "0 patterns"),
    "16 facts joined": ([rule(*(RulePattern(f"p{n}", "call") for n in range(16)))], "16 patterns"),
    "201 tests of one fact": ([rule(call(*[DAY] * 201))], "201 tests"),
    "23 tests against other facts": (
        [rule(call(), RulePattern("reply", "reply", later().tests * 23))],
        "23 tests against other facts",
    ),
    "61 rules": ([rule(call(), name=f"{n}") for n in range(61)], "61 rules"),
    "a name twice": ([rule(call()), rule(call())], "share a name"),
    "an alias twice": ([rule(call(), call())], "alias call stands twice"),
    "nothing but an absence": ([rule(NONE_LEFT)], "only the last"),
    "an absence in the middle": ([rule(call(), NONE_LEFT, later())], "only the last"),
    "an absence first": ([rule(NONE_LEFT, call())], "only the last"),
    "two absences": ([rule(call(), NONE_LEFT, RulePattern("more", "call", absent=True))], "only the last"),
    "an unknown kind": ([rule(RulePattern("a", "visit"))], "no kind visit"),
    "an unknown field": ([rule(call(RuleTest("hour", RuleSign.SAME, 3)))], "call.hour"),
    "a text compared with a number": ([rule(call(RuleTest("who", RuleSign.SAME, 3)))], "call.who"),
    "a number compared with a text": ([rule(call(RuleTest("day", RuleSign.SAME, "3")))], "call.day"),
    "a number compared with true": ([rule(call(RuleTest("day", RuleSign.SAME, True)))], "call.day"),
    "a number compared with a float": ([rule(call(RuleTest("day", RuleSign.SAME, 3.5)))], "call.day"),  # type: ignore[arg-type]  # the wrong type is the point
    "an order of texts": ([rule(call(RuleTest("who", RuleSign.MORE_THAN, "a")))], "has no order"),
    "an order of texts of two facts": ([rule(call(), later("who"))], "has no order"),
    "a number added to a text": ([rule(call(), later("who", sign=RuleSign.SAME, plus=1))], "has no order"),
    "facts of two types": (
        [rule(call(), RulePattern("b", "reply", (RuleTest("day", RuleSign.SAME, Of("call", "who")),)))],
        "reply.day",
    ),
    "a fact that comes later": (
        [rule(call(RuleTest("day", RuleSign.SAME, Of("reply", "day"))), later())],
        "call.day",
    ),
    "itself": ([rule(call(RuleTest("day", RuleSign.SAME, Of("call", "day"))))], "call.day"),
    "a huge number": ([rule(call(RuleTest("day", RuleSign.SAME, LIMIT)))], "too large"),
    "a huge number added": ([rule(call(), later(plus=-LIMIT))], "too large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_rule_is_refused(name: str) -> None:
    rules, why = REFUSED[name]
    with pytest.raises(UnsafeRuleError, match=why):
        Form(rules, KINDS)


def test_a_kind_of_too_many_fields_is_refused() -> None:
    with pytest.raises(UnsafeRuleError, match="241 fields"):
        Form([], {"wide": {f"f{n}": int for n in range(241)}})


def test_too_many_kinds_are_refused() -> None:
    with pytest.raises(UnsafeRuleError, match="201 kinds"):
        Form([], {f"k{n}": {} for n in range(201)})


def test_too_many_fields_of_all_kinds_are_refused() -> None:
    with pytest.raises(UnsafeRuleError, match="2400 fields"):
        Form([], {f"k{n}": {f"f{n}_{m}": int for m in range(240)} for n in range(11)})


JOIN = [rule(call(), later())]

FACTS = {
    "an unknown kind": (RuleFact("visit"), "no kind visit"),
    "an unknown field": (RuleFact("call", {"hour": 1, "day": 1}), "call.hour"),
    "a text for a number": (RuleFact("call", {"day": "1"}), "call.day"),
    "true for a number": (RuleFact("call", {"day": True}), "call.day"),
    "a float for a number": (RuleFact("call", {"day": 1.0}), "call.day"),  # type: ignore[dict-item]  # the wrong type is the point
    "a number for a text": (RuleFact("call", {"day": 1, "who": 1}), "call.who"),
    "a huge number": (RuleFact("call", {"day": LIMIT}), "too large"),
    "no field that a join reads": (RuleFact("call", {"who": "ann"}), "a join reads day"),
    "no field that a join compares with": (RuleFact("reply", {"who": "ann"}), "a join reads day"),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_refused(name: str) -> None:
    fact, why = FACTS[name]
    with pytest.raises(UnsafeRuleError, match=why):
        list(Form(JOIN, KINDS).facts([fact]))


def test_too_many_facts_are_refused() -> None:
    with pytest.raises(UnsafeRuleError, match="5001 facts"):
        list(Form(JOIN, KINDS).facts([RuleFact("call", {"day": 1})] * 5001))
