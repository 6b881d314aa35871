"""Places of streams: none stays with a stream that stands still."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import grpc

from scorewright.runtime.logs import LOGGER, line

T = TypeVar("T")


class StreamPlace:
    """A stream's place: who holds it, when it last moved, and whether it ever did."""

    def __init__(self, context: grpc.ServicerContext) -> None:
        self.context = context
        self.moved_at = time.monotonic()
        self.has_moved = False

    def moving(self, items: Iterator[T]) -> Iterator[T]:
        """Pass items on, noting when each came."""
        for item in items:
            self.moved_at, self.has_moved = time.monotonic(), True
            yield item
            self.moved_at = time.monotonic()


class StreamPlaces:
    """Hand out places. A stream holds a thread as long as it lives, so that it may not stand still."""

    def __init__(self, idle_seconds: float, message_seconds: float = math.inf) -> None:
        self._idle = idle_seconds
        self._first = min(idle_seconds, message_seconds)
        self._lock = threading.Lock()
        self._held: set[StreamPlace] = set()
        self._closed = threading.Event()

    @property
    def held(self) -> int:
        """Return how many places are taken."""
        return len(self._held)

    @contextmanager
    def taken(self, context: grpc.ServicerContext) -> Iterator[StreamPlace]:
        """Yield a place for as long as a stream lives."""
        place = StreamPlace(context)
        with self._lock:
            self._held.add(place)
        try:
            yield place
        finally:
            with self._lock:
                self._held.discard(place)

    def watch(self) -> None:
        """Start ending streams that stand still: that send nothing, or do not read their answers."""
        threading.Thread(target=self._watch, name="stream-watch", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(self._first / 4):
            self._end_idle(time.monotonic())

    def _end_idle(self, now: float) -> None:
        with self._lock:
            idle = [place for place in self._held if place.moved_at < now - self._allowed(place)]
        for place in idle:
            LOGGER.info(line("idle_stream", peer=place.context.peer()))
            place.context.cancel()

    def _allowed(self, place: StreamPlace) -> float:
        return self._idle if place.has_moved else self._first
