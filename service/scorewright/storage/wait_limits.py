"""How long a database is waited for, and until when at all."""

import threading
from typing import Final

HANGS: Final = "it does not answer"
"""Why a database is away that took longer than there is patience."""

MOMENT: Final = 0.1
"""How often who waits looks whether anybody still does, in seconds."""


class WaitLimit:
    """What calls share that wait for one database: how long, and whether it is still worth it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._over = threading.Event()

    @property
    def statement(self) -> float:
        """Return the seconds that a statement may take; those that others hold it up are among them."""
        return 2 * self.seconds

    @property
    def over(self) -> bool:
        """Return whether nobody waits any more."""
        return self._over.is_set()

    def end(self) -> None:
        """Let all who wait give up, and who comes later as well."""
        self._over.set()
