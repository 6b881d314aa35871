"""Accounts by their facts: as of any moment, with the facts behind every answer."""

import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from grpc import StatusCode

from scorewright.catalog.catalog import Catalog, load_catalog
from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.workers import Workers
from scorewright.messages.answer_encoder import message
from scorewright.program.fact import Fact, end_of, moment_of
from scorewright.results.outcome import Score
from scorewright.results.outcome_json import answer as answer_here
from scorewright.scoring.account import Account
from scorewright.scoring.account import evaluate as evaluate_here
from scorewright.v1 import scorewright_pb2 as pb
from tests.engines import needs_durable
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import at, evaluate, event, moment, record, told, until
from tests.service.accounts.rulebooks import QUIET, write
from tests.service.conftest import Served, failure, keeping
from tests.service.rpc.test_durable import kill, stop_one, taken

HISTORY = [
    event("call-1", "api_call", 40, calls=10),
    event("call-2", "api_call", 8, calls=3),
    event("mail-1", "outreach", 20, thread="renewal"),
    event("reply-1", "reply", 3, thread="renewal"),
    event("v1", "volume", 60, month=9, amount=100),
    event("v2", "volume", 30, month=10, amount=70),
]


@pytest.fixture
def known(server: Server) -> Iterator[Served]:
    """Run a server that knows one account, and evaluates it only when it is asked."""
    with server(background=False) as served:
        assert record(served, HISTORY).recorded == len(HISTORY)
        yield served


def true(answer: pb.AccountAnswer) -> dict[str, list[str]]:
    return {found.id: [fact.id for fact in found.facts] for found in answer.signals if found.is_true}


def test_signals_are_told_with_the_facts_behind_them(known: Served) -> None:
    answer = evaluate(known)
    assert [found.id for found in answer.signals] == [
        "gone_quiet",
        "no_reply_14d",
        "volume_drop",
        "endangered",
    ]
    assert true(answer) == {
        "gone_quiet": [],
        "volume_drop": ["v1", "v2"],
        "endangered": ["signal:gone_quiet:0"],
    }
    drop = answer.signals[2]
    assert drop.label == "Volume drop"
    assert [(fact.kind, fact.at.seconds) for fact in drop.facts] == [
        ("volume", at(60).seconds),
        ("volume", at(30).seconds),
    ]
    assert dict(drop.facts[1].fields) == {"month": 10, "amount": 70}


def test_measured_inputs_and_asserted_facts_are_told(known: Served) -> None:
    answer = evaluate(known)
    (days,) = answer.measured
    assert (days.input, days.value.number_value, days.how) == (
        "days_since_call",
        8,
        "days since the last api_call",
    )
    (risk,) = answer.asserted
    assert (risk.id, risk.kind, dict(risk.fields)) == ("signal:gone_quiet:0", "at_risk", {"cause": "silence"})


@pytest.mark.parametrize(
    ("days_ago", "signals", "total"),
    [
        (0, {"gone_quiet", "volume_drop", "endangered"}, 3),
        (4, {"no_reply_14d", "volume_drop"}, 1),  # before the reply, and 4 days after the call
        (25, {"gone_quiet", "volume_drop", "endangered"}, 3),
        (39, set(), 0),
        (1_000, {"gone_quiet", "endangered"}, 1),
    ],
)
def test_a_moment_of_the_past_is_answered_as_it_was(
    known: Served, days_ago: int, signals: set[str], total: int
) -> None:
    answer = evaluate(known, as_of=moment(days_ago))
    assert set(true(answer)) == signals
    assert answer.answer.total == total
    assert evaluate(known, as_of=moment(days_ago)) == answer


def test_the_answer_is_that_of_the_library(known: Served, store: Catalog) -> None:
    (book,) = store.find(["quiet"])
    facts = [
        Fact("api_call", at(8).seconds * 10**6, {"calls": 3}, "call-2"),  # type: ignore[dict-item]  # no Fraction needed here
        Fact("outreach", at(20).seconds * 10**6, {"thread": "renewal"}, "mail-1"),
        Fact("reply", at(3).seconds * 10**6, {"thread": "renewal"}, "reply-1"),
    ]
    day = datetime.fromtimestamp(at(1).seconds, UTC).date()
    here = evaluate_here(book.scorer, Account(facts, end_of(day), {}, "other"))
    assert isinstance(here.answer, Score)
    record(known, [_of("other", each) for each in HISTORY[1:4]])
    assert evaluate(known, account="other", as_of=day.isoformat()).answer == message(answer_here(here.answer))


def _of(account: str, sent: pb.Event) -> pb.Event:
    found = pb.Event()
    found.CopyFrom(sent)
    found.account = account
    return found


def test_a_day_stands_for_its_last_moment_and_nothing_for_now(known: Served) -> None:
    ask = pb.EvaluateAccountRequest(account="acme", rulebooks=["quiet"], as_of="2026-01-31")
    found = known.signals.EvaluateAccount(ask, timeout=10)
    assert found.moment.ToJsonString() == "2026-01-31T23:59:59.999999Z"
    assert found.answers[0].answer.receipt.as_of == "2026-01-31"
    ask.as_of = ""
    before = moment_of(datetime.now(UTC))
    now = known.signals.EvaluateAccount(ask, timeout=10).moment
    assert before <= now.ToMicroseconds() <= moment_of(datetime.now(UTC))
    ask.as_of = "2026-01-31T12:00:00.5+02:00"
    assert known.signals.EvaluateAccount(ask, timeout=10).moment.ToJsonString() == "2026-01-31T10:00:00.500Z"


def test_an_account_that_nobody_knows_has_no_facts(running: Served) -> None:
    answer = evaluate(running, account="nobody")
    assert true(answer) == {"gone_quiet": [], "endangered": ["signal:gone_quiet:0"]}
    assert not answer.measured[0].HasField("value")
    assert list(answer.answer.missing) == ["days_since_call"]


def test_several_rulebooks_are_asked_at_once(known: Served) -> None:
    ask = pb.EvaluateAccountRequest(account="acme", rulebooks=["keen", "quiet"])
    found = known.signals.EvaluateAccount(ask, timeout=10)
    assert [each.answer.rulebook for each in found.answers] == ["keen", "quiet"]


def test_what_the_caller_answers_stands(known: Served) -> None:
    request = pb.EvaluateAccountRequest()
    request.inputs.update({"days_since_call": 2, "no_reply_14d": True, "endangered": False, "else": 1})
    answer = evaluate(known, inputs=request.inputs)
    assert not answer.measured
    assert true(answer) == {"gone_quiet": [], "no_reply_14d": [], "volume_drop": ["v1", "v2"]}
    assert [found.id for found in answer.signals if found.given] == ["no_reply_14d", "endangered"]
    assert list(answer.answer.unknown_inputs) == ["else"]


def test_in_short_only_what_is_true_is_told(known: Served) -> None:
    answer = evaluate(known, detail=pb.SUMMARY)
    assert true(answer) == {"gone_quiet": [], "volume_drop": [], "endangered": []}
    assert not answer.measured
    assert not answer.asserted
    assert not answer.answer.triggers
    full = evaluate(known).answer
    assert [action.id for action in answer.answer.actions] == [action.id for action in full.actions]
    assert (answer.answer.total, answer.answer.band) == (full.total, full.band)


def test_all_that_is_wrong_with_a_request_is_named(running: Served) -> None:
    found = failure(lambda: evaluate(running, account="", rulebook="", as_of="today", detail=7, record=True))
    assert (found.code, found.reason) == (StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST")
    assert [field for field, _ in found.bad_request] == ["account", "as_of", "detail", "rulebooks[0]"]


def test_inputs_that_are_invalid_are_all_named(running: Served) -> None:
    request = pb.EvaluateAccountRequest()
    request.inputs.update({"days_since_call": -1, "endangered": "yes", "no_replies": True})
    ask: dict[str, Any] = {"account": "acme", "rulebooks": ["quiet", "keen"], "inputs": request.inputs}
    found = failure(
        lambda: running.signals.EvaluateAccount(pb.EvaluateAccountRequest(**ask, strict=True), timeout=10)
    )
    assert (found.code, found.reason) == (StatusCode.INVALID_ARGUMENT, "INVALID_INPUTS")
    assert [(field, words.partition(":")[0]) for field, words in found.bad_request] == [
        ("inputs.days_since_call", "out_of_range"),
        ("inputs.endangered", "wrong_type"),
        ("inputs.no_replies", "unknown_input"),
    ]


def test_an_unknown_rulebook_and_a_pin_are_refused_as_for_score(running: Served) -> None:
    unknown = failure(lambda: evaluate(running, "quit"))
    assert (unknown.code, unknown.reason) == (StatusCode.NOT_FOUND, "UNKNOWN_RULEBOOK")
    pinned = failure(lambda: evaluate(running, "quiet@9.0.0"))
    assert (pinned.code, pinned.reason) == (StatusCode.FAILED_PRECONDITION, "RULEBOOK_NOT_LOADED")


def test_an_answer_that_is_measured_out_of_range_is_told_as_such(running: Served) -> None:
    record(running, [event(f"v{number}", "visit", 1, page="pricing") for number in range(6)])
    found = failure(lambda: evaluate(running, "keen"))
    assert found.code is StatusCode.INVALID_ARGUMENT
    [(field, words)] = found.bad_request
    assert (field, words) == (
        "inputs.visits",
        "out_of_range: 6 is outside 0 to 5, as measured from its facts",
    )


def test_too_many_facts_are_refused(server: Server) -> None:
    with server(max_facts=5) as served:
        record(served, [event(f"e{number}", "reply", 1, thread="t") for number in range(6)])
        found = failure(lambda: evaluate(served))
        assert (found.code, found.reason) == (StatusCode.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED")
        assert evaluate(served, "keen").answer.rulebook == "keen"


def test_what_was_recorded_under_another_rulebook_is_left_out_and_told(
    server: Server, url: str, tmp_path: Path
) -> None:
    with server(background=False) as served:
        record(served, HISTORY)
    changed = QUIET.replace("calls: { type: count }", "calls: { type: count, max: 5 }")
    store, _ = load_catalog(write(tmp_path / "changed", {"quiet": changed}), "compiled")
    with keeping(store, database=url, background=False) as served:
        answer = evaluate(served, as_of=moment(35))
    assert answer.signals[0].is_true
    (error,) = answer.left_out
    assert (error.id, error.field, error.code) == ("call-1", "fields.calls", "out_of_range")


def stored(rules: Path, workers: Workers) -> Catalog:
    store, report = load_catalog(rules, "durable", partial(DurableEngine, run=workers.open))
    assert store is not None, report
    return store


@needs_durable
def test_the_end_of_an_engine_s_process_fails_one_evaluation_only(rules: Path, file: str) -> None:
    workers = Workers(2)
    with keeping(stored(rules, workers), database=file, background=False, engine="durable") as served:
        record(served, HISTORY)
        want = evaluate(served, as_of=moment(1))
        victim = stop_one(workers)
        ask = pb.EvaluateAccountRequest(account="acme", rulebooks=["quiet"], as_of=moment(1))
        caught = served.signals.EvaluateAccount.future(ask, timeout=30)
        taken(workers, victim)
        time.sleep(0.2)  # it is asked at once after it is taken, though not at the same time
        kill(victim, signal.SIGSEGV)
        found = failure(caught.result)
        assert (found.code, found.reason) == (StatusCode.UNAVAILABLE, "ENGINE_UNAVAILABLE")
        assert [evaluate(served, as_of=moment(1)) for _ in range(5)] == [want] * 5
    workers.close()


@needs_durable
def test_an_account_whose_evaluation_ended_with_its_engine_is_evaluated_again(rules: Path, file: str) -> None:
    workers = Workers(1)
    with keeping(stored(rules, workers), database=file, sweep_seconds=0, engine="durable") as served:
        victim = stop_one(workers)
        record(served, HISTORY)
        taken(workers, victim)
        time.sleep(0.2)  # it is asked at once after it is taken, though not at the same time
        kill(victim, signal.SIGSEGV)
        until(lambda: len(told(served)) == 3)
    workers.close()


def test_an_empty_answer_is_none_so_that_the_facts_are_measured(running: Served) -> None:
    record(running, HISTORY)
    plain = evaluate(running, as_of=moment(0))
    request = pb.EvaluateAccountRequest(account="acme", rulebooks=["quiet"], as_of=moment(0))
    request.inputs.update({"days_since_call": " ", "gone_quiet": ""})
    (found,) = running.signals.EvaluateAccount(request, timeout=30).answers
    assert (found.signals, found.measured) == (plain.signals, plain.measured)
    assert found.answer.total == plain.answer.total
