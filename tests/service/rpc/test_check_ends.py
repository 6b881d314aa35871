"""A check that takes long ends when nobody waits for it any more, and holds up no stop of the server."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import pytest
from grpc import StatusCode

from benchmarks.hostile import BOOKS
from scorewright.diagnostics.budget import Stopped
from scorewright.rpc import rulebooks as rulebook_servicer
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc
from tests.service.conftest import Served, failure
from tests.service.rpc.test_serve import events, process

LONG = ("ratio_pairs", "names_alike_of_all_kinds", "ratios_in_triggers")
"""Texts of which each takes a second or so to check."""

DRAIN, AFTER = 1, 2
SOON = 0.6
"""Seconds of CPU: three times what `benchmarks check` holds alone, since a busy machine is slower."""

BUSY = 10
"""Seconds in which a machine that others use as well may start and end what takes it none."""


@dataclass
class Watched:
    """A check in this process, and the CPU time of its thread from the last time that it was waited for."""

    ended: threading.Event = field(default_factory=threading.Event)
    after: float = 0.0

    def check(self, source: Source, *, stopped: Stopped, **told: object) -> object:
        last = time.thread_time()

        def look() -> bool:
            nonlocal last
            if stopped():
                return True
            last = time.thread_time()
            return False

        try:
            return load_source(source, stopped=look)
        finally:
            self.after = time.thread_time() - last
            self.ended.set()


@pytest.mark.parametrize("name", LONG)
def test_a_deadline_ends_a_check_long_before_its_end(
    served: Served, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    watched = Watched()
    monkeypatch.setattr(rulebook_servicer, "load_source", watched.check)
    asked = pb.CheckRulebookRequest(text=BOOKS[name]())
    found = failure(lambda: served.rulebooks.CheckRulebook(asked, timeout=0.3))
    assert found.code is StatusCode.DEADLINE_EXCEEDED
    assert watched.ended.wait(60)
    assert watched.after < SOON


def until(holds: Callable[[], bool]) -> None:
    last = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.01)


def cpu(pid: int) -> int:
    """Tell how much a process has computed, in the hundredths of a second that Linux counts."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells what others compute")
def test_a_stop_waits_for_no_check_and_every_caller_is_told() -> None:
    asked = pb.CheckRulebookRequest(text=BOOKS[LONG[0]]())
    with (
        process(DRAIN_SECONDS=str(DRAIN)) as (started, address),
        grpc.insecure_channel(address) as channel,
    ):
        stub = pb_grpc.RulebookServiceStub(channel)
        assert stub.ListRulebooks(pb.ListRulebooksRequest(), timeout=60).rulebooks
        before = cpu(started.pid)
        # One is checked at a time, and the others wait for it: far more than a drain lets end.
        calls = [stub.CheckRulebook.future(asked, timeout=120) for _ in range(40)]
        until(lambda: cpu(started.pid) > before + 30)
        start = time.monotonic()
        started.send_signal(signal.SIGTERM)
        codes = [call.code() for call in calls]
        _, err = started.communicate(timeout=60)
        took = time.monotonic() - start
    assert started.returncode == 0, err
    assert took < DRAIN + AFTER + BUSY
    assert set(codes) <= {StatusCode.OK, StatusCode.CANCELLED, StatusCode.UNAVAILABLE}
    assert codes.count(StatusCode.OK) < len(codes)
    assert "draining" in events(err)
    assert events(err)[-1] == "stopped"
