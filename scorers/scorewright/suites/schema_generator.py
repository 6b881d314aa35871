"""The JSON Schema of suites, shaped for editors as that of rulebooks is."""

from collections.abc import Mapping

from scorewright.rulebook.nodes import Node
from scorewright.rulebook.schema import Json, ids_of, model_schema
from scorewright.suites.expectations import INVALID, KINDS
from scorewright.suites.suite import OF_RECORD, Suite

DESCRIBED: Mapping[str, str] = {
    "actions": "the ids of the recommended actions, in order",
    "as_of": "the day that dates are compared with, or the moment that facts are asked about",
    "assumed": "the inputs whose assumed value was used",
    "band": "the id of the band; empty for none",
    "bounds": "the lowest and highest total still possible: `[16, 20]`",
    "cases": "one subject each, and what the rulebook must answer",
    "columns": "what each cell of a row is: an input, or an expectation such as `score` or `points.x`",
    "disqualified": "the disqualifiers that are true",
    "facts": "what happened: `{ fact: api_call, at: 2026-01-24, calls: 12 }`; nothing else did",
    "Table.facts": "what happened, for all rows",
    "expect": "what the answer must hold; what is left out is not looked at",
    "flags": "the flags of the answer",
    "groups": "the points by group; empty for unknown",
    "inputs": "the answers of the subject; an empty one is missing",
    "Table.inputs": "the answers that all rows share",
    "invalid": "the code of each invalid input",
    "lists": "what stands in each named list: the text that is shown for an item, or its id",
    "matrix": "the text of the cell",
    "measured": "the answers that are measured from facts",
    "missing": "the inputs that are missing, and unset fields of records, such as `weeks[1].actual`",
    "name": "what this shows, in one sentence",
    "next_band": "the id of the next band; empty for none",
    "notes": "for the people who read this file",
    "percent": "the score in percent of the most possible",
    "points": "the points by criterion; empty for unknown",
    "possible_bands": "the bands that are still possible",
    "rows": "one small case each: a cell for every column; an empty one is missing or not looked at",
    "score": "the total; empty for none",
    "signals": "the signals that are true",
    "status": "whether there is a total",
    "tables": "many small cases, one a row",
    "tests_for": "the id of the rulebook",
    "triggers": "the triggers that fire",
    "values": "the numbers that are worked out; empty for unknown",
    "withheld": "the actions that are withheld",
}

REFERENCES: Mapping[str, str] = {
    "Case.inputs": "input_id",
    "Expect.actions": "action_id",
    "Expect.assumed": "input_id",
    "Expect.band": "band_id",
    "Expect.disqualified": "disqualifier_id",
    "Expect.groups": "group_id",
    "Expect.measured": "input_id",
    "Expect.missing": "missing_id",
    "Expect.next_band": "band_id",
    "Expect.points": "criterion_id",
    "Expect.possible_bands": "band_id",
    "Expect.values": "value_id",
    "Expect.lists": "list_id",
    "Expect.signals": "signal_id",
    "Expect.triggers": "trigger_id",
    "Expect.withheld": "action_id",
    "Table.columns": "column",
    "Table.inputs": "input_id",
}


_KEYED: Mapping[str, str] = {
    "points": "criteria",
    "groups": "groups",
    "values": "values",
    "lists": "lists",
    "measured": "inputs",
    INVALID: "inputs",
}
"""By the word of a column such as `points.x`: where `x` is declared."""


def suite_schema(rulebook: Node | None = None) -> Json:
    """Write the schema of suites, or of those for the rulebook whose tree is given."""
    # A suite may say that there is nothing: an input is missing, there is no band.
    whole = model_schema(Suite, "Scorewright tests", DESCRIBED, REFERENCES, rulebook, nulls=True)
    definitions = whole["$defs"]
    # INVARIANT: every schema of a model has its blocks among its definitions.
    assert isinstance(definitions, dict)
    definitions["Expect"]["minProperties"] = 1
    for block in ("Case", "Table"):
        definitions[block]["properties"]["facts"]["items"] = {"$ref": "#/$defs/fact"}
    if inputs := _answers(rulebook):
        definitions["input_id"]["enum"] = inputs
    names = "|".join(inputs) or "[a-z][a-z0-9_]{0,63}"
    definitions["missing_id"] = {"type": "string", "pattern": f"^({names})({OF_RECORD})?$"}
    definitions["column"] = _column(rulebook)
    definitions["fact"] = _fact(rulebook)
    return whole


def _answers(rulebook: Node | None) -> list[str]:
    """List what a test may answer: without facts, signals as well."""
    return list(dict.fromkeys([*ids_of(rulebook, "inputs"), *ids_of(rulebook, "signals")]))


_SCALAR: Json = {"type": ["boolean", "number", "string", "null"]}


def _fact(rulebook: Node | None) -> Json:
    kinds = ids_of(rulebook, "facts")
    return {
        "description": "One thing that happened, with a value for every field of its kind",
        "type": "object",
        "properties": {
            "fact": {"description": "the kind of fact", **({"enum": kinds} if kinds else {"type": "string"})},
            "at": {"description": "when: `2026-01-31T10:00:00Z`, or a day: its start", "type": "string"},
            "id": {"description": "the sender's own name for it", "type": ["string", "null"]},
        },
        "required": ["fact", "at"],
        "additionalProperties": _SCALAR,
    }


def _column(rulebook: Node | None) -> Json:
    inputs = _answers(rulebook)
    if not inputs:
        return {"type": "string"}
    plain = [word for word, kind in KINDS.items() if not kind.keyed]
    keyed = [f"{word}.{name}" for word, key in _KEYED.items() for name in ids_of(rulebook, key)]
    return {"enum": list(dict.fromkeys([*inputs, *plain, *keyed]))}
