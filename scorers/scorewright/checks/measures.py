"""Measures: facts that make an answer of the type, and in the range, that their input takes."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from scorewright.checks.analysis.operand_types import a_kind, range_text
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.program import Bound, Type
from scorewright.program.condition import AS_OF
from scorewright.rulebook import Document
from scorewright.rulebook import fact_references as happened
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.fact import OF_ONE_FACT, Measured
from scorewright.rulebook.model.input import Input
from scorewright.rulebook.model.rulebook import Rulebook

_OF_A_FIELD: Final = ("latest", "highest", "lowest")
_RISING: Final = (Type.NUMBER, Type.DATE, Type.CHOICE)
"""The types whose values have an order."""

Told = tuple[Path, str, str | None]
"""Where something is wrong, what, and a way out."""


def _measured(rulebook: Rulebook) -> Iterator[tuple[str, Input, Path, Measured]]:
    for name, found in happened.measures(rulebook):
        if isinstance(found.window, Measured):
            yield name, rulebook.inputs[name], found.path, found.window


def _field(rulebook: Rulebook, measured: Measured) -> Input | None:
    """Return the field that a measure looks at, where it is declared."""
    kind = rulebook.facts.get(measured.kind)
    return kind.fields.get(measured.field) if kind and measured.field is not None else None


def measures_suit(document: Document) -> Findings:
    """Find inputs that are measured as what they are not, and totals of what is no number."""
    find = Finder(document, "measure-does-not-suit")
    rulebook = document.rulebook
    for name, given, path, measured in _measured(rulebook):
        for place, message, way in _unsuited(rulebook, name, given, measured):
            yield find.at((*path, *place), message, way, key=place[-1:] == (measured.way,))
    for line in happened.lines(rulebook):
        kind = rulebook.facts.get(line.window.kind)
        field = kind.fields.get(line.window.field or "") if kind else None
        if line.window.way == "total" and field and kinds.TYPES[field.type] is not Type.NUMBER:
            message = f"`total` needs a number, and {quoted(line.window.field or '')} is {a_kind(field)}"
            yield find.at((*line.path, "field"), message, "name another field, or `count` the facts")


def _unsuited(rulebook: Rulebook, name: str, given: Input, measured: Measured) -> Iterator[Told]:
    way, field = measured.way, _field(rulebook, measured)
    if way == "every":
        yield from _unsuited_list(rulebook, name, given, measured)
    elif way in _OF_A_FIELD:
        if field is not None:
            yield from _other_type(("field",), str(measured.field), field, name, given)
        if field is not None and way != "latest" and kinds.TYPES[field.type] not in _RISING:
            message = f"`{way}` needs a number, a date or a choice, and {quoted(str(measured.field))} is"
            yield ("field",), f"{message} {a_kind(field)}", "name another field, or take the `latest`"
    elif kinds.TYPES[given.type] is not Type.NUMBER:
        yield (way,), f"`{way}` gives a number, and {quoted(name)} is {a_kind(given)}", "make it a number"
    elif way == "total" and field is not None and kinds.TYPES[field.type] is not Type.NUMBER:
        message = f"`total` needs a number, and {quoted(str(measured.field))} is {a_kind(field)}"
        yield ("field",), message, "name another field, or `count` the facts"
    elif way == "days_of" and not _begins_with_fact(rulebook, measured.kind):
        message = f"the first line of {quoted(measured.kind)} is no `fact`, so there is no day to count from"
        yield (way,), message, "name a signal that begins with a fact"


def _begins_with_fact(rulebook: Rulebook, name: str) -> bool:
    signal = next((signal for signal in rulebook.signals if signal.id == name), None)
    return signal is None or signal.lines[0][1].way == "fact"


def _unsuited_list(rulebook: Rulebook, name: str, given: Input, measured: Measured) -> Iterator[Told]:
    kind = rulebook.facts.get(measured.kind)
    if kinds.TYPES[given.type] is not Type.LIST:
        message = f"`every` gives a list, and {quoted(name)} is {a_kind(given)}"
        yield ("every",), message, "make it a list, or take the `latest`"
    elif given.fields is None and measured.field is None:
        message = f"`field` is missing, for {quoted(name)} is a list of single values"
        yield ("every",), message, "say which field of the facts the list holds"
    elif given.fields is not None and measured.field is not None:
        message = f"{quoted(name)} is a list of records, which take all their fields from the facts"
        yield ("field",), message, "delete `field`"
    elif given.fields is None:
        if field := _field(rulebook, measured):
            yield from _other_type(("field",), str(measured.field), field, name, _item(given))
    elif kind is not None:
        for part, item in given.fields.items():
            if part not in kind.fields:
                message = f"{quoted(name)} needs {quoted(part)}, which {quoted(measured.kind)} does not have"
                yield ("every",), message, "add the field to the facts, or take it out of the records"
            else:
                yield from _other_type(("every",), part, kind.fields[part], f"{name}.{part}", item)


def _item(given: Input) -> Input:
    """Return what the items of a list are, as an input of its own."""
    return given.model_copy(update={"type": kinds.scalar_kind(given), "of": None})


def _other_type(place: Path, name: str, field: Input, asked: str, given: Input) -> Iterator[Told]:
    """Yield where a field has another type than the input that it answers, or other options."""
    if kinds.TYPES[field.type] is not kinds.TYPES[given.type]:
        message = f"{quoted(name)} is {a_kind(field)}, and {quoted(asked)} is {a_kind(given)}"
        yield place, message, "give both one type"
        return
    left = [option for option in field.options or () if option not in (given.options or ())]
    if left and kinds.TYPES[given.type] is Type.CHOICE:
        message = f"{quoted(left[0])} of {quoted(name)} is not an option of {quoted(asked)}"
        yield place, message, "give both the same options"


def measured_outside_range(document: Document) -> Findings:
    """Find measured answers that their input may refuse, by the ranges that are declared."""
    find = Finder(document, "measured-outside-range")
    rulebook = document.rulebook
    for name, given, path, measured in _measured(rulebook):
        if wrong := _outside(rulebook, name, given, measured):
            yield find.at((*path, measured.way), *wrong, key=True)


def _outside(rulebook: Rulebook, name: str, given: Input, measured: Measured) -> tuple[str, str] | None:
    message = f"what is measured may be outside the range of {quoted(name)}, and then there is no answer"
    kind, field = rulebook.facts.get(measured.kind), _field(rulebook, measured)
    if measured.way == "every":
        fields = kind.fields if kind is not None else {}
        parts = [(part, fields[part], item) for part, item in (given.fields or {}).items() if part in fields]
        parts += [(name, field, _item(given))] if field is not None else []
        wrong = [f"{quoted(part)} is {_takes(item)}" for part, its, item in parts if not fits(its, item)]
        return (message, f"give its field the same range: {wrong[0]}") if wrong else None
    if measured.way in _OF_A_FIELD:
        way = f"give {quoted(measured.field or '')} the same range: {quoted(name)} is {_takes(given)}"
        return (message, way) if field is not None and not fits(field, given) else None
    if measured.way == "total":
        both_ends = given.model_copy(update={"max": None})
        way = f"give {quoted(measured.field or '')} a `min` and `decimals` that suit {quoted(name)}"
        return (message, way) if field is not None and not fits(field, both_ends) else None
    low = kinds.lowest(given)
    if isinstance(low, Fraction) and low > 0:
        return message, f"a `{measured.way}` may be 0: {quoted(name)} is {_takes(given)}"
    return None


def _takes(given: Input) -> str:
    """Return which numbers, days or options an input takes."""
    decimals = kinds.decimals(given)
    places = "" if decimals is None else ", whole" if decimals == 0 else f", with at most {decimals} decimals"
    return f"{range_text(given) or 'anything'}{places}"


def fits(field: Input, given: Input) -> bool:
    """Return whether every value of a field is one that an input takes."""
    most, inner = kinds.decimals(given), kinds.decimals(field)
    if most is not None and (inner is None or inner > most):
        return False
    begins = _begins(kinds.lowest(field), kinds.lowest(given))
    return begins and _ends(kinds.highest(field), kinds.highest(given))


def _begins(inner: Bound, outer: Bound) -> bool:
    # A day that is not before its fact's may be before the day that is asked about.
    if outer is None or outer is AS_OF:
        return outer is None
    if isinstance(outer, Fraction):
        return isinstance(inner, Fraction) and inner >= outer
    return isinstance(inner, date) and isinstance(outer, date) and inner >= outer


def _ends(inner: Bound, outer: Bound) -> bool:
    if outer is None or outer is AS_OF:
        return outer is None or inner is AS_OF
    if isinstance(outer, Fraction):
        return isinstance(inner, Fraction) and inner <= outer
    return isinstance(inner, date) and isinstance(outer, date) and inner <= outer


def may_be_refused(rulebook: Rulebook, name: str) -> bool:
    """Return whether facts can make an answer that an input refuses, so that nothing is recommended."""
    given = rulebook.inputs[name]
    measured = given.measured
    if measured is None:
        return False
    if measured.way in OF_ONE_FACT and given.required and measured.otherwise is None:
        return True
    if measured.way in _OF_A_FIELD:
        field = _field(rulebook, measured)
        return field is not None and not fits(field, given)
    # Facts may be more than a list takes.
    wide = measured.way == "every" or kinds.highest(given) is not None
    return wide or _outside(rulebook, name, given, measured) is not None


CHECKS: tuple[Check[Document], ...] = (
    Check("measure-does-not-suit", measures_suit),
    Check("measured-outside-range", measured_outside_range),
)
