"""What all tests share: golden files and the Hypothesis profiles."""

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN_DIR = Path(__file__).parent / "golden"

# `ci` is the profile of every ordinary run, so that a developer sees what CI sees: the same examples each
# time, and neither a deadline nor a limit on how long examples are made, for a busy machine is not a bug, and
# a fresh checkout makes its tables of characters with the first text. HYPOTHESIS_PROFILE=thorough looks for
# new examples.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", PATIENT, derandomize=True, max_examples=100)
settings.register_profile("thorough", PATIENT, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files from this run")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return `golden(name, text)`, which compares `text` in full with `tests/golden/<name>`."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        path = GOLDEN_DIR / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        if not path.is_file():
            pytest.fail(f"no golden file tests/golden/{name}; write it with --update-golden", pytrace=False)
        want = path.read_bytes().decode()
        if text != want:
            pytest.fail(describe_difference(name, want, text), pytrace=False)

    return compare


def describe_difference(name: str, want: str, got: str) -> str:
    """Return a unified diff from the golden text to this run's, with line ends where only they differ."""
    want_lines, got_lines = want.splitlines(keepends=True), got.splitlines(keepends=True)
    if want.splitlines() == got.splitlines():
        want_lines, got_lines = [f"{line!r}\n" for line in want_lines], [f"{line!r}\n" for line in got_lines]
    diff = difflib.unified_diff(want_lines, got_lines, f"tests/golden/{name}", "this run")
    body = "".join(line if line.endswith("\n") else f"{line}\n\\ no newline at the end\n" for line in diff)
    return f"tests/golden/{name} differs; if the new text is right, run with --update-golden\n{body}"
