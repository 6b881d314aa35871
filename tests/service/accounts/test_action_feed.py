"""Changes of actions: each once, in order, resumable, told by whoever changed them, and never in the way."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from grpc import StatusCode
from sqlalchemy import event as events

from scorewright.accounts import action_feed as watching
from scorewright.runtime.stream_limits import StreamPlaces
from scorewright.storage.reconciliation import Due
from scorewright.storage.repositories import Repositories
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import evaluate, event, moment, record, told, until
from tests.service.conftest import Served, failure

OPENED = ["call", "escalate", "inform"]
ASK: Any = {"rulebooks": ["quiet"], "subject": pb.Subject(id="s")}


def overdue(account: str) -> list[pb.Event]:
    """Make the events of an account that was silent for long."""
    return [
        event("m1", "outreach", 30, account=account, thread="a"),
        event("c1", "api_call", 30, account=account, calls=1),
    ]


def places_of(served: Served) -> StreamPlaces:
    assert served.running.signals is not None
    return served.running.signals.watching._places


class Watcher:
    """Watch in a thread of its own, and keep what was told."""

    def __init__(self, served: Served, **asked: Any) -> None:
        self.changes: list[pb.ActionChange] = []
        self.failed: StatusCode | None = None
        self.call: Any = served.signals.WatchActions(pb.WatchActionsRequest(follow=True, **asked))
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            self.changes.extend(response.change for response in self.call)
        except Exception as error:
            self.failed = error.code()  # type: ignore[attr-defined]  # what a failed call raises

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(change.account, change.action.id) for change in self.changes]

    def end(self) -> None:
        self.call.cancel()
        self._thread.join(10)


def test_what_follows_from_events_is_told_by_itself(running: Served) -> None:
    watcher = Watcher(running)
    record(running, overdue("acme"))
    until(lambda: len(watcher.changes) == 3)
    assert watcher.told == [("acme", action) for action in OPENED]
    first = watcher.changes[1]
    assert (first.rulebook, first.change, first.action.do) == ("quiet", pb.OPENED, "Escalate")
    assert list(first.action.causes) == ["trigger:dark"]
    record(running, [event("r1", "reply", 1, thread="a")])
    until(lambda: len(watcher.changes) == 5)
    assert [(c.action.id, c.change) for c in watcher.changes[3:]] == [
        ("escalate", pb.RESOLVED),
        ("inform", pb.RESOLVED),
    ]
    assert watcher.changes[3].action.idempotency_key == first.action.idempotency_key
    watcher.end()


def test_a_watch_that_does_not_follow_ends_when_it_has_told_all(running: Served) -> None:
    assert told(running) == []
    record(running, overdue("acme"))
    until(lambda: len(told(running)) == 3)


def test_cursors_rise_and_a_watch_goes_on_after_any_of_them(server: Server) -> None:
    with server(background=False) as served:
        for name in "abc":
            record(served, overdue(name))
            evaluate(served, account=name, as_of=moment(1), record=True)
        changes = [r.change for r in served.signals.WatchActions(pb.WatchActionsRequest(), timeout=10)]
        cursors = [change.cursor for change in changes]
        assert cursors == sorted(set(cursors))
        assert len(changes) == 9
        for seen, cursor in enumerate(cursors, 1):
            rest = served.signals.WatchActions(pb.WatchActionsRequest(after_cursor=cursor), timeout=10)
            assert [response.change for response in rest] == changes[seen:]


def test_only_the_accounts_and_rulebooks_that_are_named_are_told(running: Served) -> None:
    for name in "abc":
        record(
            running,
            overdue(name),
            [event(f"v{n}", "visit", 1, account=name, page="pricing") for n in range(3)],
        )
    until(lambda: len(told(running)) == 12)
    assert {account for account, *_ in told(running, accounts=["b", "c", "x"])} == {"b", "c"}
    assert [action for _, action, _ in told(running, rulebooks=["keen"])] == ["offer"] * 3
    assert told(running, accounts=["a"], rulebooks=["keen"]) == [("a", "offer", "OPENED")]


def test_many_changes_are_told_in_pages(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_PAGE", 4)
    with server(background=False) as served:
        for name in "abcd":
            record(served, overdue(name))
            evaluate(served, account=name, as_of=moment(1), record=True)
        assert [account for account, *_ in told(served)] == [name for name in "abcd" for _ in OPENED]


def test_what_another_server_changed_is_told_here_too(server: Server) -> None:
    # Neither evaluates by itself, which could come before the moment that is recorded.
    with server(background=False) as here, server(background=False) as there:
        watchers = [Watcher(here), Watcher(there)]
        record(there, overdue("acme"))
        evaluate(there, as_of=moment(0.1), record=True)
        for watcher in watchers:
            until(lambda watcher=watcher: len(watcher.changes) >= 3)  # type: ignore[misc]  # a default binds it
            assert watcher.told == [("acme", action) for action in OPENED]
            watcher.end()


@contextmanager
def asked(served: Served) -> Iterator[list[str]]:
    """Give every question that is put to the database while it is looked."""
    assert served.running.signals is not None
    engine = served.running.signals.kept.database._engine
    found: list[str] = []

    def heard(_: object, __: object, statement: str, *___: object) -> None:
        found.append(statement)

    events.listen(engine, "before_cursor_execute", heard)
    yield found
    events.remove(engine, "before_cursor_execute", heard)


def test_idle_watchers_cost_one_look_a_second_all_together(server: Server) -> None:
    with server(background=False, max_watchers=16) as served:
        watchers = [Watcher(served) for _ in range(16)]
        until(lambda: len(places_of(served)._held) == 16)
        time.sleep(1.5)
        with asked(served) as questions:
            time.sleep(5)
        looks = [question for question in questions if question.startswith("SELECT scorewright_counter")]
        # One a second for all of them, and one of the thread that sees whether the database is there.
        assert 8 <= len(looks) <= 12
        assert not [question for question in questions if "scorewright_changes" in question]
        for watcher in watchers:
            watcher.end()


def test_nobody_looks_for_changes_when_nobody_watches(server: Server) -> None:
    with server(background=True) as served, asked(served) as questions:
        time.sleep(2.5)
        assert not [each for each in questions if each.startswith("SELECT scorewright_counter")]


def test_watchers_are_limited_and_take_nothing_from_other_calls(server: Server) -> None:
    with server(workers=2, max_streams=1, max_watchers=3) as served:
        watchers = [Watcher(served) for _ in range(3)]
        places = places_of(served)
        until(lambda: len(places._held) == 3)
        found = failure(lambda: told(served))
        assert (found.code, found.reason) == (StatusCode.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED")
        for _ in range(50):
            assert served.scoring.Score(pb.ScoreRequest(**ASK), timeout=5).answers
        watchers.pop().end()
        until(lambda: len(places._held) == 2)
        assert told(served) == []
        for watcher in watchers:
            watcher.end()


def test_a_watcher_that_is_gone_leaves_its_place(server: Server) -> None:
    with server(max_watchers=1) as served:
        places = places_of(served)
        for _ in range(5):
            watcher = Watcher(served)
            until(lambda: places._held)
            watcher.end()
            until(lambda: not places._held)


def test_a_watcher_that_waits_for_long_keeps_its_place(server: Server) -> None:
    # What happens is recorded by another server, which gives streams of events their time.
    with server(stream_idle_seconds=0.2) as served, server(background=False) as other:
        watcher = Watcher(served)
        time.sleep(1)
        record(other, overdue("acme"))
        until(lambda: len(watcher.changes) == 3)
        watcher.end()


def test_a_watcher_that_does_not_read_loses_its_place(server: Server, url: str) -> None:
    kept = Repositories.at(url)
    large = [Due(f"a{n}", "key", (), {"id": f"a{n}", "do": "x" * 60_000}) for n in range(200)]
    kept.ledger.settle("acme", "quiet", 1, large)
    kept.database.close()
    with server(stream_idle_seconds=0.3) as served:
        places = places_of(served)
        call = served.signals.WatchActions(pb.WatchActionsRequest(follow=True))
        until(lambda: places._held)
        until(lambda: not places._held)  # more than any window holds was sent, and nobody read
        call.cancel()


def test_watchers_are_ended_when_the_server_stops(server: Server) -> None:
    with server() as served:
        watcher = Watcher(served)
        until(lambda: places_of(served)._held)
        start = time.monotonic()
        served.running.drain(10)
        assert time.monotonic() - start < 5
        until(lambda: watcher.failed)
        assert watcher.failed is StatusCode.UNAVAILABLE


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"after_cursor": -1}, StatusCode.INVALID_ARGUMENT),
        ({"accounts": ["a"] * 1_001}, StatusCode.RESOURCE_EXHAUSTED),
        ({"accounts": ["a", ""]}, StatusCode.INVALID_ARGUMENT),
        ({"rulebooks": ["x" * 501]}, StatusCode.INVALID_ARGUMENT),
    ],
)
def test_what_cannot_be_watched_is_refused(running: Served, asked: Any, code: StatusCode) -> None:
    assert failure(lambda: told(running, **asked)).code is code
