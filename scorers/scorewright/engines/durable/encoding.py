"""From rules and facts to the texts that the library reads, and back.

Only whole numbers and names made here reach it: texts are numbered for each firing, kinds and fields once.
Every pattern tests the kind first; one that compares facts ends in a comparison that is always true, for the
library reads past its array where the last one is false. A kind that is tested for absence is asserted twice,
first under a number of its own, so that what could withdraw a match is there before the match; a kind that no
rule matches is not asserted.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from scorewright.engines.durable.rule_language import (
    MAX_FACTS,
    Kinds,
    Match,
    Of,
    Rule,
    RuleFact,
    RulePattern,
    RuleSign,
    RuleTest,
    UnsafeRuleError,
    Value,
    check_fact,
    check_rules,
    read_by_joins,
)

SID: Final = "s"
"""The one sid there ever is: the 1,025th is one too many for the library, and the next use of it crashes."""

WARM_RULE: Final = "w"
WARM_FACT: Final = f'{{"sid":"{SID}","id":"w","k":0}}'
"""A rule and a fact that fire once, before anything else: see `native`."""

Written = dict[str, object]

_json: Final = json.JSONEncoder(separators=(",", ":")).encode


class Form:
    """How the rules of one box are written; safe to share between threads."""

    def __init__(self, rules: Sequence[Rule], kinds: Kinds) -> None:
        check_rules(rules, kinds)
        self._kinds = kinds
        self._needed = read_by_joins(rules)
        self._names = {f"r{index}": rule for index, rule in enumerate(rules)}
        self._kind = {kind: index + 1 for index, kind in enumerate(kinds)}
        denied = dict.fromkeys(p.kind for rule in rules for p in rule.patterns if p.absent)
        self._shadow = {kind: len(kinds) + 1 + index for index, kind in enumerate(denied)}
        self._matched = {p.kind for rule in rules for p in rule.patterns if not p.absent}
        fields = dict.fromkeys(name for names in kinds.values() for name in names)
        self._field = {name: f"x{index}" for index, name in enumerate(fields)}
        self._words: dict[str, int] = {}
        self.rules = self._rules_text()

    def facts(self, facts: Sequence[RuleFact]) -> Iterator[str]:
        """Write the facts of one firing, those that can withdraw a match first."""
        if len(facts) > MAX_FACTS:
            raise UnsafeRuleError(f"{len(facts)} facts in one firing, at most {MAX_FACTS}")
        for fact in facts:
            check_fact(fact, self._kinds, self._needed)
        words = dict(self._words)
        number = count()
        for fact in facts:
            if fact.kind in self._shadow:
                yield self._fact_text(self._shadow[fact.kind], f"n{next(number)}", fact, words)
        for index, fact in enumerate(facts):
            if fact.kind in self._matched:
                yield self._fact_text(self._kind[fact.kind], f"f{index}", fact, words)

    def match(self, fired: str) -> Match:
        """Read what the library says of one firing."""
        ((name, facts),) = json.loads(fired).items()
        rule = self._names[name]
        present = [pattern.alias for pattern in rule.patterns if not pattern.absent]
        return Match(rule.name, {alias: int(facts[f"a{i}"]["id"][1:]) for i, alias in enumerate(present)})

    def _fact_text(self, kind: int, id: str, fact: RuleFact, words: dict[str, int]) -> str:
        written: dict[str, str | int] = {"sid": SID, "id": id, "k": kind, "one": 1}
        for name, value in fact.values.items():
            number = words.setdefault(value, len(words)) if isinstance(value, str) else value
            written[self._field[name]] = number
        return _json(written)

    def _rules_text(self) -> str:
        written = {name: {"all": list(self._patterns(rule))} for name, rule in self._names.items()}
        return _json({WARM_RULE: {"all": [{"m": {"$and": [{"k": 0}]}}]}, **written})

    def _patterns(self, rule: Rule) -> Iterator[Written]:
        names = {pattern.alias: f"a{index}" for index, pattern in enumerate(rule.patterns)}
        for pattern in rule.patterns:
            alias = names[pattern.alias] + ("$not" if pattern.absent else "")
            yield {alias: {"$and": self._tests(pattern, names)}}

    def _tests(self, pattern: RulePattern, names: Mapping[str, str]) -> list[Written]:
        kinds = self._shadow if pattern.absent else self._kind
        tests: list[Written] = [{"k": kinds[pattern.kind]}]
        tests += [self._test(test, names) for test in pattern.tests]
        if any(isinstance(test.than, Of) for test in pattern.tests):
            tests.append({"one": {"a0": "one"}})
        return tests

    def _test(self, test: RuleTest, names: Mapping[str, str]) -> Written:
        pair: Written = {self._field[test.field]: self._right(test.than, names)}
        return pair if test.sign is RuleSign.SAME else {test.sign.value: pair}

    def _right(self, than: Value | Of, names: Mapping[str, str]) -> object:
        if isinstance(than, str):
            return self._words.setdefault(than, len(self._words))
        if isinstance(than, int):
            return than
        field = {names[than.alias]: self._field[than.field]}
        return {"$add": {"$l": field, "$r": than.plus}} if than.plus else field
