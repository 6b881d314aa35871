"""Texts made to take long: each check ends soon, and sooner where nobody waits for it."""

from itertools import count
from pathlib import Path

import pytest

from benchmarks.check import calibrated, measure_book, measure_suite, suited
from benchmarks.hostile import BOOKS
from scorewright.diagnostics.budget import StoppedError
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source

MOST = 100
"""How many times a fixed work a check may take: some four seconds where that takes 0.04.

Two seconds are the promise, and `python -m benchmarks check` measures it; what is guarded here took minutes.
"""


@pytest.mark.parametrize(
    "name", ["names_alike_of_all_kinds", "ratio_pairs", "ratios_and_cuts", "groups_tied", "value_chains"]
)
def test_the_check_of_a_hostile_text_ends_soon(name: str) -> None:
    assert measure_book(name).seconds < MOST * calibrated()


def test_the_check_of_a_hostile_suite_ends_soon(tmp_path: Path) -> None:
    assert measure_suite("inputs_unknown", suited(), tmp_path).seconds < MOST * calibrated()


@pytest.mark.parametrize("looks", [0, 3, 20, 60, 300])
def test_a_check_that_nobody_waits_for_ends_at_the_next_look(looks: int) -> None:
    source, seen = Source("ratio_pairs.yaml", BOOKS["ratio_pairs"]()), count()
    with pytest.raises(StoppedError):
        load_source(source, stopped=lambda: next(seen) >= looks)
    assert next(seen) == looks + 1
