"""The JSON Schema of rulebooks, shaped for editors.

Every key of a block stands in one `properties`, so that a misspelt one is told as such and all are proposed;
what goes together is said by `if` and `then`. For one file the ids of its own inputs, kinds of fact, signals,
criteria, groups, bands and actions take the place of any id.
"""

import json
from collections.abc import Mapping, Sequence

from scorewright.rulebook import grammar
from scorewright.rulebook.model.fact import MEASURES, PATTERNS, TALLIES
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.key_rules import Unless
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.nodes import Mapping as MappingNode
from scorewright.rulebook.nodes import Node, Scalar
from scorewright.rulebook.nodes import Sequence as SequenceNode
from scorewright.rulebook.schema.json_rules import rules
from scorewright.rulebook.schema.json_types import Json, limited, schema
from scorewright.rulebook.schema.key_descriptions import DESCRIBED

DIALECT = "https://json-schema.org/draft/2020-12/schema"

ID_DEFS: Mapping[str, tuple[str, str]] = {
    "input_id": ("inputs", "an input, declared under `inputs`"),
    "fact_id": ("facts", "a kind of fact, declared under `facts`"),
    "signal_id": ("signals", "a signal, listed under `signals`"),
    "value_id": ("values", "a value, declared under `values`"),
    "criterion_id": ("criteria", "a criterion, listed under `criteria`"),
    "group_id": ("groups", "a group, listed under `groups`"),
    "list_id": ("lists", "a list, listed under `lists`"),
    "band_id": ("bands", "a band, listed under `bands`"),
    "action_id": ("actions", "an action, declared under `actions`"),
    "trigger_id": ("triggers", "a trigger, listed under `triggers`"),
    "disqualifier_id": ("disqualifiers", "a disqualifier, listed under `disqualifiers`"),
}
"""By the name of a definition: the key of the rulebook whose ids it stands for, and its description."""

REFERENCES: Mapping[str, str] = {
    "Action.otherwise": "action_id",
    "Assertion.fact": "fact_id",
    "Axis.group": "group_id",
    "Band.actions": "action_id",
    "Condition.change": "input_id",
    "Condition.criterion": "criterion_id",
    "Condition.group": "group_id",
    "Condition.input": "input_id",
    "Condition.list": "list_id",
    "Condition.ratio": "input_id",
    "Condition.signal": "signal_id",
    "Condition.value": "value_id",
    "CountOf.over": "input_id",
    "Criterion.group": "group_id",
    "Criterion.input": "input_id",
    "Disqualifier.actions": "action_id",
    "Disqualifier.band": "band_id",
    "Item.actions": "action_id",
    "Lookup.input": "input_id",
    **{f"Measured.{key}": "fact_id" for key in MEASURES if key != "days_of"},
    "Measured.days_of": "signal_id",
    **{f"Pattern.{key}": "fact_id" for key in (*PATTERNS, *TALLIES)},
    "Recommend.actions": "action_id",
    "Score.band_on": "input_id",
    "SumOf.over": "input_id",
    "Then.actions": "action_id",
    "Trailing.over": "input_id",
    "Trigger.actions": "action_id",
    "Value.blame": "input_id",
}
"""By block and key: the definition of the ids that may stand there."""


def rulebook_schema(root: Node | None = None) -> Json:
    """Write the schema of rulebooks, or of the one whose tree is given."""
    return model_schema(Rulebook, "Scorewright rulebook", DESCRIBED, REFERENCES, root)


def model_schema(
    model: type[Block],
    title: str,
    described: Mapping[str, str],
    references: Mapping[str, str],
    root: Node | None,
    *,
    nulls: bool = False,
) -> Json:
    """Write the schema of a model, with the ids of the rulebook `root`; `nulls` allows empty values."""
    blocks = {
        block.__name__: _block_schema(block, described, references, nulls) for block in grammar.blocks(model)
    }
    whole = blocks.pop(model.__name__)
    ids = {
        name: _id_schema(name, ids_of(root, ID_DEFS[name][0]))
        for name in ID_DEFS
        if name in references.values()
    }
    return {"$schema": DIALECT, "title": title, **whole, "$defs": {**blocks, **ids}}


def schema_text(found: Json) -> str:
    """Write a schema as a file."""
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def ids_of(root: Node | None, key: str) -> list[str]:
    """List the ids that a tree declares under a key, whatever else is wrong with it."""
    entry = root.get(key) if isinstance(root, MappingNode) else None
    if entry is None:
        return []
    if isinstance(entry.value, MappingNode):
        return [inner.key.text for inner in entry.value.entries]
    items = entry.value.items if isinstance(entry.value, SequenceNode) else ()
    given = [item.get("id") for item in items if isinstance(item, MappingNode)]
    return [each.value.text for each in given if each and isinstance(each.value, Scalar) and each.value.text]


def _block_schema(
    block: type[Block], described: Mapping[str, str], references: Mapping[str, str], nulls: bool
) -> Json:
    properties: Json = {}
    for key, field in grammar.fields(block).items():
        name = f"{block.__name__}.{key}"
        found = limited(schema(field.kind, nulls), field.limits)
        if name in references:
            found = _referring(found, {"$ref": f"#/$defs/{references[name]}"})
        properties[key] = {"description": described.get(name) or described.get(key, ""), **found}
    # Where another key may stand in its place a rule says so.
    ruled = {rule.key for rule in block.RULES if isinstance(rule, Unless)}
    required = [key for key, field in grammar.fields(block).items() if field.required and key not in ruled]
    whole: Json = {"description": _sentence(block), "type": "object", "properties": properties}
    if required:
        whole["required"] = required
    if found_rules := rules(block):
        whole["allOf"] = found_rules
    return {**whole, "additionalProperties": False}


def _sentence(block: type[Block]) -> str:
    return (block.__doc__ or "").strip().splitlines()[0].rstrip(".")


def _referring(found: Json, reference: Json) -> Json:
    """Put a reference to ids where a schema has any id: itself, its items or its keys."""
    kinds = found.get("type")
    if isinstance(items := found.get("items"), dict):
        return {**found, "items": _referring(items, reference)}
    if "object" in _all(kinds):
        return {**found, "propertyNames": reference}
    if "null" in _all(kinds):
        return {"if": {"type": "string"}, "then": reference, "else": {"type": "null"}}
    return reference


def _all(kinds: object) -> Sequence[object]:
    return kinds if isinstance(kinds, list) else [kinds]


def _id_schema(name: str, ids: Sequence[str]) -> Json:
    allowed: Json = {"enum": list(dict.fromkeys(ids))} if ids else {"type": "string", "pattern": _ANY_ID}
    return {"description": ID_DEFS[name][1], **allowed}


_ANY_ID = "^[a-z][a-z0-9_]{0,63}$"
