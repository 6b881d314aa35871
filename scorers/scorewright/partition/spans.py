"""The range of a worked-out value while answers are missing: exact where each missing answer is read once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import takewhile
from math import inf

from scorewright.program import Input, Program
from scorewright.program.condition import Value
from scorewright.program.formula import Arithmetic, Derived, Operand, Sign, SumOf, Trailing

ZERO = Fraction(0)

End = Fraction | float
"""An end of a range; a float is infinite."""


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """From lowest to highest."""

    lowest: End
    highest: End

    def within(self, lowest: End | None, highest: End | None) -> "NumberSpan":
        """Cut the span to a range."""
        low = self.lowest if lowest is None else max(self.lowest, lowest)
        high = self.highest if highest is None else min(self.highest, highest)
        return NumberSpan(low, high)


ANY = NumberSpan(-inf, inf)


def span_of(program: Program, name: str, answers: Mapping[str, Value]) -> NumberSpan:
    """Return the span of a value over every completion of the answers with all values in their ranges."""
    return spans_of(program, answers)[name]


def spans_of(program: Program, answers: Mapping[str, Value]) -> Mapping[str, NumberSpan]:
    """Return the spans of all inputs and values."""
    spans: dict[str, NumberSpan] = {
        item.name: _of_input(item, answers.get(item.name)) for item in program.inputs
    }
    items = {item.name: item for item in program.inputs}
    for derived in program.values:
        spans[derived.name] = _of_value(derived, answers, spans, items)
    return spans


def _of_input(item: Input, value: Value | None) -> NumberSpan:
    if isinstance(value, Fraction):
        return NumberSpan(value, value)
    grid = None if item.decimals is None else Fraction(1, 10**item.decimals)
    lowest = item.minimum if isinstance(item.minimum, Fraction) else -inf
    highest = item.maximum if isinstance(item.maximum, Fraction) else inf
    if grid and isinstance(lowest, Fraction):
        lowest = -(-lowest // grid) * grid
    if grid and isinstance(highest, Fraction):
        highest = highest // grid * grid
    return NumberSpan(lowest, highest)


def _of_value(
    derived: Derived,
    answers: Mapping[str, Value],
    spans: Mapping[str, NumberSpan],
    items: Mapping[str, Input],
) -> NumberSpan:
    value, formula = answers.get(derived.name), derived.formula
    if isinstance(value, Fraction):
        return NumberSpan(value, value)
    whole = ANY
    if isinstance(formula, Arithmetic):
        whole = _calculated(formula.sign, [_operand(operand, spans) for operand in formula.operands])
    elif isinstance(formula, SumOf | Trailing) and isinstance(records := answers.get(formula.list), tuple):
        fields = _fields(items[formula.list])
        whole = _over(formula, [_of_record(fields, record, formula.places) for record in records])
    return whole.within(derived.minimum, derived.maximum)


def _fields(item: Input) -> tuple[Input, ...]:
    return item.item.fields if item.item else ()


def _of_record(
    fields: Sequence[Input], record: Value | None, places: Sequence[int]
) -> Mapping[int, NumberSpan]:
    """Return the spans of some fields of a record: what is unset can be all that its range holds."""
    assert isinstance(
        record, tuple
    )  # INVARIANT: the checks let formulas over records read lists of them only
    return {place: _of_input(fields[place], record[place]) for place in places}


def _over(formula: SumOf | Trailing, records: Sequence[Mapping[int, NumberSpan]]) -> NumberSpan:
    """Add up, or count back, what each record can be; no two records share an answer."""
    if isinstance(formula, Trailing):
        sure = [_reaches(record, formula, at_most=False) for record in reversed(records)]
        able = [_reaches(record, formula, at_most=True) for record in reversed(records)]
        return NumberSpan(Fraction(sum(takewhile(bool, sure))), Fraction(sum(takewhile(bool, able))))
    powers = Counter(formula.fields)
    products = (
        reduce(_times, (_power(record[place], power) for place, power in powers.items()))
        for record in records
    )
    return reduce(_plus, products, NumberSpan(ZERO, ZERO))


def _reaches(record: Mapping[int, NumberSpan], formula: Trailing, *, at_most: bool) -> bool:
    """Return whether a record can count, or whether it must."""
    reached, wanted = record[formula.field], record[formula.at_least]
    if formula.field == formula.at_least:
        return True
    return reached.highest >= wanted.lowest if at_most else reached.lowest >= wanted.highest


def _power(span: NumberSpan, power: int) -> NumberSpan:
    """Multiply what is read several times by itself."""
    whole = reduce(_times, [span] * power)
    both = span.lowest < 0 < span.highest
    return whole if power % 2 or not both else NumberSpan(ZERO, whole.highest)


def _operand(operand: Operand, spans: Mapping[str, NumberSpan]) -> NumberSpan:
    return NumberSpan(operand, operand) if isinstance(operand, Fraction) else spans[operand]


def _calculated(sign: Sign, spans: list[NumberSpan]) -> NumberSpan:
    match sign:
        case Sign.ADD:
            return reduce(_plus, spans)
        case Sign.SUBTRACT:
            return reduce(_plus, (NumberSpan(-span.highest, -span.lowest) for span in spans[1:]), spans[0])
        case Sign.MULTIPLY:
            return reduce(_times, spans)
        case Sign.DIVIDE:
            return _divided(spans[0], spans[1])
        case Sign.PERCENT:
            return _times(_divided(spans[0], spans[1]), NumberSpan(Fraction(100), Fraction(100)))


def _plus(first: NumberSpan, second: NumberSpan) -> NumberSpan:
    return NumberSpan(_sum(first.lowest, second.lowest), _sum(first.highest, second.highest))


def _sum(first: End, second: End) -> End:
    # A sum or product of a large fraction and an infinite float would first make the fraction a float.
    if isinstance(first, float):
        return first
    return second if isinstance(second, float) else first + second


def _times(first: NumberSpan, second: NumberSpan) -> NumberSpan:
    ends = [_product(a, b) for a in (first.lowest, first.highest) for b in (second.lowest, second.highest)]
    return NumberSpan(min(ends), max(ends))


def _product(first: End, second: End) -> End:
    if first == 0 or second == 0:
        return ZERO
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first * second
    return inf if (first > 0) == (second > 0) else -inf


def _divided(first: NumberSpan, divisor: NumberSpan) -> NumberSpan:
    """Divide by a known number; a quotient by an unknown one is told by the value's own range only."""
    number = divisor.lowest
    if number != divisor.highest or number == 0 or not isinstance(number, Fraction):
        return ANY
    return _times(first, NumberSpan(1 / number, 1 / number))
