"""To the later checks a signal is a yes-or-no input, also where a rulebook has no other."""

from datetime import date
from textwrap import dedent

import pytest

from scorewright.results.outcome import Score
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source
from scorewright.scoring.scorer import Scorer
from tests.engines import EVERY
from tests.scorers.checks.books import edited, told

BASE = dedent(
    """\
    rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }
    facts: { ping: {}, visit: {} }
    signals:
      - { id: quiet, when: { no: ping, within: 7 days } }
      - { id: keen, when: { count: visit, within: 30 days, at_least: 3 } }
    score: { out_of: 20, if_missing: no_points }
    groups: [{ id: fit }, { id: use }]
    criteria:
      - { id: alive, group: use, when: { signal: quiet, is: false }, points: 12 }
      - { id: keen, group: fit, when: { signal: keen, is: true }, points: 8 }
    bands:
      - { id: hot, from: 20 }
      - { id: cold, from: 0 }
    triggers:
      - { id: lost, when: { all: [{ signal: quiet, is: true }, { signal: keen, is: false }] } }
    """
)


def codes(edits: dict[str, str]) -> list[str]:
    return [line.split("[")[1].split("]")[0] for line in told(edited(edits, BASE))]


def test_a_rulebook_of_signals_alone_is_told_nothing() -> None:
    assert told(BASE) == []


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"from: 20 }": "from: 21 }"}, "threshold-out-of-reach"),
        ({"from: 20 }": "from: 13 }"}, "edge-not-attainable"),
        ({"  - { id: cold": "  - { id: warm, from: 13 }\n  - { id: cold"}, "band-unreachable"),
        ({"out_of: 20": "out_of: 21"}, "out-of-differs"),
        ({"signal: keen, is: true }, points": "signal: quiet, is: false }, points"}, "same-condition-twice"),
        ({"{ signal: keen, is: false }]": "{ signal: quiet, is: false }]"}, "trigger-never-fires"),
        ({"all: [{ signal: quiet, is: true }": "any: [{ signal: keen, is: true }"}, "condition-always-true"),
        ({"from: 20 }": "from: 12 }"}, "one-group-reaches-top-band"),
        (
            {"points: 8": "points: 1", "out_of: 20": "out_of: 13", "from: 20": "from: 12"},
            "criterion-never-changes-band",
        ),
        ({"signal: quiet, is: false": "signal: quiet, at_least: 1"}, "comparison-does-not-suit-type"),
        ({"signal: quiet, is: false": "signal: quiet, is: 5"}, "value-not-possible"),
        ({"signal: quiet, is: false": 'signal: quiet, is: "no"'}, "old-boolean"),
    ],
)  # fmt: skip
def test_what_signals_rule_out_is_told(edits: dict[str, str], code: str) -> None:
    assert code in codes(edits)


@pytest.mark.parametrize("engine", EVERY)
def test_an_account_without_inputs_is_scored_by_its_signals(engine: str) -> None:
    loaded, _ = load_source(Source("example.yaml", BASE))
    assert loaded is not None
    scorer = Scorer(loaded.program, engine)
    known = scorer.score({"quiet": False, "keen": True}, as_of=date(2026, 1, 31))
    unknown = scorer.score({}, as_of=date(2026, 1, 31))
    assert isinstance(known, Score)
    assert isinstance(unknown, Score)
    assert known.outcome.total == 20
    assert known.outcome.band == "hot"
    assert unknown.outcome.bounds is not None
    assert unknown.outcome.bounds.lowest == 0
    assert unknown.outcome.bounds.highest == 20
