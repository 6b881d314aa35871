"""Comparisons: each suits the type of its input or field, and asks for a value that it can have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from scorewright.checks.analysis.operand_types import EXAMPLES, OF_INPUT, a_kind, objection, range_text, show
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.program import Type
from scorewright.program.operators import Op, Operand, Parting, suiting
from scorewright.rulebook import Document
from scorewright.rulebook import fact_references as happened
from scorewright.rulebook import references as uses
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.fact import Measured
from scorewright.rulebook.model.fields import Scalar
from scorewright.rulebook.model.input import Input, Kind
from scorewright.rulebook.model.rulebook import Rulebook

_SIGNAL: Final = Input(type=Kind.BOOLEAN)
_POINTS: Final = suiting(Type.NUMBER, (Operand.NUMBER, Operand.PAIR, Operand.YES))
_OLD_BOOLEANS: Final = {
    "yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false",
}  # fmt: skip


_Value = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of one declared thing: an input, a signal, which is yes or no, or a field of facts."""

    path: Path
    op: Op
    value: _Value
    name: str
    given: Input

    def values(self) -> Iterator[tuple[Path, Scalar]]:
        """List the values that it may be, each with its path."""
        if isinstance(self.value, tuple):
            yield from (((*self.path, self.op.value, index), part) for index, part in enumerate(self.value))
        else:
            yield (*self.path, self.op.value), self.value

    @property
    def suits(self) -> bool:
        """Return whether the comparison suits the type; of records only whether they are known does."""
        suits = kinds.TYPES[self.given.type] in self.op.row.types
        return suits and (self.op is Op.KNOWN or not self.given.fields)


def compared(rulebook: Rulebook) -> Iterator[Compared]:
    """List the comparisons with values."""
    for path, condition in uses.all_comparisons(rulebook):
        op, value = condition.comparison
        if condition.input is not None and condition.input in rulebook.inputs:
            given = rulebook.inputs[condition.input]
            yield Compared(path, op, value, condition.input, given)
        if condition.signal is not None:
            yield Compared(path, op, value, condition.signal, _SIGNAL)
    for tested in happened.tested(rulebook):
        kind = rulebook.facts.get(tested.looked.window.kind)
        if kind is not None and tested.field in kind.fields and tested.reference is None:
            op, value = tested.test.comparison
            yield Compared(tested.path, op, value, tested.field, kind.fields[tested.field])


def comparisons_suit_type(document: Document) -> Findings:
    """Find comparisons that do not suit the type of their input or field."""
    find = Finder(document, "comparison-does-not-suit-type")
    for each in compared(document.rulebook):
        key, given, kind = each.op.value, each.given, kinds.TYPES[each.given.type]
        if not each.suits:
            message = f"`{key}` does not suit {quoted(each.name)}, which is {a_kind(given)}"
            way = "work out a `sum` or `trailing` value, and ask for that" if given.fields else None
            yield find.at((*each.path, key), message, way or f"write {EXAMPLES[kind]}", key=True)
    for path, condition in uses.all_comparisons(document.rulebook):
        yield from _pair(find, path, condition)
        op, _ = condition.comparison
        if not condition.given("input", "signal") and op not in _POINTS:
            key = op.value
            way = f"write {EXAMPLES[Type.NUMBER]}"
            yield find.at((*path, key), f"`{key}` does not suit a number", way, key=True)


def _pair(find: Finder, path: Path, condition: Condition) -> Findings:
    inputs = find.document.rulebook.inputs
    for key, pair in (("ratio", condition.ratio), ("change", condition.change)):
        for index, name in enumerate(pair or ()):
            if name in inputs and kinds.TYPES[inputs[name].type] is not Type.NUMBER:
                message = f"`{key}` does not suit {quoted(name)}, which is {a_kind(inputs[name])}"
                yield find.at((*path, key, index), message, "name two numbers")


def _asked(rulebook: Rulebook) -> Iterator[tuple[Path, str, Input, Scalar]]:
    """List the values that inputs and fields are asked to be, where the comparison suits, or are given."""
    for each in compared(rulebook):
        if each.suits and each.op.row.parts in (Parting.SAME, Parting.MEMBER):
            yield from ((path, each.name, each.given, value) for path, value in each.values())
    for path, assertion in happened.assertions(rulebook):
        fields = rulebook.facts[assertion.fact].fields if assertion.fact in rulebook.facts else {}
        for name, value in assertion.fields.items():
            if name in fields:
                yield (*path, "fields", name), name, fields[name], value
    for name, found in happened.measures(rulebook):
        if isinstance(found.window, Measured) and found.window.otherwise is not None:
            yield (*found.path, "otherwise"), name, rulebook.inputs[name], found.window.otherwise


def _is_old_boolean(given: Input, value: Scalar) -> bool:
    is_boolean = kinds.TYPES[kinds.scalar_kind(given)] is Type.BOOLEAN
    return is_boolean and isinstance(value, str) and value.lower() in _OLD_BOOLEANS


def old_booleans(document: Document) -> Findings:
    """Find booleans that are compared with a yes or no."""
    find = Finder(document, "old-boolean")
    for path, _, given, value in _asked(document.rulebook):
        if _is_old_boolean(given, value):
            way = f"write `{_OLD_BOOLEANS[str(value).lower()]}`"
            yield find.at(path, f"{show(value)} is text here, not true/false", way)


def values_possible(document: Document) -> Findings:
    """Find values that an input or field is asked to be, or given, and can never have."""
    find = Finder(document, "value-not-possible")
    for path, name, given, value in _asked(document.rulebook):
        problem = objection(given, value)
        if problem and not _is_old_boolean(given, value):
            of = f" of {quoted(name)}" if problem[0] in OF_INPUT else ""
            message = f"{show(value)} {problem[0]}{of}"
            yield find.at(path, message, problem[1] or _range_help(name, given))


def _range_help(name: str, given: Input) -> str | None:
    allowed = range_text(given)
    return f"{quoted(name)} is {allowed}" if allowed else None


def days_possible(document: Document) -> Findings:
    """Find dates that are compared with something that is no day."""
    find = Finder(document, "bad-format")
    for each in compared(document.rulebook):
        if kinds.TYPES[each.given.type] is Type.DATE and each.op.row.operand is Operand.DAY:
            for path, bound in each.values():
                if isinstance(bound, Fraction) or kinds.read_bound(str(bound)) is None:
                    way = "write year-month-day, such as `2026-01-31`, or `as_of`"
                    yield find.at(path, f"{show(bound)} is not a valid date", way)


_NOT_KNOWN_IN: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "criteria": ("criterion", ("criterion", "group", "score", "list")),
    "disqualifiers": ("disqualifier", ("score",)),
}


def scores_where_known(document: Document) -> Findings:
    """Find criteria that ask for points, and disqualifiers that ask for the total."""
    find = Finder(document, "score-not-here")
    for path, condition in uses.all_comparisons(document.rulebook):
        owner, refused = _NOT_KNOWN_IN.get(str(path[0]), ("", ()))
        for key in condition.given(*refused):
            message = f"a {owner} cannot ask for `{key}`, which is worked out after it"
            yield find.at((*path, key), message, "ask for it in a trigger or in `only_if`", key=True)


CHECKS: tuple[Check[Document], ...] = (
    Check("comparison-does-not-suit-type", comparisons_suit_type),
    Check("value-not-possible", values_possible),
    Check("old-boolean", old_booleans),
    Check("bad-format", days_possible),
    Check("score-not-here", scores_where_known),
)
