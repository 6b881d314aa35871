"""The rules of a block: its reader and its JSON Schema take the same keys together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic_core import PydanticCustomError

from scorewright.rulebook import grammar
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.key_rules import Given
from scorewright.rulebook.model.rulebook import Method, Rulebook, Score
from scorewright.rulebook.schema.json_rules import rules
from scorewright.suites.suite import Suite

RULED = [block for root in (Rulebook, Suite) for block in grammar.blocks(root) if block.RULES]
EMPTY_IS_WRONG_IN_ITS_OWN_WAY = {"Expect"}
"""Blocks of which the schema says elsewhere that some key must be there."""


def obeys(block: type[Block], written: dict[str, object]) -> bool:
    names = {field.alias or name: name for name, field in block.model_fields.items()}
    values = {names[key]: value for key, value in written.items()}
    try:
        # What reads a block looks at its rules as soon as it is whole, also where its values are not checked.
        block.model_construct(_fields_set={*values}, **({"method": Method.SUM} | values))
    except PydanticCustomError:
        return False
    return True


@pytest.mark.parametrize("block", RULED, ids=lambda block: block.__name__)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_reader_and_schema_take_the_same_keys_together(block: type[Block], data: st.DataObject) -> None:
    keys = data.draw(st.sets(st.sampled_from(list(grammar.keys(block))), max_size=6))
    written: dict[str, object] = dict.fromkeys(keys)
    if block is Score and "method" in written:
        written["method"] = data.draw(st.sampled_from(list(Method)))
    if not written and block.__name__ in EMPTY_IS_WRONG_IN_ITS_OWN_WAY:
        return
    schema = Draft202012Validator({"allOf": rules(block) or [True]})
    assert schema.is_valid(written) == obeys(block, written), sorted(keys)


def test_every_key_of_a_rule_is_a_field_of_its_block() -> None:
    for block in RULED:
        for rule in block.RULES:
            named = [getattr(rule, name, ()) for name in ("names", "others", "unless", "needs", "refuses")]
            named += [[rule.key]] if isinstance(rule, Given) else []
            assert {name for names in named for name in names} <= block.model_fields.keys(), rule
