"""The calls of a server: so many at a time, and none whose message does not come."""

import threading
import time
from collections.abc import Callable
from typing import Final, NoReturn, Protocol

import grpc

from service.arrival import Behavior, Call
from service.guard import refusing
from service.logs import LOGGER, line
from service.refusals import OverLimit

RETRY_SECONDS: Final = 1
"""When to call again where the server has too much to do."""

LATER: Final = "call again later"

_LOOK_SECONDS: Final = 0.1
_TOLD_SECONDS: Final = 1.0


class Waiting(Protocol):
    """Where calls wait."""

    def refuse_overdue(self, now: float) -> None:
        """Refuse the calls that have waited for too long."""

    def end(self) -> None:
        """Let its threads end."""


def busy(limit: str, allowed: int, advice: str = LATER) -> OverLimit:
    """Say that there is too much to do."""
    return OverLimit(limit, None, allowed, advice, RETRY_SECONDS)


class Traffic:
    """The calls of all lanes, so many at a time; safe to share between threads.

    Those whose message has not come are counted apart, so that they keep nobody out.
    """

    def __init__(self, most: int, message_seconds: float) -> None:
        self._most = most
        self._message_seconds = message_seconds
        self._arriving: dict[Call, None] = {}
        self._open = 0
        self._lanes: list[Waiting] = []
        self._refused: dict[str, tuple[int, str]] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._full = refusing(busy("calls at a time", most))

    def add(self, lane: Waiting) -> None:
        """Look after a lane."""
        self._lanes.append(lane)

    def watch(self) -> None:
        """Start ending what waits for too long."""
        threading.Thread(target=self._watch, name="traffic", daemon=True).start()

    @property
    def is_busy(self) -> bool:
        """Tell whether a call is open."""
        return bool(self._open or self._arriving)

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
            full = self._open >= self._most
            if not full:
                self._arriving[call] = None
            oldest = next(iter(self._arriving)) if len(self._arriving) > self._most else None
            if oldest is not None:
                del self._arriving[oldest]
        if full:
            self.refuse(call, "all calls", self._full)
            return
        if oldest is not None:
            oldest.cancel()

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

    def enter(self, call: Call) -> bool:
        """Count a call, or refuse it where there are too many."""
        with self._lock:
            entered = self._open < self._most
            self._open += entered
        if not entered:
            self.refuse(call, "all calls", self._full)
        return entered

    def leave(self) -> None:
        """Count a call no longer."""
        with self._lock:
            self._open -= 1

    def refuse(self, call: Call, lane: str, behavior: Behavior) -> None:
        """Refuse a call, and count it for the log."""
        call.refuse(behavior)
        with self._lock:
            count, peer = self._refused.get(lane) or (0, call.peer())
            self._refused[lane] = (count + 1, peer)

    def _watch(self) -> None:
        told = time.monotonic()
        while not self._closed.wait(_LOOK_SECONDS):
            now = time.monotonic()
            self._end_late(now - self._message_seconds)
            for lane in self._lanes:
                lane.refuse_overdue(now)
            if now >= told + _TOLD_SECONDS:
                told = now
                self._tell()

    def _end_late(self, since: float) -> None:
        with self._lock:
            late = [call for call in self._arriving if call.came_at < since]
        for call in late:
            LOGGER.info(line("no_message", peer=call.peer()))
            call.cancel()

    def _tell(self) -> None:
        """Write what was refused since the last look: a flood is one line."""
        with self._lock:
            refused, self._refused = self._refused, {}
        for lane, (count, peer) in refused.items():
            LOGGER.warning(line("overloaded", lane=lane, refused=count, peer=peer))


def _no_message(_: object, context: grpc.ServicerContext) -> NoReturn:
    # What gRPC says itself: the caller closed, or is gone.
    context.abort(grpc.StatusCode.UNIMPLEMENTED, "a call of this method has one message")
