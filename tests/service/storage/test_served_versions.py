"""Of a rulebook that is served in several forms, one settles; what it left goes on, or is resolved."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import ColumnElement, Connection, func, select, text

from scorewright.storage import leases, succession
from scorewright.storage import served_versions as editions
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.change_log import Changes
from scorewright.storage.database import Database
from scorewright.storage.database_errors import SupersededError
from scorewright.storage.reconciliation import Due, Settlement
from scorewright.storage.served_versions import MOST, ServedVersion, SettlingVersion
from scorewright.storage.tables import EDITIONS, SETTLED
from tests.service.accounts.events import until
from tests.service.storage.conftest import Opener
from tests.service.storage.postgres import Cluster


def edition(version: str, digest: str = "", rulebook: str = "quiet", *formerly: str) -> ServedVersion:
    return ServedVersion(rulebook, version, digest or version, formerly)


ABC = [edition("1.0.0", name, f"of {name}") for name in "abc"]


def register(database: Database, *served: ServedVersion) -> int:
    with database.writing() as connection:
        return editions.register(connection, served)


def instead(database: Database, *served: ServedVersion) -> dict[str, str]:
    """Give which digest settles in the place of these, by the ones that stand back."""
    found = {}
    for each in served:
        with database.reading() as connection:
            other = editions.standing_back(connection, [each]).get(each.rulebook)
        if other is not None:
            found[each.digest] = other.digest
    return found


def settle(ledger: Ledger, by: ServedVersion, moment: int, *actions: str, account: str = "acme") -> list[str]:
    due = tuple(Due(action, f"{by.digest} {action}", (), {"do": action}) for action in actions)
    told = ledger.settle_one(Settlement(account, by.rulebook, moment, due, edition=by))
    return [f"{standing.action} {standing.how.value}" for standing in told]


def told(database: Database) -> list[tuple[str, str, str, str]]:
    return [(c.account, c.rulebook, c.action, c.how.value) for c in Changes(database).after(0, 99)]


@pytest.mark.parametrize(
    ("seen", "settles"),
    [
        (["1.0.0", "1.1.0"], "1.1.0"),
        (["1.1.0", "1.0.0"], "1.1.0"),  # whichever comes first: to go back is a higher version
        (["1.9.0", "1.10.0"], "1.10.0"),  # by numbers, not by letters
        (["1.0.0 a", "1.0.0 b"], "1.0.0 b"),  # of one version the one seen later
        (["1.0.0 a", "1.0.0 b", "1.0.0 a"], "1.0.0 b"),  # which one that starts again is not
        (["1.0.0 a", "2.0.0", "1.0.0 b"], "2.0.0"),
    ],
)
def test_one_edition_settles(database: Database, seen: Sequence[str], settles: str) -> None:
    served = [edition(each.split()[0], each) for each in seen]
    for each in served:
        register(database, each)
    assert instead(database, *served) == {each: settles for each in seen if each != settles}
    ledger = Ledger(database)
    for each in served:
        if each.digest != settles:
            with pytest.raises(SupersededError, match=settles.split(maxsplit=1)[0]) as caught:
                settle(ledger, each, 1, "ring")
            assert (caught.value.by, caught.value.digest) == ("quiet", settles)
    by = next(each for each in served if each.digest == settles)
    assert settle(ledger, by, 1, "ring") == ["ring opened"]
    assert len(told(database)) == 1


def test_who_settles_without_having_said_so_is_registered_by_that(database: Database) -> None:
    old, new = edition("1.0.0"), edition("1.1.0")
    ledger = Ledger(database)
    assert settle(ledger, old, 1, "ring") == ["ring opened"]
    assert settle(ledger, new, 2, "ring") == ["ring repeated"]
    with pytest.raises(SupersededError):
        settle(ledger, old, 3)
    assert len(told(database)) == 1


def test_editions_of_other_rulebooks_hold_up_nothing(database: Database) -> None:
    old, other = edition("1.0.0"), edition("1.0.0", "o", "keen")
    register(database, old, other)
    register(database, edition("1.1.0"))
    ledger = Ledger(database)
    both = [
        Settlement("acme", each.rulebook, 1, (Due("ring", "k", (), {}),), edition=each)
        for each in (old, other)
    ]
    behind, settled = ledger.settle_all(both)
    assert isinstance(behind, SupersededError)
    assert isinstance(settled, list)
    assert told(database) == [("acme", "keen", "ring", "opened")]


def test_nobody_settles_by_an_old_edition_once_a_new_one_is_registered(opener: Opener) -> None:
    """Who settles holds the edition; who brings another one waits for that, and then is alone."""
    old, new = edition("1.0.0"), edition("1.1.0")
    here, there = opener(), opener()
    register(here, old)
    registered = threading.Event()
    kept: list[bool] = []

    def settle_on() -> None:
        ledger = Ledger(here)
        for number in range(1_000_000):
            was_registered = registered.is_set()
            try:
                settle(ledger, old, number + 1, "ring", account=f"a{number % 7}")
            except SupersededError:
                return
            kept.append(was_registered)

    with ThreadPoolExecutor(1) as pool:
        settling = pool.submit(settle_on)
        while not kept:
            pass
        register(there, new)
        registered.set()
        settling.result(60)
    assert not any(kept)


def test_what_a_former_rulebook_left_open_goes_on_as_its_own(database: Database) -> None:
    old, new = edition("1.2.0"), edition("1.3.0", "n", "silent", "quiet")
    ledger = Ledger(database)
    settle(ledger, old, 5, "ring", "write")
    register(database, new)
    assert instead(database, old, new) == {"1.2.0": "n"}
    # By its own settlement the account comes along, and nothing opens twice.
    assert settle(ledger, new, 6, "ring") == ["ring repeated", "write resolved"]
    [ring] = ledger.open_actions("acme")
    assert (ring.rulebook, ring.key, ring.opened) == ("silent", "1.2.0 ring", 5)
    assert told(database) == [
        ("acme", "quiet", "ring", "opened"),
        ("acme", "quiet", "write", "opened"),
        ("acme", "silent", "ring", "carried"),
        ("acme", "silent", "write", "carried"),
        ("acme", "silent", "write", "resolved"),
    ]
    with pytest.raises(SupersededError, match="silent"):
        settle(ledger, old, 7)


def test_what_both_have_open_is_resolved_under_the_former_id(database: Database) -> None:
    old, new = edition("1.2.0"), edition("1.3.0", "n", "silent", "quiet")
    ledger = Ledger(database)
    settle(ledger, old, 5, "ring")
    settle(ledger, edition("1.0.0", "before", "silent"), 5, "ring")
    assert settle(ledger, new, 6, "ring") == ["ring repeated"]
    assert told(database)[2:] == [("acme", "quiet", "ring", "resolved")]


def test_a_rulebook_that_is_called_as_before_again_settles_again(database: Database) -> None:
    old, new = edition("1.2.0"), edition("1.3.0", "n", "silent", "quiet")
    again = edition("1.4.0", "a", "quiet", "silent")
    for each in (old, new, again):
        register(database, each)
    assert instead(database, old, new, again) == {"1.2.0": "a", "n": "a"}


def test_an_evaluation_that_saw_less_than_the_former_rulebook_did_changes_nothing(database: Database) -> None:
    ledger = Ledger(database)
    settle(ledger, edition("1.2.0"), 9, "ring")
    new = edition("1.3.0", "n", "silent", "quiet")
    [found] = ledger.settle_all([Settlement("acme", "silent", 8, (), edition=new)])
    assert not isinstance(found, list)
    assert [each.rulebook for each in ledger.open_actions("acme")] == ["silent"]


class TestGone:
    """Who may say that a rulebook is gone."""

    def gone(self, database: Database, served: Sequence[str], started: int, now: int) -> list[str]:
        with database.reading() as connection:
            return editions.gone(connection, served, started, now)

    def test_what_nobody_serves_any_more_is_gone_for_who_started_later(self, database: Database) -> None:
        quiet = edition("1.0.0")
        register(database, quiet)
        with database.writing() as connection:
            assert editions.breathe(connection, [quiet], 2**60)
        started = register(database, edition("1.0.0", "k", "keen"))
        assert self.gone(database, ["keen"], started, 2**60) == []  # it lives
        assert self.gone(database, ["keen"], started, 2**60 + 1) == ["quiet"]
        assert self.gone(database, ["keen", "quiet"], started, 2**60 + 1) == []  # it is served here

    def test_an_older_server_never_says_so_of_what_is_new_to_it(self, database: Database) -> None:
        keen = edition("1.0.0", "k", "keen")
        older = register(database, keen)
        register(database, keen, edition("1.0.0"))
        assert self.gone(database, ["keen"], older, 2**62) == []
        assert self.gone(database, ["keen"], register(database, keen), 2**62) == ["quiet"]

    def test_what_was_renamed_is_not_gone_until_its_successor_is(self, database: Database) -> None:
        register(database, edition("1.0.0"))
        register(database, edition("1.1.0", "n", "silent", "quiet"))
        last = register(database, edition("1.0.0", "k", "keen"))
        assert self.gone(database, ["keen"], last, 2**62) == ["silent"]
        with database.writing() as connection:
            editions.forget(connection, "silent")
        assert self.gone(database, ["keen"], last, 2**62) == ["quiet"]

    def test_what_it_left_open_is_resolved_and_told(self, database: Database) -> None:
        ledger, quiet = Ledger(database), edition("1.0.0")
        for name in ("a", "b", "c"):
            settle(ledger, quiet, 5, "ring", "write", account=name)
        settle(ledger, edition("1.0.0", "k", "keen"), 5, "offer", account="a")
        with database.writing() as connection:
            assert succession.left_open(connection, ["quiet"], 2) == ["a", "b"]
            assert succession.resolve(connection, "quiet", ["a", "b"], 9) == 4
        assert [each.action for each in ledger.open_actions("a")] == ["offer"]
        assert ledger.open_actions("b") == []
        assert len(ledger.open_actions("c")) == 2
        last = Changes(database).after(0, 99)[-4:]
        assert {(change.how.value, change.moment) for change in last} == {("resolved", 9)}

    def test_nothing_is_resolved_before_it_was_last_settled(self, database: Database) -> None:
        settle(Ledger(database), edition("1.0.0"), 50, "ring")
        with database.writing() as connection:
            succession.resolve(connection, "quiet", ["acme"], 9)
        assert Changes(database).after(0, 9)[-1].moment == 50


def test_what_is_forgotten_makes_room_for_who_stood_back(database: Database) -> None:
    old, renamed = edition("1.0.0"), edition("1.1.0", "n", "silent", "quiet")
    register(database, old)
    register(database, renamed)
    assert instead(database, old) == {"1.0.0": "n"}
    with database.writing() as connection:
        editions.forget(connection, "silent")
    assert instead(database, old) == {}


def test_who_was_forgotten_is_told_so(database: Database) -> None:
    register(database, edition("1.0.0"))
    with database.writing() as connection:
        assert editions.breathe(connection, [edition("1.0.0")], 5)
        editions.forget(connection, "quiet")
        assert not editions.breathe(connection, [edition("1.0.0")], 5)


def test_servers_that_start_settle_and_live_at_once_never_wait_in_a_circle(opener: Opener) -> None:
    served = [edition("1.0.0", f"d{number}", f"r{number:02}") for number in range(20)]
    ways = (served, served[::-1], served[10:] + served[:10])

    def live(number: int) -> None:
        database, mine = opener(), ways[number % 3]
        for moment in range(1, 6):
            register(database, *mine)
            with database.writing() as connection:
                editions.breathe(connection, mine, moment)
            each = mine[moment]
            Ledger(database).settle_all([Settlement(f"a{number}", each.rulebook, moment, (), edition=each)])

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(live, range(3)))


def lies_backwards(database: Database) -> None:
    """Settle accounts and register editions so that they lie in the tables in no order of their keys."""
    for name in "cba":
        settle(Ledger(database), edition("1.0.0"), 5, "call", account=name)
        register(database, edition("1.0.0", name, f"of {name}"))


@pytest.mark.parametrize(
    ("column", "first", "take"),
    [
        (SETTLED.c.account, "a", lambda one: succession.resolve(one, "quiet", ["a", "b", "c"], 9)),
        (EDITIONS.c.rulebook, "of a", lambda one: editions.breathe(one, ABC, 9)),
        (EDITIONS.c.rulebook, "of a", lambda one: editions.hold(one, ABC)),
        (EDITIONS.c.rulebook, "of a", lambda one: editions.register(one, ABC)),
    ],
    ids=["resolve", "breathe", "hold", "register"],
)
def test_whoever_takes_rows_takes_them_in_one_order(
    postgres: Cluster, column: ColumnElement[str], first: str, take: Callable[[Connection], object]
) -> None:
    with Database(postgres.create(), patience=60) as database, ThreadPoolExecutor(1) as pool:
        lies_backwards(database)

        def taking() -> None:
            with database.writing() as connection:
                take(connection)

        rows = select(column).with_for_update(nowait=True)
        with database.writing() as other:
            other.execute(rows.where(column == first))
            waits = pool.submit(taking)
            until(lambda: waiting(database))
            # Nothing that comes after it is held while it waits.
            other.execute(rows.where(column > first, column <= "of c"))
        waits.result()


def waiting(database: Database) -> int:
    """Count who waits for what others hold."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with database.reading() as connection:
        return int(connection.execute(text(asked)).scalar_one())


def test_who_edits_again_and_again_leaves_so_many_editions(database: Database) -> None:
    for number in range(MOST + 5):
        register(database, edition("1.0.0", f"d{number}"))
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(EDITIONS)).scalar_one() == MOST
        assert editions.standing_back(connection, [edition("1.0.0", "d9")]) == {
            "quiet": SettlingVersion("quiet", "1.0.0", f"d{MOST + 4}")
        }


class TestLease:
    """One holder at a time."""

    def take(
        self, database: Database, holder: str, now: int, length: int = 10, *, yields: bool = False
    ) -> bool:
        with database.writing() as connection:
            return leases.take(connection, "sweep", holder, now, length, yields=yields)

    def test_it_is_held_renewed_and_taken_over_after_it_ends(self, database: Database) -> None:
        assert self.take(database, "a", 0)
        assert not self.take(database, "b", 9)
        assert self.take(database, "a", 9)
        assert not self.take(database, "b", 18)
        assert self.take(database, "b", 19)
        assert not self.take(database, "a", 20)

    def test_it_is_given_back_at_once(self, database: Database) -> None:
        assert self.take(database, "a", 0)
        with database.writing() as connection:
            leases.give_back(connection, "sweep", "b", 1)
        assert not self.take(database, "b", 1)
        with database.writing() as connection:
            leases.give_back(connection, "sweep", "a", 2)
        assert self.take(database, "b", 2)

    def test_who_yields_has_it_only_where_nobody_wants_it(self, database: Database) -> None:
        assert self.take(database, "a", 0)
        assert not self.take(database, "a", 5, yields=True)  # and gives it up
        assert not self.take(database, "a", 14, yields=True)
        assert self.take(database, "a", 15, yields=True)
        assert not self.take(database, "a", 20, yields=True)
        assert self.take(database, "b", 21)

    def test_of_many_at_once_one_has_it(self, opener: Opener) -> None:
        databases = [opener() for _ in range(6)]
        for database in databases:
            database.open()
        with ThreadPoolExecutor(6) as pool:
            took = list(pool.map(lambda n: self.take(databases[n], str(n), 1), range(6)))
        assert took.count(True) == 1


def test_sheets_of_a_clock_that_was_ahead_are_counted_and_set_back(database: Database) -> None:
    ledger = Ledger(database)
    for name, moment in (("a", 5), ("b", 500), ("c", 700)):
        settle(ledger, edition("1.0.0"), moment, "ring", account=name)
    assert ledger.ahead(10) == (2, 700)
    assert [ledger.set_back(10, 1) for _ in range(3)] == [1, 1, 0]
    assert ledger.ahead(10) == (0, 10)
    assert settle(ledger, edition("1.0.0"), 11, account="c") == ["ring resolved"]
    [ring] = ledger.open_actions("b")
    assert (ring.opened, ring.last) == (10, 10)
