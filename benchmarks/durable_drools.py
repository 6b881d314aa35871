"""The seven conditions of `lead_points_100` in our box and in Drools: the same facts, and what fired.

Drools is not in the lock, for its wheel brings a jar of 40 MB: `pip install drools_jpy` and a JVM whose
`libjvm.so` is found (LD_LIBRARY_PATH). Its first thousands of facts are slower, until its code is compiled.
"""

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from random import Random

from benchmarks.timing import Contender, race, table
from scorers.engines.durable.box import Box
from scorers.engines.durable.language import Fact, Pattern, Rule, Sign, Test

ROUNDS = 15
SUBJECTS = 2_000
TESTS = (
    Test("budget", Sign.SAME, 1),
    Test("decision", Sign.SAME, 1),
    Test("days", Sign.LESS_THAN, 30),
    Test("referral", Sign.SAME, 1),
    Test("industry", Sign.SAME, 1),
    Test("team", Sign.AT_LEAST, 5),
    Test("agency", Sign.SAME, 1),
)
EXPRESSIONS: Mapping[Sign, str] = {
    Sign.SAME: "EqualsExpression",
    Sign.LESS_THAN: "LessThanExpression",
    Sign.AT_LEAST: "GreaterThanOrEqualToExpression",
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
    print(table("seven conditions over one fact", measured, ("Drools",)))


def _boxed() -> Callable[[Mapping[str, object]], object]:
    rules = [Rule(test.field, (Pattern("a", "lead", (test,)),)) for test in TESTS]
    box = Box(rules, {"lead": {test.field: int for test in TESTS}})
    return lambda subject: sorted(match.rule for match in box.fire([Fact("lead", subject)]))  # type: ignore[arg-type]  # numbers


def _drools() -> Callable[[Mapping[str, object]], object]:
    from drools.rule import Rule as DroolsRule
    from drools.ruleset import Ruleset

    whole = {"name": "lead", "sources": [], "match_multiple_rules": True, "rules": [*map(_written, TESTS)]}
    rules = Ruleset(name="lead", serialized_ruleset=json.dumps(whole))
    fired: list[str] = []
    for test in TESTS:
        rules.add_rule(DroolsRule(test.field, lambda _, name=test.field: fired.append(name)))

    def answer(subject: Mapping[str, object]) -> object:
        fired.clear()
        rules.assert_event(json.dumps(subject))
        return sorted(fired)

    return answer


def _written(test: Test) -> object:
    comparison = {EXPRESSIONS[test.sign]: {"lhs": {"Event": test.field}, "rhs": {"Integer": test.than}}}
    action = {"Action": {"action": "none", "action_args": {}}}
    condition = {"AllCondition": [comparison]}
    return {"Rule": {"name": test.field, "enabled": True, "condition": condition, "actions": [action]}}
