"""This server among all that share its database: what it serves, that it lives, what it does for all."""

import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from scorewright.catalog import ServedRulebook
from scorewright.program.fact import Moment
from scorewright.runtime import LOGGER, line
from scorewright.storage import Database, clock_of, leases, succession
from scorewright.storage import served_versions as editions
from scorewright.storage.served_versions import GO_BACK, ServedVersion, SettlingVersion

BEAT_SECONDS: Final = 5.0
"""How often a server says that it lives."""

LEASE_SECONDS: Final = 15.0
"""After so long without a word a server counts as gone, and another does what it did for all."""

PAGE: Final = 100
"""The most accounts whose actions are resolved or carried over in one transaction."""

_LEASE = "sweep"
_MICROS = 1_000_000


def edition_of(book: ServedRulebook) -> ServedVersion:
    """Return what a rulebook is known by to the servers that share a database."""
    program, header = book.program, book.loaded.document.rulebook.rulebook
    return ServedVersion(program.id, program.version, program.digest, tuple(header.formerly))


class Fleet:
    """Take part in a fleet; safe to ask from any thread, and driven by one."""

    def __init__(
        self, database: Database, served: Iterable[ServedVersion], changed: Callable[[], None]
    ) -> None:
        self._database = database
        self._served = tuple(served)
        self._changed = changed
        self._holder = secrets.token_hex(8)
        self._started: Moment | None = None
        self._next_beat = 0.0
        self._leads_until = 0.0
        self._instead: Mapping[str, SettlingVersion] = {}
        self._renamed = [edition for edition in self._served if edition.formerly]

    @property
    def leads(self) -> bool:
        """Return whether this server sweeps, and tidies up, for the whole fleet."""
        return time.monotonic() < self._leads_until

    def instead(self, rulebook: str) -> SettlingVersion | None:
        """Return the edition that settles accounts in the place of the one served here, if another does."""
        return self._instead.get(rulebook)

    def beat(self, *, leading: bool) -> bool:
        """Record, where it is time, that this server lives, and return whether it did; `leading` wants to."""
        begun = time.monotonic()
        if begun < self._next_beat:
            return False
        if self._started is None:
            with self._database.writing() as connection:
                self._started = editions.register(connection, self._served)
        with self._database.writing() as connection:
            now = clock_of(connection)
            until = now + round(_MICROS * LEASE_SECONDS)
            if not editions.breathe(connection, self._served, until):
                self._started = None  # it was silent for so long that it was forgotten; it begins anew
                return False
            instead = editions.standing_back(connection, self._served)
            leads = leading and leases.take(
                connection, _LEASE, self._holder, now, round(_MICROS * LEASE_SECONDS), yields=bool(instead)
            )
        # By its own clock it stops before the lease ends.
        self._leads_until = begun + LEASE_SECONDS - BEAT_SECONDS if leads else 0.0
        self._next_beat = begun + BEAT_SECONDS
        self._tell(instead)
        return True

    def leave(self) -> None:
        """Let another server have the lease at once."""
        if self.leads:
            self._leads_until = 0.0
            with self._database.writing() as connection:
                leases.give_back(connection, _LEASE, self._holder, clock_of(connection))

    def tidy(self, moment: Moment) -> bool:
        """Resolve a page of what rulebooks left open that nobody serves any more, or carry it over.

        Tells whether there may be more. Only who leads does it, so that it is done once.
        """
        return self.leads and (self._carry(moment) or self._resolve(moment))

    def _carry(self, moment: Moment) -> bool:
        while self._renamed:
            edition = self._renamed[0]
            with self._database.writing() as connection:
                former = editions.hold(connection, [edition]).succeeds.get(edition.rulebook, ())
                accounts = succession.left_open(connection, former, PAGE)
                if accounts:
                    succession.carry(connection, edition.rulebook, former, accounts, moment)
            if accounts:
                self._changed()
                return True
            self._renamed.pop(0)  # who served it stands back, and opens nothing more
        return False

    def _resolve(self, moment: Moment) -> bool:
        served = {edition.rulebook for edition in self._served}
        started = self._started or 0
        with self._database.reading() as connection:
            found = editions.gone(connection, served, started, clock_of(connection))
        for rulebook in found:
            with self._database.writing() as connection:
                accounts = succession.left_open(connection, [rulebook], PAGE)
                if accounts:
                    succession.resolve(connection, rulebook, accounts, moment)
                else:
                    editions.forget(connection, rulebook)
            if accounts:
                self._changed()
                return True
            LOGGER.info(line("rulebook_gone", rulebook=rulebook))
        return False

    def _tell(self, instead: Mapping[str, SettlingVersion]) -> None:
        """Log once that another edition settles, and once that this one does again."""
        before, self._instead = self._instead, instead
        for edition in self._served:
            other = instead.get(edition.rulebook)
            if other == before.get(edition.rulebook):
                continue
            mine = {"rulebook": edition.rulebook, "version": edition.version, "digest": edition.digest[:12]}
            if other is None:
                LOGGER.info(line("settles_again", **mine))
            else:
                by = {"by": other.rulebook, "by_version": other.version, "by_digest": other.digest[:12]}
                LOGGER.warning(line("settles_no_more", **mine, **by, help=GO_BACK))
