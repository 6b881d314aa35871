"""Everything behind the signal service, put together: the database, its readers and the threads over it."""

from collections.abc import Callable
from dataclasses import dataclass

from scorewright.accounts.action_feed import Watching
from scorewright.accounts.evaluator import Evaluator
from scorewright.accounts.event_recorder import Recorder
from scorewright.accounts.fleet import Fleet, edition_of
from scorewright.accounts.notifier import Bell
from scorewright.accounts.reconciler import Settler
from scorewright.accounts.scheduler import Background
from scorewright.catalog.catalog import Store
from scorewright.catalog.fact_kinds import all_kinds
from scorewright.requests.account_question import AccountAsking
from scorewright.runtime.logs import LOGGER, line
from scorewright.runtime.settings import Settings
from scorewright.storage.repositories import Kept


@dataclass(frozen=True, slots=True)
class Signals:
    """What the methods of the service use; `recorded` is rung when there are accounts to evaluate."""

    kept: Kept
    asking: AccountAsking
    evaluator: Evaluator
    recorder: Recorder
    settler: Settler
    fleet: Fleet
    watching: Watching
    background: Background
    recorded: Bell
    changed: Bell

    @classmethod
    def over(cls, kept: Kept, store: Store, settings: Settings, well: Callable[[bool], None]) -> "Signals":
        """Put it together over a database; `well` hears whether that is there."""
        recorded, changed = Bell(), Bell()
        kinds = all_kinds(book.program for book in store)
        evaluator = Evaluator(store, kept, settings.max_facts)
        settler = Settler(store, kept, evaluator, changed)
        fleet = Fleet(kept.database, map(edition_of, store), changed.ring)
        return cls(
            kept=kept,
            asking=AccountAsking(store, settings.max_rulebooks, settings.max_inputs),
            evaluator=evaluator,
            recorder=Recorder(kept.events, kinds, settings.max_inputs),
            settler=settler,
            fleet=fleet,
            watching=Watching(kept.changes, changed, settings.stream_idle_seconds),
            background=Background(
                kept, fleet, settler if settings.background else None, recorded, settings.sweep_seconds, well
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
