"""Values worked out from the answers, and the range they can have while an answer is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from math import prod

from scorewright.program.condition import Value
from scorewright.program.formula import (
    Arithmetic,
    Derived,
    Distinct,
    Formula,
    Lookup,
    Operand,
    Sign,
    SumOf,
    Trailing,
)

LARGEST = Fraction(10**300)
"""What no value may reach, for answers are sent as doubles, which end not far above."""

Known = Mapping[str, Value]
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Derivation:
    """The values that could be worked out, and of the others those for which a divisor was 0, with it."""

    values: Mapping[str, Fraction]
    zero: Mapping[str, tuple[str, ...]]


def derive(values: tuple[Derived, ...], answers: Known) -> Derivation:
    """Work out every value in order; one that needs a missing answer, or divides by 0, is absent."""
    known: dict[str, Value] = dict(answers)
    found: dict[str, Fraction] = {}
    zero: dict[str, tuple[str, ...]] = {}
    for derived in values:
        value = _worked_out(derived.formula, known)
        if value is None:
            if divisors := _zero_divisors(derived, known, zero):
                zero[derived.name] = divisors
        else:
            known[derived.name] = found[derived.name] = value
    return Derivation(found, zero)


def _worked_out(formula: Formula, known: Known) -> Fraction | None:
    match formula:
        case Arithmetic(sign, operands):
            numbers = [_number(operand, known) for operand in operands]
            present = [number for number in numbers if number is not None]
            return calculate(sign, present) if len(present) == len(numbers) else None
        case Lookup(name, numbers_by_option):
            return dict(numbers_by_option).get(str(known.get(name)))
        case Distinct():
            lists = [known.get(name) for name in formula.lists]
            return None if None in lists else _distinct(formula, [_items(part) for part in lists])
        case SumOf() | Trailing():
            records = known.get(formula.list)
            return None if records is None else _over(formula, _items(records))


def _number(operand: Operand, known: Known) -> Fraction | None:
    value = operand if isinstance(operand, Fraction) else known.get(operand)
    return value if isinstance(value, Fraction) else None


def calculate(sign: Sign, numbers: list[Fraction]) -> Fraction | None:
    """Calculate exactly, from left to right; None where a divisor is 0."""
    first, *others = numbers
    match sign:
        case Sign.ADD:
            return sum(others, first)
        case Sign.SUBTRACT:
            return first - sum(others)
        case Sign.MULTIPLY:
            return prod(others, start=first)
        case _:
            if others[0] == 0:
                return None
            return first / others[0] * (HUNDRED if sign is Sign.PERCENT else 1)


def _items(value: Value | None) -> tuple[Value | None, ...]:
    assert isinstance(value, tuple)  # INVARIANT: the compiler pairs list formulas with list inputs
    return value


def _field(record: Value | None, place: int) -> Fraction | None:
    value = _items(record)[place]
    assert value is None or isinstance(value, Fraction)  # INVARIANT: formulas read fields of numbers only
    return value


def _over(formula: SumOf | Trailing, records: tuple[Value | None, ...]) -> Fraction | None:
    """Add up, or count back: a sum of what is unset is unknown, and an unset field ends a streak."""
    if isinstance(formula, SumOf):
        parts = [prod(read, start=Fraction(1)) for r in records if (read := _read(r, formula.places))]
        return sum(parts, Fraction(0)) if len(parts) == len(records) else None
    pairs = (_read(record, formula.places) for record in reversed(records))
    reached = (bool(pair) and pair[0] >= pair[1] for pair in pairs)
    return Fraction(sum(takewhile(bool, reached)))


def _read(record: Value | None, places: tuple[int, ...]) -> list[Fraction]:
    """Return the fields at these places; none where one of them is unset."""
    found = [_field(record, place) for place in places]
    known = [number for number in found if number is not None]
    return known if len(known) == len(found) else []


def _distinct(formula: Distinct, lists: list[tuple[Value | None, ...]]) -> Fraction:
    texts = {str(item).strip() for items in lists for item in items}
    ending = formula.without_ending
    counted = {text for text in texts if text and text not in formula.without}
    return Fraction(len([text for text in counted if ending is None or not text.endswith(ending)]))


def _zero_divisors(derived: Derived, known: Known, zero: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Name the divisors that are 0, of a formula and of the values that it reads."""
    found: dict[str, None] = {}
    formula = derived.formula
    if isinstance(formula, Arithmetic) and formula.sign in (Sign.DIVIDE, Sign.PERCENT):
        divisor = formula.operands[1]
        if isinstance(divisor, str) and known.get(divisor) == 0:
            found[divisor] = None
    for name in derived.inputs:
        found.update(dict.fromkeys(zero.get(name, ())))
    return tuple(found)
