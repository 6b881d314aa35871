"""A pool of processes that fire rules: a crash is a failed call, not a dead server.

A worker has one call at a time. Where it ends in the middle of one, or does not answer in time, that call
fails with EngineUnavailableError, and a new worker takes its place; no other call notices.
"""

import json
import os
import select
import signal
import sys
import weakref
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import LifoQueue
from subprocess import PIPE, Popen
from threading import Lock
from time import monotonic
from typing import Final

from scorewright.engines.engine_errors import (
    EngineFailedError,
    EngineNotInstalledError,
    EngineUnavailableError,
)

ENGINE: Final = "durable"
COMMAND: Final = (
    sys.executable,
    "-P",
    "-c",
    "from scorewright.engines.durable.worker_process import main; main()",
)
PATIENCE: Final = 10.0
"""Seconds that a call waits for its worker: a firing takes less than a hundredth of one."""

Step = tuple[str, Sequence[str] | Sequence[Sequence[str]]]
"""`fire` and written facts, or `first` and several lots of them."""


class Workers:
    """Processes that share the rules given to `open`; safe to use from many threads."""

    def __init__(self, size: int = 2, patience: float = PATIENCE) -> None:
        self._keys = count(1)
        self._rules: dict[int, str] = {}
        self._workers = tuple(_Worker(patience) for _ in range(size))
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._finalizer = weakref.finalize(self, _end, self._workers)

    def open(self, rules: str) -> "RemoteRules":
        """Take rules that can be fired from now on; they are tried at once."""
        key = next(self._keys)
        self._rules[key] = rules
        remote = RemoteRules(self, key)
        remote.fire(())
        return remote

    def ask(self, key: int, step: Step) -> list[str]:
        """Fire the rules of a key in any worker that is free."""
        worker = self._idle.get()
        try:
            return worker.ask(key, step, self._rules)
        finally:
            self._idle.put(worker)

    def forget(self, key: int) -> None:
        """Let rules go; each worker frees them when it is next asked."""
        self._rules.pop(key, None)

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the processes."""
        return tuple(worker.pid for worker in self._workers)

    def close(self) -> None:
        """End the processes; closing twice does nothing."""
        self._finalizer()


class RemoteRules:
    """Rules that fire in a worker."""

    def __init__(self, workers: Workers, key: int) -> None:
        self._workers = workers
        self._key = key
        self._finalizer = weakref.finalize(self, workers.forget, key)

    def fire(self, facts: Iterable[str]) -> list[str]:
        """Return what fires for the written facts."""
        return self._workers.ask(self._key, ("fire", list(facts)))

    def first(self, firings: Sequence[Sequence[str]]) -> list[str]:
        """Return what fires first for each of several lots of written facts, where anything does."""
        return self._workers.ask(self._key, ("first", firings))

    def close(self) -> None:
        """Let the rules go."""
        self._finalizer()


class _Worker:
    """One process, and the next one where it ended; one call at a time."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._lock = Lock()
        self._closed = False
        self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, key: int, step: Step, rules: Mapping[int, str]) -> list[str]:
        if self._process.poll() is not None:
            # It ended while nobody waited for it: nothing is lost.
            self._replace()
        try:
            return self._ask(key, step, rules)
        except EngineUnavailableError:
            self._replace()
            raise

    def end(self) -> None:
        """End the process for good."""
        with self._lock:
            self._closed = True
            self._stop()

    def _start(self) -> None:
        root = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": path}
        self._opened: set[int] = set()
        self._process = Popen(COMMAND, stdin=PIPE, stdout=PIPE, env=environment)  # noqa: S603  # a constant
        self._poll = select.poll()
        self._poll.register(self._output, select.POLLIN)

    @property
    def _output(self) -> int:
        assert self._process.stdout is not None  # INVARIANT: it was started with pipes
        return self._process.stdout.fileno()

    def _replace(self) -> None:
        with self._lock:
            if self._closed:
                raise EngineUnavailableError(ENGINE, "the workers are closed")
            self._stop()
            self._start()

    def _stop(self) -> None:
        self._process.kill()
        # Leaving the block closes the pipes and waits for the process.
        with suppress(BrokenPipeError), self._process:
            pass

    def _ask(self, key: int, step: Step, rules: Mapping[int, str]) -> list[str]:
        if key not in rules:
            raise EngineFailedError(ENGINE, "the rules are closed")
        verb, facts = step
        stale = self._opened - rules.keys()
        steps: list[tuple[object, ...]] = [("close", old) for old in stale]
        steps += [] if key in self._opened else [("open", key, rules[key])]
        answer = self._exchange(json.dumps([*steps, (verb, key, facts)]).encode("ascii"))
        self._opened -= {*stale, key}
        match json.loads(answer):
            case ["fired", list(fired)]:
                self._opened.add(key)
                return fired
            case ["missing"]:
                raise EngineNotInstalledError(ENGINE)
            case [_, why]:
                raise EngineFailedError(ENGINE, str(why))
        raise EngineFailedError(ENGINE, "a worker gave no answer that can be read")

    def _exchange(self, request: bytes) -> bytes:
        assert self._process.stdin is not None  # INVARIANT: it was started with pipes
        try:
            self._process.stdin.write(request + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None
        found = b""
        until = monotonic() + self._patience
        while not found.endswith(b"\n"):
            if not self._poll.poll(max(0.0, until - monotonic()) * 1_000):
                raise EngineUnavailableError(ENGINE, f"a worker did not answer in {self._patience:g} seconds")
            part = os.read(self._output, 1 << 16)
            if not part:
                raise self._ended()
            found += part
        return found

    def _ended(self) -> EngineUnavailableError:
        code = self._process.wait()
        how = f"by {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
        return EngineUnavailableError(ENGINE, f"a worker ended {how} during a call")


def _end(workers: Iterable[_Worker]) -> None:
    for worker in workers:
        worker.end()
