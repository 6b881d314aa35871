"""A folder of rulebooks that tests may spoil."""

import shutil
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.service.cli.calling import RULES


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy two rulebooks with their suites to `rules` in a folder of its own, and work there."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for name in ("bant_20", "lead_points_100"):
        for ending in (".yaml", ".tests.yaml"):
            shutil.copy(RULES / f"{name}{ending}", folder)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work at the root of the project, where paths are as its readers see them."""
    monkeypatch.chdir(ROOT)
