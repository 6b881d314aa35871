"""What an evaluation records: actions open, repeat and are resolved; without it nothing changes."""

from collections.abc import Iterator

import pytest
from google.rpc import error_details_pb2
from grpc import StatusCode

from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import at, evaluate, event, moment, record, states, told
from tests.service.conftest import Served, failure

ALL = ("call", "escalate", "inform")


@pytest.fixture
def quiet(server: Server) -> Iterator[Served]:
    with server(background=False) as served:
        record(served, [event("m1", "outreach", 30, thread="a"), event("c1", "api_call", 30, calls=1)])
        yield served


def test_what_is_recorded_opens_repeats_and_is_resolved(quiet: Served) -> None:
    opened = evaluate(quiet, as_of=moment(10), record=True)
    assert states(opened.actions) == dict.fromkeys(ALL, "OPENED")
    assert not opened.resolved
    repeated = evaluate(quiet, as_of=moment(9), record=True)
    assert states(repeated.actions) == dict.fromkeys(ALL, "REPEATED")
    for before, now in zip(opened.actions, repeated.actions, strict=True):
        assert (now.idempotency_key, now.opened_at) == (before.idempotency_key, at(10))
        assert (now.repeats, now.repeated_at) == (1, at(9))
    record(quiet, [event("r1", "reply", 8, thread="a")])
    resolved = evaluate(quiet, as_of=moment(7), record=True)
    assert states(resolved.actions) == {"call": "REPEATED"}
    assert states(resolved.resolved) == {"escalate": "RESOLVED", "inform": "RESOLVED"}
    assert {standing.resolved_at.seconds for standing in resolved.resolved} == {at(7).seconds}
    assert told(quiet) == [
        *(("acme", action, "OPENED") for action in ALL),
        ("acme", "escalate", "RESOLVED"),
        ("acme", "inform", "RESOLVED"),
    ]


def test_the_key_that_an_action_opened_with_stays_while_that_of_the_day_changes(quiet: Served) -> None:
    first = evaluate(quiet, as_of=moment(10), record=True)
    later = evaluate(quiet, as_of=moment(5), record=True)
    assert [standing.idempotency_key for standing in later.actions] == [
        action.idempotency_key for action in first.answer.actions
    ]
    assert later.answer.actions[0].idempotency_key != first.answer.actions[0].idempotency_key


def test_an_action_that_comes_back_opens_anew(quiet: Served) -> None:
    first = evaluate(quiet, as_of=moment(20), record=True)
    record(quiet, [event("c2", "api_call", 19, calls=1)])
    evaluate(quiet, as_of=moment(18), record=True)
    again = evaluate(quiet, as_of=moment(11), record=True)
    keys = [
        each.idempotency_key for found in (first, again) for each in found.actions if each.action == "call"
    ]
    assert states(again.actions)["call"] == "OPENED"
    assert len(set(keys)) == 2
    assert "call" not in states(again.resolved)


def test_a_replay_changes_nothing_and_shows_the_ledger(quiet: Served) -> None:
    before = evaluate(quiet, as_of=moment(12))
    assert states(before.actions) == dict.fromkeys(ALL, "ACTION_STATE_UNSPECIFIED")
    evaluate(quiet, as_of=moment(10), record=True)
    changes = told(quiet)
    long_ago = evaluate(quiet, as_of=moment(29))
    assert not long_ago.answer.actions
    assert states(long_ago.actions) == dict.fromkeys(ALL, "OPENED")
    now = evaluate(quiet, inputs=None)
    assert states(now.actions) == dict.fromkeys(ALL, "OPENED")
    assert told(quiet) == changes
    assert evaluate(quiet, as_of=moment(29)) == long_ago


def test_one_moment_recorded_twice_opens_nothing_twice(quiet: Served) -> None:
    for _ in range(3):
        answer = evaluate(quiet, as_of=moment(10), record=True)
    assert {standing.repeats for standing in answer.actions} == {2}
    assert len(told(quiet)) == 3


def test_a_moment_before_one_that_is_recorded_is_refused(quiet: Served) -> None:
    evaluate(quiet, as_of=moment(5), record=True)
    found = failure(lambda: evaluate(quiet, as_of=moment(6), record=True))
    assert (found.code, found.reason) == (StatusCode.FAILED_PRECONDITION, "MOMENT_PASSED")
    failed = found.details["PreconditionFailure"]
    assert isinstance(failed, error_details_pb2.PreconditionFailure)
    assert (failed.violations[0].type, failed.violations[0].subject) == ("MOMENT", "quiet")
    assert states(evaluate(quiet, as_of=moment(6)).actions) == dict.fromkeys(ALL, "OPENED")


def test_a_moment_to_come_is_not_recorded(quiet: Served) -> None:
    found = failure(lambda: evaluate(quiet, as_of=moment(-1), record=True))
    assert found.code is StatusCode.INVALID_ARGUMENT
    assert [field for field, _ in found.bad_request] == ["as_of"]
    assert evaluate(quiet, as_of=moment(-10)).answer.total == 3


def test_what_one_call_says_is_not_recorded(quiet: Served) -> None:
    request = pb.EvaluateAccountRequest()
    request.inputs.update({"days_since_call": 2})
    found = failure(lambda: evaluate(quiet, inputs=request.inputs, record=True))
    assert found.code is StatusCode.INVALID_ARGUMENT
    assert found.bad_request[0][1].startswith("inconsistent: what one call says is not kept")
    assert told(quiet) == []


def test_what_cannot_be_answered_opens_nothing(quiet: Served) -> None:
    record(quiet, [event(f"v{number}", "visit", 11, page="pricing") for number in range(6)])
    ask = pb.EvaluateAccountRequest(
        account="acme", rulebooks=["quiet", "keen"], as_of=moment(10), record=True
    )
    assert failure(lambda: quiet.signals.EvaluateAccount(ask, timeout=10)).code is StatusCode.INVALID_ARGUMENT
    assert told(quiet) == []
