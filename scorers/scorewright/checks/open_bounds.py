"""Fields that records may come without: whether the total still tells its bounds then."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Check, Finder, Findings
from scorewright.diagnostics import quoted
from scorewright.partition import ends_of, span_of
from scorewright.program import Input, Program, Type
from scorewright.program.condition import Value
from scorewright.program.derived_values import derive
from scorewright.program.formula import SumOf
from scorewright.program.unset_fields import from_unset, settled

STEPS = 100
"""The work that an input or value takes where a field is tried."""

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)
"""Numbers that are answered, various, so that a difference of two of them is seldom 0."""


def unbounded(analysis: Analysis) -> Findings:
    """Find optional fields without which the total has no bounds, by trying a subject that lacks one."""
    find = Finder(analysis.document, "bounds-open")
    program, of = analysis.program, analysis.program.of
    known = dict(_answered(program.inputs))
    if of is None or of not in derive(program.values, known).values:
        return
    for item, place in _summed(program):
        if not analysis.budget.spend(STEPS * (len(program.inputs) + len(program.values))):
            return
        answers = _without(program, item, place, known)
        span = span_of(program, of, settled(answers, from_unset(program, answers)))
        if isinstance(span.lowest, Fraction) and isinstance(span.highest, Fraction):
            continue
        assert item.item is not None  # INVARIANT: formulas read fields of records
        field = item.item.fields[place]
        ends = [key for key, end in (("min", field.minimum), ("max", field.maximum)) if end is None]
        message = f"the total has no bounds while a record of {quoted(item.name)} lacks {quoted(field.name)}"
        what = "the field" if ends else f"value {quoted(of)}"
        way = f"give {what} a {_keys(ends or ('min', 'max'))}"
        path = ("inputs", item.name, "fields", field.name, "optional")
        yield find.at(path, message, f"{way}, or delete `optional`", key=True)


def _keys(keys: Iterable[str]) -> str:
    return " and a ".join(f"`{key}`" for key in keys)


def _summed(program: Program) -> Iterator[tuple[Input, int]]:
    """List the optional fields that sums read, each with its list."""
    sums = [derived.formula for derived in program.values if isinstance(derived.formula, SumOf)]
    for item in program.inputs:
        for place, field in enumerate(item.item.fields if item.item else ()):
            if field.optional and any(f.list == item.name and place in f.places for f in sums):
                yield item, place


def _without(program: Program, item: Input, place: int, known: Mapping[str, Value]) -> Mapping[str, Value]:
    """Answer everything but one field of the one record of a list, and work out what can be."""
    (record,) = _parts(known[item.name])
    parts = [*_parts(record)]
    parts[place] = None
    answers = {**known, item.name: (tuple(parts),)}
    return {**answers, **derive(program.values, answers).values}


def _parts(value: Value | None) -> tuple[Value | None, ...]:
    assert isinstance(value, tuple)  # INVARIANT: records are tuples of their fields, in a tuple
    return value


def _answered(items: Iterable[Input]) -> Iterator[tuple[str, Value]]:
    """Answer every input with something in its range."""
    for number, item in enumerate(items):
        if (value := _answer(item, Fraction(PRIMES[number % len(PRIMES)]))) is not None:
            yield item.name, value


def _answer(item: Input, number: Fraction) -> Value | None:
    """Answer what formulas read: numbers, choices, and lists, of which records have one."""
    match item.type:
        case Type.NUMBER:
            lowest, highest = ends_of(item)
            above = number if lowest is None else max(number, lowest)
            return above if highest is None else min(above, highest)
        case Type.CHOICE:
            return item.options[0]
        case Type.LIST:
            fields = item.item.fields if item.item else ()
            return (tuple(_answer(field, number) for field in fields),) if fields else ()
        case _:
            return None


CHECKS: tuple[Check[Analysis], ...] = (Check("bounds-open", unbounded),)
