"""The compiled engine shares outcomes between subjects, and never one that another subject should not get."""

from decimal import Decimal

import pytest

from scorewright.engines.compiled import compiled_engine as compiled
from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.engines.reference import ReferenceEngine
from scorewright.results.outcome import Outcome
from tests.written import AS_OF, Written, answer, rulebook, yes

ABOVE_ZERO: Written = {"id": "spends", "when": {"input": "spend", "more_than": 0}, "points": 10}
SPEND = {"spend": {"type": "number", "min": 0, "max": 1000}}


def test_subjects_that_answered_alike_share_one_outcome() -> None:
    engine = CompiledEngine(rulebook(SPEND, [ABOVE_ZERO]))
    first = engine.outcome({"spend": 3}, AS_OF)
    for alike in (3.0, 999, Decimal("0.5")):
        again = engine.outcome({"spend": alike}, AS_OF)
        assert again == first
    assert engine.outcome({"spend": 2.5}, AS_OF) is engine.outcome({"spend": 999}, AS_OF)


def test_a_decimal_closer_to_a_number_than_floats_can_tell_is_not_shared() -> None:
    program = rulebook(SPEND, [ABOVE_ZERO])
    engine = CompiledEngine(program)
    tiny = engine.outcome({"spend": Decimal("1E-350")}, AS_OF)
    none = engine.outcome({"spend": 0.0}, AS_OF)
    assert isinstance(tiny, Outcome)
    assert isinstance(none, Outcome)
    assert tiny.total == 10
    assert none.total == 0


@pytest.mark.parametrize(
    "odd", ["NaN", "sNaN", "Infinity", "1E+30", "1E+999999", "0E+999999999", "1E-999999"]
)
def test_an_undeclared_decimal_changes_nothing(odd: str) -> None:
    program = rulebook({"a": {"type": "boolean"}}, [yes("a")])
    assert answer(program, {"a": True, "other": Decimal(odd)}) != answer(program, {"a": True})
    engine = CompiledEngine(program)
    assert engine.outcome({"a": True, "other": Decimal(odd)}, AS_OF) == engine.outcome({"a": True}, AS_OF)


def test_letting_all_shared_outcomes_go_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "SHARED", 2)
    program = rulebook(
        {"points": {"type": "number", "min": 0, "max": 50}},
        [{"id": "p", "input": "points", "value": "as_is"}],
    )
    fast, plain = CompiledEngine(program), ReferenceEngine(program)
    for points in (1, 2, 3, 1, 2.5, 3, 1):
        assert fast.outcome({"points": points}, AS_OF) == plain.outcome({"points": points}, AS_OF)
        assert fast.summary({"points": points}, AS_OF) == plain.summary({"points": points}, AS_OF)
