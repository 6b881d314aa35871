"""Accounts are settled in groups, where none stops another and two servers open an action once."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from scorewright.accounts import reconciler as groups
from scorewright.accounts.evaluator import Evaluated, Evaluator
from scorewright.accounts.notifier import Notifier
from scorewright.accounts.reconciler import Reconciler
from scorewright.accounts.recorded_facts import RecordedFacts
from scorewright.catalog.catalog import Catalog
from scorewright.engines.engine_errors import EngineUnavailableError
from scorewright.program.fact import DAY
from scorewright.requests.account_question import AccountQuestion, clock
from scorewright.storage.account_index import AccountVersion
from scorewright.storage.event_log import Events, StoredEvent
from scorewright.storage.repositories import Repositories
from scorewright.storage.tables import OPENINGS
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import told, until
from tests.service.accounts.test_scheduler import already_evaluated, kept_events

ACTIONS = ["call", "escalate", "inform"]
NAMES = ["a", "b", "c"]


@pytest.fixture
def kept(url: str) -> Iterator[Repositories]:
    """Keep three accounts that were silent for so long that three actions are due."""
    found = Repositories.at(url)
    for account in NAMES:
        found.events.record(kept_events(account))
    yield found
    found.database.close()


@pytest.fixture
def reconciler(store: Catalog, kept: Repositories) -> Reconciler:
    return Reconciler(store, kept, Evaluator(store, kept, 1_000), Notifier())


def opened(kept: Repositories) -> dict[str, list[str]]:
    """Give the open actions of each account."""
    return {account: [each.action for each in kept.ledger.open_actions(account)] for account in NAMES}


def changed(kept: Repositories) -> list[str]:
    return [account for account, _ in kept.accounts.changed(9)]


def failing(monkeypatch: pytest.MonkeyPatch, account: str, error: Exception) -> None:
    """Let an engine fail for an account."""
    evaluate = Evaluator.evaluate

    def fail(self: Evaluator, question: AccountQuestion, known: RecordedFacts) -> list[Evaluated]:
        if question.account == account:
            raise error
        return evaluate(self, question, known)

    monkeypatch.setattr(Evaluator, "evaluate", fail)


def test_a_group_is_settled_and_counts_as_evaluated(reconciler: Reconciler, kept: Repositories) -> None:
    found = reconciler.settle(kept.accounts.changed(9))
    assert (found.accounts, found.opened, found.failed, found.later, found.last) == (3, 9, 0, set(), "c")
    assert opened(kept) == dict.fromkeys(NAMES, ACTIONS)
    assert changed(kept) == []


def test_an_account_of_which_another_server_is_ahead_holds_up_no_other(
    reconciler: Reconciler, kept: Repositories
) -> None:
    page = kept.accounts.changed(9)
    kept.ledger.settle("b", "quiet", clock() + DAY, [])
    found = reconciler.settle(page)
    assert (found.accounts, found.opened, found.failed, found.later) == (3, 6, 0, {"b"})
    assert opened(kept) == {"a": ACTIONS, "b": [], "c": ACTIONS}
    assert changed(kept) == ["b"]


@pytest.mark.parametrize("error", [EngineUnavailableError("durable", "it ended"), RuntimeError("a bug")])
def test_an_account_that_fails_holds_up_no_other_and_is_tried_again(
    reconciler: Reconciler, kept: Repositories, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, "b", error)
        found = reconciler.settle(kept.accounts.changed(9))
    assert (found.accounts, found.opened, found.failed, found.later) == (3, 6, 1, {"b"})
    assert opened(kept) == {"a": ACTIONS, "b": [], "c": ACTIONS}
    assert changed(kept) == ["b"]
    assert reconciler.settle(kept.accounts.changed(9)).opened == 3


def test_an_account_whose_ledger_is_spoilt_fails_alone(reconciler: Reconciler, kept: Repositories) -> None:
    reconciler.sweep("", 9)
    with kept.database.writing() as connection:
        connection.execute(OPENINGS.update().where(OPENINGS.c.account == "b").values(causes="no JSON"))
    call = clock() - DAY
    kept.events.record([StoredEvent(account, "c2", "api_call", call, {"calls": 1}) for account in NAMES])
    found = reconciler.settle(kept.accounts.changed(9))
    assert (found.accounts, found.resolved, found.failed, found.later) == (3, 2, 1, {"b"})
    assert changed(kept) == ["b"]


def test_a_group_ends_after_some_time_and_another_one_goes_on(
    reconciler: Reconciler, kept: Repositories, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "GROUP_SECONDS", 0)
    assert reconciler.settle(kept.accounts.changed(9)).last == "a"
    assert changed(kept) == ["b", "c"]
    found = reconciler.sweep("a", 9)
    assert (found.accounts, found.last) == (1, "b")
    assert reconciler.settle([AccountVersion("c", 1)]).last == "c"
    assert not reconciler.settle([]).accounts
    assert (reconciler.sweep("c", 9).accounts, opened(kept)) == (0, dict.fromkeys(NAMES, ACTIONS))


def test_the_background_and_a_sweep_that_is_asked_for_go_on_where_a_group_ended(
    server: Server, kept: Repositories, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "GROUP_SECONDS", 0)
    with server(background=False) as served:
        swept = served.signals.SweepAccounts(pb.SweepAccountsRequest(max_accounts=2), timeout=30)
        assert (swept.accounts, swept.opened, swept.next_after_account) == (2, 6, "b")
        assert changed(kept) == ["c"]
        swept = served.signals.SweepAccounts(pb.SweepAccountsRequest(after_account="b"), timeout=30)
        assert (swept.accounts, swept.opened, swept.next_after_account) == (1, 3, "")
    for account in ("d", "e"):
        kept.events.record(kept_events(account))
    with server() as served:
        until(lambda: len(told(served)) == 15)


def test_an_account_that_fails_in_the_background_holds_up_no_other_and_is_tried_again(
    server: Server, kept: Repositories, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, "b", EngineUnavailableError("durable", "it ended"))
        with server() as served:
            until(lambda: changed(kept) == ["b"])
            assert len(told(served)) == 6
            patch.undo()
            until(lambda: changed(kept) == [])
            assert len(told(served)) == 9


def test_two_servers_that_sweep_at_the_same_time_open_each_action_once(server: Server, url: str) -> None:
    names = sorted(f"a{number}" for number in range(250))
    already_evaluated(url, *names)
    with server() as here, server() as there, ThreadPoolExecutor(2) as pool:
        ready = threading.Barrier(2)

        def sweep(number: int) -> pb.SweepAccountsResponse:
            ready.wait()
            signals = (here, there)[number].signals
            return signals.SweepAccounts(pb.SweepAccountsRequest(), timeout=60)

        swept = list(pool.map(sweep, range(2)))
        assert [each.accounts for each in swept] == [250, 250]
        assert [each.failed for each in swept] == [0, 0]
        assert sum(each.opened for each in swept) == 750
        assert sorted(told(here)) == [(name, action, "OPENED") for name in names for action in ACTIONS]


def test_a_server_stops_after_the_group_that_it_settles(
    server: Server, kept: Repositories, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, read = threading.Event(), Events.of

    def of(self: Events, *args: Any, **named: Any) -> list[StoredEvent]:
        begun.set()
        time.sleep(0.1)
        return read(self, *args, **named)

    monkeypatch.setattr(Events, "of", of)
    for number in range(50):
        kept.events.record(kept_events(f"d{number}"))
    with server() as served:
        assert begun.wait(20)
        start = time.monotonic()
        served.running.drain(20)
        assert time.monotonic() - start < 5
    # What it settled is whole, and the others are still to be done.
    left = kept.accounts.changed(99)
    done = [account for account, seq in kept.accounts.after("", 99) if (account, seq) not in left]
    assert 0 < len(done) < 53
    assert {len(kept.ledger.open_actions(account)) for account in done} == {3}
