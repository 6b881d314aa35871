"""The lifecycle of actions: they open once, repeat, resolve, and replays change nothing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from scorewright.storage.action_ledger import Ledger
from scorewright.storage.action_state import ActionState
from scorewright.storage.change_log import ActionChange, ActionChangeKind, Changes
from scorewright.storage.database import Database
from scorewright.storage.database_errors import OutdatedError
from scorewright.storage.reconciliation import Due
from tests.service.storage.conftest import Opener

A, R = "acme", "client_health_100"


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


def due(action: str, key: str = "", cause: str = "band:low", owner: str = "sam") -> Due:
    return Due(action, key or f"key of {action}", (cause,), {"do": action, "owner": owner})


def told(standings: list[ActionState]) -> list[tuple[str, str]]:
    return [(standing.action, standing.how.value) for standing in standings]


def test_an_action_opens_repeats_while_it_is_due_and_resolves_when_it_is_not(ledger: Ledger) -> None:
    assert told(ledger.settle(A, R, 10, [due("call"), due("mail")])) == [
        ("call", "opened"),
        ("mail", "opened"),
    ]
    assert told(ledger.settle(A, R, 20, [due("mail")])) == [("mail", "repeated"), ("call", "resolved")]
    assert told(ledger.settle(A, R, 30, [])) == [("mail", "resolved")]
    assert told(ledger.settle(A, R, 40, [])) == []
    assert ledger.open_actions(A) == []


def test_a_repeated_action_keeps_how_it_opened_and_tells_why_it_still_is(ledger: Ledger) -> None:
    ledger.settle(A, R, 10, [due("call", "first key")])
    [found] = ledger.settle(A, R, 20, [due("call", "other key", "trigger:dark", "kim")])
    shown = {"do": "call", "owner": "kim"}
    assert found == ActionState(1, A, R, "call", "first key", 10, 20, None, 1, ("trigger:dark",), shown)
    assert ledger.open_actions(A) == [found]


def test_a_resolved_action_says_when_it_was_last_due(ledger: Ledger) -> None:
    ledger.settle(A, R, 10, [due("call")])
    ledger.settle(A, R, 20, [due("call")])
    [found] = ledger.settle(A, R, 30, [])
    assert (found.opened, found.last, found.resolved, found.repeats) == (10, 20, 30, 1)
    assert ledger.standing(A, R) == [found]


def test_an_action_that_is_due_again_after_it_resolved_opens_anew_with_its_new_key(ledger: Ledger) -> None:
    ledger.settle(A, R, 10, [due("call", "first")])
    ledger.settle(A, R, 20, [])
    [found] = ledger.settle(A, R, 30, [due("call", "second")])
    assert (found.how, found.key, found.opened, found.repeats, found.cursor) == ("opened", "second", 30, 0, 3)


def test_the_same_key_may_open_twice(ledger: Ledger) -> None:
    for moment in (10, 20):
        ledger.settle(A, R, moment, [due("call", "same")])
        ledger.settle(A, R, moment + 5, [])
    assert told(ledger.settle(A, R, 30, [due("call", "same")])) == [("call", "opened")]


def test_settling_the_same_again_changes_only_the_count(ledger: Ledger, database: Database) -> None:
    [first] = ledger.settle(A, R, 10, [due("call")])
    again = [ledger.settle(A, R, 10, [due("call")])[0] for _ in range(3)]
    assert [found.repeats for found in again] == [1, 2, 3]
    assert {(found.key, found.opened, found.last, found.causes) for found in again} == {
        (first.key, first.opened, first.last, first.causes)
    }
    assert len(Changes(database).after(0, 10)) == 1


def test_an_older_moment_is_refused_and_changes_nothing(ledger: Ledger, database: Database) -> None:
    ledger.settle(A, R, 10, [due("call")])
    before = ledger.standing(A, R), Changes(database).after(0, 10)
    for actions in ([], [due("call")], [due("mail")]):
        with pytest.raises(OutdatedError) as caught:
            ledger.settle(A, R, 9, actions)
        assert (caught.value.account, caught.value.rulebook) == (A, R)
        assert (caught.value.moment, caught.value.settled) == (9, 10)
    assert (ledger.standing(A, R), Changes(database).after(0, 10)) == before
    assert told(ledger.settle(A, R, 10, [due("call")])) == [("call", "repeated")]


def test_an_older_moment_is_refused_even_where_nothing_was_due(ledger: Ledger) -> None:
    ledger.settle(A, R, 10, [])
    with pytest.raises(OutdatedError):
        ledger.settle(A, R, 9, [due("call")])


def test_an_evaluation_that_saw_fewer_events_never_undoes_one_that_saw_more(ledger: Ledger) -> None:
    ledger.settle(A, R, 10, [due("call")], seq=5)
    for moment in (10, 11):
        with pytest.raises(OutdatedError, match="with newer events already") as caught:
            ledger.settle(A, R, moment, [], seq=4)
        assert (caught.value.moment, caught.value.settled) == (moment, 10)
    with pytest.raises(OutdatedError, match="at a later moment already"):
        ledger.settle(A, R, 9, [], seq=6)
    assert told(ledger.settle(A, R, 10, [due("call")], seq=5)) == [("call", "repeated")]
    assert told(ledger.settle(A, R, 10, [], seq=6)) == [("call", "resolved")]


def test_accounts_and_rulebooks_are_settled_apart(ledger: Ledger) -> None:
    ledger.settle(A, R, 10, [due("call")])
    ledger.settle(A, "bant_20", 5, [due("call", "of bant")])
    ledger.settle("other", R, 5, [due("call")])
    ledger.settle("other", R, 6, [])
    assert [(found.rulebook, found.key) for found in ledger.open_actions(A)] == [
        (R, "key of call"),
        ("bant_20", "of bant"),
    ]
    assert [found.key for found in ledger.open_actions(A, "bant_20")] == ["of bant"]
    assert ledger.open_actions("other") == []
    assert told(ledger.standing("other", R)) == [("call", "resolved")]
    assert ledger.standing("nobody", R) == []


def test_the_standing_shows_each_action_as_it_stands_since_it_last_opened(ledger: Ledger) -> None:
    ledger.settle(A, R, 10, [due("call"), due("mail")])
    ledger.settle(A, R, 20, [])
    ledger.settle(A, R, 30, [due("call")])
    assert [(found.action, found.how, found.opened) for found in ledger.standing(A, R)] == [
        ("mail", "resolved", 10),
        ("call", "opened", 30),
    ]


def test_each_opening_and_resolving_is_one_change_as_it_was_then(ledger: Ledger, database: Database) -> None:
    ledger.settle(A, R, 10, [due("call"), due("mail")])
    ledger.settle(A, R, 20, [due("call", "other key", "trigger:dark", "kim")])
    ledger.settle(A, R, 30, [])

    def change(cursor: int, action: str, how: str, moment: int, cause: str, owner: str) -> ActionChange:
        shown = {"do": action, "owner": owner}
        return ActionChange(
            cursor, A, R, action, f"key of {action}", ActionChangeKind(how), moment, (cause,), shown
        )

    assert Changes(database).after(0, 10) == [
        change(1, "call", "opened", 10, "band:low", "sam"),
        change(2, "mail", "opened", 10, "band:low", "sam"),
        change(3, "mail", "resolved", 20, "band:low", "sam"),
        change(4, "call", "resolved", 30, "trigger:dark", "kim"),
    ]


def test_what_an_action_shows_comes_back_exactly(ledger: Ledger) -> None:
    shown = {"do": "Ring Zoë\0", "priority": 1, "share": Decimal("0.1"), "due": None, "tags": ["a", {}]}
    ledger.settle(A, R, 10, [Due("call", "k", ("a", "ü 😀"), shown)])
    [found] = ledger.open_actions(A)
    assert (found.causes, found.shown) == (("a", "ü 😀"), shown)


@pytest.mark.parametrize(
    ("account", "actions", "why"),
    [
        (A, [due("call"), due("call")], "an action is due twice"),
        ("", [], "account is empty"),
        ("a" * 501, [], "account has 501 characters"),
        (A, [due("call\0")], "action holds a NUL"),
        (A, [due("call", "k" * 501)], "key has 501 characters"),
        (A, [Due("call", "k", (), {"x": "a" * 70_000})], "at most 65536"),
    ],
)
def test_what_no_database_could_keep_is_refused_before_it_is_asked(
    ledger: Ledger, database: Database, account: str, actions: list[Due], why: str
) -> None:
    with pytest.raises(ValueError, match="moment is not within"):
        ledger.settle(A, R, 2**70, [])
    with pytest.raises(ValueError, match=why):
        ledger.settle(account, R, 10, [due("mail"), *actions])
    assert Changes(database).last() == 0


@pytest.mark.parametrize("id", ["", "\0", "\ud800", "a" * 501], ids=["empty", "nul", "half", "long"])
def test_to_ask_for_what_none_can_have_is_a_wrong_call(ledger: Ledger, database: Database, id: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: ledger.open_actions(id),
        lambda: ledger.open_actions(A, id),
        lambda: ledger.standing(A, id),
        lambda: ledger.settle(id, R, 1, []),
        lambda: Changes(database).after(0, 1, [id]),
        lambda: Changes(database).after(0, 1, [], [id]),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"^(account|rulebook|id) "):
            call()


def test_of_many_who_settle_one_account_at_once_each_action_opens_once(opener: Opener) -> None:
    servers = [Ledger(opener()), Ledger(opener())]
    ready = threading.Barrier(8)

    def settle(number: int) -> list[ActionState]:
        ready.wait()
        return servers[number % 2].settle(A, R, 10, [due("call", f"key {number}"), due("mail")])

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(settle, range(8)))
    assert sorted(standings[0].how.value for standings in found) == ["opened"] + ["repeated"] * 7
    assert sorted(standings[0].repeats for standings in found) == list(range(8))
    assert len({standings[0].key for standings in found}) == 1
    assert Changes(opener()).last() == 2


def test_of_many_who_settle_at_different_moments_the_latest_has_the_last_word(opener: Opener) -> None:
    ledger, ready = Ledger(opener()), threading.Barrier(8)

    def settle(moment: int) -> bool:
        ready.wait()
        try:
            ledger.settle(A, R, moment, [due(f"action {moment}")])
        except OutdatedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        kept = [moment for moment, done in zip(range(8), pool.map(settle, range(8)), strict=True) if done]
    assert [found.action for found in ledger.open_actions(A)] == ["action 7"]
    assert [found.action for found in ledger.standing(A, R)] == [f"action {moment}" for moment in kept]
