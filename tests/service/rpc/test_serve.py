"""The process: it starts or says why not, says what to call next, and drains on a signal."""

import io
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc import StatusCode
from grpc_health.v1 import health_pb2, health_pb2_grpc

from scorewright.client.client import Client
from scorewright.client.errors import UnavailableError
from scorewright.rpc.process import serve
from scorewright.runtime.settings import Settings
from tests.architecture.source import ROOT
from tests.service.conftest import RULES, Serve
from tests.service.raw import RawCaller

SCRIPT = """
import sys
from scorewright.rpc.process import serve
from scorewright.runtime.settings import Settings
sys.exit(serve(Settings()))
"""
BANT = {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5}


@contextmanager
def process(**environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a server of its own, and give it with its address."""
    told = {"DATABASE": "none", "DRAIN_WAIT_SECONDS": "0", "PORT": "0", **environment}
    started = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={"PATH": "", **{f"SCOREWRIGHT_{name}": value for name, value in told.items()}},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        said = started.stdout.readline()
        assert " on " in said, (said, started.communicate(timeout=20))
        hint = started.stdout.readline()
        assert hint.startswith("try: grpcurl -plaintext ")
        yield started, said.split(" on ")[1].split(": ")[0]
    finally:
        started.kill()
        started.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains_and_ends_the_process(number: signal.Signals) -> None:
    with process() as (started, address):
        with Client(address) as client:
            assert client.score("bant_20", BANT)[0].total == 15.5
        started.send_signal(number)
        _, err = started.communicate(timeout=20)
        assert started.returncode == 0, err
    assert events(err) == ["serving", "draining", "stopped"]


def events(err: str) -> list[str]:
    return [line.split("event=")[1].split()[0] for line in err.splitlines() if "event=" in line]


def test_after_sigterm_it_goes_on_and_says_that_callers_should_leave() -> None:
    with process(DRAIN_WAIT_SECONDS="2") as (started, address), Client(address, timeout=10) as client:
        client.list_rulebooks()
        with grpc.insecure_channel(address) as channel:
            stub: Any = health_pb2_grpc.HealthStub(channel)
            watching = stub.Watch(health_pb2.HealthCheckRequest())
            assert next(watching).status == health_pb2.HealthCheckResponse.SERVING
            started.send_signal(signal.SIGTERM)
            assert next(watching).status == health_pb2.HealthCheckResponse.NOT_SERVING
            for _ in range(50):
                assert client.score("bant_20", BANT)[0].total == 15.5
            assert list(watching) == []  # it ends once the server drains
        _, err = started.communicate(timeout=20)
    assert started.returncode == 0, err
    assert events(err) == ["serving", "draining", "stopped"]


def test_a_second_signal_ends_the_process_at_once() -> None:
    with process(DRAIN_WAIT_SECONDS="60") as (started, _):
        started.send_signal(signal.SIGTERM)
        assert started.stderr is not None
        assert any("event=draining" in line for line in started.stderr)
        started.send_signal(signal.SIGTERM)
        assert started.wait(timeout=20) == -signal.SIGTERM


def test_a_hangup_is_told_of_and_ends_nothing() -> None:
    with process() as (started, address), Client(address, timeout=10) as client:
        started.send_signal(signal.SIGHUP)
        assert started.stderr is not None
        assert any("event=hangup" in line for line in started.stderr)
        assert client.score("bant_20", BANT)[0].total == 15.5
        started.send_signal(signal.SIGTERM)
        assert started.wait(timeout=20) == 0


def test_with_nothing_under_way_it_ends_at_once(tmp_path: Path) -> None:
    told = {"DATABASE": f"sqlite:///{tmp_path}/a.db", "DRAIN_SECONDS": "60", "DRAIN_WAIT_SECONDS": "60"}
    with process(**told) as (started, address), grpc.insecure_channel(address) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)
        watching = stub.Watch(health_pb2.HealthCheckRequest())
        assert next(watching).status == health_pb2.HealthCheckResponse.SERVING
        with RawCaller(address) as caller:
            caller.begin("/scorewright.v1.ScoringService/Score")
            caller.ended({caller.begin("/no.such/Method")})
            start = time.monotonic()
            started.send_signal(signal.SIGINT)
            assert started.wait(timeout=30) == 0
            assert time.monotonic() - start < 10


def test_a_call_that_runs_is_finished_while_draining() -> None:
    with process() as (started, address), Client(address, timeout=30) as client:
        draining = threading.Event()

        def subjects() -> Iterator[tuple[str, dict[str, float]]]:
            for number in range(1_000):
                yield str(number), {"budget": 1 + number % 41 / 10}
                if number == 10:
                    draining.wait(20)

        answers = client.score_stream("bant_20", subjects(), timeout=30)
        first = next(answers)  # so that the call is known to run
        started.send_signal(signal.SIGTERM)
        assert started.stderr is not None
        assert any("event=draining" in line for line in started.stderr)
        draining.set()
        assert [first.request_id, *(one.request_id for one in answers)] == [str(n) for n in range(1_000)]
        started.communicate(timeout=20)
        assert started.returncode == 0


def test_a_drained_server_takes_no_more_calls(serve: Serve) -> None:
    with serve() as served:
        served.running.drain(1)
        with Client(served.address, timeout=2) as client, pytest.raises(UnavailableError) as caught:
            client.list_rulebooks()
        assert caught.value.code == StatusCode.UNAVAILABLE


def run(settings: Settings) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return serve(settings, out, err), out.getvalue(), err.getvalue()


def test_a_broken_rulebook_is_named_and_nothing_is_served(tmp_path: Path) -> None:
    text = (RULES / "bant_20.yaml").read_text(encoding="utf-8")
    (tmp_path / "bant_20.yaml").write_text(text.replace("input: need", "input: ned"), encoding="utf-8")
    (tmp_path / "lead_points_100.yaml").write_bytes((RULES / "lead_points_100.yaml").read_bytes())
    code, out, err = run(Settings(rules=tmp_path, port=0))
    assert (code, out) == (1, "")
    assert "bant_20.yaml:" in err
    assert "error[" in err
    assert err.splitlines()[-1].startswith("error: the server does not start")


def test_findings_are_written_as_the_caller_likes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b\n", encoding="utf-8")
    err = io.StringIO()
    code = serve(
        Settings(rules=tmp_path, port=0),
        io.StringIO(),
        err,
        lambda found: f"{len(found.diagnostics)} findings\n",
    )
    assert code == 1
    assert "findings\n" in err.getvalue()


def test_an_empty_folder(tmp_path: Path) -> None:
    code, out, err = run(Settings(rules=tmp_path, port=0))
    assert (code, out) == (1, "")
    assert f"{tmp_path}:1:1: error[no-rulebook]" in err


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    code, _, err = run(Settings(rules=tmp_path / "none", port=0))
    assert code == 1
    assert "none:1:1: error[file-unreadable]" in err


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run(Settings(rules=RULES, port=port))
    assert (code, out) == (2, "")
    assert f"127.0.0.1:{port}" in err
    assert "taken" in err


def test_two_servers_never_share_a_port(serve: Serve) -> None:
    with serve() as served:
        code, _, err = run(Settings(rules=RULES, port=served.running.port))
        assert code == 2, err


def test_a_misspelt_variable_is_warned_of() -> None:
    with process(TOKN="secret") as (started, _):
        started.send_signal(signal.SIGTERM)
        _, err = started.communicate(timeout=20)
    assert "event=unknown_variable variable=SCOREWRIGHT_TOKN meant=SCOREWRIGHT_TOKEN\n" in err
    assert "secret" not in err


def test_the_log_never_holds_an_input() -> None:
    name = "jane.doe@example.test"
    with process(LOG_LEVEL="debug") as (started, address), Client(address) as client:
        client.score("bant_20", {**BANT, "email": name}, subject=name)
        for inputs in ({**BANT, "budget": name}, {"budget": 77.5}):
            with pytest.raises(Exception, match="INVALID_ARGUMENT"):
                client.score("bant_20", inputs, subject=name)
        started.send_signal(signal.SIGTERM)
        _, err = started.communicate(timeout=20)
    assert "event=call" in err
    assert "event=refused" in err
    assert name not in err
    assert "77.5" not in err


# Other threads take turns with the one that waits, and the signal comes from outside, as it does to a server.
OFTEN = """
import faulthandler, os, subprocess, sys, threading, time
from scorewright.rpc.process import stop_signals

SENDER = '''
import os, random, signal, sys, time
for _ in sys.stdin:
    until = time.perf_counter() + random.random() * 0.001
    while time.perf_counter() < until:
        pass
    os.kill(int(sys.argv[1]), signal.SIGTERM)
'''

def turns():
    while True:
        sum(range(200))
        time.sleep(0.00002)

faulthandler.dump_traceback_later(60, exit=True)
sys.setswitchinterval(0.00005)
for _ in range(3):
    threading.Thread(target=turns, daemon=True).start()
command = [sys.executable, "-c", SENDER, str(os.getpid())]
with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as sender:
    for _ in range(1_000):
        with stop_signals() as wait:
            print("now", file=sender.stdin, flush=True)
            wait()
    sender.stdin.close()
print("heard all")
"""


def test_a_signal_is_heard_whenever_it_comes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OFTEN], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "heard all\n", done.stderr
