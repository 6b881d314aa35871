"""The suites of the last rows hold their rulebooks: no change of a number or comparison survives."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scorewright.program.exact_numbers import plain as plain_number
from scorewright.rulebook.nodes import Plain, plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from scorewright.scoring.load import load_source
from scorewright.scoring.scorer import Scorer
from scorewright.suites.flatten import flatten
from scorewright.suites.read_suite import SuiteDocument, read_suite
from scorewright.suites.run_tests import run
from tests.rules.mutations import mutants

RULES = Path(__file__).parent.parent.parent / "rules"
HELD = (
    "client_lifecycle",
    "closed_won_handoff",
    "founder_sales_limits",
    "framework_selector",
    "meddic_checklist",
    "meddpicc_checklist",
    "outbound_cadence",
    "pipeline_stage_actions",
    "plan_fit",
    "sales_kit_freshness",
)


def written(rulebook: str) -> Mapping[str, Plain]:
    node, _ = read_tree(Source("rules", (RULES / f"{rulebook}.yaml").read_text()))
    assert node is not None
    whole = plain(node)
    assert isinstance(whole, dict)
    return whole


def suite_of(rulebook: str) -> SuiteDocument:
    document, _ = read_suite(Source("suite", (RULES / f"{rulebook}.tests.yaml").read_text()))
    assert document is not None
    return document


def survivors(rulebook: str) -> Iterator[str]:
    suite = suite_of(rulebook).suite
    for what, mutant in mutants(written(rulebook)):
        # A mutant that the checks refuse never reaches a suite.
        loaded, _ = load_source(Source("mutant", json.dumps(mutant, default=plain_number)))
        if loaded is not None:
            tests, _ = flatten(suite, loaded.program)
            if all(result.passed for result in run(tests, Scorer(loaded.program))):
                yield what


@pytest.mark.parametrize("rulebook", HELD)
def test_no_change_of_a_rulebooks_logic_survives_its_suite(rulebook: str) -> None:
    assert len(list(mutants(written(rulebook)))) >= 5
    assert list(survivors(rulebook)) == []
