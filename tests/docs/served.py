"""The server as pages start it: the command itself, in a folder, on a port that is free."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENTRY = "from scorewright.cli.main import entry; raise SystemExit(entry())"
ADDRESS = re.compile(r"event=serving\b.*\baddress=(\S+)")


def program(*arguments: str) -> list[str]:
    """Write the command line of the interpreter that runs `scorewright` with these arguments."""
    return [sys.executable, "-c", ENTRY, *arguments]


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[str]:
    """Run `scorewright serve` in a folder with these arguments, and give its address."""
    command = program("serve", *arguments, "--port", "0")
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield _address(process.stderr)
        finally:
            process.terminate()
            process.stderr.close()


def _address(log: Iterator[str]) -> str:
    lines = []
    for line in log:
        lines.append(line)
        if found := ADDRESS.search(line):
            return found[1]
    raise AssertionError("".join(lines))
