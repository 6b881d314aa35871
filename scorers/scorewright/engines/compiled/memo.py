"""What was worked out once and may be wanted again."""

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memo(dict[K, V]):
    """A table that works out what it does not hold, and lets everything go when it is full.

    Letting everything go costs a new start now and then, and no bookkeeping on every look-up. Safe to share
    between threads: two of them may work out the same thing, and either result stands.
    """

    __slots__ = ("_make", "_most")

    def __init__(self, make: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: K) -> V:
        value = self._make(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
