"""What a key keeps of each answer: as little as the outcome depends on, and the way back to an answer.

A number that is only compared is reduced to its cell between the rulebook's numbers, a choice to its place;
what the points depend on in full stays whole. Where only a part is kept, the way back gives one answer for
all that are alike: no outcome can tell it from the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorewright.partition import Intervals, Partition, Words, compares, conditions_of, inputs_of
from scorewright.program import Input, Program, Type
from scorewright.program.condition import Compare, InputRef, PercentChange, Ratio, Value
from scorewright.program.earning import OfInput
from scorewright.program.exact_numbers import exact
from scorewright.program.operators import Edge, Parting, values_of
from scorewright.semantics import slots_of


@dataclass(frozen=True, slots=True)
class Whole:
    """The answer itself."""

    def representative(self, part: Value) -> Value:
        """Return an answer that has this part of a key."""
        return part


@dataclass(frozen=True, slots=True)
class Number:
    """A number in full, of any decimals."""

    def representative(self, part: int | float) -> Value:
        """Return an answer that has this part of a key."""
        return exact(part)


@dataclass(frozen=True, slots=True)
class Units:
    """A number in full, counted in units of its last decimal."""

    decimals: int

    def representative(self, part: int | float) -> Value:
        """Return an answer that has this part of a key."""
        return Fraction(int(part), 10**self.decimals)


Kept = Whole | Number | Units | Partition


def kept_of(program: Program) -> tuple[Kept, ...]:
    """Return for every input of a program what a key keeps of its answer."""
    full = told_in_full(program)
    return tuple(_kept(program, item, item.name in full) for item in program.inputs)


def _kept(program: Program, item: Input, full: bool) -> Kept:
    match item.type:
        case Type.NUMBER if not full:
            return Intervals(tuple(sorted(_edges(program, item.name))))
        case Type.NUMBER:
            return Number() if item.decimals is None else Units(item.decimals)
        case Type.CHOICE:
            return Words(item.options, "")
        case Type.TEXT if not full:
            words = tuple(dict.fromkeys(_words_compared(program, item.name)))
            return Words(words, "".join(words) + "_")
        case _:
            return Whole()


def told_in_full(program: Program) -> set[str]:
    """Name the inputs whose very value the outcome depends on."""
    names = {slot.key for slot in slots_of(program) if slot.name == "inputs"}
    names |= {program.band_on} if program.band_on else set()
    for criterion in program.criteria:
        if isinstance(criterion.earning, OfInput) and criterion.earning.edges() is None:
            names.add(criterion.earning.input)
    for derived in program.values:
        names |= set(derived.inputs)
    for compare in _all_compares(program):
        if isinstance(compare.left, Ratio | PercentChange) or not _parts_words_or_numbers(compare):
            names |= set(inputs_of(compare.left))
    return names


def _parts_words_or_numbers(compare: Compare) -> bool:
    """Return whether a comparison leaves only its own words, or cells between its own numbers."""
    texts = any(isinstance(value, str) for value in values_of(compare.value))
    return compare.op.edges(compare.value) is not None and (
        not texts or compare.op.row.parts in (Parting.SAME, Parting.NOTHING)
    )


def _all_compares(program: Program) -> Iterator[Compare]:
    for condition in conditions_of(program):
        yield from compares(condition)


def _words_compared(program: Program, name: str) -> Iterator[str]:
    for compare in _all_compares(program):
        if compare.left == InputRef(name):
            yield from (value for value in values_of(compare.value) if isinstance(value, str))


def _edges(program: Program, name: str) -> set[Edge]:
    """List where answers to one number part."""
    found: set[Edge] = set()
    for criterion in program.criteria:
        if isinstance(criterion.earning, OfInput) and criterion.earning.input == name:
            found.update(criterion.earning.edges() or ())
    for compare in _all_compares(program):
        if compare.left == InputRef(name):
            found |= compare.op.edges(compare.value) or frozenset()
    return found
