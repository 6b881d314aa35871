"""`serve`: settings from options, a start that is told, and an end by signal."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.service.cli.calling import ENTRY, call
from tests.service.cli.test_check import spoil


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal(number: int) -> None:
    with subprocess.Popen(
        [*ENTRY, "serve", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(number)
        process.communicate(timeout=30)
    assert re.match(r"scorewright serves \d+ rulebooks on 127\.0\.0\.1:\d+: .*bant_20", first)
    assert process.returncode == 0


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
            "error: the server cannot start: port: Input should be less than or equal to 65535",
        ),
        (("--tls-cert", "x.pem"), "error: the server cannot start: tls_cert and tls_key go together"),
        (("--port", "-1", "--workers", "1"), "port: Input should be greater than or equal to 0; workers: "),
        (
            ("--token-file", "nope", "--port", "0"),
            "error: cannot read the token file nope: no such file or directory",
        ),
        (("--rules", "nope", "--port", "0"), "nope"),
        (
            ("--database", "mysql://a:hunter2@b/c", "--port", "0"),
            "error: the URL of the database names neither",
        ),
        (
            ("--sweep-seconds", "-1", "--port", "0"),
            "sweep_seconds: Input should be greater than or equal to 0",
        ),
    ],
)
def test_settings_that_cannot_be_are_told(arguments: tuple[str, ...], said: str) -> None:
    called = call("serve", *arguments)
    assert called.code in (1, 2)
    assert said in called.err
    assert "Traceback" not in called.err
    assert "hunter2" not in called.err
