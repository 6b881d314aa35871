"""The log of changes: pages, filters, and cursors that whoever reads can rely on while others write."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from scorewright.storage.action_ledger import Ledger
from scorewright.storage.change_log import Changes, take
from scorewright.storage.database import Database
from scorewright.storage.reconciliation import Due
from tests.service.storage.conftest import Opener
from tests.service.storage.reader import follow


def flip(ledger: Ledger, account: str, rulebook: str, times: int) -> None:
    """Make two changes at every other moment: an action opens, and then resolves while another opens."""
    for moment in range(times):
        ledger.settle(account, rulebook, moment, [Due(f"action {moment}", f"{account} {moment}", (), {})])


def test_changes_come_page_by_page_in_order(database: Database) -> None:
    flip(Ledger(database), "a", "r", 4)
    changes = Changes(database)
    pages = [[change.cursor for change in changes.after(cursor, 3)] for cursor in (0, 3, 6, 7)]
    assert pages == [[1, 2, 3], [4, 5, 6], [7], []]


def test_changes_are_those_of_the_accounts_and_rulebooks_asked_for(database: Database) -> None:
    ledger, changes = Ledger(database), Changes(database)
    for account in ("a", "b", "c"):
        for rulebook in ("r", "s"):
            flip(ledger, account, rulebook, 1)

    def cursors(accounts: list[str], rulebooks: list[str]) -> list[int]:
        return [change.cursor for change in changes.after(0, 9, accounts, rulebooks)]

    assert cursors([], []) == [1, 2, 3, 4, 5, 6]
    assert cursors(["a", "c"], []) == [1, 2, 5, 6]
    assert cursors([], ["s"]) == [2, 4, 6]
    assert cursors(["b", "c"], ["s"]) == [4, 6]
    assert cursors(["nobody"], []) == []
    assert [change.cursor for change in changes.after(4, 1, [], ["s"])] == [6]


def test_the_last_cursor_is_where_a_reader_begins_who_wants_what_is_new(database: Database) -> None:
    ledger, changes = Ledger(database), Changes(database)
    assert changes.last() == 0
    flip(ledger, "a", "r", 1)
    last = changes.last()
    assert changes.after(last, 9) == []
    ledger.settle("a", "r", 9, [])
    assert [change.cursor for change in changes.after(last, 9)] == [2]


def test_a_reader_misses_no_change_while_many_write(opener: Opener) -> None:
    """Whoever goes on after the highest cursor that it saw gets every change, each once and without a gap."""
    servers = [Ledger(opener()) for _ in range(3)]
    changes, writing = Changes(opener()), threading.Event()
    with ThreadPoolExecutor(7) as pool:
        reading = pool.submit(follow, changes, writing, 5)
        written = [pool.submit(flip, servers[number % 3], f"a{number}", "r", 12) for number in range(6)]
        for each in written:
            each.result()
        writing.set()
        seen = reading.result()
        seen += [change.cursor for change in changes.after(seen[-1], 1_000)]
    assert seen == list(range(1, 6 * 23 + 1))


def test_a_transaction_that_is_undone_leaves_no_gap(database: Database) -> None:
    ledger, changes = Ledger(database), Changes(database)

    def give_up() -> None:
        with database.writing() as connection:
            assert take(connection, 2) == [2, 3]
            raise InterruptedError

    flip(ledger, "a", "r", 1)
    with pytest.raises(InterruptedError):
        give_up()
    flip(ledger, "b", "r", 1)
    assert [change.cursor for change in changes.after(0, 10)] == [1, 2]
