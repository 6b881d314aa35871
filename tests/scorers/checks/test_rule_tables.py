"""Rule tables: totals without points, named lists, records, and bands by condition."""

from collections.abc import Callable
from textwrap import dedent

from tests.scorers.checks.books import BASE, Edits, told_of_each

COUNTED = dedent(
    """\
    rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }
    inputs:
      replied: { type: boolean }
      days: { type: integer, min: 0, max: 99 }
      deals: { type: list, max_items: 9, fields: { value: { type: money, min: 0, max: 9 } }, required: true }
    values:
      pipeline: { sum: { over: deals, of: [value] } }
    score: { method: count, of: open, out_of: 2 }
    lists:
      - id: open
        items:
          - { id: reply, unless: { input: replied, is: true } }
          - { id: late, when: { input: days, at_least: 7 } }
    triggers:
      - { id: silent, when: { all: [{ list: open, at_least: 2 }, { value: pipeline, more_than: 5 }] } }
    bands:
      - { id: blocked, from: 1 }
      - { id: free, from: 0 }
    """
)


def by_condition(*bands: str) -> Edits:
    """Tell bands by conditions."""
    written = "".join(f"  - {{ {band} }}\n" for band in bands)
    return {"  - { id: blocked, from: 1 }\n  - { id: free, from: 0 }\n": written}


NO_TOTAL = {"score: { method: count, of: open, out_of: 2 }": "score: { method: none }"}
TRIGGERS = "score: { method: count, of: triggers, out_of: 1 }"
CRITERION = "criteria: [{ id: c, when: { input: replied, is: true }, points: 1 }]\nlists:\n"
LIST = "when: { list: open, at_least: 1 }"
OF_VALUE = {"method: count, of: open, out_of: 2": "method: value, of: pipeline"}
FIELD = "value: { type: money, min: 0, max: 9 }"

CASES: dict[str, Edits] = {
    "as it should be": {},
    "an unknown list": {"list: open, at_least: 2": "list: opne, at_least: 2"},
    "a total of an unknown list": {"of: open,": "of: opened,"},
    "a total of an unknown value": {"method: count, of: open, out_of: 2": "method: value, of: pipline"},
    "a total of triggers": {"score: { method: count, of: open, out_of: 2 }": TRIGGERS},
    "criteria whose points nobody adds": {"lists:\n": CRITERION},
    "another number of items": {"out_of: 2": "out_of: 3"},
    "another number of triggers": {"of: open,": "of: triggers,"},
    "bands told by conditions": by_condition(f"id: blocked, {LIST}", "id: free"),
    "a band told in neither way": by_condition("id: blocked, from: 1", "id: free"),
    "bands told in both ways": by_condition(f"id: blocked, {LIST}", "id: free, from: 0"),
    "a band that hides those below": by_condition("id: blocked", f"id: free, {LIST}", "id: other"),
    "no band where no condition holds": by_condition(f"id: blocked, {LIST}"),
    "edges and no total": NO_TOTAL,
    "neither edges nor a total": {**NO_TOTAL, **by_condition("id: blocked", "id: free")},
    "a list within a list": {"input: days, at_least: 7": "list: open, at_least: 1"},
    "the total within a list": {"input: days, at_least: 7": "score: total, at_least: 1"},
    "the total in a trigger that it counts": {
        "score: { method: count, of: open, out_of: 2 }": TRIGGERS,
        "{ list: open, at_least: 2 }": "{ score: total, at_least: 1 }",
    },
    "the total in a trigger that it does not count": {
        "{ list: open, at_least: 2 }": "{ score: total, at_least: 1 }"
    },
    "a list that can never be so long": {"list: open, at_least: 2": "list: open, at_least: 3"},
    "fields of what is no list": {"type: list, max_items: 9,": "type: number, max: 9,"},
    "fields beside what a list holds": {"max_items: 9,": "max_items: 9, of: text,"},
    "a list in a record": {FIELD: f"{FIELD}, tags: {{ type: list, of: text }}"},
    "a field that may be missing": {FIELD: FIELD.replace(" }", ", if_missing: { assume: 0 } }")},
    "a field that may be unset": {FIELD: FIELD.replace(" }", ", optional: true }")},
    "a field that may be unset, with a policy": {
        FIELD: FIELD.replace(" }", ", optional: true, if_missing: no_points }")
    },
    "a field that must be set and may be unset": {
        FIELD: FIELD.replace(" }", ", required: true, optional: true }")
    },
    "an optional input": {"replied: { type: boolean }": "replied: { type: boolean, optional: true }"},
    "an optional list": {"required: true }\nvalues": "optional: true }\nvalues"},
    "an optional field of a fact": {
        "inputs:\n": "facts: { call: { fields: { length: { type: count, optional: true } } } }\ninputs:\n"
    },
    "a total that a field without ends leaves open": {
        **OF_VALUE, FIELD: "value: { type: money, min: 0, optional: true }",
    },
    "a total that a field with ends does not": {
        **OF_VALUE, FIELD: FIELD.replace(" }", ", optional: true }"),
    },
    "a choice without options in a record": {FIELD: f"{FIELD}, stage: {{ type: choice }}"},
    "a field with an empty range": {FIELD: "value: { type: money, min: 9, max: 0 }"},
    "a field with keys of another type": {FIELD: f"{FIELD}, open: {{ type: boolean, min: 0 }}"},
    "a field that may be anything": {FIELD: "value: { type: money }"},
    "a record looked for in a list": {"input: days, at_least: 7": "input: deals, includes: big"},
    "an unknown action of an item": {"id: late, when": "id: late, actions: [call], when"},
    "an item twice": {"id: late,": "id: reply,"},
}  # fmt: skip

POINTS = {
    "a sum without criteria": {BASE[BASE.index("criteria:") : BASE.index("bands:")]: ""},
    "a value in a criterion": {"input: team_size, at_least: 5": "value: v, at_least: 5"},
    "a list in a criterion": {"input: team_size, at_least: 5": "list: l, at_least: 1"},
}


def test_what_is_told_about_rule_tables(golden: Callable[[str, str], None]) -> None:
    golden("checks/tables.out", told_of_each(CASES, COUNTED))


def test_what_is_told_about_tables_beside_points(golden: Callable[[str, str], None]) -> None:
    base = BASE.replace(
        "score:",
        "values: { v: { add: [team_size, 1] } }\n"
        "lists: [{ id: l, items: [{ id: i, when: { value: v, at_least: 3 } }] }]\nscore:",
    )
    golden("checks/tables_beside_points.out", told_of_each(POINTS, base))
