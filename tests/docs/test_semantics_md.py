"""The law's page is true: each rule has an example that every engine answers, and code that quotes it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from scorewright.diagnostics.diagnostic import Severity
from scorewright.program.exact_numbers import plain as plain_number
from scorewright.results.outcome import Score
from scorewright.results.outcome_json import answer
from scorewright.rulebook.nodes import Plain
from scorewright.rulebook.source import Source
from scorewright.scoring.load import Loaded, load_source
from scorewright.scoring.scorer import Scorer
from scorewright.suites.flatten import flatten
from scorewright.suites.read_suite import read_suite
from scorewright.suites.run_tests import run, sentence
from tests.docs.test_rulebook_md import splice, values
from tests.engines import EVERY

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "semantics.md").read_text()
QUOTED = re.compile(r"\blaw (\d+(?:(?:, | and )\d+)*)", re.IGNORECASE)
# What a piece leaves out.
BASE = """
rulebook: { id: example, name: Example, version: 1.0.0, owner: nobody }
score: { out_of: 0, if_missing: no_points }
bands: [{ id: all, from: -1000 }]
"""
ANY = "?"
"""Stands in an example for what is made of everything else, such as a digest."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the page: its number, its piece of a rulebook, and what must be answered."""

    number: int
    rulebook: str
    cases: str | None
    answer: Mapping[str, object] | None

    def __str__(self) -> str:
        return f"law {self.number}"


def rules() -> Iterator[Rule]:
    for part in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]:
        blocks = dict(re.findall(r"^```(\w+ \w+)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL))
        assert set(blocks) <= {"yaml rulebook", "yaml cases", "json answer"}, part
        shown = blocks.get("json answer")
        yield Rule(
            int(part.partition(".")[0]),
            blocks["yaml rulebook"],
            blocks.get("yaml cases"),
            json.loads(shown) if shown else None,
        )


RULES = list(rules())


def load(rule: Rule, engine: str) -> Loaded:
    whole: dict[str, Plain] = splice(values(BASE), values(rule.rulebook))
    # JSON is YAML: so the whole is read and checked as an analyst's file would be.
    loaded, report = load_source(Source("example.yaml", json.dumps(whole, default=plain_number)), engine)
    assert loaded is not None, [d.message for d in report.diagnostics if d.severity is Severity.ERROR]
    return loaded


def test_the_rules_are_numbered_without_a_gap() -> None:
    assert sorted(rule.number for rule in RULES) == list(range(1, len(RULES) + 1))
    assert PAGE.count("\n### ") == len(RULES)


@pytest.mark.parametrize("engine", EVERY)
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.cases], ids=str)
def test_the_cases_of_a_rule_pass(rule: Rule, engine: str) -> None:
    suite = Source("example.tests.yaml", f"tests_for: example\nas_of: 2026-01-31\ncases:\n{rule.cases}")
    document, report = read_suite(suite)
    assert document is not None, [d.message for d in report.diagnostics]
    program = load(rule, engine).program
    tests, wrong = flatten(document.suite, program)
    assert tests
    assert not wrong
    failed = [result for result in run(tests, Scorer(program, engine)) if not result.passed]
    assert [(result.test.name, sentence(result.mismatches)) for result in failed] == []


def holds(shown: object, found: object) -> bool:
    """Tell whether an answer holds what an example shows of it; what it leaves out may be anything."""
    if isinstance(shown, dict):
        return isinstance(found, dict) and all(k in found and holds(v, found[k]) for k, v in shown.items())
    if isinstance(shown, list):
        return isinstance(found, list) and len(shown) == len(found) and all(map(holds, shown, found))
    return shown in (ANY, found)


@pytest.mark.parametrize("engine", EVERY)
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.answer], ids=str)
def test_the_answer_of_a_rule_is_given(rule: Rule, engine: str) -> None:
    asked = rule.answer or {}
    inputs = asked["inputs"]
    assert isinstance(inputs, dict)
    as_of = date.fromisoformat(str(asked.get("as_of", "2026-01-31")))
    scorer = Scorer(load(rule, engine).program, engine)
    first, again = (
        scorer.score(inputs, subject=str(asked.get("subject", "")), as_of=as_of) for _ in range(2)
    )
    assert isinstance(first, Score)
    assert first == again
    assert holds(asked["answer"], answer(first)), answer(first)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_has_an_example(rule: Rule) -> None:
    assert rule.cases or rule.answer


def test_the_code_quotes_every_rule_and_no_other() -> None:
    texts = [path.read_text() for folder in ("scorers", "service") for path in (ROOT / folder).rglob("*.py")]
    found = [found for text in texts for found in QUOTED.findall(text)]
    quoted = {int(number) for numbers in found for number in re.findall(r"\d+", numbers)}
    assert quoted == {rule.number for rule in RULES}
