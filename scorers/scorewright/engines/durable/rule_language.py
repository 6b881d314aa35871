"""What a box can be asked, as data: a rule that durable-rules would miscount or die of cannot be written.

There is no `or`, no arithmetic but a whole number added, no matching of text by pattern, no test that a field
is absent, no float, and no user's name in what reaches the library; the rest is checked here.

Two patterns of a rule match two facts. An absent pattern is about every fact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MAX_RULES: Final = 60
"""The most rules of a box: the 65th match of one fact overflows the library's stack, and nothing fires."""

MAX_PATTERNS: Final = 15
"""The most facts that a rule joins: a frame of the library holds 16."""

MAX_TESTS: Final = 200
"""The most tests of a pattern; measured up to here."""

MAX_COMPARED: Final = 22
"""The most tests of a pattern against other facts; the library holds 32 with the tail and brackets."""

MAX_FIELDS: Final = 240
"""The most fields of a fact: the library holds 255, its own among them."""

MAX_NAMES: Final = 2_400
"""The most different fields of all kinds; up to here no two have the hash by which they are told apart."""

MAX_KINDS: Final = 200
"""The most kinds of a box: with 512 different tests of one field the library never returns."""

MAX_FACTS: Final = 5_000
"""The most facts of a firing; up to here no two of their ids have the same hash."""

LIMIT: Final = 2**53
"""Whole numbers lie below this: further out a number may have passed through a double."""

Value = int | str
Kinds = Mapping[str, Mapping[str, type[int] | type[str]]]
"""The kinds of fact, each with the type of its fields."""


class RuleSign(StrEnum):
    """The comparisons, as the library writes them; `SAME` is its form without a sign."""

    SAME = "="
    OTHER = "$neq"
    AT_LEAST = "$gte"
    AT_MOST = "$lte"
    MORE_THAN = "$gt"
    LESS_THAN = "$lt"


@dataclass(frozen=True, slots=True)
class Of:
    """A field of the fact that an earlier pattern matched, with a whole number added."""

    alias: str
    field: str
    plus: int = 0


@dataclass(frozen=True, slots=True)
class RuleTest:
    """One test of a field; it fails where the fact does not have the field."""

    __test__ = False  # it is a word of the language, and none of pytest's

    field: str
    sign: RuleSign
    than: Value | Of


@dataclass(frozen=True, slots=True)
class RulePattern:
    """A fact of one kind that passes every test, or, where `absent`, that there is none."""

    alias: str
    kind: str
    tests: tuple[RuleTest, ...] = ()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires once for each way in which facts match all patterns."""

    name: str
    patterns: tuple[RulePattern, ...]


@dataclass(frozen=True, slots=True)
class RuleFact:
    """Something known: whole numbers and texts by field. Fields may be left out where no join reads them."""

    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """One firing of a rule: which fact, by its place among those given, stands behind each alias."""

    rule: str
    facts: Mapping[str, int]


class UnsafeRuleError(ValueError):
    """A rule or fact that the library cannot be trusted with; a wrong call, not a user's mistake."""


def check_rules(rules: Sequence[Rule], kinds: Kinds) -> None:
    """Refuse what the library crashes on, hangs in or miscounts."""
    if len(rules) > MAX_RULES:
        raise UnsafeRuleError(f"{len(rules)} rules in one box, at most {MAX_RULES}")
    if len({rule.name for rule in rules}) < len(rules):
        raise UnsafeRuleError("two rules share a name")
    if len({name for fields in kinds.values() for name in fields}) > MAX_NAMES:
        raise UnsafeRuleError(f"more than {MAX_NAMES} fields")
    if len(kinds) > MAX_KINDS:
        raise UnsafeRuleError(f"{len(kinds)} kinds in one box, at most {MAX_KINDS}")
    for kind, fields in kinds.items():
        if len(fields) > MAX_FIELDS:
            raise UnsafeRuleError(f"{kind}: {len(fields)} fields, at most {MAX_FIELDS}")
    for rule in rules:
        for problem in _problems(rule, kinds):
            raise UnsafeRuleError(f"{rule.name}: {problem}")


def check_fact(fact: RuleFact, kinds: Kinds, needed: Mapping[str, frozenset[str]]) -> None:
    """Refuse a fact of unknown kind or wrong types, or without a field that a join reads."""
    if fact.kind not in kinds:
        raise UnsafeRuleError(f"no kind {fact.kind}")
    fields = kinds[fact.kind]
    for name, value in fact.values.items():
        if type(value) is not fields.get(name):
            raise UnsafeRuleError(f"{fact.kind}.{name}: {type(value).__name__} is not its type")
        if isinstance(value, int) and not -LIMIT < value < LIMIT:
            raise UnsafeRuleError(f"{fact.kind}.{name}: {value} is too large")
    if lacking := needed.get(fact.kind, frozenset()) - fact.values.keys():
        raise UnsafeRuleError(f"{fact.kind}: a join reads {', '.join(sorted(lacking))}")


def read_by_joins(rules: Sequence[Rule]) -> dict[str, frozenset[str]]:
    """Name the fields that joins read, by kind: one that is not there fails every later fact."""
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        kind_of = {pattern.alias: pattern.kind for pattern in rule.patterns}
        for pattern in rule.patterns:
            for test in pattern.tests:
                if isinstance(test.than, Of):
                    for kind, name in (
                        (pattern.kind, test.field),
                        (kind_of[test.than.alias], test.than.field),
                    ):
                        found[kind] = found.get(kind, frozenset()) | {name}
    return found


def _problems(rule: Rule, kinds: Kinds) -> Iterator[str]:
    count = len(rule.patterns)
    if not 1 <= count <= MAX_PATTERNS:
        yield f"{count} patterns, 1 to {MAX_PATTERNS}"
    earlier: dict[str, str] = {}
    for index, pattern in enumerate(rule.patterns):
        if pattern.absent and (index == 0 or index < count - 1):
            yield "only the last of several patterns can be absent"
        if pattern.alias in earlier:
            yield f"alias {pattern.alias} stands twice"
        if pattern.kind not in kinds:
            yield f"no kind {pattern.kind}"
            return
        if len(pattern.tests) > MAX_TESTS:
            yield f"{len(pattern.tests)} tests of one fact, at most {MAX_TESTS}"
        if (compared := sum(isinstance(test.than, Of) for test in pattern.tests)) > MAX_COMPARED:
            yield f"{compared} tests against other facts, at most {MAX_COMPARED}"
        for test in pattern.tests:
            yield from _mistyped(test, pattern.kind, earlier, kinds)
        earlier[pattern.alias] = pattern.kind


def _mistyped(test: RuleTest, kind: str, earlier: Mapping[str, str], kinds: Kinds) -> Iterator[str]:
    own = kinds[kind].get(test.field)
    if isinstance(test.than, Of):
        other = kinds[earlier[test.than.alias]].get(test.than.field) if test.than.alias in earlier else None
        added = test.than.plus
    else:
        other, added = type(test.than), 0
    if own is None or other is not own:
        yield f"{kind}.{test.field} and what it is compared with are not of one declared type"
    if own is str and (test.sign not in (RuleSign.SAME, RuleSign.OTHER) or added):
        yield f"{kind}.{test.field} is a text and has no order"
    number = test.than if isinstance(test.than, int) else added
    if not -LIMIT < number < LIMIT:
        yield f"{kind}.{test.field}: {number} is too large"
