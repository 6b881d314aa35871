"""Fields that records came without, and what they leave open: values, and what is worked out from them.

A sum over an unset field is unknown; a streak that ends at one is known, and may still turn out longer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Final

from scorewright.program.condition import Value
from scorewright.program.formula import Formula, SumOf, Trailing
from scorewright.program.program import Input, Program

MOST_UNSET: Final = 1_000
"""The most unset fields that are named of one list of records."""

_SHOWN: Final = 10
"""The most of them that people read."""


def optional_fields(item: Input) -> tuple[Input, ...]:
    """Return the fields that the records of a list may lack."""
    return tuple(part for part in item.item.fields if part.optional) if item.item else ()


def unset_fields(program: Program, known: Mapping[str, Value]) -> tuple[str, ...]:
    """Name the fields that records came without, such as `weeks[1].actual`; the first ones of each list."""
    return tuple(
        name
        for item in program.inputs
        if optional_fields(item)
        for name in _unset(item, known.get(item.name))
    )


def _unset(item: Input, records: Value | None) -> Iterator[str]:
    fields = item.item.fields if item.item else ()
    found = (
        f"{item.name}[{index}].{field.name}"
        for index, record in enumerate(records if isinstance(records, tuple) else ())
        for field, part in zip(fields, record if isinstance(record, tuple) else (), strict=True)
        if part is None
    )
    return islice(found, MOST_UNSET)


def for_people(missing: Iterable[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Yield what is missing list by list: the first names, and how many more there are, if any."""
    for name, own in groupby(missing, lambda each: each.partition("[")[0]):
        names = tuple(own)
        more = len(names) - _SHOWN
        least = "at least " if len(names) == MOST_UNSET else ""
        yield names[:_SHOWN], f"{least}{more} more of {name}" if more > 0 else ""


def over_unset(program: Program, known: Mapping[str, Value]) -> frozenset[str]:
    """Name the values that read an unset field of a record."""
    return frozenset(derived.name for derived in program.values if _reads_unset(derived.formula, known))


def from_unset(program: Program, known: Mapping[str, Value]) -> frozenset[str]:
    """Name the values that read an unset field, and all that are worked out from them."""
    found = set(over_unset(program, known))
    for derived in program.values if found else ():
        if found.intersection(derived.inputs):
            found.add(derived.name)
    return frozenset(found)


def settled(known: Mapping[str, Value], moving: frozenset[str]) -> Mapping[str, Value]:
    """Leave out what may still turn out otherwise."""
    return {name: value for name, value in known.items() if name not in moving} if moving else known


def _reads_unset(formula: Formula, known: Mapping[str, Value]) -> bool:
    if not isinstance(formula, SumOf | Trailing):
        return False
    records = known.get(formula.list)
    return isinstance(records, tuple) and any(
        isinstance(record, tuple) and any(record[place] is None for place in formula.places)
        for record in records
    )
