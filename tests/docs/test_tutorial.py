"""docs/tutorial.md and docs/how-to.md can be followed: their commands print what is shown."""

from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.docs.followed import follow, rewritten, steps, write

TUTORIAL = ROOT / "docs" / "tutorial.md"
HOW_TO = ROOT / "docs" / "how-to.md"


def check(page: Path, folder: Path, request: pytest.FixtureRequest) -> None:
    printed = list(follow(page, folder))
    if request.config.getoption("--update-golden"):
        page.write_text(rewritten(page, printed), encoding="utf-8")
        return
    assert [step.text for step, _ in printed] == [text for _, text in printed]
    assert len(printed) >= 8


def test_every_step_of_the_tutorial_prints_what_is_shown(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    check(TUTORIAL, tmp_path, request)


def test_every_recipe_prints_what_is_shown(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for step in steps(TUTORIAL):
        if step.file:
            write(step, tmp_path)
    check(HOW_TO, tmp_path, request)
