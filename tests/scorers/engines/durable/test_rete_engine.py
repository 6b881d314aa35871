"""The Rete engine in the table of engines; that its answers are right is held by the property tests."""

import subprocess
import sys
from datetime import date

import pytest

from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.durable.rule_plan import plan
from scorewright.engines.engine_errors import EngineFailedError, EngineNotInstalledError
from scorewright.results.outcome import Outcome
from scorewright.scoring.scorer import ENGINES, Scorer
from tests.engines import needs_durable
from tests.written import YES_NO, Written, acts, outcome, rulebook, yes

AS_OF = date(2026, 1, 31)

UNKNOWN_PARTS: Written = {
    "all": [
        {"any": [{"input": "a", "is": True}, {"input": "b", "is": True}]},
        {"not": {"input": "c", "is": True}},
    ]
}


def test_importing_the_table_of_engines_loads_nothing_of_it() -> None:
    code = "import sys, scorewright.scoring.scorer; print([n for n in sys.modules if 'durable' in n])"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    monkeypatch.delitem(sys.modules, "scorewright.engines.durable.native", raising=False)
    with pytest.raises(EngineNotInstalledError) as missing:
        Scorer(rulebook({"a": YES_NO}, [yes("a")]), "durable")
    assert str(missing.value) == ("the engine `durable` needs the extra: pip install 'scorewright[durable]'")


def test_any_engine_can_be_prepared_by_its_own_function() -> None:
    program = rulebook({"a": YES_NO}, [yes("a")])
    assert Scorer(program, ENGINES["reference"]).summary({"a": True}, as_of=AS_OF) == Scorer(program).summary(
        {"a": True}, as_of=AS_OF
    )


@needs_durable
@pytest.mark.parametrize("a", [None, True, False])
@pytest.mark.parametrize("b", [None, True, False])
@pytest.mark.parametrize("c", [None, True, False])
def test_unknown_parts_count_as_the_law_says(a: bool | None, b: bool | None, c: bool | None) -> None:
    program = rulebook(
        dict.fromkeys("abc", YES_NO),
        [{"id": "it", "when": UNKNOWN_PARTS, "points": 10}],
        triggers=[{"id": "t", "when": {"not": UNKNOWN_PARTS}}],
    )
    found = outcome(program, {"a": a, "b": b, "c": c})
    either = True if a or b else (False if a is False and b is False else None)
    neither = False if c or either is False else (None if c is None or either is None else True)
    assert ("it" in {p.id for p in found.criteria if p.missing}) == (neither is None)
    assert bool(found.triggers) == (neither is False)
    assert ("not_evaluated:t" in found.flags) == (neither is None)


@needs_durable
def test_what_reads_points_is_asked_when_they_are_known() -> None:
    program = rulebook(
        dict.fromkeys("ab", YES_NO),
        [yes("a", 10), yes("b", 5)],
        triggers=[
            {"id": "low", "when": {"score": "total", "less_than": 10}, "actions": ["call"]},
            {"id": "a_earned", "when": {"criterion": "a", "at_least": 10}},
        ],
        actions=acts("call", only_if={"criterion": "b", "equals": 5}),
    )
    engine = DurableEngine(program)
    assert [len(plan(program).of_answers.questions), len(plan(program).of_points.questions)] == [2, 3]
    found = engine.outcome({"a": False, "b": True}, AS_OF)
    assert isinstance(found, Outcome)
    assert [trigger.id for trigger in found.triggers] == ["low"]
    assert [action.id for action in found.actions] == ["call"]
    assert [t.id for t in outcome(program, {"a": True, "b": True}).triggers] == ["a_earned"]


@needs_durable
def test_rules_that_need_several_boxes_are_all_asked() -> None:
    inputs = {"n": {"type": "integer", "min": 0, "max": 999}}
    criteria = [{"id": f"c{n}", "when": {"input": "n", "at_least": n}, "points": 1} for n in range(1, 151)]
    program = rulebook(inputs, criteria)
    for n in (0, 1, 60, 61, 149, 999):
        assert outcome(program, {"n": n}).total == min(n, 150)


@needs_durable
def test_a_closed_engine_does_not_answer() -> None:
    engine = DurableEngine(rulebook({"a": YES_NO}, [yes("a")]))
    engine.close()
    with pytest.raises(EngineFailedError, match="closed"):
        engine.outcome({"a": True}, AS_OF)
