"""`serve`: settings from options, a start that is told, and an end by signal."""

import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from scorewright.cli.find_rulebook import rulebook_ids
from tests.architecture.source import ROOT
from tests.service.cli.calling import ENTRY, call, start
from tests.service.cli.commands.test_check import spoil


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal(number: int) -> None:
    with subprocess.Popen(
        [*ENTRY, "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "SCOREWRIGHT_DRAIN_WAIT_SECONDS": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(number)
        process.communicate(timeout=30)
    assert re.match(r"scorewright serves \d+ rulebooks on 127\.0\.0\.1:\d+: .*bant_20", first)
    assert process.returncode == 0


def test_a_demo_serves_the_rulebooks_that_ship(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*ENTRY, "serve", "--demo", "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "SCOREWRIGHT_DRAIN_WAIT_SECONDS": "0", "SCOREWRIGHT_RULES": "nope"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    shipped = len(rulebook_ids(ROOT / "rules"))
    assert re.match(rf"scorewright serves {shipped} rulebooks on 127\.0\.0\.1:\d+: .*bant_20", first)
    assert process.returncode == 0


def test_a_demo_is_instead_of_a_folder() -> None:
    assert "--demo: not allowed with argument --rules" in call("serve", "--rules", "rules", "--demo").err


def test_a_broken_rulebook_is_not_served(rules: Path) -> None:
    spoil(rules / "bant_20.yaml", "input: need,", "input: ned,")
    called = call("serve", "--port", "0")
    assert called.code == 1
    assert "bant_20.yaml" in called.err
    assert "help: did you mean `need`?" in called.err


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--port", "70000"),
            "error: the server cannot start: port: 70000 is more than 65535",
        ),
        (("--tls-cert", "x.pem"), "error: the server cannot start: tls_cert and tls_key go together"),
        (("--port", "-1", "--workers", "1"), "port: -1 is less than 0; workers: 1 is less than 2"),
        (
            ("--token-file", "nope", "--port", "0"),
            "error: cannot read the token file nope: no such file or directory",
        ),
        (("--rules", "nope", "--port", "0"), "error: there is no folder nope\nhelp: name it with --rules, "),
        (
            ("--database", "mysql://a:hunter2@b/c", "--port", "0"),
            "error: the URL of the database names neither",
        ),
        (
            ("--sweep-seconds", "-1", "--port", "0"),
            "sweep_seconds: -1.0 is less than 0",
        ),
    ],
)
def test_settings_that_cannot_be_are_told(arguments: tuple[str, ...], said: str) -> None:
    called = call("serve", *arguments)
    assert called.code == 2
    assert said in called.err
    assert "Traceback" not in called.err
    assert "hunter2" not in called.err


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PORT", "abc", "port: `abc` is not a whole number"),
        ("DRAIN_SECONDS", "soon", "drain_seconds: `soon` is not a number"),
        ("DRAIN_SECONDS", "inf", "drain_seconds: `inf` is not a finite number"),
        ("MESSAGE_SECONDS", "nan", "message_seconds: `nan` is not a finite number"),
        ("MAX_CONNECTION_SECONDS", "1000001", "max_connection_seconds: `1000001` is more than 1000000"),
        ("INSECURE", "maybe", "insecure: `maybe` is neither `true` nor `false`"),
        ("TOKEN_FILE", "", "token_file: the path is empty"),
        ("RULES", "", "rules: the path is empty"),
        ("STREAM_IDLE_SECONDS", "0", "stream_idle_seconds: `0` is not more than 0"),
        ("ENGINE", "rete", "engine: `rete` is not 'compiled', 'reference' or 'durable'"),
        ("HOST", "", "host: `` is empty"),
    ],
)
def test_a_variable_that_cannot_be_is_told_in_our_words(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"SCOREWRIGHT_{variable}", value)
    called = call("serve")
    assert (called.code, called.err.splitlines()[0]) == (2, f"error: the server cannot start: {said}")


@pytest.mark.usefixtures("rules")
def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        called = start("serve", "--port", str(port))
    assert (called.code, called.out) == (2, "")
    why = "the port is taken, or the address is not one of this machine"
    assert called.err == (
        f"error: cannot listen on 127.0.0.1:{port}: {why}; choose another with --port or --host\n"
    )
