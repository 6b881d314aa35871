"""What is written for the library: names of our own, whole numbers, and a tail on every join."""

import json
from collections.abc import Iterator

from scorewright.engines.durable.encoding import Form
from scorewright.engines.durable.rule_language import (
    MAX_FACTS,
    MAX_NAMES,
    Kinds,
    Of,
    Rule,
    RuleFact,
    RulePattern,
    RuleSign,
    RuleTest,
)

KINDS: Kinds = {"call": {"day": int, "who": str}, "reply": {"day": int, "who": str}}
RULES = [
    Rule(
        "late",
        (
            RulePattern(
                "a", "call", (RuleTest("day", RuleSign.MORE_THAN, 7), RuleTest("who", RuleSign.OTHER, "ann"))
            ),
        ),
    ),
    Rule(
        "silent",
        (
            RulePattern("a", "call"),
            RulePattern("b", "reply", (RuleTest("day", RuleSign.LESS_THAN, Of("a", "day", plus=-2)),)),
            RulePattern("c", "reply", (RuleTest("who", RuleSign.SAME, Of("a", "who")),), absent=True),
        ),
    ),
]


def test_rules_are_written_with_names_of_our_own() -> None:
    assert json.loads(Form(RULES, KINDS).rules) == {
        "w": {"all": [{"m": {"$and": [{"k": 0}]}}]},
        "r0": {"all": [{"a0": {"$and": [{"k": 1}, {"$gt": {"x0": 7}}, {"$neq": {"x1": 0}}]}}]},
        "r1": {
            "all": [
                {"a0": {"$and": [{"k": 1}]}},
                {
                    "a1": {
                        "$and": [
                            {"k": 2},
                            {"$lt": {"x0": {"$add": {"$l": {"a0": "x0"}, "$r": -2}}}},
                            {"one": {"a0": "one"}},
                        ]
                    }
                },
                {"a2$not": {"$and": [{"k": 3}, {"x1": {"a0": "x1"}}, {"one": {"a0": "one"}}]}},
            ]
        },
    }


def test_facts_are_written_as_whole_numbers_the_ones_that_withdraw_first() -> None:
    facts = [RuleFact("call", {"day": 8, "who": "bob"}), RuleFact("reply", {"day": 1, "who": "ann"})]
    assert [json.loads(text) for text in Form(RULES, KINDS).facts(facts)] == [
        {"sid": "s", "id": "n0", "k": 3, "one": 1, "x0": 1, "x1": 0},
        {"sid": "s", "id": "f0", "k": 1, "one": 1, "x0": 8, "x1": 1},
        {"sid": "s", "id": "f1", "k": 2, "one": 1, "x0": 1, "x1": 0},
    ]


def test_texts_are_numbered_anew_for_each_firing() -> None:
    form = Form(RULES, KINDS)
    for _ in range(2):
        facts = [RuleFact("reply", {"day": 1, "who": f"{n}"}) for n in range(3)]
        written = [json.loads(text)["x1"] for text in form.facts(facts)]
        assert written == [1, 2, 3] * 2


def test_no_two_ids_of_a_firing_and_no_two_fields_have_one_hash() -> None:
    # The library compares them by this hash only.
    for names in (["sid", "id", "k", "one", "$s", *(f"x{n}" for n in range(MAX_NAMES))], list(ids())):
        assert len({fnv1(name) for name in names}) == len(names)


def ids() -> Iterator[str]:
    yield from ("w", "sid-s")
    yield from (f"{letter}{n}" for letter in "fn" for n in range(MAX_FACTS))


def fnv1(text: str) -> int:
    found = 0x811C9DC5
    for byte in text.encode():
        found = ((found ^ byte) * 16_777_619) & 0xFFFF_FFFF
    return found


def test_the_hash_is_the_library_s() -> None:
    assert (fnv1("id"), fnv1("sid")) == (926444256, 3593476751)
