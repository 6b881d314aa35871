"""Events as the tests send them, and what the tests ask."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import Served

DAY = 86_400
NOW = int(time.time())


def event(id: str, kind: str, days_ago: float = 0, *, account: str = "acme", **fields: Any) -> pb.Event:
    """Make an event of so many days ago."""
    found = pb.Event(id=id, account=account, kind=kind, at=at(days_ago))
    found.fields.update(fields)
    return found


def at(days_ago: float) -> Timestamp:
    return Timestamp(seconds=int(NOW - days_ago * DAY))


def moment(days_ago: float) -> str:
    """Write the moment of so many days ago as requests do."""
    return at(days_ago).ToJsonString()


def record(served: Served, *messages: Iterable[pb.Event]) -> pb.RecordEventsResponse:
    """Record events, a message for each list of them."""
    requests = [pb.RecordEventsRequest(events=message) for message in messages]
    return served.signals.RecordEvents(iter(requests), timeout=30)


def evaluate(served: Served, rulebook: str = "quiet", **asked: Any) -> pb.AccountAnswer:
    """Ask one rulebook about an account."""
    request = pb.EvaluateAccountRequest(**{"account": "acme", "rulebooks": [rulebook], **asked})
    (answer,) = served.signals.EvaluateAccount(request, timeout=30).answers
    return answer


def told(served: Served, **asked: Any) -> list[tuple[str, str, str]]:
    """Give all changes there are: account, action, and what became of it."""
    changes = served.signals.WatchActions(pb.WatchActionsRequest(**asked), timeout=30)
    return [
        (each.change.account, each.change.action.id, pb.ActionState.Name(each.change.change))
        for each in changes
    ]


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to hold in time"
        time.sleep(0.02)


def states(standings: Iterable[pb.ActionStanding]) -> dict[str, str]:
    """Give the state of each action."""
    return {standing.action: pb.ActionState.Name(standing.state) for standing in standings}
