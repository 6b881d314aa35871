"""The console script: finding a command, exit codes, colours, and quiet ends."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from scorewright.cli import main as cli
from scorewright.cli.command import Command, UsageError
from scorewright.cli.main import COMMANDS
from scorewright.cli.stdio import Paint, takes_color
from tests.architecture.source import ROOT
from tests.service.cli.calling import ENTRY, call, start


def test_without_a_command_it_says_what_there_is() -> None:
    called = call()
    assert (called.code, called.out) == (2, "")
    assert all(f"  {command.name}" in called.err for command in COMMANDS)


def test_an_unknown_command_is_told_with_the_nearest() -> None:
    called = call("chek")
    assert (called.code, called.err) == (
        2,
        "error: no command is called `chek`\nhelp: did you mean `check`?\n",
    )


def test_an_unknown_option_is_wrong_usage() -> None:
    called = call("check", "--strickt")
    assert called.code == 2
    assert "unrecognized arguments: --strickt" in called.err


def test_options_are_never_guessed_from_their_beginning() -> None:
    assert call("check", "--form", "json").code == 2


def test_the_version_is_told() -> None:
    called = call("--version")
    assert (called.code, called.out.split()[0]) == (0, "scorewright")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help(command: Command) -> None:
    called = call(command.name, "--help")
    assert called.code == 0
    assert called.out.startswith(f"usage: scorewright {command.name}")
    assert "exit codes: " in called.out
    assert max(len(line) for line in called.out.splitlines()) <= 80


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("order", [("--color", "never", "check"), ("check", "--color", "never")])
def test_color_stands_before_or_after_the_command(order: tuple[str, ...]) -> None:
    assert call(*order, "rules/bant_20.yaml").code == 0


@pytest.mark.parametrize(
    ("wish", "terminal", "environment", "color"),
    [
        ("auto", True, {}, True),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", False, {}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(
    wish: str, terminal: bool, environment: dict[str, str], color: bool
) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]  # a stream that says it is a terminal
    assert takes_color(stream, wish, environment) is color


def test_paint_that_is_off_changes_nothing() -> None:
    assert Paint(False)("text", "bad") == "text"
    assert Paint(True)("text", "bad") == "\x1b[1;31mtext\x1b[0m"
    assert Paint(True)("", "bad") == ""


@pytest.mark.parametrize("command", ["check", "score", "test", "explain", "schema", "fmt", "new"])
def test_no_command_but_serve_imports_the_wire_or_rich(command: str) -> None:
    arguments = {
        "check": ["rules/bant_20.yaml"],
        "test": ["rules/bant_20.yaml"],
        "score": ["bant_20", "rules/samples/bant_20.csv", "--format", "jsonl"],
        "explain": ["bant_20", "--input", "budget=3"],
        "schema": ["--for", "rules/bant_20.yaml"],
        "fmt": ["--check", "rules/bant_20.yaml"],
        "new": ["--help"],
    }[command]
    code = (
        "import sys; from scorewright.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'grpc', 'google', 'rich', 'ruamel'} & {name.partition('.')[0] for name in sys.modules}\n"
        "sys.stderr.write('heavy:' + ' '.join(sorted(heavy)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, command, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr.rpartition("heavy:")[2].strip()


def test_fmt_and_schema_never_import_the_compiler() -> None:
    code = (
        "import sys; from scorewright.cli.main import main; main(['fmt', '--check', 'rules/bant_20.yaml'])\n"
        "raise SystemExit('scorewright.compiler' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)


def test_a_closed_pipe_ends_quietly() -> None:
    command = [*ENTRY, "score", "lead_points_100", "rules/samples/lead_points_100.csv", "--format", "jsonl"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(30) in (0, 141)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let what is started hear SIGINT, though the tests may run where it is ignored, which is inherited."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_quietly() -> None:
    command = [*ENTRY, "score", "bant_20", "-", "--input-format", "csv"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        # More than a pipe holds: once it is written, the process is known to read.
        process.stdin.write(b"budget\n" + 200_000 * b"4\n")
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said == b""


def test_a_bug_is_told_in_a_line_and_shows_where_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(cli, "main", broken)
    assert cli.entry() == 2
    assert capsys.readouterr().err == (
        "error: a bug in scorewright: ZeroDivisionError: oops\n"
        "help: please report it; SCOREWRIGHT_TRACEBACK=1 shows where it happened\n"
    )
    monkeypatch.setenv("SCOREWRIGHT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        cli.entry()


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (
            OSError(28, "No space left on device"),
            2,
            "error: input or output failed: no space left on device\n",
        ),
    ],
)
def test_other_ends_have_their_codes(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    def ends(*_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "main", ends)
    assert cli.entry() == code
    assert capsys.readouterr().err == said


def test_what_a_command_cannot_do_is_told_with_a_way_out() -> None:
    def refuses(*_: object) -> int:
        raise UsageError("this will not do", "do that")

    called = io.StringIO()
    command = SimpleNamespace(load=lambda: SimpleNamespace(parse=lambda _: None, run=refuses))
    streams = SimpleNamespace(out=io.StringIO(), err=called, paint_err=Paint(False))
    assert cli.run(command, None, streams) == 2  # type: ignore[arg-type]  # stand-ins
    assert called.getvalue() == "error: this will not do\nhelp: do that\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is full on this system")  # noqa: PTH110 -- not a file
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 -- a device
        done = subprocess.run(
            [*ENTRY, "schema"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (2, "error: input or output failed: no space left on device\n")


def test_output_is_utf8_whatever_the_locale() -> None:
    called = start(
        "explain", "bant_20", "--input", "budget=3", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert called.code == 0
    assert "█" in called.out


def test_the_golden_of_the_top(golden: Callable[[str, str], None]) -> None:
    golden("cli/help.txt", call("--help").out)
