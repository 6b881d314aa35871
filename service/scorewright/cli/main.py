"""The console script `scorewright`: find the command, run it, and never end in a traceback."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

from scorewright.cli.command import CLEAN, WRONG, Command, UsageError, add_color, new_parser, reason
from scorewright.cli.stdio import PLAIN, Paint, Streams, takes_color
from scorewright.diagnostics import need_of_module
from scorewright.engines import EngineNotInstalledError

COMMANDS = (
    Command("check", "find mistakes in rulebooks and their tests"),
    Command("test", "run the tests beside rulebooks"),
    Command("score", "score the subjects of a CSV or JSON lines file"),
    Command("explain", "explain the score of one subject"),
    Command("schema", "write the JSON Schema that editors use"),
    Command("fmt", "format rulebooks and tests, comments and all"),
    Command("init", "start a folder of rulebooks, or add what one lacks"),
    Command("new", "start a rulebook and its tests from another one"),
    Command("serve", "serve rulebooks over gRPC"),
)

TRACEBACK = "SCOREWRIGHT_TRACEBACK"
"""The variable that shows the traceback of a bug."""

INTERRUPTED, PIPE_CLOSED = 130, 141


def entry() -> int:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        return _fail(sys.stderr, f"input or output failed: {reason(error)}")
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        way_out = f"please report it; {TRACEBACK}=1 shows where it happened"
        return _fail(sys.stderr, f"a bug in scorewright: {type(error).__name__}: {error}", way_out)
    return code


def main(arguments: Sequence[str], streams: Streams | None = None) -> int:
    """Run one command line, on the process's own streams where none are given; give its exit code."""
    top = top_parser().parse_args(arguments)
    err = streams.err if streams else sys.stderr
    if top.version:
        (streams.out if streams else sys.stdout).write(f"scorewright {_version()}\n")
        return CLEAN
    if top.command is None:
        err.write(top_parser().format_help())
        return WRONG
    command = next((command for command in COMMANDS if command.name == top.command), None)
    if command is None:
        return _fail(err, f"no command is called `{top.command}`", _which(top.command))
    parsed = command.parser().parse_args(top.arguments)
    return run(command, parsed, streams or process_streams(getattr(parsed, "color", top.color)))


def run(command: Command, parsed: argparse.Namespace, streams: Streams) -> int:
    """Run a command with its parsed arguments; what goes wrong is told in a line or two."""
    module = command.load()
    try:
        return module.run(module.parse(parsed), streams)
    except UsageError as wrong:
        with suppress(BrokenPipeError):
            streams.out.flush()
        return _fail(streams.err, wrong.message, wrong.way_out, streams.paint_err)
    except EngineNotInstalledError as missing:
        return _fail(streams.err, str(missing), paint=streams.paint_err)
    except ModuleNotFoundError as absent:
        need = need_of_module(absent.name)
        if need is None:
            raise
        return _fail(streams.err, need, paint=streams.paint_err)


def process_streams(color: str) -> Streams:
    """Return the streams of this process."""
    paint, paint_err = (Paint(takes_color(stream, color)) for stream in (sys.stdout, sys.stderr))
    return Streams(sys.stdin.buffer, sys.stdout, sys.stderr, paint, paint_err)


def top_parser() -> argparse.ArgumentParser:
    """Build the parser of what stands before the command's own arguments."""
    parser = new_parser(
        "scorewright", "Turns an analyst's YAML rulebook into a score with reasons and actions."
    )
    parser.usage = "scorewright [--version] [--color {auto,always,never}] COMMAND ..."
    parser.epilog = _epilog()
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    add_color(parser, "auto")
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _epilog() -> str:
    width = max(len(command.name) for command in COMMANDS)
    lines = (f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS)
    exits = (
        "exit codes:\n  0  clean\n  1  findings, failed tests or refused rows\n"
        "  2  wrong usage, or a file that cannot be read or written"
    )
    return "commands:\n" + "\n".join(lines) + "\n\n`scorewright COMMAND --help` says more.\n\n" + exits


def _version() -> str:
    # Imported here: no other call needs it, and it takes longer than to read a rulebook.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("scorewright")
    except PackageNotFoundError:
        return "(not installed)"


def _which(name: str) -> str:
    from scorewright.diagnostics import suggestion

    return suggestion(name, [command.name for command in COMMANDS])


def _fail(err: TextIO, message: str, way_out: str | None = None, paint: Paint = PLAIN) -> int:
    err.write(f"{paint('error:', 'bad')} {message}\n")
    if way_out:
        err.write(f"{paint('help:', 'note')} {way_out}\n")
    return WRONG
