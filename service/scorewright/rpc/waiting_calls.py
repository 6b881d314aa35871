"""What becomes of calls while no thread has them: their message comes in time, and they wait not for ever."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final, NoReturn, Protocol

import grpc

from scorewright.messages.refusals import OverLimit
from scorewright.rpc.call_arrival import Behavior, Call
from scorewright.runtime import LOGGER, broken, line

RETRY_SECONDS: Final = 1
"""When to call again where the server has too much to do."""

_LOOK_SECONDS: Final = 0.1
_TOLD_SECONDS: Final = 1.0


class Waiting(Protocol):
    """Where calls wait."""

    @property
    def is_busy(self) -> bool:
        """Return whether a call runs or waits."""

    def refuse_overdue(self, now: float) -> None:
        """Refuse the calls that have waited for too long."""

    def end(self) -> None:
        """Let its threads end."""


def busy(limit: str, allowed: int) -> OverLimit:
    """Refuse: there is too much to do."""
    return OverLimit(limit, None, allowed, "call again later", RETRY_SECONDS)


class Traffic:
    """What becomes of the calls of all lanes; safe to share between threads.

    Those whose message has not come are counted apart, so that they keep nobody out.
    """

    def __init__(self, most_arriving: int, message_seconds: float) -> None:
        self._most = most_arriving
        self._message_seconds = message_seconds
        self._arriving: dict[Call, None] = {}
        self._lanes: list[Waiting] = []
        self._noted: dict[tuple[str, str], tuple[int, str]] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def add(self, lane: Waiting) -> None:
        """Look after a lane."""
        self._lanes.append(lane)

    def watch(self) -> None:
        """Start ending what waits for too long."""
        threading.Thread(target=self._watch, name="traffic", daemon=True).start()

    @property
    def is_busy(self) -> bool:
        """Return whether a call is open."""
        return bool(self._arriving) or any(lane.is_busy for lane in self._lanes)

    def hurry(self) -> None:
        """Wait no longer than a moment for messages, since the server stops."""
        self._message_seconds = min(self._message_seconds, _LOOK_SECONDS)

    def close(self) -> None:
        """Stop watching, and let the threads end."""
        self._closed.set()
        for lane in self._lanes:
            lane.end()

    def receive(self, call: Call, then: Callable[[Call], None]) -> None:
        """Go on with a call once its message is there; where too many have none, the oldest is ended."""
        with self._lock:
            self._arriving[call] = None
            oldest = next(iter(self._arriving)) if len(self._arriving) > self._most else None
        if oldest is not None:
            self._end([oldest])

        def arrived(call: Call) -> None:
            with self._lock:
                self._arriving.pop(call, None)
            if not call.is_alive:
                call.forget()
            elif call.request is None:
                call.refuse(_no_message)
            else:
                then(call)

        call.receive(arrived)

    def refuse(self, call: Call, lane: str, behavior: Behavior) -> None:
        """Refuse a call, and count it for the log."""
        call.refuse(behavior)
        self._note("overloaded", lane, call)

    def _watch(self) -> None:
        told = time.monotonic()
        while not self._closed.wait(_LOOK_SECONDS):
            now = time.monotonic()
            try:
                self._end_late(now - self._message_seconds)
                for lane in self._lanes:
                    lane.refuse_overdue(now)
            except Exception as error:
                broken("traffic", error)
            if now >= told + _TOLD_SECONDS:
                told = now
                self._tell()

    def _end_late(self, since: float) -> None:
        with self._lock:
            late = [call for call in self._arriving if call.came_at < since]
        self._end(late)

    def _end(self, calls: Sequence[Call]) -> None:
        """End calls without a message."""
        with self._lock:
            for call in calls:
                self._arriving.pop(call, None)
        for call in calls:
            call.cancel()
            self._note("no_message", "", call)

    def _note(self, event: str, lane: str, call: Call) -> None:
        with self._lock:
            count, peer = self._noted.get((event, lane)) or (0, call.peer())
            self._noted[event, lane] = (count + 1, peer)

    def _tell(self) -> None:
        """Write what was ended since the last look: a flood is one line."""
        with self._lock:
            noted, self._noted = self._noted, {}
        for (event, lane), (count, peer) in noted.items():
            LOGGER.warning(line(event, **({"lane": lane} if lane else {}), calls=count, peer=peer))


def _no_message(_: object, context: grpc.ServicerContext) -> NoReturn:
    # What gRPC says itself: the caller closed, or is gone.
    context.abort(grpc.StatusCode.UNIMPLEMENTED, "a call of this method has one message")
