"""Everything that a subject could still answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import prod

from scorewright.partition.cells import compares, inputs_of
from scorewright.program.condition import AS_OF, PercentChange, Ratio, Value
from scorewright.program.earning import ConditionPoints
from scorewright.program.earning_by_value import CountPoints, LinearPoints
from scorewright.program.program import Input, Program, Type

MOST = 500
"""The most completions that are tried one by one."""


def domain(item: Input, as_of: date) -> Sequence[Value]:
    """List every valid answer to an input of few possible answers."""
    match item.type:
        case Type.BOOLEAN:
            return (False, True)
        case Type.CHOICE:
            return item.options
        case Type.DATE:
            assert isinstance(item.minimum, date)
            assert item.maximum is AS_OF
            return [item.minimum + timedelta(days=n) for n in range((as_of - item.minimum).days + 1)]
        case Type.LIST:
            assert item.item is not None
            inner = domain(item.item, as_of)
            return [part for n in range(item.max_items + 1) for part in product(inner, repeat=n)]
        case Type.RECORD:
            return [*product(*(domain(field, as_of) for field in item.fields))]
        case _:
            assert isinstance(item.minimum, Fraction)
            assert isinstance(item.maximum, Fraction)
            grid = Fraction(1, 10 ** (item.decimals or 0))
            return [item.minimum + n * grid for n in range(int((item.maximum - item.minimum) / grid) + 1)]


def missing_of(program: Program, answers: Mapping[str, Value]) -> list[Input]:
    """List the inputs that count as missing: absent, and not assumed."""
    return [item for item in program.inputs if item.name not in answers and item.assumed is None]


def count(program: Program, answers: Mapping[str, Value], as_of: date) -> int:
    """Count the completions of answers."""
    unset = [domain(field, as_of) for _, _, _, field in unset_of(program, answers)]
    return prod(len(domain(item, as_of)) for item in missing_of(program, answers)) * prod(map(len, unset))


def completions(program: Program, answers: Mapping[str, Value], as_of: date) -> Iterator[Mapping[str, Value]]:
    """List every way to answer what is missing."""
    items, unset = missing_of(program, answers), unset_of(program, answers)
    domains = [domain(item, as_of) for item in (*items, *(field for *_, field in unset))]
    for values in product(*domains):
        whole = {**answers, **{item.name: value for item, value in zip(items, values, strict=False)}}
        for (name, index, place, _), value in zip(unset, values[len(items) :], strict=True):
            records = [list(_records(record)) for record in _records(whole[name])]
            records[index][place] = value
            whole[name] = tuple(map(tuple, records))
        yield whole


def unset_of(program: Program, answers: Mapping[str, Value]) -> list[tuple[str, int, int, Input]]:
    """List the fields that records came without: their list, record, place, and what the field takes."""
    return [
        (item.name, index, place, item.item.fields[place])
        for item in program.inputs
        if item.item and item.item.fields
        for index, record in enumerate(_records(answers.get(item.name)))
        for place, part in enumerate(_records(record))
        if part is None
    ]


def _records(value: Value | None) -> tuple[Value | None, ...]:
    return value if isinstance(value, tuple) else ()


def decided(program: Program) -> bool:
    """Tell whether the bounds of a program are exact: the checks refuse the rulebooks for which they are not.

    Points that rise with an input in one group and fall with it in another can have their best in the middle,
    where one of the groups has a cap or a floor; and a line between two inputs can cross their points.
    """
    groups = {id: group for group in program.groups for id in group.criteria}
    rising: dict[str, set[str]] = {}
    reading: dict[str, set[str]] = {}
    paired: set[str] = set()
    for criterion in program.criteria:
        for name in criterion.inputs:
            reading.setdefault(name, set()).add(criterion.group)
        if isinstance(criterion.earning, LinearPoints | CountPoints):
            rising.setdefault(criterion.earning.input, set()).add(criterion.group)
        if isinstance(criterion.earning, ConditionPoints):
            lefts = [compare.left for compare in compares(criterion.earning.condition)]
            paired |= {
                name for left in lefts if isinstance(left, Ratio | PercentChange) for name in inputs_of(left)
            }
    clamped = {id for id, group in groups.items() if group.cap is not None or group.floor is not None}
    bent = {groups[id].id for id in clamped}
    crossed = any(len(inside) > 1 and inside & bent for inside in rising.values())
    return not crossed and not paired & rising.keys()
