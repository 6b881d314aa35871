"""The reference of suites, in Markdown, written from the model and from the table of expectations."""

from collections.abc import Iterable, Mapping
from typing import Final

from scorewright.results import InputCode
from scorewright.rulebook import Source, grammar
from scorewright.rulebook.schema import anchor, collect, forms_section, sections, table, title, wrapped
from scorewright.suites.expectations import INVALID, KINDS, ExpectationKind, Shape
from scorewright.suites.schema_generator import suite_schema
from scorewright.suites.suite import Suite

HEAD = """\
# Test reference

Every key of `rules/<id>.tests.yaml`, written from the model by `make reference`; a test fails where it is
old. How to test a rulebook is in [the guide](../rulebook.md#2-tests-cases-and-tables); the tables are read as
in [the rulebook reference](rulebook.md). What is left empty, or `null`, is a missing answer in `inputs` and
in the cells of inputs, *none* or *unknown* below `expect`, such as `band:`, and not looked at in the cell of
an expectation.
"""

SHAPES: Final[Mapping[Shape, tuple[str, str]]] = {
    Shape.WORD: ("a word", "must be the same"),
    Shape.NUMBER: ("a number", "must be the same, exactly"),
    Shape.PAIR: ("a pair of numbers", "both must be the same"),
    Shape.LIST: ("a list", "must be the same, in the same order"),
    Shape.SET: ("a list", "must hold the same, in any order"),
    Shape.ANY: ("a value of that input", "must be the same"),
}
"""How an expectation is written, and when it is met."""

CODES: Final[Mapping[InputCode, str]] = {
    InputCode.WRONG_TYPE: "another kind of value than the input takes",
    InputCode.OUT_OF_RANGE: "below `min` or above `max`; a text or a list that is too long",
    InputCode.UNKNOWN_CHOICE: "none of the `options`",
    InputCode.REQUIRED: "missing, where the input is `required`",
    InputCode.NOT_A_WHOLE_NUMBER: "a number with decimals, where none are taken",
    InputCode.NOT_FINITE: "no number, or an infinite one",
    InputCode.TOO_PRECISE: "more decimals or digits than are taken",
    InputCode.INCONSISTENT: "a value that is worked out leaves its range, and blames this input",
    InputCode.UNKNOWN_INPUT: "not declared, where a caller is `strict`; in a suite that is a finding",
    InputCode.NO_INPUTS: "no input at all, where a caller is `strict`",
    InputCode.UNKNOWN_KIND: "a fact of a kind that is not declared; in a suite that is a finding",
    InputCode.TOO_MANY_FACTS: "more facts than are read of one subject",
}
"""Why an input is invalid; a test holds it complete."""


def suite_reference(examples: Iterable[Source]) -> str:
    """Write the page, with examples out of some suites."""
    blocks = grammar.blocks(Suite)
    contents = ", ".join(f"[{title(block).lower()}](#{anchor(block)})" for block in blocks)
    more = (
        "[facts](#facts), [expectations](#expectations), [codes](#codes-of-invalid-inputs), [forms](#forms)"
    )
    return "\n\n".join(
        [
            f"{HEAD}\n{wrapped(f'**Blocks**: {contents}. **Tables**: {more}.')}",
            *sections(Suite, suite_schema(), collect(examples, Suite)),
            _facts(),
            _expectations(),
            _codes(),
            f"{forms_section(blocks)}\n",
        ]
    )


def _facts() -> str:
    definitions = suite_schema()["$defs"]
    assert isinstance(definitions, dict)  # INVARIANT: every schema of a model has its blocks there
    fact = definitions["fact"]
    rows = [
        (f"`{key}`", "needed" if key in fact["required"] else "", described["description"])
        for key, described in fact["properties"].items()
    ]
    text = f"{fact['description']}; other keys are the fields."
    return f"## Facts\n\n{text}\n\n{table(('key', 'without it', 'what it says'), rows)}"


def _expectations() -> str:
    definitions = suite_schema()["$defs"]
    assert isinstance(definitions, dict)  # INVARIANT: every schema of a model has its blocks there
    about = {key: each["description"] for key, each in definitions["Expect"]["properties"].items()}
    rows = [_expectation(word, kind, about[word]) for word, kind in KINDS.items()]
    met = "must name the same code; every other input must be valid"
    rows.append((f"`{INVALID}`", f"`{INVALID}.ID`", "a block: for each id a code", met, about[INVALID]))
    head = ("under `expect`", "as a column", "is written as", "the answer", "what it looks at")
    text = "What stands after each word of [expect](#expect), and how a table names it in its `columns`."
    return f"## Expectations\n\n{text}\n\n{table(head, rows)}"


def _expectation(word: str, kind: ExpectationKind, about: str) -> tuple[str, str, str, str, str]:
    form, met = SHAPES[kind.shape]
    if kind.keyed:
        return f"`{word}`", f"`{word}.ID`", f"a block: for each id {form}", met, about
    return f"`{word}`", f"`{word}`", form, met, about


def _codes() -> str:
    rows = [(f"`{code}`", about) for code, about in CODES.items()]
    return f"## Codes of invalid inputs\n\nWhat `invalid` names.\n\n{table(('code', 'the answer is'), rows)}"
