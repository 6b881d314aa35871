"""Call the command line in this process, or in one of its own."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from scorewright.cli.main import main
from scorewright.cli.stdio import Paint, Streams
from tests.architecture.source import ROOT

RULES = ROOT / "rules"
DAY = "2026-01-31"
ENTRY = [sys.executable, "-c", "from scorewright.cli.main import entry; raise SystemExit(entry())"]


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        """Show everything, for goldens."""
        parts = [f"exit code {self.code}\n", self.out, "--- standard error\n" if self.err else "", self.err]
        return "".join(parts)


def call(*arguments: str | os.PathLike[str], stdin: bytes = b"", color: bool = False) -> Called:
    """Call the command line in this process, from its root."""
    out, err = io.StringIO(), io.StringIO()
    paint = Paint(color)
    streams = Streams(io.BufferedReader(io.BytesIO(stdin)), out, err, paint, paint)
    # argparse writes usage and help to the process's own streams.
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([os.fspath(argument) for argument in arguments], streams)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Called(code, out.getvalue(), err.getvalue())


def start(*arguments: str | os.PathLike[str], stdin: bytes = b"", **environment: str) -> Called:
    """Call the command line in a process of its own."""
    command = [*ENTRY, *(str(argument) for argument in arguments)]
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    return Called(done.returncode, done.stdout.decode(), done.stderr.decode())
