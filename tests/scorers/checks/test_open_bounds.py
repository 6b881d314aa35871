"""Optional fields that leave a total without bounds: `check` says which, and an answer bears it out."""

from datetime import date

import pytest

from scorewright.results.outcome import Score
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source
from scorewright.scoring.scorer import Scorer

BOOK = """\
rulebook: {{ id: example, name: Example, version: 1.0.0, owner: sales }}
inputs:
  target: {{ type: integer, min: 0, max: 9, required: true }}
  deals:
    type: list
    required: true
    fields:
      amount: {{ type: number, {amount}, optional: true }}
      share: {{ type: number, {share} }}
values:
  pipeline: {{ sum: {{ over: deals, of: [amount, share] }} }}
  v: {{ {formula} }}
score: {{ method: value, of: {of} }}
bands:
  - {{ id: all, when: {{ value: v, known: true }} }}
  - {{ id: rest, when: {{ value: pipeline, known: true }} }}
  - {{ id: other }}
"""
FIELD = "min: 0, max: 9"
PLAIN = "subtract: [pipeline, target]"


@pytest.mark.parametrize(
    ("amount", "share", "formula", "of", "way"),
    [
        (FIELD, FIELD, PLAIN, "v", None),
        ("min: 0", FIELD, PLAIN, "v", "give the field a `max`, or delete `optional`"),
        ("max: 0", FIELD, PLAIN, "pipeline", "give the field a `min`, or delete `optional`"),
        ("decimals: 2", FIELD, PLAIN, "v", "give the field a `min` and a `max`, or delete `optional`"),
        ("min: 0", "min: 0", PLAIN, "v", "give the field a `max`, or delete `optional`"),
        (FIELD, "min: 0", PLAIN, "v", None),
        ("min: 0", FIELD, f"{PLAIN}, max: 99, blame: deals", "v", None),
        (
            FIELD,
            FIELD,
            "divide: [target, pipeline]",
            "v",
            "give value `v` a `min` and a `max`, or delete `optional`",
        ),
    ],
)
def test_what_leaves_the_total_without_bounds_is_told_and_so_it_is_answered(
    amount: str, share: str, formula: str, of: str, way: str | None
) -> None:
    text = BOOK.format(amount=amount, share=share, formula=formula, of=of)
    loaded, report = load_source(Source("example.yaml", text))
    assert loaded is not None, report
    found = [d for d in report.diagnostics if d.code == "bounds-open"]
    assert [d.help for d in found] == ([] if way is None else [way])
    assert all(d.message == "the total has no bounds while a record of `deals` lacks `amount`" for d in found)
    answer = Scorer(loaded.program).score({"target": 2, "deals": [{"share": 2}]}, as_of=date(2026, 1, 31))
    assert isinstance(answer, Score)
    assert (answer.outcome.bounds is None) is bool(found)


def test_where_it_is_no_total_nothing_is_told() -> None:
    text = BOOK.format(amount="min: 0", share=FIELD, formula=PLAIN, of="v").replace(
        "method: value, of: v", "method: none"
    )
    _, report = load_source(Source("example.yaml", text))
    assert [d.code for d in report.diagnostics] == []
