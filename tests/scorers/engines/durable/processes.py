"""Run Python where it may crash: in a process of its own, with every byte of fresh memory set to nonsense."""

import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass

from tests.architecture.source import ROOT

HUNG = "hung"


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (a signal is negative) or `HUNG`, and what it printed."""

    code: int | str
    out: str


def run(code: str, seconds: float = 30) -> Ended:
    """Run code in a process of its own."""
    nonsense = {**os.environ, "MALLOC_PERTURB_": "90", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", textwrap.dedent(code)]
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=seconds, env=nonsense
        )
    except subprocess.TimeoutExpired:
        return Ended(HUNG, "")
    return Ended(done.returncode, (done.stdout + done.stderr).strip())
