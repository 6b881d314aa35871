"""Conditions of `lead_points_100`, and signals, in our box and in Drools: the same facts, and what fired.

Of the six signals of `signals` Drools gets those that its JSON rules can say: a join of two facts, and two
tallies that are worked out before, for both. An absence it knows only as a time-out. What is asserted are the
facts of the box, so that preparing them is in neither time; both let them go after each account.

Drools is not in the lock, for its wheel brings a jar of 40 MB: `pip install drools_jpy` and a JVM whose
`libjvm.so` is found (LD_LIBRARY_PATH). Its first thousands of facts are slower, until its code is compiled.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from importlib.util import find_spec
from random import Random
from typing import Any

from benchmarks.signals import ACCOUNTS, NOW, account, program
from benchmarks.timing import Contender, race, table
from scorewright.engines.compiled.signal_matcher import Matcher
from scorewright.engines.durable.rule_language import (
    Kinds,
    Of,
    Rule,
    RuleFact,
    RulePattern,
    RuleSign,
    RuleTest,
)
from scorewright.engines.durable.ruleset import Box
from scorewright.engines.durable.signal_patterns import askings

ROUNDS = 15
SUBJECTS = 2_000
TESTS = (
    RuleTest("budget", RuleSign.SAME, 1),
    RuleTest("decision", RuleSign.SAME, 1),
    RuleTest("days", RuleSign.LESS_THAN, 30),
    RuleTest("referral", RuleSign.SAME, 1),
    RuleTest("industry", RuleSign.SAME, 1),
    RuleTest("team", RuleSign.AT_LEAST, 5),
    RuleTest("agency", RuleSign.SAME, 1),
)
EXPRESSIONS: Mapping[RuleSign, str] = {
    RuleSign.SAME: "EqualsExpression",
    RuleSign.LESS_THAN: "LessThanExpression",
    RuleSign.AT_LEAST: "GreaterThanOrEqualToExpression",
    RuleSign.AT_MOST: "LessThanOrEqualToExpression",
}


def main() -> None:
    if find_spec("drools") is None:
        print("skipped: `pip install drools_jpy` first, and see the top of this file")
        return
    contenders: dict[str, Contender] = {"durable, boxed": _boxed(), "Drools": _drools()}
    chance = Random(1)
    most = {"days": 60, "team": 10}
    subjects = [{t.field: chance.randrange(most.get(t.field, 2)) for t in TESTS} for _ in range(SUBJECTS)]
    for subject in subjects:
        boxed, drools = (answer(subject) for answer in contenders.values())
        assert boxed == drools, subject
    measured = race(contenders, lambda _: subjects, ROUNDS)
    print(f"{table('seven conditions over one fact', measured, ('Drools',))}\n")
    _signals()


def _signals() -> None:
    """Race over the facts of accounts; the facts are prepared once."""
    card = program()
    matcher = Matcher(card, "durable")
    asked = [a for a in askings(card, matcher.choose) if not any(p.absent for p in a.rule.patterns)]
    pasts = [matcher.past(account(n, healthy=n % 2 == 0), NOW) for n in range(ACCOUNTS)]
    lots = [[f.facts for a in asked if (f := a.firing(past)) is not None] for past in pasts]
    subjects: list[dict[str, object]] = [
        {"lots": each, "facts": [fact for facts in each for fact in facts]} for each in lots
    ]
    contenders = _joining([a.rule for a in asked], {k: v for a in asked for k, v in a.kinds.items()})
    for subject in subjects:
        first, *others = (answer(subject) for answer in contenders.values())
        assert all(other == first for other in others), subject
    measured = race(contenders, lambda _: subjects, ROUNDS)
    count = sum(len(each["facts"]) for each in subjects) // len(subjects)  # type: ignore[arg-type]  # a list
    print(table(f"{len(asked)} signals over {count} facts", measured, ("Drools",)))


def _joining(rules: Sequence[Rule], kinds: Kinds) -> dict[str, Contender]:
    box = Box(rules, kinds)
    return {
        "durable, all matches": lambda s: {m.rule for m in box.fire(s["facts"])},  # type: ignore[arg-type]  # facts
        "durable, first match": lambda s: {m.rule for m in box.first(s["lots"])},  # type: ignore[arg-type]  # lots
        "Drools": _drools_joining(rules),
    }


def _drools_joining(rules: Sequence[Rule]) -> Contender:
    fire = _ruleset([_written_rule(rule) for rule in rules], [rule.name for rule in rules])

    def answer(subject: Mapping[str, object]) -> object:
        written = [json.dumps({"kind": f.kind, **f.values}) for f in subject["facts"]]  # type: ignore[attr-defined]  # facts
        ruleset, fired = fire
        fired.clear()
        for fact in written:
            ruleset.assert_fact(fact)
        found = set(fired)
        for fact in written:
            ruleset.retract_fact(fact)
        return found

    return answer


def _written_rule(rule: Rule) -> object:
    conditions = [
        {"AssignmentExpression": {"lhs": {"Events": f"m{p.alias}"}, "rhs": reduce(_both, _tests(p))}}
        for p in rule.patterns
    ]
    return _rule(rule.name, conditions)


def _tests(pattern: RulePattern) -> Iterator[object]:
    yield {"EqualsExpression": {"lhs": {"Event": "kind"}, "rhs": {"String": pattern.kind}}}
    for test in pattern.tests:
        than = test.than
        right = {"Events": f"m{than.alias}.{than.field}"} if isinstance(than, Of) else {"Integer": than}
        yield {EXPRESSIONS[test.sign]: {"lhs": {"Event": test.field}, "rhs": right}}


def _both(left: object, right: object) -> object:
    return {"AndExpression": {"lhs": left, "rhs": right}}


def _boxed() -> Callable[[Mapping[str, object]], object]:
    rules = [Rule(test.field, (RulePattern("a", "lead", (test,)),)) for test in TESTS]
    box = Box(rules, {"lead": {test.field: int for test in TESTS}})
    return lambda subject: sorted(match.rule for match in box.fire([RuleFact("lead", subject)]))  # type: ignore[arg-type]  # numbers


def _drools() -> Callable[[Mapping[str, object]], object]:
    ruleset, fired = _ruleset([*map(_written, TESTS)], [test.field for test in TESTS])

    def answer(subject: Mapping[str, object]) -> object:
        fired.clear()
        ruleset.assert_event(json.dumps(subject))
        return sorted(fired)

    return answer


def _ruleset(written: Sequence[object], names: Sequence[str]) -> tuple[Any, list[str]]:
    from drools.rule import Rule as DroolsRule
    from drools.ruleset import Ruleset

    whole = {"name": names[0], "sources": [], "match_multiple_rules": True, "rules": written}
    ruleset = Ruleset(name=names[0], serialized_ruleset=json.dumps(whole))
    fired: list[str] = []
    for name in names:
        ruleset.add_rule(DroolsRule(name, lambda _, name=name: fired.append(name)))
    return ruleset, fired


def _written(test: RuleTest) -> object:
    return _rule(
        test.field, [{EXPRESSIONS[test.sign]: {"lhs": {"Event": test.field}, "rhs": {"Integer": test.than}}}]
    )


def _rule(name: str, conditions: Sequence[object]) -> object:
    action = {"Action": {"action": "none", "action_args": {}}}
    condition = {"AllCondition": conditions}
    return {"Rule": {"name": name, "enabled": True, "condition": condition, "actions": [action]}}
