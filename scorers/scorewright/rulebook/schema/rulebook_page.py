"""The reference of rulebooks, in Markdown, written from the model."""

from collections.abc import Iterable
from enum import StrEnum

from scorewright.program import Bound
from scorewright.program.operators import Op, Operand
from scorewright.program.value import Type, value_text
from scorewright.rulebook import grammar
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.earnings import EARNINGS, WAYS
from scorewright.rulebook.model.fact import FieldTest
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.input import Input, Kind, Policy
from scorewright.rulebook.model.rulebook import Method, Rulebook, Severity
from scorewright.rulebook.node_builder import MAX_DEPTH, MAX_NODES
from scorewright.rulebook.schema.block_reference import listed, sections, table, wrapped
from scorewright.rulebook.schema.generator import rulebook_schema
from scorewright.rulebook.schema.key_examples import Examples, collect, with_key
from scorewright.rulebook.schema.key_words import anchor, formats, title
from scorewright.rulebook.schema.word_descriptions import WORDS
from scorewright.rulebook.source import MAX_BYTES, Source
from scorewright.rulebook.text_slots import PLACEHOLDERS

HEAD = """\
# Rulebook reference

Every key of a rulebook, written from the model by `make reference`; a test fails where it is old. To learn
the language read [the guide](../rulebook.md); what a score means exactly is [the law](../semantics.md).
Suites have [a reference of their own](tests.md).

In the tables, *takes* is what stands after the key: `list of X` is a YAML list, `block of X by id` has a key
of your own for each X, and a pair is a list of two. *Without it* is `needed`, or what holds where the key is
left out; nothing there means that the key may be left out and nothing is said. Examples are cut out of
rulebooks that the tests read.
"""


def rulebook_reference(examples: Iterable[Source]) -> str:
    """Write the page, with examples out of some rulebooks."""
    found = collect(examples, Rulebook)
    blocks = grammar.blocks(Rulebook)
    contents = ", ".join(f"[{title(block).lower()}](#{anchor(block)})" for block in blocks)
    more = "[kinds of input](#kinds-of-input), [comparisons](#comparisons), [ways to earn](#ways-to-earn), "
    more += "[closed lists](#closed-lists), [forms](#forms), [placeholders](#placeholders), [limits](#limits)"
    return "\n\n".join(
        [
            f"{HEAD}\n{wrapped(f'**Blocks**: {contents}. **Tables**: {more}.')}",
            *sections(Rulebook, rulebook_schema(), found),
            _kinds(),
            _comparisons(found),
            _ways(found),
            _words(),
            forms_section(blocks),
            _placeholders(),
            _limits(),
        ]
    )


def forms_section(blocks: Iterable[type[Block]]) -> str:
    """Write the forms that texts of some blocks must have."""
    rows = [(form.kind, form.forms, form.example.rpartition("such as ")[2]) for form in formats(blocks)]
    return f"## Forms\n\nTexts that must have a form.\n\n{table(('form', 'what fits', 'such as'), rows)}"


def _kinds() -> str:
    rows = [
        (f"`{kind}`", about, *_range(kind), _suiting(kind), _compared(kind), _earned(kind))
        for kind, about in WORDS[Kind].items()
    ]
    head = (
        "type",
        "an answer is",
        "min",
        "max",
        "decimals",
        "keys of its own",
        "comparisons",
        "ways to earn",
    )
    text = (
        "What the `type` of an [input](#input) stands for, and the range that it has where none is written."
    )
    return f"## Kinds of input\n\n{text}\n\n{table(head, rows)}"


def _range(kind: StrEnum) -> tuple[str, str, str]:
    given = Input.model_construct(type=Kind(kind))
    decimals = kinds.decimals(given)
    return _end(kinds.lowest(given)), _end(kinds.highest(given)), "" if decimals is None else str(decimals)


def _end(bound: Bound) -> str:
    return "" if bound is None else value_text(bound)


def _suiting(kind: StrEnum) -> str:
    suiting = [f"`{key}`" for key, fitting in kinds.SUITS.items() if kind in fitting]
    suiting += ["`of`", "`fields`", "`max_items`"] if kind is Kind.LIST else []
    suiting += ["`window`"] if kind in kinds.NUMBERS else []
    return ", ".join(suiting)


def _compared(kind: StrEnum) -> str:
    return ", ".join(f"`{op}`" for op in Op if kinds.TYPES[Kind(kind)] in op.row.types)


def _earned(kind: StrEnum) -> str:
    return ", ".join(
        ["`when`", *(f"`{key}`" for key, way in WAYS.items() if way.needs is kinds.TYPES[Kind(kind)])]
    )


_OPERANDS = {
    Operand.VALUE: "a value",
    Operand.VALUES: "a list of values",
    Operand.NUMBER: "a number",
    Operand.PAIR: "a pair of numbers",
    Operand.YES: "`true` or `false`",
    Operand.DAY: "a day, or `as_of`",
    Operand.DAYS: "a number of days",
    Operand.SPAN: "a number of days from 0",
    Operand.TEXT: "a text",
}


def _comparisons(found: Examples) -> str:
    rows = [
        (f"`{op}`", _types(op), _OPERANDS[op.row.operand], op.row.about, _example(found, op)) for op in Op
    ]
    head = ("comparison", "of", "with", "true where the answer is", "such as")
    text = "What a [condition](#condition) compares. Points, values, ratios and changes are numbers."
    return f"## Comparisons\n\n{text}\n\n{table(head, rows)}"


def _types(op: Op) -> str:
    return "anything" if set(op.row.types) == set(Type) else ", ".join(kind.value for kind in op.row.types)


def _example(found: Examples, op: Op) -> str:
    texts = [text for block in (Condition, FieldTest) if (text := with_key(found.get(block, {}), op.value))]
    return f"`{texts[0]}`" if texts else ""


def _ways(found: Examples) -> str:
    described = rulebook_schema()["$defs"]
    assert isinstance(described, dict)  # INVARIANT: every schema of a model has its blocks there
    keys = described["Criterion"]["properties"]
    rows = [("`when`", "anything", "`points`", keys["when"]["description"])]
    rows += [
        (f"`{key}`", way.needs.value, f"`{way.beside}`" if way.beside else "", keys[key]["description"])
        for key, way in WAYS.items()
    ]
    head = table(("key", "of an input", "beside", "what it earns"), rows)
    text = "How a [criterion](#criterion) earns its points: in one of these ways."
    examples = listed([with_key(found.get(Criterion, {}), key) for key in EARNINGS])
    return f"## Ways to earn\n\n{text}\n\n{head}\n\n{examples}"


def _words() -> str:
    about = {Policy: "`if_missing`", Method: "`method`", Severity: "`severity`"}
    parts = ["## Closed lists", "Keys that take one word of a few."]
    for enumeration, key in about.items():
        rows = [(f"`{word}`", meaning) for word, meaning in WORDS[enumeration].items()]
        parts.append(table((key, "what it stands for"), rows))
    return "\n\n".join(parts)


def _placeholders() -> str:
    named = ", ".join(f"`{{{name}}}`" for name in PLACEHOLDERS)
    text = (
        f"A `reason` may use {named}, and `{{inputs.ID}}` and `{{groups.ID}}` with an id of this rulebook; "
    )
    return f"## Placeholders\n\n{wrapped(text + 'what is not known reads `unknown`.')}"


def _limits() -> str:
    rows = [
        ("size of a file", f"{MAX_BYTES // 1024} KiB of UTF-8"),
        ("keys and values", f"{MAX_NODES:,}"),
        ("blocks inside blocks", f"{MAX_DEPTH} levels"),
        ("digits of a number", "15"),
    ]
    return f"## Limits\n\nBeside the limits in the tables above.\n\n{table(('what', 'at most'), rows)}\n"
