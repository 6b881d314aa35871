"""docs/explanation.md is true: its pictures are drawn anew, and what it says of an answer is answered."""

import runpy
from datetime import date
from xml.etree import ElementTree

import pytest

from scorewright.results.outcome import Score, Status
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from tests.architecture.source import ROOT

SCRIPT = ROOT / "docs" / "pictures.py"
FOLDER = ROOT / "docs" / "pictures"
DRAWN: dict[str, str] = runpy.run_path(str(SCRIPT))["pictures"]()
PAGE = (ROOT / "docs" / "explanation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_what_its_script_draws(name: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        (FOLDER / name).write_text(DRAWN[name], encoding="utf-8")
    assert (FOLDER / name).read_text(encoding="utf-8") == DRAWN[name], "`make reference` draws it"


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_says_in_words_what_it_shows(name: str) -> None:
    root = ElementTree.fromstring(DRAWN[name])  # noqa: S314 -- our own text
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert len(title.text or "") > 40
    assert root.get("role") == "img"


def test_there_is_no_other_picture() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(DRAWN)


def answer(**inputs: float) -> Score:
    (loaded,), _ = load_paths([ROOT / "rules" / "bant_20.yaml"], "reference", date(2026, 1, 31))
    score = Scorer(loaded.program, "reference").score(inputs, as_of=date(2026, 1, 31))
    assert isinstance(score, Score)
    return score


def test_the_total_and_the_digest_that_the_page_shows_are_answered() -> None:
    score = answer(budget=5, authority=3.5, need=4, timeline=2)
    assert f"make {float(score.outcome.total or 0)} of 20" in PAGE
    assert score.program.digest[:12] in PAGE


def test_a_missing_answer_does_what_the_page_says() -> None:
    outcome = answer(budget=5, authority=3.5, need=4).outcome
    assert outcome.bounds is not None
    assert (outcome.status, outcome.band, outcome.missing) == (Status.INCOMPLETE, None, ("timeline",))
    lowest, highest = float(outcome.bounds.lowest), float(outcome.bounds.highest)
    assert f"{lowest} ├──────────────┤ {highest}" in PAGE
    assert set(outcome.bounds.possible_bands) == {"medium_priority", "high_priority"}
