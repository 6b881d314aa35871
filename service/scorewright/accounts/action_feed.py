"""Watchers of actions, who hear of each change once."""

import math
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Final

import grpc

from scorewright.accounts.notifier import Notifier
from scorewright.messages.account_answers import change_message
from scorewright.messages.lazy_requests import decode
from scorewright.messages.refusals import InvalidRequest, OverLimit, RefusedError, Stopping
from scorewright.requests import read_name
from scorewright.results import InputError, errors_of
from scorewright.runtime import StreamPlaces, broken
from scorewright.storage import ActionChange, Changes, DatabaseAwayError, SchemaError
from scorewright.v1 import scorewright_pb2 as pb

LOOK_SECONDS: Final = 1.0
"""How often one look for all watchers finds what other servers changed; what this one did rings at once."""

MAX_NAMES: Final = 1_000
"""The most accounts, and the most rulebooks, that a watcher may name."""

_PAGE = 200


class ActionFeed:
    """Tell of changes of actions; safe to share between threads."""

    def __init__(self, changes: Changes, notifier: Notifier, idle_seconds: float) -> None:
        self._changes = changes
        self._notifier = notifier
        self._places = StreamPlaces(idle_seconds)
        self._looking = threading.Thread(target=self._look, name="watch-look", daemon=True)

    def start(self) -> None:
        """Start ending watchers that do not read, and looking for what other servers change."""
        self._places.watch()
        self._looking.start()

    def stop(self) -> None:
        """End all watchers."""
        self._notifier.close()

    def close(self) -> None:
        """Look no more for watchers that do not read, once the server has stopped."""
        self._places.close()

    def watch(self, data: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
        """Yield every change after the cursor, and where asked to, of what comes."""
        request = _read(data)
        context.add_callback(self._notifier.ring)
        with self._places.taken(context) as place:
            # A watcher stands still only while it does not read, however long nothing happens.
            place.moved_at = math.inf
            for change in self._after(request, context):
                place.moved_at = time.monotonic()
                yield pb.WatchActionsResponse(change=change_message(change)).SerializeToString()
                place.moved_at = math.inf

    def _after(
        self, request: pb.WatchActionsRequest, context: grpc.ServicerContext
    ) -> Iterator[ActionChange]:
        cursor = request.after_cursor
        while context.is_active():
            heard = self._notifier.rings
            page = self._changes.after(cursor, _PAGE, request.accounts, request.rulebooks)
            yield from page
            if page:
                cursor = page[-1].cursor
            if len(page) == _PAGE:
                continue
            if not request.follow:
                return
            if not self._notifier.wait(heard):
                raise RefusedError(Stopping())

    def _look(self) -> None:
        """Ring when another server changed something, as long as anybody watches."""
        seen: int | None = None
        while self._notifier.sleep(LOOK_SECONDS):
            last = self._last() if self._places.held else seen
            if last != seen:
                seen = last
                self._notifier.ring()

    def _last(self) -> int:
        """Return the last cursor, or one that never was: then who watches looks too, and is told why."""
        try:
            return self._changes.last()
        except (DatabaseAwayError, SchemaError):
            return -1
        except Exception as error:
            broken("WatchActions", error)
            return -1


def _read(data: bytes) -> pb.WatchActionsRequest:
    request = decode(pb.WatchActionsRequest, data)
    wrong = [*_wrong_names("accounts", request.accounts), *_wrong_names("rulebooks", request.rulebooks)]
    if request.after_cursor < 0:
        words = f"{request.after_cursor} is outside 0 or more"
        wrong.append(InputError("after_cursor", "out_of_range", words))
    if wrong:
        raise RefusedError(InvalidRequest(tuple(wrong)))
    return request


def _wrong_names(field: str, names: Sequence[str]) -> Iterator[InputError]:
    if len(names) > MAX_NAMES:
        advice = "name fewer, or none for all"
        raise RefusedError(OverLimit(f"{field} of a watcher", len(names), MAX_NAMES, advice))
    for index, name in enumerate(names):
        yield from errors_of(read_name(f"{field}[{index}]", name))
