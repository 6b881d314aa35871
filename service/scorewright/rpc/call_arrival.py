"""A call as gRPC hands it to its threads, before its message has come.

gRPC's server lets a thread wait for the message of a call with one request, so that whoever sends the head of
a call and no message holds a thread, and with a few such calls all of them. Here gRPC's own loop reads the
message, and a call takes a thread once there is something to do for it. Nothing public of gRPC can do that:
this is the only module that knows how its server works inside (decision 0013).
"""

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import grpc
from grpc import _server
from grpc._cython import cygrpc  # type: ignore[attr-defined]  # no stubs know what is private

Behavior = Callable[[Any, Any], Any]
"""What answers a call: from its request and context."""


class Arrivals(cygrpc.CompletionQueue):  # type: ignore[misc]  # no stubs know what is private
    """What has come for gRPC's own thread, which takes four things for each call, one after the other.

    A call that it has not taken waits where nobody counts or refuses it. So who answers calls gives way: that
    thread would get its turn only between two of theirs, and what has come would wait there without end.
    """

    def __init__(self) -> None:
        super().__init__()
        self._empty = threading.Event()
        self._empty.set()
        self._since = math.inf

    def attach(self, server: grpc.Server) -> None:
        """Let a server that has not started take its calls from here."""
        state = server._state  # type: ignore[attr-defined]  # as above
        state.server.register_completion_queue(self)
        state.completion_queue = self

    def poll(self, deadline: float | None = None) -> Any:
        """Return the next thing to gRPC's thread, or wait for it."""
        event = super().poll(0)
        if event.completion_type == cygrpc.CompletionType.queue_timeout:
            self._since = math.inf
            self._empty.set()
            event = super().poll(deadline)
            self._since = time.monotonic()
            self._empty.clear()
        return event

    @property
    def behind(self) -> float:
        """Return for how many seconds something has been there all the time."""
        return max(0.0, time.monotonic() - self._since)

    def give_way(self, seconds: float) -> None:
        """Wait until all is taken, though no longer than so many seconds."""
        self._empty.wait(seconds)


class Call:
    """A call that is not answered yet; made of what gRPC's server gives to a pool of threads."""

    def __init__(
        self,
        run: Callable[..., None],
        answer: Callable[..., None],
        event: Any,
        state: Any,
        behavior: Behavior,
        read: Callable[[], Any],
        *ways: Any,
    ) -> None:
        self._run, self._answer = run, answer
        self._event, self._state = event, state
        self._behavior, self._read = behavior, read
        self._ways = ways  # how a request is read, and a response written
        self.request: Any = None
        self.came_at = time.monotonic()
        self.until = self.came_at
        """When it is refused if it still waits then."""
        self.done: Future[None] = Future()
        """What gRPC counts running calls by."""

    @property
    def is_alive(self) -> bool:
        """Return whether somebody waits for an answer."""
        return bool(_server._is_rpc_state_active(self._state))

    @property
    def seconds_left(self) -> float:
        """Return how much time its caller gave it still; infinite without a deadline."""
        return float(self._event.call_details.deadline) - time.time()

    def peer(self) -> str:
        """Return who calls."""
        return bytes(self._event.call.peer()).decode("utf-8", "replace")

    def receive(self, then: Callable[["Call"], None]) -> None:
        """Read its one message, and go on once it has come, or is known never to come."""
        note = _server._receive_message(self._state, self._event.call, self._ways[0])

        def received(event: Any) -> Any:
            finished = note(event)
            with self._state.condition:
                self.request, self._state.request = self._state.request, None
            then(self)
            return finished

        with self._state.condition:
            self._event.call.start_server_batch((cygrpc.ReceiveMessageOperation(0),), received)
            self._state.due.add(_server._RECEIVE_MESSAGE_TOKEN)

    def answer(self) -> None:
        """Answer it in this thread."""
        read = self._read if self.request is None else lambda: self.request
        self._finish(self._behavior, read)

    def refuse(self, behavior: Behavior) -> None:
        """Let a behavior that looks at no request end it, without waiting for anything."""
        self._finish(behavior, lambda: b"")

    def cancel(self) -> None:
        """End it without an answer."""
        self._event.call.cancel()

    def forget(self) -> None:
        """Note that there is nothing to do for it any more."""
        self.done.set_result(None)

    def _finish(self, behavior: Behavior, read: Callable[[], Any]) -> None:
        try:
            self._run(self._answer, self._event, self._state, behavior, read, *self._ways)
        finally:
            self.forget()
