"""Every worked case, by every engine."""

from collections.abc import Mapping
from functools import cache

import pytest

from scorewright.program.fact import end_of
from scorewright.program.program import Program
from scorewright.results.outcome import Invalid, Score
from scorewright.results.outcome_json import answer
from scorewright.scoring.account import Account, evaluate
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from scorewright.validation.facts import kinds_of, read_facts
from tests.engines import EVERY
from tests.worked_cases import RULES, Case, expected_mismatches, worked_cases

CASES = worked_cases()


@cache
def programs() -> dict[str, Program]:
    loaded, report = load_paths([RULES])
    assert not report.has_errors
    return {one.program.id: one.program for one in loaded}


@cache
def scorer(rulebook: str, engine: str) -> Scorer:
    return Scorer(programs()[rulebook], engine)


def scored(scorer: Scorer, case: Case) -> tuple[Score | Invalid, Mapping[str, object]]:
    """Score a case, by what happened if it says so; give the answers that were scored as well."""
    if case.facts is None:
        return scorer.score(case.inputs, subject=case.name, as_of=case.as_of), case.inputs
    facts = read_facts(kinds_of(scorer.program.kinds), case.facts)
    found = evaluate(scorer, Account(facts, end_of(case.as_of), case.inputs, case.name))
    return found.answer, found.inputs


def test_every_case_is_of_a_rulebook_and_every_rulebook_has_cases() -> None:
    assert {case.rulebook for case in CASES} == set(programs())


@pytest.mark.parametrize("engine", EVERY)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_answered_as_worked_out(case: Case, engine: str) -> None:
    found, _ = scored(scorer(case.rulebook, engine), case)
    if isinstance(found, Invalid):
        assert [(error.input, str(error.code)) for error in found.errors] == case.invalid
    else:
        assert isinstance(found, Score)
        assert not case.invalid
        assert expected_mismatches(case, answer(found)) == {}


@pytest.mark.parametrize("case", [case for case in CASES if not case.invalid], ids=str)
def test_a_summary_tells_the_same_in_short(case: Case) -> None:
    own = scorer(case.rulebook, "compiled")
    full, inputs = scored(own, case)
    short = own.summary(inputs, as_of=case.as_of)
    assert isinstance(full, Score)
    outcome = full.outcome
    assert not isinstance(short, Invalid)
    told = short.outcome
    assert (told.status, told.total, told.percent, told.band, told.actions) == (
        outcome.status, outcome.total, outcome.percent, outcome.band, outcome.actions,
    )  # fmt: skip


def test_a_wrong_answer_is_told_as_what_was_expected_and_what_came() -> None:
    case = next(case for case in CASES if case.name == "just_below_55")
    came = {"status": "SCORED", "total": 54, "max_score": 100, "band": {"id": "qualified"}}
    wrong = expected_mismatches(case, came)
    assert wrong["total"] == (55, 54)
    assert wrong["band"] == ("not_qualified", "qualified")
    assert set(wrong) == {"total", "band", "points"}
