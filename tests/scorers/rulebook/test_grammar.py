import pytest

from scorewright.rulebook import grammar
from scorewright.rulebook.errors.expected_shapes import EXAMPLES, expected, name_of
from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.input import Assume
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.nodes import Step, plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from scorewright.suites.suite import Suite

BLOCKS = dict.fromkeys([*grammar.blocks(Rulebook), *grammar.blocks(Suite)])


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
def test_every_block_has_a_name_and_an_example_that_is_right(block: type[Block]) -> None:
    name, example = EXAMPLES[block.__name__]
    assert name.startswith(("a ", "an ", "the ", "what "))
    if block in (Rulebook, Suite):
        return
    node, report = read_tree(Source("example.yaml", example))
    assert not report.diagnostics
    assert node is not None
    block.model_validate(plain(node))


@pytest.mark.parametrize(
    ("steps", "path", "block"),
    [
        (("rulebook", "version"), ("rulebook", "version"), "Header"),
        (("inputs", "x", "[key]"), ("inputs", "x"), None),
        (
            ("criteria", 0, "when", "all", 1, "not", "is"),
            ("criteria", 0, "when", "all", 1, "not", "is"),
            "Condition",
        ),
        (
            ("inputs", "x", "if_missing", "Assume", "assume"),
            ("inputs", "x", "if_missing", "assume"),
            "Assume",
        ),
        (("inputs", "x", "if_missing", "str-enum[Policy]"), ("inputs", "x", "if_missing"), "Input"),
        (("criteria", 3, "rating", "dict[str,number]", "1"), ("criteria", 3, "rating", "1"), None),
        (("rulebook", "nonsense"), ("rulebook", "nonsense"), "Header"),
        ((), (), None),
    ],
)
def test_the_steps_of_an_error_lead_to_its_place(
    steps: tuple[Step, ...], path: tuple[Step, ...], block: str | None
) -> None:
    place = grammar.place(Rulebook, steps)
    assert place.path == path
    assert (place.block.__name__ if place.block else None) == block
    assert place.is_key == (steps[-1:] == ("[key]",))


def test_keys_are_those_that_an_author_writes() -> None:
    assert {"is", "not", "all", "at_least"} <= set(grammar.keys(Condition))
    assert not any(key.endswith("_") for key in grammar.keys(Condition))


def test_the_words_of_a_closed_list_are_known() -> None:
    keys = grammar.keys(Criterion)
    assert grammar.words(keys["rating"]) == ["as_is", "reversed"]
    assert grammar.words(keys["if_missing"]) == ["no_points", "incomplete", "leave_out"]
    assert grammar.words(keys["label"]) == []


def test_what_is_expected_is_said_in_plain_words() -> None:
    keys = grammar.keys(Criterion)
    assert expected(keys["label"]) == "text"
    assert expected(keys["points"]) == "a number"
    assert expected(keys["steps"]) == "a list"
    assert expected(keys["rating"]) == "one of as_is, reversed or a block of keys"
    assert expected(keys["value"]) == "`as_is`"
    assert expected(grammar.keys(Condition)["between"]) == "a list of 2"
    assert name_of(Assume) == "an assumed value"
