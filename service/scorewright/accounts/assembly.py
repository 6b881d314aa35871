"""Everything behind the signal service, put together: the database, its readers and the threads over it."""

from collections.abc import Callable
from dataclasses import dataclass

from scorewright.accounts.action_feed import ActionFeed
from scorewright.accounts.evaluator import Evaluator
from scorewright.accounts.event_recorder import EventRecorder
from scorewright.accounts.fleet import Fleet, edition_of
from scorewright.accounts.notifier import Notifier
from scorewright.accounts.reconciler import Reconciler
from scorewright.accounts.scheduler import Scheduler
from scorewright.catalog import Catalog, all_kinds
from scorewright.requests import AccountRequests
from scorewright.runtime import LOGGER, Settings, line
from scorewright.storage import Repositories


@dataclass(frozen=True, slots=True)
class AccountRuntime:
    """What the methods of the service use; `recorded` is rung when there are accounts to evaluate."""

    kept: Repositories
    asking: AccountRequests
    evaluator: Evaluator
    recorder: EventRecorder
    reconciler: Reconciler
    fleet: Fleet
    watching: ActionFeed
    background: Scheduler
    recorded: Notifier
    changed: Notifier

    @classmethod
    def over(
        cls, kept: Repositories, store: Catalog, settings: Settings, well: Callable[[bool], None]
    ) -> "AccountRuntime":
        """Put it together over a database; `well` hears whether that is there."""
        recorded, changed = Notifier(), Notifier()
        kinds = all_kinds(book.program for book in store)
        evaluator = Evaluator(store, kept, settings.max_facts)
        reconciler = Reconciler(store, kept, evaluator, changed)
        fleet = Fleet(kept.database, map(edition_of, store), changed.ring)
        return cls(
            kept=kept,
            asking=AccountRequests(store, settings.max_rulebooks, settings.max_inputs),
            evaluator=evaluator,
            recorder=EventRecorder(kept.events, kinds, settings.max_inputs),
            reconciler=reconciler,
            fleet=fleet,
            watching=ActionFeed(kept.changes, changed, settings.stream_idle_seconds),
            background=Scheduler(
                kept,
                fleet,
                reconciler if settings.background else None,
                recorded,
                settings.sweep_seconds,
                well,
            ),
            recorded=recorded,
            changed=changed,
        )

    def start(self) -> None:
        """Start the threads."""
        for file in self.kept.database.exposed:
            mode = f"{file.stat().st_mode & 0o777:o}"
            LOGGER.warning(line("database_exposed", file=file, mode=mode, help="run chmod 600 on it"))
        self.watching.start()
        self.background.start()

    def stop(self) -> None:
        """End the watchers, and let nothing new be evaluated by itself."""
        self.watching.stop()
        self.background.stop()

    def finish(self, seconds: float) -> None:
        """Wait for what is being evaluated, at most so long; then whoever waits for the database gives up."""
        self.background.wait(seconds)
        self.kept.database.stop()

    def close(self) -> None:
        """Close the database, once nobody uses it any more."""
        self.watching.close()
        self.kept.database.close()
