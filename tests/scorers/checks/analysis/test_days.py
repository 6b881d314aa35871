"""Tests of the days that are tried: a condition that comes true as days pass is never refused."""

from textwrap import dedent

import pytest

from scorewright.rulebook.source import Source
from scorewright.scoring.load import Loaded, load_source

LATE = "{ all: [{ input: due, before: as_of }, { input: due, after: 2026-05-01 }] }"
PLACES = {
    "criteria": f"  - {{ id: late, when: {LATE}, points: 1 }}",
    "flags": f"flags:\n  - {{ id: late, when: {LATE} }}",
    "lists": f"lists:\n  - {{ id: l, items: [{{ id: late, shown: Late, when: {LATE} }}] }}",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_fixed_day_that_as_of_will_pass_is_compared_with_days_after_it(place: str) -> None:
    text = dedent(
        """\
        rulebook: { id: a, name: A, version: 1.0.0, owner: me }
        score: { method: sum, out_of: 10, if_missing: incomplete }
        inputs:
          due: { type: date, max: as_of }
          fit: { type: boolean }
        bands: [{ id: high, from: 5 }, { id: low, from: 0 }]
        criteria:
          - { id: fit, when: { input: fit, is: true }, points: POINTS }
        """
    )
    text = text.replace("POINTS", "9" if place == "criteria" else "10")
    loaded, report = load_source(Source("a.yaml", text + PLACES[place] + "\n"))
    assert isinstance(loaded, Loaded), report
    assert "condition-never-true" not in [finding.code for finding in report.diagnostics]
