"""The engine `durable` behind gRPC: its rules fire in processes whose end fails one call, and no other."""

import io
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from grpc import StatusCode

from scorewright.catalog.catalog import load_catalog
from scorewright.client.client import Client
from scorewright.client.errors import InvalidRequestError
from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.workers import Workers
from scorewright.rpc.process import serve as run_server
from scorewright.runtime.settings import Settings
from scorewright.v1 import scorewright_pb2 as pb
from tests.docs.test_diagnostics import page
from tests.engines import needs_durable
from tests.scorers.engines.test_workers import gone
from tests.service.conftest import RULES, Served, failure, serving
from tests.service.rpc.test_serve import process
from tests.service.worked_cases import answered, differences

pytestmark = needs_durable

RULEBOOK = "lead_points_100"
LEAD: dict[str, Any] = {"budget_confirmed": True, "team_size": 7}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    found = Workers(2)
    yield found
    found.close()


@pytest.fixture(scope="module")
def durable(workers: Workers) -> Iterator[Served]:
    store, report = load_catalog(RULES, "durable", partial(DurableEngine, run=workers.open))
    assert store is not None, report
    with serving(store, engine="durable") as found:
        yield found


def request() -> pb.ScoreRequest:
    found = pb.ScoreRequest(rulebooks=[RULEBOOK], as_of="2026-01-31", detail=pb.SUMMARY)
    found.subject.id = "s"
    found.subject.inputs.update(LEAD)
    return found


def total(served: Served) -> float:
    return served.scoring.Score(request(), timeout=10).answers[0].total


def stop_one(workers: Workers) -> int:
    """Stop the worker that takes the next call, so that the call is caught in it."""
    victim = workers._idle.queue[-1].pid
    os.kill(victim, signal.SIGSTOP)
    return victim


def taken(workers: Workers, victim: int) -> None:
    """Wait until a stopped worker has its call."""
    until = time.monotonic() + 10
    while victim in {worker.pid for worker in list(workers._idle.queue)}:
        assert time.monotonic() < until
        time.sleep(0.001)


def kill(victim: int, number: signal.Signals) -> None:
    os.kill(victim, number)
    os.kill(victim, signal.SIGCONT)


def test_every_worked_case_is_answered(durable: Served) -> None:
    with Client(durable.address, timeout=30) as client:
        for case in answered():
            if case.expected["status"] == "invalid":
                with pytest.raises(InvalidRequestError):
                    client.score(case.rulebook, case.inputs, as_of=case.as_of)
            else:
                (answer,) = client.score(case.rulebook, case.inputs, subject=case.id, as_of=case.as_of)
                assert not differences(case, answer.raw), case.id


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGFPE])
def test_a_killed_worker_fails_its_call_only(
    durable: Served, workers: Workers, number: signal.Signals
) -> None:
    want = total(durable)
    victim = stop_one(workers)
    caught = durable.scoring.Score.future(request(), timeout=30)
    taken(workers, victim)
    # Meanwhile the other worker answers everyone else.
    assert [total(durable) for _ in range(10)] == [want] * 10
    kill(victim, number)
    failed = failure(caught.result)
    assert (failed.code, failed.reason) == (StatusCode.UNAVAILABLE, "ENGINE_UNAVAILABLE")
    assert "call again" in failed.message
    assert victim not in workers.pids()
    assert [total(durable) for _ in range(10)] == [want] * 10


def test_one_subject_of_a_batch_fails_and_the_others_are_scored(durable: Served, workers: Workers) -> None:
    batch = pb.ScoreBatchRequest(rulebooks=[RULEBOOK], as_of="2026-01-31", detail=pb.SUMMARY)
    for n in range(40):
        batch.subjects.add(id=f"{n}").inputs.update(LEAD)
    victim = stop_one(workers)
    caught = durable.scoring.ScoreBatch.future(batch, timeout=30)
    taken(workers, victim)
    kill(victim, signal.SIGSEGV)
    results = caught.result().results
    failed = [result.subject_id for result in results if result.error.code]
    assert len(failed) == 1
    assert {result.error.code for result in results} == {0, StatusCode.UNAVAILABLE.value[0]}
    assert sum(len(result.answers) for result in results) == 39


def test_our_client_calls_again_by_itself(durable: Served, workers: Workers) -> None:
    with Client(durable.address, timeout=30) as client:
        want = client.score(RULEBOOK, LEAD)
        victim = stop_one(workers)
        found: list[object] = []
        calling = threading.Thread(target=lambda: found.append(client.score(RULEBOOK, LEAD)))
        calling.start()
        taken(workers, victim)
        kill(victim, signal.SIGSEGV)
        calling.join(30)
        assert found == [want]


def test_the_server_ends_its_workers_with_itself() -> None:
    with process(ENGINE="durable", ENGINE_PROCESSES="3") as (started, address):
        with Client(address, timeout=30) as client:
            assert client.score(RULEBOOK, LEAD)
        children = children_of(started.pid)
        assert len(children) == 3
        started.send_signal(signal.SIGTERM)
        assert started.wait(20) == 0
    assert all(map(gone, children))


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def test_a_rulebook_that_the_engine_cannot_express_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_bytes(page("durable-cannot-express").example["example.yaml"])
    out, err = io.StringIO(), io.StringIO()
    assert run_server(Settings(port=0, rules=tmp_path, engine="durable"), out, err) == 1
    assert "durable-cannot-express" in err.getvalue()


def test_without_its_extra_the_server_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "durable_rules_engine.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    rules = tmp_path / "rules"
    rules.mkdir()
    shutil.copy(RULES / f"{RULEBOOK}.yaml", rules)
    out, err = io.StringIO(), io.StringIO()
    assert run_server(Settings(port=0, rules=rules, engine="durable"), out, err) == 2
    assert err.getvalue().endswith("needs the extra: pip install 'scorewright[durable]'\n")
