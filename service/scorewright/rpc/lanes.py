"""Lanes of calls: each kind has threads of its own, where its calls wait for one, though not for ever.

A call takes a thread once its message has come. One that finds no thread waits in its lane, and is refused if
that takes too long or if the server has too many; what is refused takes no thread at all.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from scorewright.messages.lazy_requests import is_large
from scorewright.messages.refusals import OutOfTime
from scorewright.rpc.call_arrival import Arrivals, Behavior, Call
from scorewright.rpc.error_boundary import refusing
from scorewright.rpc.waiting_calls import Traffic, busy
from scorewright.runtime import Settings

F = TypeVar("F", bound=Callable[..., object])

LONGEST_WAIT: Final = 60.0
"""How many seconds a call waits at most where only its caller's deadline ends that."""

_COMPUTING: Final = 2
_MOST_LARGE: Final = 64  # their messages are held meanwhile
_TO_TELL: Final = 0.5
"""So many seconds before its caller's deadline a call is refused, so that the caller learns why."""

_WAY: Final = 0.002
"""So many seconds a thread waits at most, before each call, until those that came are taken."""

_OUT_OF_TIME: Final = refusing(OutOfTime())


def in_lane(behavior: F, lane: ThreadPoolExecutor) -> F:
    """Let gRPC hand the calls of a method to a lane."""
    behavior.experimental_thread_pool = lane  # type: ignore[attr-defined]  # gRPC's own way, which no type has
    return behavior


class AtOnce(ThreadPoolExecutor):
    """The lane of behaviors that only refuse: it needs no thread."""

    def submit(self, *call: Any) -> Future[None]:  # type: ignore[override]  # gRPC gives no names
        """Refuse, where gRPC hands calls over."""
        refused = Call(*call)
        refused.refuse(call[4])
        return refused.done


AT_ONCE: Final = AtOnce(1)


class Lane(ThreadPoolExecutor):
    """Threads for one kind of calls, and so many calls that run or wait for one; safe to share."""

    def __init__(self, traffic: Traffic, threads: int, most: int, wait: float, name: str) -> None:
        super().__init__(threads, name)
        self.name, self.threads = name, threads
        self._traffic = traffic
        self._most, self._wait = most, wait
        self._busy = refusing(busy(f"{name} at a time", threads))
        self._full = refusing(busy(f"{name} running or waiting", most))
        self._open = 0
        self._waiting: deque[Call] = deque()
        self._lock = threading.Lock()
        traffic.add(self)

    @property
    def is_busy(self) -> bool:
        """Return whether a call runs or waits."""
        return self._open > 0

    def submit(self, *parts: Any) -> Future[None]:  # type: ignore[override]  # gRPC gives no names
        """Take a call from gRPC."""
        call = Call(*parts)
        if refusal := self._no_place():  # whatever its message is
            self._traffic.refuse(call, self.name, refusal)
        else:
            self._take(call)
        return call.done

    def _no_place(self) -> Behavior | None:
        """Return what refuses a call that comes now, if it is to be refused."""
        return self._full if self._open >= self._most else None

    def _answer(self, call: Call) -> None:
        call.answer()

    def _take(self, call: Call) -> None:
        self._traffic.receive(call, self.admit)

    def admit(self, call: Call) -> None:
        """Let a call wait for a thread, or refuse it where too many do."""
        left = min(call.seconds_left, LONGEST_WAIT)
        call.until = time.monotonic() + min(self._wait, max(left - _TO_TELL, left / 2))
        with self._lock:
            refusal = self._no_place()
            if refusal is None:
                self._open += 1
                self._waiting.append(call)
        if refusal is not None:
            self._traffic.refuse(call, self.name, refusal)
            return
        try:
            super().submit(self._answer_next)
        except RuntimeError:  # the server has stopped
            self.refuse_overdue(math.inf)

    def refuse_overdue(self, now: float) -> None:
        """Refuse the calls that have waited for too long."""
        with self._lock:
            overdue = [call for call in self._waiting if call.until < now]
            if overdue:
                self._waiting = deque(call for call in self._waiting if call.until >= now)
                self._open -= len(overdue)
        for call in overdue:
            self._traffic.refuse(call, self.name, self._busy)

    def end(self) -> None:
        """Let its threads end once they have done what they do."""
        self.shutdown(wait=False)

    def _answer_next(self) -> None:
        with self._lock:
            call = self._waiting.popleft() if self._waiting else None
        if call is None:  # it was refused
            return
        try:
            if not call.is_alive:
                call.forget()
            elif call.seconds_left <= 0:
                call.refuse(_OUT_OF_TIME)
            else:
                self._answer(call)
        finally:
            with self._lock:
                self._open -= 1


class QuickLane(Lane):
    """A lane of calls that are answered at once, and come in floods: gRPC's thread goes before its own."""

    def __init__(self, arrivals: Arrivals, *told: Any) -> None:
        super().__init__(*told)
        self._arrivals = arrivals

    def _no_place(self) -> Behavior | None:
        # What has not been taken for so long may have waited for as long: nobody knows when it came.
        return self._busy if self._arrivals.behind > self._wait else super()._no_place()

    def _answer(self, call: Call) -> None:
        self._arrivals.give_way(_WAY)
        super()._answer(call)


class StreamLane(Lane):
    """A lane of calls that send a stream of messages: each has its thread from the first one on."""

    def _take(self, call: Call) -> None:
        self.admit(call)


class BySize(ThreadPoolExecutor):
    """Two lanes for the calls of one method: what is large waits apart."""

    def __init__(self, is_large: Callable[[bytes], bool], large: Lane, small: Lane, traffic: Traffic) -> None:
        super().__init__(1)
        self._is_large = is_large
        self._large, self._small = large, small
        self._traffic = traffic

    def submit(self, *parts: Any) -> Future[None]:  # type: ignore[override]  # gRPC gives no names
        """Take a call from gRPC, which starts no thread here."""
        call = Call(*parts)
        self._traffic.receive(call, self._admit)
        return call.done

    def _admit(self, call: Call) -> None:
        (self._large if self._is_large(call.request) else self._small).admit(call)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of a server, apart from those of health."""

    arrivals: Arrivals
    traffic: Traffic
    calls: Lane
    """What is answered at once."""
    large: Lane
    """What keeps the processor busy for long: one at a time, for two are done no sooner."""
    batches: BySize
    accounts: Lane
    """What asks the database, which may be slow: it holds up nothing else."""
    streams: StreamLane
    watchers: Lane

    @classmethod
    def of(cls, settings: Settings) -> "Lanes":
        """Make them."""
        arrivals, traffic = Arrivals(), Traffic(settings.max_calls, settings.message_seconds)
        most, wait = settings.max_calls, settings.max_wait_seconds
        # More would answer no sooner, for one computes at a time, and would keep gRPC's own thread waiting.
        computing = settings.workers if settings.engine == "durable" else min(settings.workers, _COMPUTING)
        calls = QuickLane(arrivals, traffic, computing, most, wait, "answered calls")
        large = Lane(traffic, 1, min(most, _MOST_LARGE), LONGEST_WAIT, "large calls")
        return cls(
            arrivals=arrivals,
            traffic=traffic,
            calls=calls,
            large=large,
            batches=BySize(is_large, large, calls, traffic),
            accounts=Lane(traffic, settings.workers // 2, most, LONGEST_WAIT, "calls about accounts"),
            streams=StreamLane(traffic, settings.max_streams, most, wait, "streams"),
            watchers=Lane(traffic, settings.max_watchers, most, wait, "watchers"),
        )

    def close(self) -> None:
        """Wait for the watchers, who need what is closed next, and let all other threads end."""
        self.traffic.close()
        self.watchers.shutdown()
