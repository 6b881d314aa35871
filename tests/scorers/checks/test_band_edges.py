"""Bands and the levels of a matrix: in order, and within reach."""

from collections.abc import Callable
from textwrap import dedent

from tests.scorers.checks.books import Edits, told_of_each

RATED = dedent(
    """\
    rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }
    inputs:
      budget: { type: rating, decimals: 1 }
      demo: { type: boolean }
      team_size: { type: integer, min: 1, max: 1000 }
    score: { out_of: 25, if_missing: incomplete }
    groups: [{ id: fit }, { id: intent }]
    criteria:
      - { id: budget, group: fit, input: budget, rating: as_is }
      - { id: team, group: fit, when: { input: team_size, at_least: 5 }, points: 10 }
      - { id: demo, group: intent, when: { input: demo, is: true }, points: 10 }
    bands:
      - { id: hot, from: 22 }
      - { id: warm, from: 12 }
      - { id: cold, from: 1 }
    """
)
MATRIX = dedent(
    """\
    matrix:
      id: grid
      rows: { group: fit, levels: [{ id: good, from: 11 }, { id: poor, from: 1 }] }
      columns: { group: intent, levels: [{ id: high, from: 10 }, { id: low, from: 0 }] }
      cells: { good: { high: Call, low: Nurture }, poor: { high: Qualify, low: Wait } }
    """
)


def bands(hot: str = "from: 22", warm: str = "from: 12", cold: str = "from: 1") -> Edits:
    """Write the three bands in another way."""
    written = {
        "hot, from: 22": f"hot, {hot}",
        "warm, from: 12": f"warm, {warm}",
        "cold, from: 1": f"cold, {cold}",
    }
    return {f"id: {old}": f"id: {new}" for old, new in written.items()}


def read_from(name: str, **edges: str) -> Edits:
    """Read the bands from an input."""
    return {**bands(**edges), "if_missing: incomplete": f"if_missing: incomplete, band_on: {name}"}


def grid(edits: Edits) -> Edits:
    """Add the matrix, and change it."""
    text = MATRIX
    for old, new in edits.items():
        assert old in text, old
        text = text.replace(old, new)
    return {"bands:\n": f"{text}bands:\n"}


FAIR = {
    "id: good, from: 11 }": "id: good, from: 11 }, { id: fair, from: 6 }",
    "poor: {": "fair: { high: Call, low: Wait }, poor: {",
}
CASES: dict[str, Edits] = {
    "as it should be": {},
    "one edge twice": bands(warm="from: 22"),
    "two bands out of order": bands(hot="from: 5"),
    "qualified below and not above": bands("from: 22, qualified: false", "from: 12, qualified: true"),
    "qualified above and not below": bands("from: 22, qualified: true", "from: 12, qualified: false"),
    "above the most": bands(hot="from: 25.5"),
    "at the most": bands(hot="from: 25"),
    "between two totals": bands("from: 15.04", "from: 15.02"),
    "on a total": bands("from: 15.1", "from: 15"),
    "below the least": bands(cold="from: 0"),
    "above the least": bands(cold="from: 1.5"),
    "missing answers that earn nothing": {"if_missing: incomplete": "if_missing: no_points"},
    "missing answers that earn nothing, from 0": {
        **bands(cold="from: 0"),
        "if_missing: incomplete": "if_missing: no_points",
    },
    "an edge beside the totals": bands(warm="from: 12.05"),
    "an edge that only rounding reaches": bands(warm="from: 12.00005"),
    "nothing between 5 and 11, but a disqualifier": {
        **bands(warm="from: 5.5"),
        "input: budget, rating: as_is": "when: { input: budget, equals: 5 }, points: 5",
        "bands:\n": "disqualifiers: [{ id: d, when: { input: budget, equals: 1 }, band: warm }]\nbands:\n",
        "id: cold, from: 1": "id: cold, from: 0",
        "id: hot, from: 22": "id: hot, from: 9",
    },
    "on a rating": read_from("budget", hot="from: 4", warm="from: 3"),
    "on a rating, above it": read_from("budget", hot="from: 5.1", warm="from: 3"),
    "on a rating, beside its values": read_from("budget", hot="from: 4.05", warm="from: 3"),
    "on a rating, between its values": read_from("budget", hot="from: 4.07", warm="from: 4.03"),
    "on a rating, above its lowest": read_from("budget", hot="from: 4", warm="from: 3", cold="from: 2"),
    "on a rating, below its lowest": read_from("budget", hot="from: 4", warm="from: 3", cold="from: 0"),
    "on a number without an end": {
        **read_from("team_size", hot="from: 100000"),
        "{ type: integer, min: 1, max: 1000 }": "{ type: integer, min: 1 }",
    },
    "a grid as it should be": grid({}),
    "no cell": grid({", low: Wait": ""}),
    "no row of cells": grid({", poor: { high: Qualify, low: Wait }": ""}),
    "a cell of no level": grid({"low: Wait": "low: Wait, lo: Hold"}),
    "a row of no level": grid({"poor: { high": "por: { high"}),
    "a level above the most": grid({"id: high, from: 10": "id: high, from: 11"}),
    "a level between two sums": grid(FAIR),
    "a level above the least": grid({"id: poor, from: 1": "id: poor, from: 2"}),
    "levels out of order": grid({"id: low, from: 0": "id: low, from: 20"}),
    "one level twice": grid({"id: low, from: 0": "id: low, from: 10"}),
    "a grid of no group": grid({"group: intent": "group: intend"}),
}


def test_what_is_told_about_bands(golden: Callable[[str, str], None]) -> None:
    golden("checks/bands.out", told_of_each(CASES, RATED))
