"""Small suites written as YAML text, run against a rulebook with every part that tests can speak of."""

from collections.abc import Sequence

from scorewright.program.program import Program
from scorewright.rulebook.source import Source
from scorewright.scoring.scorer import Scorer
from scorewright.suites.flat_tests import FlatTest, SuiteMistake
from scorewright.suites.flatten import flatten
from scorewright.suites.read_suite import read_suite
from scorewright.suites.run_tests import Result, run
from tests.written import YES_NO, Written, acts, rulebook, yes

INPUTS: dict[str, Written] = {
    "budget": YES_NO,
    "size": {"type": "integer", "min": 0, "max": 100},
    "source": {"type": "choice", "options": ["inbound", "referral"]},
    "calm": YES_NO | {"if_missing": {"assume": False}},
}
CRITERIA: list[Written] = [
    yes("budget", 60, group="need"),
    {
        "id": "size",
        "group": "fit",
        "input": "size",
        "steps": [{"from": 0, "points": 0}, {"from": 10, "points": 40}],
    },
]
BANDS: list[Written] = [
    {"id": "hot", "from": 60, "actions": ["call"]},
    {"id": "cold", "from": 0, "actions": ["mail"]},
]  # fmt: skip


def program() -> Program:
    """Compile the rulebook that the suites are about."""
    return rulebook(
        INPUTS,
        CRITERIA,
        bands=BANDS,
        groups=[{"id": "need"}, {"id": "fit"}],
        disqualifiers=[{"id": "tiny", "when": {"input": "size", "equals": 0}, "band": "cold"}],
        triggers=[{"id": "referred", "when": {"input": "source", "is": "referral"}, "actions": ["thank"]}],
        actions=acts("call", "thank") | acts("mail", only_if={"input": "calm", "is": True}),
        matrix={
            "id": "grid",
            "rows": {"group": "need", "levels": [{"id": "yes", "from": 60}, {"id": "no", "from": 0}]},
            "columns": {"group": "fit", "levels": [{"id": "big", "from": 40}, {"id": "small", "from": 0}]},
            "cells": {"yes": {"big": "Go", "small": "Wait"}, "no": {"big": "Ask", "small": "Stop"}},
        },
    )


def flat(text: str, about: Program | None = None) -> tuple[tuple[FlatTest, ...], tuple[SuiteMistake, ...]]:
    """Read a suite and flatten it."""
    document, report = read_suite(Source("small.tests.yaml", f"tests_for: small\n{text}"))
    assert document is not None, report
    return flatten(document.suite, about or program())


def results(text: str, about: Program | None = None) -> Sequence[Result]:
    """Run a suite that is written rightly."""
    tests, wrong = flat(text, about)
    assert not wrong
    return list(run(tests, Scorer(about or program())))
