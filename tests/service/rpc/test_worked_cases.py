"""Every worked case: its answers through Score, ScoreBatch and ScoreStream, what happened as events."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

import pytest

from scorewright.client.client import Client
from scorewright.client.errors import InvalidRequestError
from scorewright.client.events import Event
from tests.service.conftest import keeping
from tests.service.worked_cases import SCORECARDS, Case, answered, cases, differences

CASES = answered()
HAPPENED = [case for case in cases() if case.facts is not None and not case.invalid]
BATCHES = [
    pytest.param(list(group), id=f"{rulebook}@{day}")
    for (rulebook, day), group in groupby(CASES, lambda case: (case.rulebook, case.as_of))
]


def test_there_are_cases_for_every_scorecard() -> None:
    assert {case.rulebook for case in CASES} >= set(SCORECARDS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_score(client: Client, case: Case) -> None:
    if case.expected["status"] == "invalid":
        with pytest.raises(InvalidRequestError) as caught:
            client.score(case.rulebook, case.inputs, as_of=case.as_of)
        found = [(problem.where, problem.code) for problem in caught.value.problems]
        assert sorted(found) == sorted((f"inputs.{name}", code) for name, code in case.invalid)
    else:
        (answer,) = client.score(case.rulebook, case.inputs, subject=case.id, as_of=case.as_of)
        assert not differences(case, answer.raw)


@pytest.mark.parametrize("own", BATCHES)
def test_score_batch(client: Client, own: list[Case]) -> None:
    rulebook, as_of = own[0].rulebook, own[0].as_of
    results = client.score_batch(rulebook, [(case.id, case.inputs) for case in own], as_of=as_of)
    assert [result.subject_id for result in results] == [case.id for case in own]
    for case, result in zip(own, results, strict=True):
        if case.expected["status"] == "invalid":
            assert result.error is not None
            found = [(invalid.input, invalid.code) for invalid in result.error.invalid]
            assert sorted(found) == sorted(case.invalid)
            assert not result.answers
        else:
            assert result.error is None
            assert not differences(case, result.answers[0].raw), case.id


@pytest.mark.parametrize("own", BATCHES)
def test_score_stream(client: Client, own: list[Case]) -> None:
    rulebook, as_of = own[0].rulebook, own[0].as_of
    batch = client.score_batch(rulebook, [(case.id, case.inputs) for case in own], as_of=as_of)
    stream = list(client.score_stream(rulebook, [(case.id, case.inputs) for case in own], as_of=as_of))
    assert [response.request_id for response in stream] == [case.id for case in own]
    for response, result in zip(stream, batch, strict=True):
        assert (response.answers, response.error) == (result.answers, result.error)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    database = f"sqlite:///{tmp_path_factory.mktemp('history')}/one.db"
    with keeping(database=database, sweep_seconds=0) as served, Client(served.address, timeout=30) as found:
        yield found


@pytest.mark.parametrize("case", HAPPENED, ids=lambda case: case.id)
def test_evaluate_account(recording: Client, case: Case) -> None:
    sent = list(events(case))
    assert recording.record_events(sent).recorded == len(sent)
    as_of = case.as_of
    (found,) = recording.evaluate_account(case.id, case.rulebook, inputs=case.inputs, as_of=as_of)
    assert not differences(case, found.answer.raw)


def events(case: Case) -> Iterator[Event]:
    for number, fact in enumerate(case.facts or ()):
        at = datetime.fromisoformat(fact["at"])
        fields = {name: value for name, value in fact.items() if name not in ("fact", "at")}
        yield Event(case.id, str(number), fact["fact"], at.replace(tzinfo=UTC), fields)
