"""Who waits for a turn gets it in its order, and gives up in time."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from scorewright.storage.fair_lock import FairLock
from scorewright.storage.wait_limits import WaitLimit
from tests.service.accounts.events import until


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, patience, order = FairLock(), WaitLimit(30), list[int]()

    def wait(number: int) -> None:
        assert turns.take(patience)
        order.append(number)
        turns.give()

    assert turns.take(patience)
    with ThreadPoolExecutor(10) as pool:
        working = []
        for number in range(10):
            working.append(pool.submit(wait, number))
            until(lambda number=number: len(turns._waiting) == number + 1)  # type: ignore[misc]  # a default binds it
        turns.give()
        for each in working:
            each.result()
    assert order == list(range(10))


def test_who_asks_again_and_again_does_not_keep_others_waiting() -> None:
    turns, patience, over = FairLock(), WaitLimit(30), threading.Event()
    taken = 0

    def hurry() -> None:
        nonlocal taken
        while not over.is_set():
            assert turns.take(patience)
            taken += 1
            time.sleep(0.001)
            turns.give()

    with ThreadPoolExecutor(1) as pool:
        hurrying = pool.submit(hurry)
        try:
            for _ in range(20):
                # It had at most the turn that ran, and one that it asked for before.
                before = taken
                assert turns.take(patience)
                assert taken <= before + 2
                turns.give()
        finally:
            over.set()
        hurrying.result()


def test_who_gives_up_leaves_the_others_their_places() -> None:
    turns, short, long = FairLock(), WaitLimit(0.05), WaitLimit(30)
    assert turns.take(long)
    assert not turns.take(short)
    with ThreadPoolExecutor(2) as pool:
        stopped = pool.submit(turns.take, short_lived := WaitLimit(30))
        until(lambda: len(turns._waiting) == 1)
        waiting = pool.submit(turns.take, long)
        until(lambda: len(turns._waiting) == 2)
        short_lived.end()
        assert not stopped.result()
        assert not turns.take(short_lived)
        turns.give()
        assert waiting.result()
    turns.give()
    assert turns.take(short)
    turns.give()
