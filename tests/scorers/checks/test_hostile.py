"""Rulebooks made to take for ever are told what is certain, and end; the work is counted, not timed."""

from scorewright.checks.analysis.analysis import Analysis
from scorewright.diagnostics.budget import STEPS
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source

HEAD = "rulebook: { id: hostile, name: Hostile, version: 1.0.0, owner: nobody }\n"
MANY = 400


def codes(inputs: list[str], criteria: list[str], out_of: int = 100, extra: str = "") -> list[str]:
    declared = "".join(f"  {line}\n" for line in inputs)
    asked = "".join(f"  - {{ {line} }}\n" for line in criteria)
    score = f"score: {{ out_of: {out_of}, if_missing: no_points }}\n"
    bands = f"bands: [{{ id: high, from: {out_of} }}, {{ id: low, from: 0 }}]\n"
    text = f"{HEAD}inputs:\n{declared}{score}criteria:\n{asked}{bands}{extra}"
    return [diagnostic.code for diagnostic in load_source(Source("hostile.yaml", text))[1].diagnostics]


def test_points_far_apart_are_not_all_added() -> None:
    inputs = [f"i{n}: {{ type: boolean }}" for n in range(MANY)]
    points = [3**20 * (n * n + 1) % 10**9 + 1 for n in range(MANY)]
    criteria = [f"id: c{n}, when: {{ input: i{n}, is: true }}, points: {p}" for n, p in enumerate(points)]
    assert codes(inputs, criteria, sum(points)) == ["not-decided"]


def test_points_near_each_other_are() -> None:
    inputs = [f"i{n}: {{ type: rating, decimals: 1, min: 0 }}" for n in range(MANY)]
    criteria = [f"id: c{n}, input: i{n}, rating: as_is" for n in range(MANY)]
    assert codes(inputs, criteria, 5 * MANY) == []


def test_long_conditions_on_one_input_are_not_all_tried() -> None:
    parts = ", ".join(f"{{ input: x, equals: {n} }}" for n in range(450))
    criteria = [
        f"id: c{n}, when: {{ any: [{parts}, {{ input: y, equals: {n} }}] }}, points: 10" for n in range(10)
    ]
    inputs = ["x: { type: number, min: 0, max: 100000 }", "y: { type: number, min: 0, max: 100000 }"]
    assert codes(inputs, criteria) in (["not-decided"], ["inputs-entangled"])


def test_conditions_that_share_nothing_are_looked_at_apart() -> None:
    inputs = [f"i{n}: {{ type: boolean, required: true }}" for n in range(MANY)]
    every = ", ".join(f"{{ input: i{n}, is: true }}" for n in range(MANY))
    assert codes(inputs, [f"id: all, when: {{ all: [{every}] }}, points: 100"]) == []


def test_the_work_of_a_rulebook_is_bounded_as_a_whole() -> None:
    text = f"""{HEAD}inputs: {{ a: {{ type: boolean }} }}
score: {{ out_of: 1, if_missing: no_points }}
criteria: [{{ id: a, when: {{ input: a, is: true }}, points: 1 }}]
bands: [{{ id: high, from: 1 }}, {{ id: low, from: 0 }}]
"""
    loaded, _ = load_source(Source("hostile.yaml", text))
    assert loaded is not None
    analysis = Analysis(loaded.document, loaded.program)
    assert analysis.reach.exact
    assert not analysis.budget.spend(STEPS)
    assert analysis.budget.spend(STEPS - 10_000)


def test_a_trigger_that_is_not_decided_is_told_where_it_stands_with_flags_that_are_not() -> None:
    parts = ", ".join(f"{{ ratio: [i{n}, i{n + 1}], at_least: {n + 1} }}" for n in range(50))
    inputs = "".join(f"  i{n}: {{ type: number, min: 0, max: 100000 }}\n" for n in range(51))
    flags = "".join(f"  - {{ id: f{n}, when: {{ any: [{parts}] }} }}\n" for n in range(3))
    text = f"""{HEAD}inputs:
{inputs}score: {{ out_of: 1, if_missing: no_points }}
criteria: [{{ id: a, when: {{ input: i0, at_least: 5 }}, points: 1 }}]
bands: [{{ id: high, from: 1 }}, {{ id: low, from: 0 }}]
triggers:
  - {{ id: t, when: {{ any: [{parts}] }} }}
flags:
{flags}"""
    found = [d for d in load_source(Source("hostile.yaml", text))[1].diagnostics if d.code == "not-decided"]
    assert len(found) == 1
    trigger = text.count("\n", 0, text.index("triggers:")) + 2
    assert found[0].span.line == trigger
    assert "can be true, and can be false, is not decided" in found[0].message
    assert [label.span.line for label in found[0].labels] == [trigger + 2, trigger + 3]
    assert found[0].notes == ("nor is it decided of 1 more",)
