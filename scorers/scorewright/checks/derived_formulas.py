"""Values: formulas that name what exists, suit what they read, and tell what can be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scorewright.checks.analysis.operand_types import a_kind
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import Meant, quoted
from scorewright.program import Type
from scorewright.program.exact_numbers import text
from scorewright.rulebook import Document
from scorewright.rulebook import references as uses
from scorewright.rulebook import types as kinds
from scorewright.rulebook import value_graph as graph
from scorewright.rulebook.model.input import Input
from scorewright.rulebook.model.rulebook import Method, Rulebook
from scorewright.rulebook.model.table import Value

_ARITHMETIC: Final = ("add", "subtract", "multiply", "divide", "percent")


def unknown_values(document: Document) -> Findings:
    """Find conditions on values that do not exist."""
    find = Finder(document, "unknown-value")
    known = document.rulebook.values
    for path, condition in uses.all_comparisons(document.rulebook):
        if condition.value is not None and condition.value not in known:
            message = f"no value is called {quoted(condition.value)}"
            yield find.at((*path, "value"), message, Meant(condition.value, known))


def unknown_operands(document: Document) -> Findings:
    """Find formulas that name neither an input nor a value."""
    find = Finder(document, "unknown-operand")
    rulebook = document.rulebook
    known = [*rulebook.inputs, *rulebook.values]
    for name, value in rulebook.values.items():
        if name in rulebook.inputs:
            way = "give the value a name of its own"
            yield find.at(("values", name), f"{quoted(name)} is an input already", way, key=True)
        for path, operand in uses.value_uses(value, ("values", name)):
            if operand not in known:
                message = f"{quoted(operand)} is neither an input nor a value"
                yield find.at(path, message, Meant(operand, known))


def value_cycles(document: Document) -> Findings:
    """Find values that are worked out from themselves."""
    find = Finder(document, "value-cycle")
    for name, names in graph.below(graph.named(document.rulebook.values)).items():
        if name in names:
            way = "work it out from inputs, or from values that do not need it"
            yield find.at(("values", name), f"{quoted(name)} is worked out from itself", way, key=True)


def formulas_suit(document: Document) -> Findings:
    """Find formulas over inputs of a type that they cannot use."""
    find = Finder(document, "formula-does-not-suit")
    inputs = document.rulebook.inputs
    for name, value in document.rulebook.values.items():
        for path, operand in uses.value_uses(value, ("values", name)):
            given = inputs.get(operand)
            if given is not None and (needed := _objection(value.formula, given)):
                message = f"`{value.formula}` needs {needed}, and {quoted(operand)} is {a_kind(given)}"
                yield find.at(path, message, "name another input")
        yield from _divisor(find, name, value)
        yield from _fields(find, name, value)
        yield from _options(find, name, value)


def _objection(formula: str, given: Input) -> str | None:
    kind = kinds.TYPES[given.type]
    if formula in _ARITHMETIC:
        return None if kind is Type.NUMBER else "a number"
    if formula == "lookup":
        return None if kind is Type.CHOICE else "a choice"
    if formula == "distinct":
        of_texts = kind is Type.LIST and not given.fields and kinds.scalar_kind(given) in ("text", "choice")
        return None if of_texts else "a list of texts"
    return None if kind is Type.LIST and given.fields else "a list with `fields`"


def _divisor(find: Finder, name: str, value: Value) -> Findings:
    if (value.divide or value.percent or (None, None))[1] == 0:
        path = ("values", name, value.formula, 1)
        yield find.at(path, "nothing can be divided by 0", "divide by another number, an input or a value")


def _fields(find: Finder, name: str, value: Value) -> Findings:
    named: list[tuple[Path, str, str]] = []
    if value.sum is not None:
        named += [(("sum", "of", index), value.sum.over, field) for index, field in enumerate(value.sum.of)]
    if value.trailing is not None:
        named.append((("trailing", "field"), value.trailing.over, value.trailing.field))
        named.append((("trailing", "at_least"), value.trailing.over, value.trailing.at_least))
    for path, over, field in named:
        given = find.document.rulebook.inputs.get(over)
        fields = (given.fields or {}) if given else {}
        if fields and field not in fields:
            message = f"the records of {quoted(over)} have no field {quoted(field)}"
            yield find.at(("values", name, *path), message, Meant(field, fields))
        elif fields and kinds.TYPES[fields[field].type] is not Type.NUMBER:
            message = f"`{value.formula}` needs a number, and {quoted(field)} is {a_kind(fields[field])}"
            yield find.at(("values", name, *path), message, "name another field")


def _options(find: Finder, name: str, value: Value) -> Findings:
    given = find.document.rulebook.inputs.get(value.lookup.input) if value.lookup else None
    if value.lookup is None or given is None or not given.options:
        return
    for option in value.lookup.options:
        if option not in given.options:
            path = ("values", name, "lookup", "options", option)
            message = f"{quoted(option)} is not an option of {quoted(value.lookup.input)}"
            yield find.at(path, message, Meant(option, given.options), key=True)


def blamed_inputs(document: Document) -> Findings:
    """Find values out of range that blame an input which has no part in them."""
    find = Finder(document, "blame-unknown")
    rulebook = document.rulebook
    below = graph.below(graph.named(rulebook.values))
    for name, value in rulebook.values.items():
        if value.blame is not None and value.blame not in below[name] & rulebook.inputs.keys():
            message = f"{quoted(name)} is not worked out from {quoted(value.blame)}"
            way = Meant(value.blame, below[name] & rulebook.inputs.keys())
            yield find.at(("values", name, "blame"), message, way)


def empty_ranges(document: Document) -> Findings:
    """Find values that no answers keep within their range."""
    find = Finder(document, "empty-input-range")
    for name, value in document.rulebook.values.items():
        if value.min is not None and value.max is not None and value.min > value.max:
            shown = f"min {text(value.min)} is above max {text(value.max)}"
            yield find.at(("values", name, "min"), f"{quoted(name)} may be nothing: {shown}")


def unused_values(document: Document) -> Findings:
    """Find values that nothing uses."""
    find = Finder(document, "unused-value")
    rulebook = document.rulebook
    used = {name for path, name in uses.rulebook_uses(rulebook) if path[:2] != ("values", name)}
    for name, value in rulebook.values.items():
        # A value with a range is used by the input that it blames.
        if name not in used and name != rulebook.score.of and value.blame is None:
            way = "use it in the total, a band, a list or a trigger, or delete it"
            yield find.at(("values", name), f"nothing uses value {quoted(name)}", way, key=True)


def bounds_exact(document: Document) -> Findings:
    """Find totals whose bounds could not be told exactly while an answer is missing."""
    find = Finder(document, "value-needs-required")
    rulebook = document.rulebook
    of = rulebook.score.of
    if rulebook.score.method is not Method.VALUE or of not in rulebook.values or of is None:
        return
    for name, read in _reads(rulebook).get(of, {}).items():
        given = rulebook.inputs[name]
        if not read.exact and not given.required and not _assumed(given):
            message = f"the total cannot tell its bounds while {quoted(name)} is missing"
            yield find.at(read.path, message, f"add `required: true` to {quoted(name)}")


@dataclass(frozen=True, slots=True)
class _Read:
    """Where a value reads an input, and whether a missing answer leaves a range that can be told."""

    path: Path
    exact: bool


def _reads(rulebook: Rulebook) -> dict[str, dict[str, _Read]]:
    """Return the inputs that each value reads; values that are worked out from themselves are left out.

    A sum, difference or product of what is read once has a range; of anything else a value's own `min` and
    `max` are the range.
    """
    found: dict[str, dict[str, _Read]] = {}
    for name in graph.ordered(graph.named(rulebook.values))[0]:
        found[name] = _reads_of(name, rulebook.values[name], found, rulebook)
    return found


def _reads_of(
    name: str, value: Value, found: Mapping[str, Mapping[str, _Read]], rulebook: Rulebook
) -> dict[str, _Read]:
    ranged = value.min is not None and value.max is not None
    reads: dict[str, _Read] = {}
    for path, use in uses.value_uses(value, ("values", name)):
        divisor = value.formula in ("divide", "percent") and path[-1] == 1
        told = value.formula in _ARITHMETIC and not divisor
        own = {use: _Read(path, True)} if use in rulebook.inputs else {}
        for input_name, read in found.get(use, own).items():
            once = input_name not in reads
            reads[input_name] = _Read(read.path, ranged or (once and told and read.exact))
    return reads


def _assumed(given: Input) -> bool:
    return given.if_missing is not None and not isinstance(given.if_missing, str)


CHECKS: tuple[Check[Document], ...] = (
    Check("unknown-value", unknown_values),
    Check("unknown-operand", unknown_operands),
    Check("value-cycle", value_cycles),
    Check("formula-does-not-suit", formulas_suit),
    Check("blame-unknown", blamed_inputs),
    Check("empty-input-range", empty_ranges),
    Check("value-needs-required", bounds_exact),
    Check("unused-value", unused_values),
)
