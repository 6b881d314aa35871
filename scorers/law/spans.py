"""The range of a worked-out value while answers are missing: exact where each missing answer is read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import inf

from scorers.condition import Value
from scorers.formula import Arithmetic, Derived, Operand, Sign
from scorers.program import Input, Program

ZERO = Fraction(0)

End = Fraction | float
"""An end of a range; a float is infinite."""


@dataclass(frozen=True, slots=True)
class Span:
    """From lowest to highest."""

    lowest: End
    highest: End

    def within(self, lowest: End | None, highest: End | None) -> "Span":
        """Cut the span to a range."""
        low = self.lowest if lowest is None else max(self.lowest, lowest)
        high = self.highest if highest is None else min(self.highest, highest)
        return Span(low, high)


ANY = Span(-inf, inf)


def span_of(program: Program, name: str, answers: Mapping[str, Value]) -> Span:
    """Give the span of a value over every completion of the answers that keeps all values in their ranges."""
    return spans_of(program, answers)[name]


def spans_of(program: Program, answers: Mapping[str, Value]) -> Mapping[str, Span]:
    """Give the spans of all inputs and values."""
    spans: dict[str, Span] = {item.name: _of_input(item, answers) for item in program.inputs}
    for derived in program.values:
        spans[derived.name] = _of_value(derived, answers, spans)
    return spans


def _of_input(item: Input, answers: Mapping[str, Value]) -> Span:
    value = answers.get(item.name)
    if isinstance(value, Fraction):
        return Span(value, value)
    grid = None if item.decimals is None else Fraction(1, 10**item.decimals)
    lowest = item.minimum if isinstance(item.minimum, Fraction) else -inf
    highest = item.maximum if isinstance(item.maximum, Fraction) else inf
    if grid and isinstance(lowest, Fraction):
        lowest = -(-lowest // grid) * grid
    if grid and isinstance(highest, Fraction):
        highest = highest // grid * grid
    return Span(lowest, highest)


def _of_value(derived: Derived, answers: Mapping[str, Value], spans: Mapping[str, Span]) -> Span:
    value = answers.get(derived.name)
    if isinstance(value, Fraction):
        return Span(value, value)
    whole = ANY
    if isinstance(derived.formula, Arithmetic):
        whole = _calculated(derived.formula.sign, [_operand(o, spans) for o in derived.formula.operands])
    return whole.within(derived.minimum, derived.maximum)


def _operand(operand: Operand, spans: Mapping[str, Span]) -> Span:
    return Span(operand, operand) if isinstance(operand, Fraction) else spans[operand]


def _calculated(sign: Sign, spans: list[Span]) -> Span:
    match sign:
        case Sign.ADD:
            return reduce(_plus, spans)
        case Sign.SUBTRACT:
            return reduce(_plus, (Span(-span.highest, -span.lowest) for span in spans[1:]), spans[0])
        case Sign.MULTIPLY:
            return reduce(_times, spans)
        case Sign.DIVIDE:
            return _divided(spans[0], spans[1])
        case Sign.PERCENT:
            return _times(_divided(spans[0], spans[1]), Span(Fraction(100), Fraction(100)))


def _plus(first: Span, second: Span) -> Span:
    return Span(_sum(first.lowest, second.lowest), _sum(first.highest, second.highest))


def _sum(first: End, second: End) -> End:
    # A sum or product of a large fraction and an infinite float would first make the fraction a float.
    if isinstance(first, float):
        return first
    return second if isinstance(second, float) else first + second


def _times(first: Span, second: Span) -> Span:
    ends = [_product(a, b) for a in (first.lowest, first.highest) for b in (second.lowest, second.highest)]
    return Span(min(ends), max(ends))


def _product(first: End, second: End) -> End:
    if first == 0 or second == 0:
        return ZERO
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first * second
    return inf if (first > 0) == (second > 0) else -inf


def _divided(first: Span, divisor: Span) -> Span:
    """Divide by a known number; a quotient by an unknown one is told by the value's own range only."""
    number = divisor.lowest
    if number != divisor.highest or number == 0 or not isinstance(number, Fraction):
        return ANY
    return _times(first, Span(1 / number, 1 / number))
