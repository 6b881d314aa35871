"""`make lint` holds the walls between rooms: each breach is planted on a copy of the tree and found there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT

# The copy's modules come from the copy, never from where the tree under test is installed.
LINT = f"""
import sys
ours = {[str(ROOT / root) for root in PACKAGES]!r}
sys.path[:] = {list(PACKAGES)!r} + [place for place in sys.path if place not in ours]
from importlinter.cli import lint_imports_command
lint_imports_command()
"""

Files = Mapping[str, str]
"""Texts of files by their paths below the root."""

PLANTED: dict[str, tuple[Files, str]] = {
    "nothing": ({}, ""),
    "an import up": (
        {"scorers/scorewright/results/planted.py": "from scorewright.scoring.scorer import Scorer\n"},
        "scorewright.results.planted -> scorewright.scoring.scorer",
    ),
    "an import up inside a function": (
        {
            "scorers/scorewright/semantics/planted.py": (
                "def late() -> object:\n    import scorewright.compiler.lower\n    return scorewright\n"
            )
        },
        "scorewright.semantics.planted -> scorewright.compiler.lower",
    ),
    "the library importing the service": (
        {"scorers/scorewright/suites/planted.py": "from scorewright.catalog.catalog import Catalog\n"},
        "scorewright.suites.planted -> scorewright.catalog.catalog",
    ),
    "a file without a room": ({"scorers/scorewright/planted.py": ""}, "scorewright.planted"),
    "a file of the service without a room": ({"service/scorewright/planted.py": ""}, "scorewright.planted"),
    "a room without a layer": ({"service/scorewright/planted/__init__.py": ""}, "scorewright.planted"),
    "an import past a face": (
        {
            "scorers/scorewright/results/inside.py": "",
            "scorers/scorewright/scoring/planted.py": "import scorewright.results.inside\n",
        },
        "scorewright.scoring.planted -> scorewright.results.inside",
    ),
    "an import past a face of the service": (
        {
            "service/scorewright/storage/inside.py": "",
            "service/scorewright/accounts/planted.py": "import scorewright.storage.inside\n",
        },
        "scorewright.accounts.planted -> scorewright.storage.inside",
    ),
    "the wire in the library": (
        {"scorers/scorewright/validation/planted.py": "import grpc\n"},
        "scorewright.validation.planted -> grpc",
    ),
}
"""What is planted, and the words by which the broken contract tells of it."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for root in PACKAGES:
        shutil.copytree(ROOT / root, folder / root)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run lint-imports in a copy, as `make lint` does in the tree."""
    # Wide, so that no line of what it tells is broken.
    environment = {**os.environ, "COLUMNS": "400"}
    command = [sys.executable, "-c", LINT, "--no-logo"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize(("files", "told"), PLANTED.values(), ids=PLANTED)
def test_lint_fails_for_what_breaks_a_contract_and_names_it(copied: Path, files: Files, told: str) -> None:
    planted = [copied / path for path in files]
    try:
        for path, text in zip(planted, files.values(), strict=True):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = lint(copied)
    finally:
        for path in planted:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
    assert done.returncode == (1 if files else 0), done.stdout + done.stderr
    assert told in done.stdout
    assert ("BROKEN" in done.stdout) == bool(files)
