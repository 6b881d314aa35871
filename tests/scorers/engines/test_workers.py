"""A worker may crash, hang or be killed: its call fails, nothing else does, and the next call is answered."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from scorewright.engines.durable.encoding import Form
from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.durable.rule_language import Kinds, Rule, RuleFact, RulePattern, RuleSign, RuleTest
from scorewright.engines.durable.ruleset import Box
from scorewright.engines.durable.worker_process import work
from scorewright.engines.engine_errors import (
    EngineFailedError,
    EngineNotInstalledError,
    EngineUnavailableError,
)
from scorewright.engines.workers import Workers
from tests.engines import needs_durable
from tests.written import YES_NO, rulebook, yes

pytestmark = needs_durable

AS_OF = date(2026, 1, 31)
KINDS: Kinds = {"call": {"day": int}}
LATE = Rule("late", (RulePattern("call", "call", (RuleTest("day", RuleSign.MORE_THAN, 7),)),))
CALLS = [RuleFact("call", {"day": day}) for day in (7, 8, 9)]

WARM = {"w": {"all": [{"m": {"$and": [{"k": 0}]}}]}}
DIVISION = {"$gte": {"t": {"$div": {"$l": {"a": "t"}, "$r": {"a": "u"}}}}}
DIVIDES = {"r": {"all": [{"a": {"$and": [{"k": 1}]}}, {"b": {"$and": [{"k": 2}, DIVISION]}}]}}
BY_ZERO = [
    '{"sid":"s","id":"a","k":1,"t":5,"u":0}',
    '{"sid":"s","id":"b","k":2,"t":3}',
]


@pytest.fixture(scope="module")
def shared() -> Iterator[Workers]:
    workers = Workers(2)
    yield workers
    workers.close()


@pytest.fixture
def own() -> Iterator[Callable[..., Workers]]:
    """Start workers for one test."""
    started: list[Workers] = []

    def start(size: int = 1, patience: float = 10) -> Workers:
        started.append(Workers(size, patience))
        return started[-1]

    yield start
    for workers in started:
        workers.close()


def fired(box: Box) -> list[int]:
    return [match.facts["call"] for match in box.fire(CALLS)]


def gone(pid: int, seconds: float = 10) -> bool:
    """Wait until a process has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_a_worker_fires_as_a_box_here_does(shared: Workers) -> None:
    assert fired(Box([LATE], KINDS, shared.open)) == fired(Box([LATE], KINDS)) == [1, 2]


def test_a_worker_is_asked_lots_of_facts_at_once(shared: Workers) -> None:
    lots = [CALLS, CALLS[:1], CALLS[2:]]
    near, far = Box([LATE], KINDS), Box([LATE], KINDS, shared.open)
    assert far.first(lots) == near.first(lots)
    assert [match.facts["call"] for match in far.first(lots)] == [1, 0]


def test_an_engine_answers_from_a_worker(shared: Workers) -> None:
    program = rulebook({"a": YES_NO, "b": YES_NO}, [yes("a"), yes("b", 5)])
    near, far = DurableEngine(program), DurableEngine(program, shared.open)
    for raw in ({}, {"a": True}, {"a": False, "b": True}, {"a": 1}):
        assert far.outcome(raw, AS_OF) == near.outcome(raw, AS_OF)
        assert far.summary(raw, AS_OF) == near.summary(raw, AS_OF)


def test_a_crash_of_the_library_fails_its_call_only(own: Callable[..., Workers]) -> None:
    workers = own()
    box = Box([LATE], KINDS, workers.open)
    crashing = workers.open(json.dumps({**WARM, **DIVIDES}))
    before = workers.pids()
    with pytest.raises(EngineUnavailableError, match="ended by SIGFPE during a call"):
        crashing.fire(BY_ZERO)
    assert fired(box) == [1, 2]
    assert workers.pids() != before
    assert crashing.fire(BY_ZERO[1:]) == []
    with pytest.raises(EngineUnavailableError, match="ended by SIGFPE during a call"):
        crashing.first([BY_ZERO[1:], BY_ZERO])
    assert crashing.first([BY_ZERO[1:]]) == []


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGFPE, signal.SIGKILL])
def test_a_worker_killed_in_the_middle_of_a_call_fails_that_call_only(
    own: Callable[..., Workers], number: signal.Signals
) -> None:
    workers = own(2)
    box = Box([LATE], KINDS, workers.open)
    assert fired(box) == [1, 2]
    # Stopped, the worker that is next takes the call and never answers.
    victim = workers._idle.queue[-1].pid
    os.kill(victim, signal.SIGSTOP)
    failed: list[Exception] = []

    def call() -> None:
        try:
            fired(box)
        except EngineUnavailableError as error:
            failed.append(error)

    caught = threading.Thread(target=call)
    caught.start()
    while victim in {worker.pid for worker in workers._idle.queue}:
        time.sleep(0.001)
    assert [fired(box) for _ in range(20)] == [[1, 2]] * 20
    os.kill(victim, number)
    os.kill(victim, signal.SIGCONT)
    caught.join(10)
    assert [str(error) for error in failed] == [f"a worker ended by {number.name} during a call"]
    assert victim not in workers.pids()
    assert len(workers.pids()) == 2
    assert [fired(box) for _ in range(20)] == [[1, 2]] * 20


def test_a_worker_that_ended_while_nobody_waited_is_replaced_and_nothing_fails(
    own: Callable[..., Workers],
) -> None:
    workers = own(2)
    box = Box([LATE], KINDS, workers.open)
    for pid in workers.pids():
        os.kill(pid, signal.SIGSEGV)
        assert gone(pid)
    assert fired(box) == [1, 2]


def test_under_load_only_the_calls_of_killed_workers_fail(own: Callable[..., Workers]) -> None:
    workers = own(2)
    box = Box([LATE], KINDS, workers.open)
    stop = threading.Event()
    wrong: list[object] = []
    failed: list[Exception] = []

    def load() -> None:
        while not stop.is_set():
            try:
                if (found := fired(box)) != [1, 2]:
                    wrong.append(found)
            except EngineUnavailableError as error:
                failed.append(error)

    threads = [threading.Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    kills = 12
    for n in range(kills):
        time.sleep(0.05)
        os.kill(workers.pids()[n % 2], signal.SIGSEGV)
    stop.set()
    for thread in threads:
        thread.join(10)
    assert not wrong
    assert len(failed) <= kills
    assert fired(box) == [1, 2]


def test_a_worker_that_hangs_is_ended(own: Callable[..., Workers]) -> None:
    workers = own(patience=1)
    box = Box([LATE], KINDS, workers.open)
    # From 512 different tests of one field on, the library never comes back.
    hanging = {f"r{n}": {"all": [{"m": {"$and": [{"k": 1}, {"x": n}]}}]} for n in range(600)}
    (victim,) = workers.pids()
    with pytest.raises(EngineUnavailableError, match="did not answer in 1 seconds"):
        workers.open(json.dumps({**WARM, **hanging}))
    assert gone(victim)
    assert fired(box) == [1, 2]


def test_rules_that_the_library_refuses_are_told_and_the_worker_goes_on(shared: Workers) -> None:
    with pytest.raises(EngineFailedError, match="error code"):
        shared.open("{")
    box = Box([LATE], KINDS, shared.open)
    with pytest.raises(EngineFailedError, match="error code"):
        shared.open(Form([LATE], KINDS).rules).fire(["{"])
    assert fired(box) == [1, 2]


def test_rules_that_are_closed_or_let_go_are_freed_in_the_workers(own: Callable[..., Workers]) -> None:
    workers = own()
    (pid,) = workers.pids()

    def reload(times: int) -> int:
        for n in range(times):
            rules = [
                Rule(f"{m}", (RulePattern("call", "call", (RuleTest("day", RuleSign.MORE_THAN, n + m),)),))
                for m in range(30)
            ]
            box = Box(rules, KINDS, workers.open)
            fired(box) if n % 2 else box.close()
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4

    before = reload(30)
    assert reload(300) < before + 1_500
    assert workers.pids() == (pid,)
    assert not workers._rules


def test_a_closed_box_fires_nothing(shared: Workers) -> None:
    box = Box([LATE], KINDS, shared.open)
    box.close()
    with pytest.raises(EngineFailedError, match="closed"):
        fired(box)


def test_closed_workers_are_gone_and_answer_nothing(own: Callable[..., Workers]) -> None:
    workers = own(2)
    box = Box([LATE], KINDS, workers.open)
    pids = workers.pids()
    workers.close()
    workers.close()
    assert all(map(gone, pids))
    with pytest.raises(EngineUnavailableError, match="closed"):
        fired(box)


def test_without_the_library_a_worker_says_so(
    own: Callable[..., Workers], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "durable_rules_engine.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(EngineNotInstalledError):
        Box([LATE], KINDS, own().open)


def test_a_signal_for_the_whole_group_does_not_end_a_worker(own: Callable[..., Workers]) -> None:
    workers = own()
    box = Box([LATE], KINDS, workers.open)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(workers.pids()[0], number)
    before = workers.pids()
    assert fired(box) == [1, 2]
    assert workers.pids() == before


def test_workers_end_with_the_process_that_started_them() -> None:
    code = """
import sys, time
from scorewright.engines.workers import Workers
workers = Workers(2)
workers.open('{"w": {"all": [{"m": {"$and": [{"k": 0}]}}]}}')
print(*workers.pids(), flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    assert all(map(gone, pids))


def test_requests_are_answered_line_by_line() -> None:
    form = Form([LATE], KINDS)
    requests = [
        [["open", 1, form.rules], ["fire", 1, list(form.facts(CALLS[:2]))]],
        [["fire", 1, []]],
        [["close", 1]],
        [["open", 2, form.rules], ["fire", 2, ["{"]]],
        [["open", 2, form.rules], ["fire", 2, []]],
    ]
    answers = BytesIO()
    work(BytesIO(b"".join(json.dumps(steps).encode() + b"\n" for steps in requests)), answers)
    first, *others = (json.loads(line) for line in answers.getvalue().splitlines())
    assert first[0] == "fired"
    assert [form.match(text).facts for text in first[1]] == [{"call": 1}]
    assert [told[0] for told in others] == ["fired", "fired", "failed", "fired"]
