"""Wakes threads that wait for something to change; whatever was missed shows at the next look."""

import threading


class Notifier:
    """Ring, and wait for rings; safe to share between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings = 0
        self._closed = False

    @property
    def rings(self) -> int:
        """Return how often it has rung; to be read before a look, and given to `wait` after it."""
        return self._rings

    @property
    def closed(self) -> bool:
        """Return whether nobody should wait any more."""
        return self._closed

    def ring(self) -> None:
        """Wake all who wait."""
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Wake all who wait, for the last time."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def sleep(self, seconds: float) -> bool:
        """Wait so long, however often it rings; False once it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)
            return not self._closed

    def wait(self, heard: int, seconds: float | None = None) -> bool:
        """Wait until it rings after what was heard, at most so long; False once it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._rings > heard, seconds)
            return not self._closed
