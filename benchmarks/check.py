"""Checks of hostile texts: CPU time of one check each, and how long nobody looks whether it is waited for."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile import BOOKS, SUITES, TESTED
from scorewright.diagnostics.diagnostic import Report
from scorewright.program.program import Program
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source
from scorewright.suites.suite_run import check_suite

MAY_TAKE = 2.0
MAY_WAIT = 0.2


@dataclass(frozen=True, slots=True)
class Measured:
    """What one check took, in seconds of CPU time."""

    name: str
    size: int
    seconds: float
    gap: float
    found: int


class Looks:
    """Somebody who waits, and notes how long nobody looked whether they do."""

    def __init__(self) -> None:
        self.gap = 0.0
        self._last = time.process_time()

    def gone(self) -> bool:
        now = time.process_time()
        self.gap, self._last = max(self.gap, now - self._last), now
        return False


def measure_book(name: str) -> Measured:
    """Check a rulebook."""
    text = BOOKS[name]().encode()
    source, _ = Source.decode(f"{name}.yaml", text)
    assert source is not None  # INVARIANT: every text is made to be read
    looks, begun = Looks(), time.process_time()
    _, report = load_source(source, stopped=looks.gone)
    seconds = time.process_time() - begun
    looks.gone()
    return Measured(name, len(text), seconds, looks.gap, len(report.diagnostics))


def measure_suite(name: str, program: Program, folder: Path) -> Measured:
    """Check a suite beside its rulebook."""
    path = folder / f"{name}.tests.yaml"
    path.write_text(SUITES[name](), encoding="utf-8")
    begun = time.process_time()
    report: Report = check_suite(path, program).report
    seconds = time.process_time() - begun
    return Measured(f"suite {name}", path.stat().st_size, seconds, 0.0, len(report.diagnostics))


def suited() -> Program:
    """Load the rulebook that the suites are for."""
    loaded, report = load_source(Source("hostile.yaml", TESTED()))
    assert loaded is not None, report.diagnostics[:3]
    return loaded.program


def measured() -> list[Measured]:
    """Check every text."""
    found = [measure_book(name) for name in BOOKS]
    with tempfile.TemporaryDirectory() as folder:
        program = suited()
        return found + [measure_suite(name, program, Path(folder)) for name in SUITES]


def _fixed_work() -> int:
    return sum(number * number % 7 for number in range(1_000_000))


def calibrated(work: Callable[[], object] = _fixed_work) -> float:
    """Tell how long a fixed work takes, to compare this machine, as busy as it is, with another."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    found = sorted(measured(), key=lambda each: -each.seconds)
    print(f"one check each, seconds of CPU time; a fixed work takes {calibrated():.3f} here\n")
    print(f"  {'':30} {'KiB':>5} {'seconds':>8} {'unwatched':>10} {'findings':>9}")
    for each in found:
        slow = "  TOO SLOW" if each.seconds > MAY_TAKE or each.gap > MAY_WAIT else ""
        size, gap = each.size / 1024, f"{each.gap:.3f}" if each.gap else "-"
        print(f"  {each.name:30} {size:5.0f} {each.seconds:8.2f} {gap:>10} {each.found:9}{slow}")
    worst = found[0]
    print(f"\nworst: {worst.name}, {worst.seconds:.2f} s of {MAY_TAKE:.0f}")


if __name__ == "__main__":
    main()
