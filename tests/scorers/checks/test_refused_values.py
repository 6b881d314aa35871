"""A value with a range refuses subjects: `check` says which."""

import pytest

from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source

BOOK = """\
rulebook: {{ id: example, name: Example, version: 1.0.0, owner: sales }}
inputs:
  tickets: {{ type: integer, min: 0, max: 50, required: true }}
  seats: {{ type: integer, min: 1, max: 40, required: true }}
values:
  x: {{ subtract: [tickets, 20] }}
  v: {{ {formula}, blame: {blame} }}
score: {{ method: value, of: v }}
bands: [{{ id: all, when: {{ value: x, known: true }} }}, {{ id: rest }}]
"""


def told(formula: str, blame: str = "tickets") -> list[str]:
    report = load_source(Source("example.yaml", BOOK.format(formula=formula, blame=blame)))[1]
    return [d.message for d in report.diagnostics if d.code == "value-refuses-subjects"]


@pytest.mark.parametrize(
    ("formula", "who"),
    [
        ("add: [x, 10], min: 0", "subjects with `tickets` less than 10"),
        ("multiply: [-10, x], min: -100", "subjects with `tickets` more than 30"),
        ("multiply: [10, x], max: 100", "subjects with `tickets` more than 30"),
        ("divide: [x, 4], max: 2.5", "subjects with `tickets` more than 30"),
        ("percent: [x, 40], min: 0", "subjects with `tickets` less than 20"),
        ("subtract: [1, x, tickets], min: -59", "subjects with `tickets` more than 40"),
    ],
)
def test_whom_a_limit_refuses_is_told_by_the_one_input_that_it_depends_on(formula: str, who: str) -> None:
    (message,) = told(formula)
    assert message.startswith(f"{who} will be refused as inconsistent: `v` would be ")


def test_by_several_inputs_it_is_told_by_the_value() -> None:
    (message,) = told("subtract: [seats, tickets], min: 0")
    assert message == "subjects will be refused as inconsistent where `v` would be less than 0"
    assert len(told("subtract: [seats, tickets], min: 0, max: 40")) == 1
    assert len(told("subtract: [seats, tickets], min: 0, max: 39")) == 2


@pytest.mark.parametrize(
    "formula", ["add: [x, 20], min: 0", "add: [x, 20], max: 50", "multiply: [x, 2], max: 60"]
)
def test_a_limit_that_no_answer_leaves_is_not_told(formula: str) -> None:
    assert told(formula) == []
