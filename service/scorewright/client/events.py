"""What a client sends of events, and how it goes on watching where a stream broke."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias, cast

import grpc

from scorewright.client.errors import raise_error
from scorewright.client.values import filled, refuse, sent_fields
from scorewright.v1 import scorewright_pb2 as pb

MAX_EVENTS: Final = 1_000
"""The most events of a message."""

MAX_BYTES: Final = 4 * 1024 * 1024
"""So many bytes of events go into one message; a single larger event goes alone."""

MAX_ERRORS: Final = 1_000
"""The most lines of errors that are kept; the others are counted."""

ATTEMPTS: Final = 8
"""How often in a row a watch is begun that ends at once and tells nothing."""

_FIRST_WAIT, _LONGEST_WAIT = 0.1, 2.0
_LIVED = 10.0  # so many seconds, and it did not end at once

_PASSING = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)

Responses: TypeAlias = "Iterator[pb.WatchActionsResponse]"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an account; `at` has a zone."""

    account: str
    id: str
    kind: str
    at: datetime
    fields: Mapping[str, object]

    def message(self) -> pb.Event:
        """Write it as requests do."""
        where = f"events[{self.id}]"
        if getattr(self.at, "tzinfo", None) is None:
            refuse(f"{where}.at", "wrong_type", "a time needs a zone")
        found = filled(pb.Event, id=self.id, account=self.account, kind=self.kind)
        found.at.FromDatetime(self.at)
        found.fields.update(sent_fields(self.fields, f"{where}.fields"))
        return found


def messages(events: Iterable[Event]) -> Iterator[pb.RecordEventBatchRequest]:
    """Put events into messages, as many as go into each."""
    request, size = pb.RecordEventBatchRequest(), 0
    for event in events:
        message = event.message()
        bytes_of_one = message.ByteSize()
        if request.events and (len(request.events) == MAX_EVENTS or size + bytes_of_one > MAX_BYTES):
            yield request
            request, size = pb.RecordEventBatchRequest(), 0
        request.events.append(message)
        size += bytes_of_one
    if request.events:
        yield request


def add(total: pb.RecordEventsResponse, found: pb.RecordEventBatchResponse, before: int) -> None:
    """Add what became of further events to what became of those `before` them."""
    total.recorded += found.recorded
    total.duplicates += found.duplicates
    total.refused += found.refused
    total.more_errors += found.more_errors
    for error in found.errors:
        if len(total.errors) == MAX_ERRORS:
            total.more_errors += 1
            continue
        total.errors.append(error)
        total.errors[-1].index += before


def watch(begin: Callable[[int], Any], after: int) -> Generator[pb.ActionChange]:
    """Yield changes after a cursor; a stream that breaks is begun again after the last one that came."""
    failed = 0
    while True:
        stream, began = begin(after), time.monotonic()
        try:
            for response in cast(Responses, stream):
                after, failed = response.change.cursor, 0
                yield response.change
            return
        except grpc.RpcError as error:
            failed = failures(failed, time.monotonic() - began)
            if not is_passing(error) or failed == ATTEMPTS:
                raise_error(error)
        finally:
            stream.cancel()
        time.sleep(pause(failed))


def failures(before: int, lived: float) -> int:
    """Count streams in a row that ended at once, after one more that lived so many seconds."""
    return 1 if lived > _LIVED else before + 1


def is_passing(error: grpc.RpcError) -> bool:
    """Return whether a stream that ended so is begun again."""
    return cast(grpc.Call, error).code() in _PASSING


def pause(failed: int) -> float:
    """Return the seconds to wait before a stream is begun again."""
    return float(min(_LONGEST_WAIT, _FIRST_WAIT * 2**failed))


def add_up(total: pb.SweepAccountsResponse, page: pb.SweepAccountsResponse) -> None:
    """Add what a page of a sweep did to what was done so far, and go on from its end."""
    for name in ("accounts", "opened", "resolved", "failed", "unanswered", "mended"):
        setattr(total, name, getattr(total, name) + getattr(page, name))
    total.next_after_account = page.next_after_account
