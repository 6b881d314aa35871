"""Accounts are evaluated by themselves: when they changed, after a restart, and in sweeps."""

import logging
import time
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from grpc import StatusCode

from scorewright.accounts import scheduler as background
from scorewright.catalog.catalog import Catalog
from scorewright.program.fact import DAY, Moment
from scorewright.requests.account_question import clock
from scorewright.storage.event_log import StoredEvent
from scorewright.storage.repositories import Repositories
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import evaluate, event, record, told, until
from tests.service.conftest import Served, failure, keeping, serving

OPENED = [("acme", action, "OPENED") for action in ("call", "escalate", "inform")]


def kept_events(account: str, days_ago: float = 30) -> list[StoredEvent]:
    """Make what a server records for an account that was silent so long."""
    at: Moment = clock() - int(days_ago * DAY)
    return [
        StoredEvent(account, "m1", "outreach", at, {"thread": "a"}),
        StoredEvent(account, "c1", "api_call", at, {"calls": 1}),
    ]


def already_evaluated(url: str, *accounts: str, days_ago: float = 30) -> None:
    """Record events as a server did that evaluated them when they were new."""
    kept = Repositories.at(url)
    for account in accounts:
        kept.events.record(kept_events(account, days_ago))
    kept.ledger.settle_all([], kept.accounts.changed(len(accounts)))
    kept.database.close()


def test_what_was_recorded_and_not_evaluated_is_evaluated_after_a_restart(server: Server) -> None:
    with server(background=False) as served:
        record(served, [event("m1", "outreach", 30, thread="a"), event("c1", "api_call", 30, calls=1)])
        time.sleep(0.1)
        assert told(served) == []
    with server() as served:
        until(lambda: told(served) == OPENED)


def test_an_account_is_evaluated_once_for_what_it_recorded(server: Server) -> None:
    with server() as served:
        record(served, [event("m1", "outreach", 30, thread="a"), event("c1", "api_call", 30, calls=1)])
        until(lambda: len(told(served)) == 3)
        until(lambda: not served.running.signals.kept.accounts.changed(1))  # type: ignore[union-attr]  # it has one
        before = evaluate(served).actions
        time.sleep(1.5)
        assert evaluate(served).actions == before
    with server() as served:
        time.sleep(1.5)
        assert evaluate(served).actions == before


def test_a_sweep_finds_what_silence_brings(server: Server, url: str) -> None:
    already_evaluated(url, "acme", "beta")
    with server(sweep_seconds=0.5) as served:
        until(lambda: len(told(served)) == 6)
        assert {account for account, *_ in told(served)} == {"acme", "beta"}


def test_a_sweep_can_be_asked_for(server: Server, url: str) -> None:
    names = sorted(f"a{number}" for number in range(25))
    already_evaluated(url, *names)
    with server() as served:
        request, pages = pb.SweepAccountsRequest(max_accounts=10), []
        while True:
            pages.append(served.signals.SweepAccounts(request, timeout=30))
            if not pages[-1].next_after_account:
                break
            request.after_account = pages[-1].next_after_account
        assert [page.accounts for page in pages] == [10, 10, 5]
        assert [page.next_after_account for page in pages] == [names[9], names[19], ""]
        assert [page.opened for page in pages] == [30, 30, 15]
        again = served.signals.SweepAccounts(pb.SweepAccountsRequest(), timeout=30)
        assert (again.accounts, again.opened, again.resolved, again.failed) == (25, 0, 0, 0)
        assert len(told(served)) == 75


def test_an_account_that_cannot_be_answered_for_stops_no_other(server: Server, url: str) -> None:
    already_evaluated(url, "a", "b", "c")
    with server() as served:
        record(served, [event(f"v{n}", "visit", 1, account="b", page="pricing") for n in range(6)])
        until(lambda: len(told(served, accounts=["b"])) == 3)  # the other rulebook was not held up
        swept = served.signals.SweepAccounts(pb.SweepAccountsRequest(), timeout=30)
        assert (swept.accounts, swept.unanswered, swept.failed, swept.opened) == (3, 1, 0, 6)


@pytest.mark.parametrize(
    "wrong",
    [{"max_accounts": -1}, {"max_accounts": 10_001}, {"after_account": "x" * 501}, {"after_account": "\0"}],
)
def test_a_sweep_that_cannot_be_is_refused(running: Served, wrong: Any) -> None:
    found = failure(lambda: running.signals.SweepAccounts(pb.SweepAccountsRequest(**wrong), timeout=10))
    assert (found.code, [field for field, _ in found.bad_request]) == (
        StatusCode.INVALID_ARGUMENT,
        list(wrong),
    )


def test_a_sweep_that_runs_out_of_time_stops_and_another_one_may_begin(server: Server, url: str) -> None:
    already_evaluated(url, *(f"a{number}" for number in range(300)))
    with server() as served:
        call = served.signals.SweepAccounts.future(pb.SweepAccountsRequest(), timeout=0.05)
        assert failure(call.result).code is StatusCode.DEADLINE_EXCEEDED
        last = pb.SweepAccountsRequest(after_account="z")
        until(lambda: succeeds(lambda: served.signals.SweepAccounts(last, timeout=10)))
        assert len(told(served)) < 900


def succeeds(call: Callable[[], object]) -> bool:
    try:
        call()
    except grpc.RpcError as error:
        if error.code() is not StatusCode.RESOURCE_EXHAUSTED:
            raise
        return False
    return True


def test_two_servers_open_an_action_once(server: Server) -> None:
    with server() as here, server() as there:
        for number in range(20):
            sent = [
                event("m1", "outreach", 30, account=f"a{number}", thread="a"),
                event("c1", "api_call", 30, account=f"a{number}", calls=1),
            ]
            record(here if number % 2 else there, sent)
        until(lambda: len(told(here)) == 60)
        time.sleep(1.2)
        assert len(told(there)) == 60


def not_evaluated(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if "not_evaluated" in record.getMessage()]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    monkeypatch.setattr(logging.getLogger("scorewright"), "propagate", True)
    caplog.set_level(logging.DEBUG, "scorewright")
    return caplog


def test_accounts_without_an_answer_are_one_line_a_sweep_and_are_not_failed(
    file: str, log: pytest.LogCaptureFixture
) -> None:
    # Customers, of whom a rulebook of sales quarters knows nothing; swept in several groups.
    already_evaluated(file, *(f"acc{number:04}" for number in range(250)))
    with keeping(database=file, sweep_seconds=0) as served:
        for _ in range(2):
            swept = served.signals.SweepAccounts(pb.SweepAccountsRequest(max_accounts=10_000), timeout=60)
            assert (swept.accounts, swept.unanswered, swept.failed) == (250, 250, 0)
    told = not_evaluated(log)
    assert len(told) == 2
    assert set(told) == {
        "event=not_evaluated rulebook=pipeline_coverage accounts=250 example=acc0000"
        " input=quarterly_target code=required"
    }


def test_accounts_without_an_answer_that_changed_are_one_line_at_once_and_one_a_minute(
    file: str, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "TELL_SECONDS", 2)
    with keeping(database=file, sweep_seconds=0) as served:
        for number in range(30):
            record(served, [event("v1", "visit", 1, account=f"a{number}", page="pricing")])
        until(lambda: sum(int(line.split("accounts=")[1].split()[0]) for line in not_evaluated(log)) == 30)
    assert len(not_evaluated(log)) <= 3


def test_a_sweep_by_itself_tells_each_cause_once(
    store: Catalog, file: str, log: pytest.LogCaptureFixture
) -> None:
    kept = Repositories.at(file)
    visits = [
        StoredEvent(name, str(n), "visit", clock() - DAY, {"page": "x"}) for name in "abc" for n in range(6)
    ]
    kept.events.record(visits)
    kept.ledger.settle_all([], kept.accounts.changed(3))
    kept.database.close()
    with keeping(store, database=file, sweep_seconds=0.3):
        until(lambda: log.text.count("event=swept") >= 2)
    told = not_evaluated(log)
    assert set(told) == {
        "event=not_evaluated rulebook=keen accounts=3 example=a input=visits code=out_of_range"
    }
    assert log.text.count("event=swept") <= len(told) <= log.text.count("event=swept") + 1


def test_the_log_names_no_account_but_as_an_example_and_no_password(
    store: Catalog, file: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("scorewright"), "propagate", True)
    name = "jane.doe@example.test"
    with (
        caplog.at_level(logging.DEBUG, "scorewright"),
        keeping(store, database=file, log_level="debug") as served,
    ):
        record(served, [event(f"v{n}", "visit", 1, account=name, page="pricing") for n in range(6)])
        until(lambda: "not_evaluated" in caplog.text)
        failure(lambda: evaluate(served, "keen", account=name))
    away = "postgresql://me:hunter2@127.0.0.1:1/none"
    with serving(store, database=away) as served:
        assert failure(lambda: evaluate(served)).code is StatusCode.UNAVAILABLE
    assert "database_away" in caplog.text
    assert {line for line in caplog.messages if name in line} == set(not_evaluated(caplog))
    assert "hunter2" not in caplog.text
