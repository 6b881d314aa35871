"""Places for streams: so many at a time, and none for a stream that stands still."""

import threading
import time
from collections.abc import Iterator
from typing import TypeVar

import grpc

from service.logs import LOGGER, line
from service.refusals import OverLimit, RefusedError

T = TypeVar("T")
R = TypeVar("R")


class Place:
    """A stream's place: who holds it, and when it last moved."""

    def __init__(self, context: grpc.ServicerContext) -> None:
        self.context = context
        self.moved_at = time.monotonic()

    def moving(self, items: Iterator[T]) -> Iterator[T]:
        """Pass items on, noting when each came."""
        for item in items:
            self.moved_at = time.monotonic()
            yield item
            self.moved_at = time.monotonic()


class StreamPlaces:
    """Hand out places. A stream holds a thread as long as it lives, so that it may not stand still."""

    def __init__(
        self,
        most: int,
        idle_seconds: float,
        limit: str = "streams at a time",
        advice: str = "close one, or call again later; single calls and batches are not affected",
    ) -> None:
        self._most = most
        self._idle = idle_seconds
        self._limit, self._advice = limit, advice
        self._lock = threading.Lock()
        self._held: set[Place] = set()
        self._closed = threading.Event()

    @property
    def held(self) -> int:
        """Tell how many places are taken."""
        return len(self._held)

    def take(self, context: grpc.ServicerContext) -> Place:
        """Give a place, or refuse."""
        place = Place(context)
        with self._lock:
            if len(self._held) >= self._most:
                raise RefusedError(OverLimit(self._limit, self._most + 1, self._most, self._advice))
            self._held.add(place)
        return place

    def leave(self, place: Place) -> None:
        """Take a place back."""
        with self._lock:
            self._held.discard(place)

    def watch(self) -> None:
        """Start ending streams that stand still: that send nothing, or do not read their answers."""
        threading.Thread(target=self._watch, name="stream-watch", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(self._idle / 4):
            self._end_idle(time.monotonic() - self._idle)

    def _end_idle(self, since: float) -> None:
        with self._lock:
            idle = [place for place in self._held if place.moved_at < since]
        for place in idle:
            LOGGER.info(line("idle_stream", peer=place.context.peer()))
            place.context.cancel()
