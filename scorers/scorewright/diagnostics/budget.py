"""A limit on work, counted and not timed: what is said of a hostile rulebook ends, and is always the same."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

STEPS: Final = 3_000_000
"""The work that one kind of looking at a text may do: under a second."""

LOOKED: Final = 256
"""How many things are gone through between two looks at whether somebody waits."""

T = TypeVar("T")
Stopped = Callable[[], bool]
"""Tells whether nobody waits for the work any more."""


class StoppedError(Exception):
    """Nobody waits for this work any more; what was found by then is of no use."""


def never() -> bool:
    """Return False: somebody waits for the end, however long it takes."""
    return False


class Budget:
    """So much work, in steps of roughly a tenth of a microsecond, for somebody who may stop waiting."""

    def __init__(self, steps: int = STEPS, stopped: Stopped = never) -> None:
        self._left = self._whole = steps
        self._stopped = stopped

    def spend(self, steps: int) -> bool:
        """Take steps from the budget, or tell that they are not there; a refusal takes nothing."""
        self.look()
        if steps > self._left:
            return False
        self._left -= steps
        return True

    def look(self) -> None:
        """Raise StoppedError if nobody waits any more."""
        if self._stopped():
            raise StoppedError

    def each(self, items: Iterable[T]) -> Iterator[T]:
        """Go through many items, and look from time to time whether anybody waits."""
        for index, item in enumerate(items):
            if index % LOOKED == 0:
                self.look()
            yield item

    def again(self) -> "Budget":
        """Return as much work as this was at first, for the same one who waits."""
        return Budget(self._whole, self._stopped)
