"""Which accounts there are, and which have events that nobody evaluated yet."""

import pytest

from scorewright.storage.account_index import Accounts, AccountVersion
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.database import Database
from scorewright.storage.event_log import Events, StoredEvent


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


def record(database: Database, *ids: str, event: str = "1") -> None:
    Events(database).record([StoredEvent(id, event, "call", 1, {}) for id in ids])


def evaluated(database: Database, account: str, seq: int) -> None:
    Ledger(database).settle_all([], [AccountVersion(account, seq)])


def test_accounts_come_in_order_page_by_page(database: Database, accounts: Accounts) -> None:
    ids = ["b", "B", "a", "Ä", "_", "😀", "\uffff", "10", "9"]
    record(database, *ids)
    found: list[str] = []
    while page := accounts.after(found[-1] if found else "", 2):
        found += [account for account, _ in page]
    assert found == sorted(ids)


def test_recording_marks_its_accounts_as_changed_until_they_are_evaluated(
    database: Database, accounts: Accounts
) -> None:
    record(database, "a", "b")
    assert accounts.changed(10) == [AccountVersion("a", 1), AccountVersion("b", 1)]
    evaluated(database, "a", 1)
    assert accounts.changed(10) == [AccountVersion("b", 1)]
    record(database, "a", event="2")
    assert accounts.changed(10) == [AccountVersion("a", 2), AccountVersion("b", 1)]
    assert [accounts.seq(account) for account in ("a", "b", "nobody")] == [2, 1, 0]


def test_what_was_recorded_during_an_evaluation_stays_to_be_done(
    database: Database, accounts: Accounts
) -> None:
    record(database, "a")
    [(account, seq)] = accounts.changed(10)
    record(database, "a", event="2")
    evaluated(database, account, seq)
    assert accounts.changed(10) == [AccountVersion("a", 2)]
    evaluated(database, "a", 2)
    evaluated(database, "a", 1)
    assert accounts.changed(10) == []


def test_duplicates_conflicts_and_refused_events_change_no_account(
    database: Database, accounts: Accounts
) -> None:
    record(database, "a")
    evaluated(database, "a", 1)
    sent = [
        StoredEvent("a", "1", "call", 1, {}),
        StoredEvent("a", "1", "call", 2, {}),
        StoredEvent("b", "", "call", 1, {}),
    ]
    Events(database).record(sent)
    assert accounts.changed(10) == []
    assert accounts.after("", 10) == [AccountVersion("a", 1)]


def test_changed_accounts_are_found_by_another_server(database: Database, url: str) -> None:
    record(database, "a")
    other = Database(url)
    assert Accounts(other).changed(10) == [AccountVersion("a", 1)]
    other.close()


def test_changed_accounts_come_page_by_page(database: Database, accounts: Accounts) -> None:
    record(database, "a", "b", "c")
    assert accounts.changed(2) == [AccountVersion("a", 1), AccountVersion("b", 1)]
    assert accounts.changed(2, after="b") == [AccountVersion("c", 1)]


def test_an_account_without_events_is_not_listed(database: Database, accounts: Accounts) -> None:
    Ledger(database).settle("a", "bant_20", 1, [])
    assert accounts.after("", 10) == []
    evaluated(database, "nobody", 5)
    assert accounts.changed(10) == []
