"""Many accounts are settled in one transaction, each as if it were alone."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from random import Random

import pytest

from scorewright.storage.account_index import Accounts, AccountVersion
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.action_state import ActionState
from scorewright.storage.change_log import Changes
from scorewright.storage.database import Database
from scorewright.storage.database_errors import BehindError, OutdatedError
from scorewright.storage.event_log import Events, StoredEvent
from scorewright.storage.reconciliation import Due, Settlement
from tests.service.storage.conftest import Opener
from tests.service.storage.reader import follow

RULEBOOKS = ("bant_20", "client_health_100")


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


def settlements(
    accounts: Iterable[str], moment: int, actions: Iterable[str] = ("call", "mail"), seq: int = 1
) -> list[Settlement]:
    """Settle accounts by two rulebooks."""
    return [
        Settlement(
            account,
            rulebook,
            moment,
            tuple(
                Due(action, f"{action} {account} {moment}", (rulebook,), {"do": action}) for action in actions
            ),
            seq,
        )
        for account in accounts
        for rulebook in RULEBOOKS
    ]


def record(database: Database, accounts: Iterable[str], id: str = "1") -> None:
    Events(database).record([StoredEvent(account, id, "call", 1, {}) for account in accounts])


def told(found: Iterable[list[ActionState] | BehindError]) -> list[list[tuple[str, str]] | int]:
    """Give what became of each: its actions with their states, or up to when it was settled already."""
    became: list[list[tuple[str, str]] | int] = []
    for each in found:
        if isinstance(each, list):
            became.append([(one.action, one.how.value) for one in each])
        else:
            assert isinstance(each, OutdatedError)
            became.append(each.settled)
    return became


def test_each_of_many_opens_repeats_and_resolves_as_if_it_were_alone(
    ledger: Ledger, database: Database
) -> None:
    ledger.settle_all(settlements("b", 5, ["call", "old"]))
    steps = [settlements("cab", 10), settlements("ba", 20, ["mail", "write"]), settlements("abc", 30, [])]
    assert [told(ledger.settle_all(step)) for step in steps] == [
        [[("call", "opened"), ("mail", "opened")]] * 4
        + [[("call", "repeated"), ("mail", "opened"), ("old", "resolved")]] * 2,
        [[("mail", "repeated"), ("write", "opened"), ("call", "resolved")]] * 4,
        [[("mail", "resolved"), ("write", "resolved")]] * 4
        + [[("call", "resolved"), ("mail", "resolved")]] * 2,
    ]
    changes = Changes(database).after(0, 100)
    assert [change.cursor for change in changes] == list(range(1, len(changes) + 1))
    cursors = {change.key: change.cursor for change in changes if change.how == "opened"}
    for account in "abc":
        assert ledger.open_actions(account) == []
        for standing in ledger.standing(account, RULEBOOKS[1]):
            assert (standing.rulebook, standing.causes) == (RULEBOOKS[1], (RULEBOOKS[1],))
            assert standing.cursor == cursors[standing.key]


def test_one_that_is_outdated_changes_nothing_and_holds_up_no_other(
    ledger: Ledger, database: Database
) -> None:
    record(database, "abc")
    ledger.settle("b", RULEBOOKS[1], 50, [Due("ring", "k", (), {})])
    seen = Accounts(database).changed(9)
    opened = [("call", "opened"), ("mail", "opened")]
    assert told(ledger.settle_all(settlements("abc", 10), seen)) == [opened] * 3 + [50] + [opened] * 2
    assert [standing.action for standing in ledger.open_actions("b", RULEBOOKS[1])] == ["ring"]
    # It is the one that stays to be evaluated.
    assert Accounts(database).changed(9) == [AccountVersion("b", 1)]


def test_one_that_saw_fewer_events_is_outdated_among_others(ledger: Ledger) -> None:
    ledger.settle("b", RULEBOOKS[0], 10, [], seq=7)
    assert told(ledger.settle_all(settlements("abc", 20, []))) == [[], [], 10, [], [], []]


def test_accounts_count_as_evaluated_by_what_was_seen(ledger: Ledger, database: Database) -> None:
    record(database, "ab")
    seen = Accounts(database).changed(9)
    record(database, "b", "2")
    ledger.settle_all(settlements("ab", 10), seen)
    assert Accounts(database).changed(9) == [AccountVersion("b", 2)]
    ledger.settle_all([], [AccountVersion("b", 2), AccountVersion("nobody", 1)])
    ledger.settle_all([], [AccountVersion("b", 1)])
    assert Accounts(database).changed(9) == []
    assert [account for account, _ in Accounts(database).after("", 9)] == ["a", "b"]


def test_what_fails_at_the_end_leaves_nothing_of_any(
    ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(database, "ab")
    seen = Accounts(database).changed(9)

    def fail(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr("scorewright.storage.action_ledger.append", fail)
        with pytest.raises(InterruptedError):
            ledger.settle_all(settlements("ab", 10), seen)
    assert [ledger.open_actions(account) for account in "ab"] == [[], []]
    assert (Accounts(database).changed(9), Changes(database).last()) == (seen, 0)
    assert told(ledger.settle_all(settlements("ab", 9, ["call"]), seen)) == [[("call", "opened")]] * 4


def test_an_account_is_not_settled_twice_at_once(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="settled twice"):
        ledger.settle_all([*settlements("ab", 10), *settlements("a", 11)])


def test_many_who_settle_the_same_accounts_wait_for_each_other_and_no_cursor_is_missed(
    opener: Opener,
) -> None:
    """In any order, beside those who settle one account or record events; a reader sees every change once."""
    names, databases = [f"a{number:02}" for number in range(30)], [opener() for _ in range(3)]
    record(databases[0], names)
    writing = threading.Event()
    changes = Changes(opener())

    def group(number: int) -> None:
        chance, ledger = Random(number), Ledger(databases[number % 3])
        for moment in range(1, 9):
            some = chance.sample(names, 20)
            ledger.settle_all(
                settlements(some, moment, [f"act {moment}"]), [AccountVersion(each, 1) for each in some]
            )

    def one(number: int) -> None:
        ledger, events = Ledger(databases[number % 3]), Events(databases[number % 3])
        for moment in range(1, 9):
            for name in Random(number).sample(names, 3):
                ledger.settle_all(settlements([name], moment, [f"act {moment}"])[:1])
            events.record([StoredEvent(name, f"{number} {moment}", "call", 1, {}) for name in names])

    with ThreadPoolExecutor(7) as pool:
        reading = pool.submit(follow, changes, writing, 50)
        working = [pool.submit(work, number) for number in range(3) for work in (group, one)]
        wait(working)
        writing.set()
        for each in working:
            each.result()
        seen = reading.result()
    every = changes.after(0, 10_000)
    seen += [change.cursor for change in changes.after(seen[-1], 10_000)]
    assert seen == [change.cursor for change in every] == list(range(1, len(every) + 1))
    opened = [(each.account, each.rulebook, each.action) for each in every if each.how == "opened"]
    assert len(opened) == len(set(opened))
