"""Values: formulas that name what exists, suit what they read, and tell what can be told."""

from collections.abc import Callable
from textwrap import dedent

from tests.scorers.checks.books import Edits, told_of_each

VALUED = dedent(
    """\
    rulebook: { id: example, name: Example, version: 1.0.0, owner: finance }
    inputs:
      starting: { type: money, min: 0, max: 100, required: true }
      gained: { type: money, min: 0, max: 100 }
      lost: { type: money, min: 0, max: 100 }
      segment: { type: choice, options: [small, large], required: true }
      tags: { type: list, of: text, max_items: 9, required: true }
      weeks:
        type: list
        required: true
        fields: { actual: { type: number, min: 0, max: 9 }, note: { type: text } }
    values:
      price: { lookup: { input: segment, options: { small: 1, large: 2 } } }
      names: { distinct: { over: [tags] } }
      volume: { sum: { over: weeks, of: [actual] } }
      run: { trailing: { over: weeks, field: actual, at_least: actual } }
      ending: { subtract: [starting, lost] }
      total: { percent: [ending, starting] }
    score: { method: value, of: total }
    lists:
      - id: notes
        items:
          - { id: dear, when: { value: price, at_least: 2 } }
          - { id: tagged, when: { value: names, at_least: 1 } }
          - { id: busy, when: { value: volume, at_least: 1 } }
          - { id: steady, when: { value: run, at_least: 3 } }
          - { id: grown, when: { input: gained, at_least: 1 } }
    bands:
      - { id: on_track, from: 90 }
      - { id: below, from: 0 }
    """
)
ENDING = "ending: { subtract: [starting, lost] }"
LOST = "lost: { type: money, min: 0, max: 100 }"
TOTAL = "total: { percent: [ending, starting] }"
RANGE = "min: 0, max: 9, blame: lost"
TRAILING = "trailing: { over: weeks, field: actual, at_least: actual }"


def total(formula: str) -> Edits:
    """Work out the total in another way."""
    return {TOTAL: f"total: {{ {formula} }}"}


CASES: dict[str, Edits] = {
    "as it should be": {},
    "an unknown value in a condition": {"value: price, at_least: 2": "value: prise, at_least: 2"},
    "an unknown operand": total("percent: [endng, starting]"),
    "an unknown list of a sum": {"over: weeks, of": "over: week, of"},
    "the name of an input": {ENDING: f"{ENDING}\n  gained: {{ add: [lost, 1] }}"},
    "worked out from itself": {ENDING: "ending: { subtract: [ending, lost] }"},
    "worked out from itself, by way of another": {ENDING: "ending: { subtract: [total, lost] }"},
    "a text where a number is due": total("percent: [ending, segment]"),
    "a list where a number is due": total("percent: [ending, tags]"),
    "a number where a choice is due": {"lookup: { input: segment": "lookup: { input: starting"},
    "records where texts are due": {"over: [tags]": "over: [tags, weeks]"},
    "texts where records are due": {"over: weeks, of": "over: tags, of"},
    "an unknown field": {"of: [actual]": "of: [actul]"},
    "a field that is no number": {TRAILING: TRAILING.replace("field: actual", "field: note")},
    "an unknown field to compare with": {TRAILING: TRAILING.replace("at_least: actual", "at_least: plan")},
    "an unknown option": {"large: 2": "lrage: 2"},
    "an option left out": {"small: 1, large: 2": "large: 2"},
    "divided by 0": total("divide: [ending, 0]"),
    "divided by a number": total("divide: [ending, 4]"),
    "blaming what has no part in it": {ENDING: ENDING.replace("]", "], min: 0, blame: gained")},
    "blaming what has": {ENDING: ENDING.replace("]", "], min: 0, blame: lost")},
    "nothing between its ends": {ENDING: ENDING.replace("]", "], min: 9, max: 1, blame: lost")},
    "a value that nothing uses": {ENDING: f"{ENDING}\n  idle: {{ add: [lost, 1] }}"},
    "a divisor that may be missing": total("divide: [ending, gained]"),
    "a divisor that may be missing, in a range": total(f"divide: [ending, gained], {RANGE}"),
    "an answer that may be missing twice": total("add: [lost, gained, lost]"),
    "an answer that may be missing twice, by way of another": total("multiply: [ending, lost]"),
    "an answer that is assumed twice": {
        **total("add: [lost, ending]"),
        LOST: LOST.replace(" }", ", if_missing: { assume: 0 } }"),
    },
    "a choice that may be missing": {
        **total("multiply: [price, lost]"),
        "options: [small, large], required: true": "options: [small, large]",
    },
    "a value that can never be": {"value: price, at_least: 2": "value: total, at_least: 500"},
}  # fmt: skip


def test_what_is_told_about_values(golden: Callable[[str, str], None]) -> None:
    golden("checks/values.out", told_of_each(CASES, VALUED))
