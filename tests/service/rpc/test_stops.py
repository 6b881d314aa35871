"""A stop fails no call, neither of our client nor of a plain one with the published policy."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import grpc
import pytest

from scorewright.client.client import POLICY, Client
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc
from tests.service.rpc.test_serve import BANT, process

CALLERS = 8
PATIENT = 120.0
"""Seconds of a deadline: what is tested is whether calls fail, not how fast this machine starts a server."""


@contextmanager
def our(target: str) -> Iterator[Callable[[], object]]:
    with Client(target, timeout=PATIENT) as client:
        yield lambda: client.score("bant_20", BANT)


@contextmanager
def plain(target: str) -> Iterator[Callable[[], object]]:
    request = pb.ScoreRequest(rulebooks=["bant_20"], subject=pb.Subject(id="s"))
    with grpc.insecure_channel(target, [("grpc.service_config", POLICY)]) as channel:
        stub = pb_grpc.ScoringServiceStub(channel)
        yield lambda: stub.Score(request, timeout=PATIENT)


@contextmanager
def calling(call: Callable[[], object]) -> Iterator[list[Exception]]:
    """Call from several threads, and keep what fails."""
    failed: list[Exception] = []
    answered = threading.Semaphore(0)
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            try:
                call()
                answered.release()
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for _ in range(5 * CALLERS):
        assert answered.acquire(timeout=60)
    try:
        yield failed
    finally:
        over.set()
        for thread in threads:
            thread.join()


Caller = Callable[[str], AbstractContextManager[Callable[[], object]]]


@pytest.mark.parametrize(("caller", "wait"), [(our, "0"), (plain, "0"), (plain, "1")])
def test_a_stop_of_one_of_two_servers_fails_no_call(caller: Caller, wait: str) -> None:
    with process(DRAIN_WAIT_SECONDS=wait) as (one, first), process() as (_, second):
        with caller(f"ipv4:{first},{second}") as call, calling(call) as failed:
            one.send_signal(signal.SIGTERM)
            assert one.wait(60) == 0
            time.sleep(0.3)
        assert failed == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_that_starts_again_loses_no_call_of_our_client(number: signal.Signals) -> None:
    with ExitStack() as again, process() as (one, address), our(address) as call:
        with calling(call) as failed:
            one.send_signal(number)
            one.wait(60)
            again.enter_context(process(PORT=address.rpartition(":")[2]))
            time.sleep(0.5)
        assert failed == []
