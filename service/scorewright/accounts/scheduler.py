"""The thread that evaluates accounts by itself: those that changed, and from time to time all of them."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from scorewright.accounts.failure_causes import Causes
from scorewright.accounts.fleet import Fleet
from scorewright.accounts.notifier import Notifier
from scorewright.accounts.reconciler import GROUP, Reconciler
from scorewright.program.fact import time_text
from scorewright.requests import clock
from scorewright.runtime import LOGGER, broken, line
from scorewright.storage import DatabaseAwayError, Repositories, SchemaError

LOOK_SECONDS: Final = 1.0
"""How often it looks for events that other servers did not evaluate, and whether the database is there."""

LONGEST_WAIT: Final = 300.0
"""The longest time until an account that failed is tried again."""

TELL_SECONDS: Final = 60.0
"""The least time between two lines about accounts that changed and that a rulebook has no answer for."""

AHEAD: Final = 60_000_000
"""What is settled so many microseconds after now was settled by a clock that was ahead."""

_MOST_LATER = 10_000
_AHEAD_HELP: Final = "see that the clock of this machine is right, then call SweepAccounts with mend_clock"


class Scheduler:
    """Evaluate what changed, and from time to time all, until stopped; `well` hears how the database is.

    Without a settler it only looks whether the database is there.
    """

    def __init__(
        self,
        kept: Repositories,
        fleet: Fleet,
        reconciler: Reconciler | None,
        woken: Notifier,
        sweep_seconds: float,
        well: Callable[[bool], None],
    ) -> None:
        self._kept = kept
        self._fleet = fleet
        self._evaluates = reconciler is not None
        self._reconciler = reconciler if reconciler and reconciler.books else None
        self._woken = woken
        self._sweep_seconds = sweep_seconds
        self._next_sweep = time.monotonic() + sweep_seconds
        self._looked_ahead = False
        self._swept: str | None = None  # how far a sweep has come
        # Accounts that failed: when each is tried again, and how long that wait is.
        self._later: dict[str, tuple[float, float]] = {}
        self._changed_causes, self._tell_at = Causes(), 0.0
        self._swept_causes = Causes()
        self._well = well
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Let it end after the group of accounts that is being settled."""
        self._woken.close()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most so long."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        going = True
        while going:
            heard = self._woken.rings
            busy = self._look()
            going = not self._woken.closed if busy else self._woken.wait(heard, LOOK_SECONDS)
        with suppress(DatabaseAwayError, SchemaError):
            self._fleet.leave()

    def _look(self) -> bool:
        """Do a piece of what there is to do, and tell whether there may be more at once."""
        try:
            self._beat()
            busy = self._evaluate(self._reconciler) if self._reconciler else self._ask()
            busy |= self._fleet.tidy(clock())
        except (DatabaseAwayError, SchemaError) as error:
            self._note(error)
            return False
        except Exception as error:
            broken("background", error)
            return False
        self._note(None)
        return busy

    def _beat(self) -> None:
        first = not self._looked_ahead
        if self._fleet.beat(leading=self._evaluates) and first:
            self._look_ahead()

    def _look_ahead(self) -> None:
        """Warn of accounts that cannot be settled since a clock was ahead."""
        self._looked_ahead = True
        count, latest = self._kept.ledger.ahead(clock() + AHEAD)
        if count:
            LOGGER.warning(line("clock_was_ahead", sheets=count, latest=time_text(latest), help=_AHEAD_HELP))

    def _ask(self) -> bool:
        self._kept.changes.last()  # whether the database is there
        return False

    def _evaluate(self, reconciler: Reconciler) -> bool:
        busy = self._changed(reconciler)
        self._tell_changed()
        return busy | self._sweep(reconciler)

    def _tell_changed(self) -> None:
        """Log what has no answer, at once where nothing was said for long, and else all together later."""
        if self._changed_causes.any and time.monotonic() >= self._tell_at:
            self._changed_causes.tell()
            self._tell_at = time.monotonic() + TELL_SECONDS

    def _changed(self, reconciler: Reconciler) -> bool:
        after, busy = "", False
        while page := self._kept.accounts.changed(GROUP, after):
            if self._woken.closed:
                return False
            self._beat()
            due = [each for each in page if self._is_due(each.account)]
            found = reconciler.settle(due)
            self._changed_causes.join(found.causes)
            for each in due[: found.accounts]:
                self._note_account(each.account, again=each.account in found.later)
            busy |= found.accounts > len(found.later)
            after = found.last if found.accounts < len(due) else page[-1].account
        return busy

    def _is_due(self, account: str) -> bool:
        due, _ = self._later.get(account, (0.0, 0.0))
        return time.monotonic() >= due

    def _note_account(self, account: str, *, again: bool) -> None:
        """Remember when an account is tried again, or forget that it failed."""
        _, waited = self._later.pop(account, (0.0, 0.0))
        if again:
            wait = min(LONGEST_WAIT, 2 * waited or LOOK_SECONDS)
            if len(self._later) >= _MOST_LATER:
                self._later.clear()
            self._later[account] = (time.monotonic() + wait, wait)

    def _sweep(self, reconciler: Reconciler) -> bool:
        if not self._fleet.leads:
            return False  # another server does
        if self._swept is None:
            if not self._sweep_seconds or time.monotonic() < self._next_sweep:
                return False
            self._swept = ""
        found = reconciler.sweep(self._swept, GROUP)
        self._swept_causes.join(found.causes)
        if found.accounts:
            self._swept = found.last
            return True
        self._swept_causes.tell()
        LOGGER.info(line("swept"))
        self._look_ahead()
        self._swept, self._next_sweep = None, time.monotonic() + self._sweep_seconds
        return False

    def _note(self, error: DatabaseAwayError | SchemaError | None) -> None:
        """Log once that the database is away, and once that it is back."""
        trouble = str(error) if error else ""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        self._well(not trouble)
        if isinstance(error, SchemaError):
            LOGGER.error(line("database_unfit", database=error.database, why=error.why))
        elif error:
            LOGGER.warning(line("database_away", database=error.database, why=error.why))
        else:
            LOGGER.info(line("database_back"))
