"""Turns at something that one at a time may use: whoever has waited longest is next."""

import threading
import time
from collections import deque
from typing import Final

from scorewright.storage.wait_limits import WaitLimit

_LOOK: Final = 0.5  # seconds between two looks whether anybody waits still


class FairLock:
    """Give turns in the order in which they were asked for.

    A semaphore of Python gives none: who lets go of it and asks again at once has it before those who wait
    are awake, and does so for as long as it likes.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def take(self, patience: WaitLimit) -> bool:
        """Wait for a turn, and tell whether it came before patience was at its end."""
        mine = threading.Event()
        with self._guard:
            if not self._taken and not patience.over:
                self._taken = True
                return True
            self._waiting.append(mine)
        until = time.monotonic() + patience.seconds
        while not patience.over and (left := until - time.monotonic()) > 0:
            if mine.wait(min(left, _LOOK)):
                return True
        return not self._leave(mine)

    def give(self) -> None:
        """End a turn; the next begins."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    def _leave(self, mine: threading.Event) -> bool:
        """Wait no longer, and tell whether it was left: a turn may have come just now."""
        with self._guard:
            if mine.is_set():
                return False
            self._waiting.remove(mine)
            return True
