"""Answers as bytes: the same as the JSON form says, for every worked case and from prepared parts."""

from datetime import date
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict

from scorewright.messages import answer_encoder as convert
from scorewright.messages.answer_encoder import Encoder
from scorewright.program.program import Program
from scorewright.results.outcome import InputCode, Invalid, Score
from scorewright.results.outcome_json import answer
from scorewright.scoring.scorer import Scorer
from scorewright.v1 import scorewright_pb2 as pb
from tests.architecture.source import ROOT
from tests.service.conftest import store_of
from tests.service.subjects import subjects

DAY = date(2026, 1, 31)


EVERYTHING = ROOT / "tests" / "data" / "everything.yaml"
PROGRAMS = [book.program for book in (*store_of(), *store_of(EVERYTHING))]


def as_dict(data: bytes) -> dict[str, Any]:
    return MessageToDict(pb.Answer.FromString(data), preserving_proto_field_name=True)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.id)
def test_an_answer_in_bytes_is_its_json_form(program: Program) -> None:
    scorer, encoder = Scorer(program), Encoder(program)
    shown = 0
    for number, inputs in enumerate(subjects(program, 200, seed=1)):
        score = scorer.score(inputs, subject=f"subject {number} é", as_of=DAY)
        if isinstance(score, Invalid):  # answers that are valid each and do not go together
            assert {error.code for error in score.errors} == {InputCode.INCONSISTENT}
            continue
        shown += 1
        data = encoder.answer(score)
        assert as_dict(data) == answer(score)
    assert shown > 10


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.id)
def test_a_short_answer_in_bytes_is_its_json_form(program: Program) -> None:
    scorer, encoder = Scorer(program), Encoder(program)
    for inputs in subjects(program, 50, seed=2):
        summary = scorer.summary({**inputs, "other": 1}, subject="s", as_of=DAY)
        if isinstance(summary, Invalid):
            continue
        assert "other" in summary.unknown_inputs
        assert as_dict(encoder.answer(summary)) == answer(summary)


def test_keys_of_actions_are_those_of_the_law() -> None:
    program = store_of().find(["bant_20"])[0].program
    inputs = {"budget": 5, "authority": 5, "need": 4, "timeline": 4}
    score = Scorer(program).score(inputs, subject="deal 1", as_of=DAY)
    assert isinstance(score, Score)
    found = pb.Answer.FromString(Encoder(program).answer(score))
    keys = [score.idempotency_key(action) for action in score.outcome.actions]
    assert len(set(keys)) == 2
    assert [action.idempotency_key for action in found.actions] == keys


def test_another_subject_or_day_has_another_key() -> None:
    program = store_of().find(["bant_20"])[0].program
    score = Scorer(program).score({"budget": 5, "authority": 5, "need": 4, "timeline": 4}, as_of=DAY)
    assert isinstance(score, Score)
    encoder, other = Encoder(program), date(2026, 2, 1)
    asked = [("a", DAY), ("b", DAY), ("a", other), ("", DAY), ("a", DAY)]
    answers = [
        pb.Answer.FromString(encoder.answer(score._replace(subject=subject, as_of=day)))
        for subject, day in asked
    ]
    assert len({answer.actions[0].idempotency_key for answer in answers}) == 4
    assert [answer.receipt.as_of for answer in answers] == [day.isoformat() for _, day in asked]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "KEPT", 10)
    monkeypatch.setattr(convert, "_DAYS_KEPT", 3)
    program = store_of().find(["bant_20"])[0].program
    scorer, encoder = Scorer(program), Encoder(program)
    for number in range(10, 50):
        day = date(2026, 1, number % 28 + 1)
        score = scorer.score({"budget": number / 10}, as_of=day)
        assert isinstance(score, Score)
        assert as_dict(encoder.answer(score)) == answer(score)
    assert len(encoder._prepared) <= 10
    assert len(encoder._receipts) <= 3
