"""Messages filled by name: a field that nobody fills is found, and each of a rulebook's is shown by one."""

from collections import defaultdict
from pathlib import Path

import pytest
from google.protobuf.message import Message

from scorewright.diagnostics.diagnostic import Span
from scorewright.messages import rulebook_description
from scorewright.messages.message_filler import filled
from scorewright.scoring.load import load_paths
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import RULES

EVERYTHING = Path(__file__).parents[2] / "data/everything.yaml"


def shown(message: Message, found: dict[str, set[str]]) -> None:
    """Note which fields are set, of a message and of those inside it."""
    for field, value in message.ListFields():
        found[message.DESCRIPTOR.name].add(field.name)
        if field.message_type is not None and field.message_type.file is pb.DESCRIPTOR:
            for inner in value if isinstance(value, list) or hasattr(value, "add") else [value]:
                shown(inner, found)


def test_every_field_of_a_rulebook_is_filled_for_some_rulebook() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for loaded in load_paths([RULES, EVERYTHING])[0]:
        shown(rulebook_description.rulebook(loaded), found)
        shown(rulebook_description.summary(loaded.program), found)
    never = {
        name: lacking
        for name, fields in found.items()
        if (lacking := set(pb.DESCRIPTOR.message_types_by_name[name].fields_by_name) - fields)
    }
    assert never == {}
    assert {"Rulebook", "InputDefinition", "MatrixCell", "Guide", "FactKind", "SignalDefinition"} <= set(
        found
    )


def test_a_field_that_an_item_has_not_is_no_silent_gap() -> None:
    with pytest.raises(AttributeError, match="max_score"):
        filled(pb.RulebookSummary, object(), **dict.fromkeys(("id", "name", "version", "digest", "owner")))


def test_a_field_that_a_message_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        filled(pb.Span, Span("a.yaml", 1, 2, 3, 4), colour="red")


def test_what_is_none_is_left_out() -> None:
    assert not filled(pb.LevelDefinition, object(), id="a", label=None, **{"from": None}).HasField("from")
