"""Weights, caps, floors, declared totals, and what points come to together."""

from collections.abc import Callable
from textwrap import dedent

from tests.scorers.checks.books import Edits, told_of_each

GROUPED = dedent(
    """\
    rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }
    inputs:
      budget: { type: boolean }
      demo: { type: boolean }
      team_size: { type: integer, min: 1, max: 1000 }
    score: { out_of: 50, if_missing: no_points }
    groups:
      - { id: fit, out_of: 10 }
      - { id: intent, out_of: 40 }
    criteria:
      - { id: team, group: fit, when: { input: team_size, at_least: 5 }, points: 10 }
      - { id: budget, group: intent, when: { input: budget, is: true }, points: 20 }
      - { id: demo, group: intent, when: { input: demo, is: true }, points: 20 }
    bands: [{ id: hot, from: 50 }, { id: warm, from: 30 }, { id: cold, from: 0 }]
    """
)
WEIGHTED = "if_missing: no_points, method: weighted"


def weighted(fit: str, intent: str, score: str = "out_of: 100") -> Edits:
    """Give both groups a weight."""
    return {
        "out_of: 50, if_missing: no_points": f"{score}, {WEIGHTED}",
        "id: fit, out_of: 10": f"id: fit, {fit}",
        "id: intent, out_of: 40": f"id: intent, {intent}",
        "from: 50": "from: 75",
    }


def group(keys: str, out_of: int = 50) -> Edits:
    """Give the group of intent further keys."""
    return {
        "id: intent, out_of: 40": f"id: intent, {keys}",
        "score: { out_of: 50": f"score: {{ out_of: {out_of}",
    }


def score(keys: str) -> Edits:
    """Give the score further keys."""
    return {"if_missing: no_points": f"if_missing: no_points, {keys}"}


PENALTY = "when: { input: demo, is: true }, points: -20"

CASES: dict[str, Edits] = {
    "as it should be": {},
    "weights as they should be": weighted("weight: 25", "weight: 75"),
    "weights of 95": weighted("weight: 25", "weight: 70"),
    "one weight missing": weighted("weight: 100", "label: Intent"),
    "a weight of nothing": weighted("weight: 100", "weight: 0"),
    "a weight for what earns nothing": {
        **weighted("weight: 25", "weight: 75"),
        "at_least: 5 }, points: 10": "at_least: 5 }, points: -10",
    },
    "weights in a sum": group("weight: 100"),
    "weighted without groups": {
        "if_missing: no_points": WEIGHTED,
        "groups:\n  - { id: fit, out_of: 10 }\n  - { id: intent, out_of: 40 }\n": "",
        "group: fit, ": "",
        "group: intent, ": "",
    },
    "weighted, and a criterion outside": {
        **weighted("weight: 25", "weight: 75"),
        "id: demo, group: intent": "id: demo",
    },
    "weighted out of 50": weighted("weight: 25", "weight: 75", "out_of: 50"),
    "a cap that binds": group("cap: 30", 40),
    "a cap at the most": group("cap: 40"),
    "a cap above the most": group("cap: 41"),
    "a floor that binds": {**group("floor: 5"), "{ id: cold, from: 0 }": "{ id: cold, from: 5 }"},
    "a floor at the least": group("floor: 0"),
    "a floor above a cap": group("cap: 10, floor: 20"),
    "a cap of the total that binds": {**score("cap: 45"), "out_of: 50": "out_of: 45", "from: 50": "from: 45"},
    "a cap of the total at the most": score("cap: 50"),
    "a floor of the total below the least": score("floor: -1"),
    "a floor of the total above its cap": score("cap: 10, floor: 20"),
    "out of less": {"out_of: 50": "out_of: 45"},
    "a group out of more": {"id: fit, out_of: 10": "id: fit, out_of: 15"},
    "a group out of its sum, and not its cap": group("cap: 30, out_of: 40", 40),
    "a penalty left out": {
        "when: { input: demo, is: true }, points: 20": PENALTY,
        "if_missing: no_points": "if_missing: leave_out, minimum_known: 2",
        "score: { out_of: 50": "score: { out_of: 30",
    },
    "a penalty left out by its input": {
        "when: { input: demo, is: true }, points: 20": PENALTY,
        "demo: { type: boolean }": "demo: { type: boolean, if_missing: leave_out }",
        "if_missing: no_points }": "if_missing: no_points, minimum_known: 2 }",
    },
    "coverage beyond all": score("minimum_coverage: 101"),
    "coverage of nothing": score("minimum_coverage: 0"),
    "more known than there is": score("minimum_known: 4"),
    "all known": score("minimum_known: 3"),
    "one group alone": {"from: 50": "from: 40"},
    "one group alone, below a cap": {**group("cap: 30", 40), "from: 50": "from: 35"},
    "nearly one group alone": {"from: 50": "from: 41"},
    "points too small": {
        "points: 10": "points: 4",
        "out_of: 50": "out_of: 44",
        "id: fit, out_of: 10": "id: fit",
        "from: 50": "from: 40",
        "from: 30": "from: 20",
    },
    "points between edges": {"from: 30": "from: 10", "from: 50": "from: 20"},
}


def test_what_is_told_about_points(golden: Callable[[str, str], None]) -> None:
    golden("checks/points.out", told_of_each(CASES, GROUPED))
