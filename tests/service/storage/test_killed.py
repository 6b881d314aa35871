"""A server that is killed in the middle of its work loses nothing that it acknowledged."""

import subprocess
import sys
from itertools import islice

import pytest

from scorewright.storage.account_index import Accounts
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.change_log import Changes
from scorewright.storage.database import Database
from scorewright.storage.event_log import Events, StoredEvent
from tests.service.storage.conftest import Opener

# Each line is written after the call came back, from several threads at once.
RECORDER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from scorewright.storage.database import Database
from scorewright.storage.event_log import StoredEvent, Events

events = Events(Database(sys.argv[1]))

def record(thread):
    for number in range(100_000):
        ids = [f"{thread}-{number}-{part}" for part in range(5)]
        events.record([StoredEvent(f"account {thread}", id, "call", number, {"n": 0.1}) for id in ids])
        sys.stdout.write("".join(f"{id}\\n" for id in ids))
        sys.stdout.flush()

with ThreadPoolExecutor(4) as pool:
    list(pool.map(record, range(4)))
"""

SETTLER = """
import sys
from scorewright.storage.database import Database
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.reconciliation import Due

ledger = Ledger(Database(sys.argv[1]))
for moment in range(100_000):
    found = ledger.settle("a", "r", moment, [Due(f"{moment}", f"key {moment}", (), {})])
    sys.stdout.write(f"{found[0].cursor}\\n")
    sys.stdout.flush()
"""

GROUPS = """
import sys
from scorewright.storage.account_index import AccountVersion
from scorewright.storage.database import Database
from scorewright.storage.event_log import StoredEvent, Events
from scorewright.storage.action_ledger import Ledger
from scorewright.storage.reconciliation import Due, Settlement

database = Database(sys.argv[1])
accounts = [f"a{number}" for number in range(20)]
for moment in range(1, 100_000):
    Events(database).record([StoredEvent(account, f"{moment}", "call", moment, {}) for account in accounts])
    due = (Due(f"{moment}", f"key {moment}", (), {}),)
    group = [Settlement(account, rulebook, moment, due, moment) for account in accounts for rulebook in "rs"]
    Ledger(database).settle_all(group, [AccountVersion(account, moment) for account in accounts])
    sys.stdout.write(f"{moment}\\n")
    sys.stdout.flush()
"""


def killed(script: str, url: str, after: int) -> list[str]:
    """Run a script until it has written so many lines, kill it, and give all that it wrote."""
    with subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = list(islice(child.stdout, after))
        child.kill()
        lines += child.stdout
    assert len(lines) >= after
    # The last line may be one that it could not finish.
    return [line.removesuffix("\n") for line in lines if line.endswith("\n")]


@pytest.mark.parametrize("after", [1, 60, 300])
def test_every_acknowledged_event_is_there_and_its_account_is_to_be_evaluated(
    url: str, opener: Opener, after: int
) -> None:
    acknowledged = killed(RECORDER, url, after)
    database = opener()
    events = [
        event
        for account, _ in Accounts(database).after("", 9)
        for event in Events(database).of(account, {"call": None}, 100_000)
    ]
    stored = {event.id for event in events}
    assert set(acknowledged) <= stored
    # What was not acknowledged is there whole, or not at all.
    assert {len([id for id in stored if id.startswith(f"{batch}-")]) for batch in batches(stored)} == {5}
    changed = {account for account, _ in Accounts(database).changed(9)}
    assert {event.account for event in events} == changed


def batches(ids: set[str]) -> set[str]:
    return {id.rpartition("-")[0] for id in ids}


def test_every_acknowledged_settlement_is_there_with_its_changes(url: str, opener: Opener) -> None:
    cursors = [int(line) for line in killed(SETTLER, url, 40)]
    database: Database = opener()
    [standing] = Ledger(database).open_actions("a")
    assert standing.cursor >= cursors[-1]
    # Each but the first opened one action and resolved the one before.
    assert len(Ledger(database).standing("a", "r")) == standing.cursor // 2 + 1


@pytest.mark.parametrize("after", [1, 20])
def test_a_group_that_is_settled_is_there_whole_or_not_at_all(url: str, opener: Opener, after: int) -> None:
    moments = [int(line) for line in killed(GROUPS, url, after)]
    database: Database = opener()
    accounts, ledger = Accounts(database), Ledger(database)
    group = accounts.after("", 99)
    standings = [standing for account, _ in group for standing in ledger.open_actions(account)]
    assert len(standings) == 2 * len(group) == 40
    [moment] = {standing.opened for standing in standings}
    assert moment >= moments[-1]
    # Each group opened one action of each account and rulebook, and resolved the one before.
    assert Changes(database).last() == 40 * (2 * moment - 1)
    # They are still to be evaluated where the events of the next group were recorded, and only there.
    assert accounts.changed(99) == [each for each in group if each.seq > moment]
    assert {each.seq for each in group} <= {moment, moment + 1}


def test_recording_again_after_a_crash_completes_what_was_not_acknowledged(url: str, opener: Opener) -> None:
    killed(RECORDER, url, 1)
    events = Events(opener())
    sent = [StoredEvent("account 0", f"0-0-{part}", "call", 0, {"n": 0.1}) for part in range(5)]
    assert {told.how.value for told in events.record(sent)} <= {"recorded", "duplicate"}
    assert {told.how.value for told in events.record(sent)} == {"duplicate"}
