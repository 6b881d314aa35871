"""A server that is killed under load keeps what it acknowledged, and acts on it once."""

import os
import signal
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from scorewright.client.account_results import ActionChange
from scorewright.client.answers import ActionState
from scorewright.client.client import Client
from scorewright.client.errors import ScorewrightError
from scorewright.client.events import Event
from scorewright.requests.account_question import clock
from scorewright.storage.repositories import Repositories
from tests.service.accounts.events import until
from tests.service.accounts.test_client import NOW
from tests.service.rpc.test_serve import process


def silent(account: str) -> list[Event]:
    """Make the events of an account of which three actions follow."""
    long_ago = NOW - timedelta(days=30)
    return [
        Event(account, "c1", "api_call", long_ago, {"calls": 1}),
        Event(account, "m1", "outreach", long_ago, {"thread": "a"}),
    ]


class Sender:
    """Record accounts one after the other, and remember each that was acknowledged."""

    def __init__(self, name: str, address: str) -> None:
        self.acknowledged: list[str] = []
        self._name, self._address = name, address
        self.thread = threading.Thread(target=self._send, daemon=True)
        self.thread.start()

    def _send(self) -> None:
        with Client(self._address, timeout=5) as client, suppress(ScorewrightError):
            for number in range(100_000):
                account = f"{self._name}-{number}"
                assert client.record_events(silent(account)).recorded == 2
                self.acknowledged.append(account)


def test_everything_acknowledged_is_there_and_opens_once(url: str, rules: Path) -> None:
    acknowledged: list[str] = []
    seen: list[ActionChange] = []
    for round_number in range(2):
        with process(DATABASE=url, RULES=str(rules), SWEEP_SECONDS="0") as (server, address):
            senders = [Sender(f"{round_number}-{name}", address) for name in "ab"]
            until(lambda senders=senders: all(len(sender.acknowledged) >= 25 for sender in senders))  # type: ignore[misc]  # a default binds it
            with Client(address) as client:
                seen += client.watch_actions(seen[-1].cursor if seen else 0)
            os.kill(server.pid, signal.SIGKILL)
            for sender in senders:
                sender.thread.join(30)
                acknowledged += sender.acknowledged
    with (
        process(DATABASE=url, RULES=str(rules), SWEEP_SECONDS="0") as (_, address),
        Client(address) as client,
    ):
        kept = Repositories.at(url)
        until(lambda: not kept.accounts.changed(1), 60)
        there = {
            account: len(kept.events.of(account, {"api_call": None, "outreach": None}, clock()))
            for account in acknowledged
        }
        assert set(there.values()) == {2}
        seen += client.watch_actions(seen[-1].cursor if seen else 0)
        kept.database.close()
    cursors = [change.cursor for change in seen]
    assert cursors == list(range(1, len(cursors) + 1))
    opened = [(change.account, change.action.id) for change in seen if change.change is ActionState.OPENED]
    assert len(opened) == len(set(opened)) == len(seen)
    assert {
        (account, action) for account in acknowledged for action in ("call", "escalate", "inform")
    } <= set(opened)
