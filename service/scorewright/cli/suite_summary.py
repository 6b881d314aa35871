"""What all suites came to: a line a rulebook, and what no test touches."""

from collections.abc import Iterator, Sequence

from scorewright.cli.findings import counted
from scorewright.cli.stdio import Paint
from scorewright.diagnostics import Report, Severity
from scorewright.suites import CoverageItem, SuiteRun

_WORDS = {
    "band-without-test": "bands",
    "edge-without-boundary-test": "edges",
    "criterion-untested": "criteria",
    "trigger-without-test": "triggers",
    "signal-without-test": "signals",
}


def render(tested: Sequence[SuiteRun], report: Report, paint: Paint) -> str:
    """Write the summary."""
    wide = max((len(item.loaded.program.id) for item in tested), default=0)
    lines = [f"{item.loaded.program.id:<{wide}}  {_counts(item, paint)}" for item in tested]
    return "".join(f"{line}\n" for line in [*lines, _total(tested, report, paint)])


def _counts(item: SuiteRun, paint: Paint) -> str:
    if item.suite.document is None:
        return (
            paint("no tests", "warn") if not item.suite.report.has_errors else paint("cannot be read", "bad")
        )
    failed = len(item.failed)
    parts = [f"{len(item.results) - failed} passed"]
    parts += [paint(f"{failed} failed", "bad")] if failed else []
    parts += list(_touched(item, paint))
    return ", ".join(parts)


def _touched(item: SuiteRun, paint: Paint) -> Iterator[str]:
    for code, parts in item.coverage.families().items() if item.coverage else ():
        if parts:
            yield _share(parts, _WORDS[code], paint)


def _share(parts: Sequence[CoverageItem], word: str, paint: Paint) -> str:
    touched = sum(part.lack is None for part in parts)
    shown = f"{word} {touched}/{len(parts)}"
    return shown if touched == len(parts) else paint(shown, "warn")


def _total(tested: Sequence[SuiteRun], report: Report, paint: Paint) -> str:
    failed = sum(len(item.failed) for item in tested)
    passed = sum(len(item.results) for item in tested) - failed
    suites = counted(sum(item.suite.document is not None for item in tested), "suite")
    parts = [paint(f"{passed} passed", "good" if not failed else "bold")]
    parts += [paint(f"{failed} failed", "bad")] if failed else []
    errors = report.count(Severity.ERROR) - failed
    parts += [paint(counted(errors, "error"), "bad")] if errors else []
    warnings = report.count(Severity.WARNING)
    parts += [paint(counted(warnings, "warning"), "warn")] if warnings else []
    return f"{suites}: {', '.join(parts)}"
