"""Run the command line as a process, and tell how long it took and the most memory it held."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
ENTRY = [sys.executable, "-c", "from scorewright.cli.main import entry; raise SystemExit(entry())"]


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds on the wall and of this process's processor time, and its largest size in MiB."""

    seconds: float
    processor: float
    peak: float


def run(arguments: Sequence[str]) -> Ran:
    """Run a command whose output nobody needs; it must end with 0."""
    start = perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        # Waited for by hand: that alone tells the memory of this one process.
        process = subprocess.Popen([*ENTRY, *arguments], cwd=ROOT, stdout=nowhere, stderr=nowhere)  # noqa: S603 -- ourselves
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Ran(perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)
