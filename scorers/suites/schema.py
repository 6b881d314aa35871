"""The JSON Schema of suites, shaped for editors as that of rulebooks is."""

from collections.abc import Mapping

from scorers.rulebook.json_kinds import Json
from scorers.rulebook.nodes import Node
from scorers.rulebook.schema import ids_of, model_schema
from scorers.suites.expectations import INVALID, KINDS
from scorers.suites.model import Suite

DESCRIBED: Mapping[str, str] = {
    "actions": "the ids of the recommended actions, in order",
    "as_of": "the day that dates are compared with",
    "assumed": "the inputs whose assumed value was used",
    "band": "the id of the band; empty for none",
    "bounds": "the lowest and highest total still possible: `[16, 20]`",
    "cases": "one subject each, and what the rulebook must answer",
    "columns": "what each cell of a row is: an input, or an expectation such as `score` or `points.x`",
    "disqualified": "the disqualifiers that are true",
    "expect": "what the answer must hold; what is left out is not looked at",
    "flags": "the flags of the answer",
    "groups": "the points by group; empty for unknown",
    "inputs": "the answers of the subject; an empty one is missing",
    "Table.inputs": "the answers that all rows share",
    "invalid": "the code of each invalid input",
    "lists": "the ids that stand in each named list, in order",
    "matrix": "the text of the cell",
    "missing": "the inputs that are missing",
    "name": "what this shows, in one sentence",
    "next_band": "the id of the next band; empty for none",
    "notes": "for the people who read this file",
    "percent": "the score in percent of the most possible",
    "points": "the points by criterion; empty for unknown",
    "possible_bands": "the bands that are still possible",
    "rows": "one small case each: a cell for every column; an empty one is missing or not looked at",
    "score": "the total; empty for none",
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
    "Expect.missing": "input_id",
    "Expect.next_band": "band_id",
    "Expect.points": "criterion_id",
    "Expect.possible_bands": "band_id",
    "Expect.values": "value_id",
    "Expect.lists": "list_id",
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
    definitions["Expect"] = {**definitions["Expect"], "minProperties": 1}
    definitions["column"] = _column(rulebook)
    return whole


def _column(rulebook: Node | None) -> Json:
    inputs = ids_of(rulebook, "inputs")
    if not inputs:
        return {"type": "string"}
    plain = [word for word, kind in KINDS.items() if not kind.keyed]
    keyed = [f"{word}.{name}" for word, key in _KEYED.items() for name in ids_of(rulebook, key)]
    return {"enum": list(dict.fromkeys([*inputs, *plain, *keyed]))}
