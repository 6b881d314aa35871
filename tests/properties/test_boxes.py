"""A box gives every match of its rules, once: joins, absences and whole numbers added among them."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from scorewright.engines.durable.rule_language import (
    Kinds,
    Of,
    Rule,
    RuleFact,
    RulePattern,
    RuleSign,
    RuleTest,
    Value,
)
from scorewright.engines.durable.ruleset import Box
from tests.engines import needs_durable

pytestmark = needs_durable

KINDS: Kinds = {
    "call": {"day": int, "left": int, "who": str},
    "reply": {"day": int, "who": str},
    "clock": {"day": int},
}
SIGNS: Mapping[RuleSign, Callable[[Value, Value], bool]] = {
    RuleSign.SAME: operator.eq,
    RuleSign.OTHER: operator.ne,
    RuleSign.AT_LEAST: operator.ge,
    RuleSign.AT_MOST: operator.le,
    RuleSign.MORE_THAN: operator.gt,
    RuleSign.LESS_THAN: operator.lt,
}

VALUES: Mapping[type, st.SearchStrategy[Value]] = {
    int: st.integers(0, 4),
    str: st.sampled_from(["ann", "bob", "cy"]),
}


@st.composite
def facts(draw: st.DrawFn) -> RuleFact:
    kind = draw(st.sampled_from(sorted(KINDS)))
    return RuleFact(kind, {name: draw(VALUES[of]) for name, of in KINDS[kind].items()})


@st.composite
def rules(draw: st.DrawFn, name: str) -> Rule:
    patterns: list[RulePattern] = []
    count = draw(st.integers(1, 3))
    for index in range(count):
        kind = draw(st.sampled_from(sorted(KINDS)))
        tests = draw(st.lists(asked_of(kind, tuple(patterns)), max_size=3))
        absent = draw(st.booleans()) if 0 < index == count - 1 else False
        patterns.append(RulePattern(f"p{index}", kind, tuple(tests), absent))
    return Rule(name, tuple(patterns))


@st.composite
def asked_of(draw: st.DrawFn, kind: str, earlier: Sequence[RulePattern]) -> RuleTest:
    field = draw(st.sampled_from(sorted(KINDS[kind])))
    of = KINDS[kind][field]
    sign = draw(st.sampled_from(list(RuleSign) if of is int else [RuleSign.SAME, RuleSign.OTHER]))
    others = [(p.alias, other) for p in earlier for other, its in KINDS[p.kind].items() if its is of]
    if not others or draw(st.booleans()):
        return RuleTest(field, sign, draw(VALUES[of]))
    alias, other = draw(st.sampled_from(others))
    return RuleTest(field, sign, Of(alias, other, draw(st.sampled_from([0, 0, 1, -2])) if of is int else 0))


def matches(
    rule: Rule, given: Sequence[RuleFact], bound: Mapping[str, int] | None = None
) -> Iterator[Mapping[str, int]]:
    """Give every match by trying all facts for all patterns."""
    bound = bound or {}
    if len(bound) == len(rule.patterns):
        yield bound
        return
    pattern = rule.patterns[len(bound)]
    passing = [n for n, fact in enumerate(given) if passes(pattern, fact, given, bound)]
    if pattern.absent:
        yield from () if passing else (bound,)
        return
    for n in passing:
        if n not in bound.values():
            yield from matches(rule, given, {**bound, pattern.alias: n})


def passes(pattern: RulePattern, fact: RuleFact, given: Sequence[RuleFact], bound: Mapping[str, int]) -> bool:
    if fact.kind != pattern.kind:
        return False
    for test in pattern.tests:
        than = test.than
        if isinstance(than, Of):
            other = given[bound[than.alias]].values[than.field]
            than = other + than.plus if isinstance(other, int) else other
        if not SIGNS[test.sign](fact.values[test.field], than):
            return False
    return True


@given(st.data())
def test_a_box_gives_every_match_once(data: st.DataObject) -> None:
    asked = [data.draw(rules(f"r{n}"), label=f"r{n}") for n in range(data.draw(st.integers(1, 6)))]
    box = Box(asked, KINDS)
    for _ in range(4):
        given = data.draw(st.lists(facts(), max_size=8), label="facts")
        want = [(rule.name, sorted(found.items())) for rule in asked for found in matches(rule, given)]
        got = [(match.rule, sorted(match.facts.items())) for match in box.fire(given)]
        assert sorted(got) == sorted(want)
    box.close()
