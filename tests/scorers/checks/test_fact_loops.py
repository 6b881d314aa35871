"""What follows from signals and actions: loops are shown step by step, and chains end."""

import re
from collections.abc import Callable

from scorewright.program.fact import Fact
from scorewright.program.signal import MAX_ROUNDS
from scorewright.rulebook.source import Source
from scorewright.scoring.account import Account, evaluate
from scorewright.scoring.load import load_source
from scorewright.scoring.scorer import Scorer
from tests.scorers.checks.books import base, cases, told, told_of_each

BASE = base("chains")


def chained(count: int) -> str:
    """Write a rulebook in which facts follow from facts in so many steps."""
    kinds = "".join(f"  k{n}: {{}}\n" for n in range(count + 1))
    steps = "".join(
        f"  - {{ id: s{n}, when: {{ fact: k{n} }}, then: {{ facts: [{{ fact: k{n + 1} }}] }} }}\n"
        for n in range(count)
    )
    return (
        "rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }\n"
        f"facts:\n{kinds}signals:\n{steps}"
        f"  - {{ id: last, when: {{ fact: k{count} }} }}\n"
        "score: { method: none }\n"
        "bands: [{ id: reached, when: { signal: last, is: true } }, { id: not_reached }]\n"
    )


def test_what_is_told_about_loops(golden: Callable[[str, str], None]) -> None:
    golden("checks/chains.out", told_of_each(cases("chains"), BASE))


def test_a_rulebook_without_loops_is_told_nothing() -> None:
    assert told(BASE) == []


def test_the_longest_chain_that_is_allowed_is_followed_to_its_end() -> None:
    loaded, report = load_source(Source("example.yaml", chained(MAX_ROUNDS - 1)))
    assert report.diagnostics == ()
    assert loaded is not None
    evaluation = evaluate(Scorer(loaded.program), Account([Fact("k0", 0, {})], 1, {}))
    assert len(evaluation.asserted) == MAX_ROUNDS - 1
    assert "last" in evaluation.measured.signals


def test_a_chain_of_one_step_more_is_told() -> None:
    (finding,) = told(chained(MAX_ROUNDS))
    assert "error[chain-too-long] facts follow from facts in 8 steps, and only 7 are taken" in finding
    assert "note: `s0 -> k1 -> s1 -> k2 -> s2 -> k3 -> ... -> s5 -> k6 -> s6 -> k7 -> s7 -> k8`" in finding


def test_a_hundred_signals_that_all_lead_to_each_other_are_told_at_once() -> None:
    everything = ", ".join(f"{{ fact: k{n} }}" for n in range(100))
    text = re.sub(r"facts: \[\{ fact: k\d+ \}\]", f"facts: [{everything}]", chained(100))
    assert {line.split("error")[1].split("]")[0] for line in told(text)} == {"[chain-loop"}
    assert len(told(text)) <= 50
