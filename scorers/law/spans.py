"""The range of a worked-out value while answers are missing: exact where each missing answer is read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorers.condition import Value
from scorers.formula import Arithmetic, Derived, Operand, Sign
from scorers.program import Input, Program

ZERO = Fraction(0)
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Span:
    """From lowest to highest; None where there is no end."""

    lowest: Fraction | None
    highest: Fraction | None

    def negated(self) -> "Span":
        """Give the span of the contrary."""
        return Span(_minus(self.highest), _minus(self.lowest))

    def within(self, lowest: Fraction | None, highest: Fraction | None) -> "Span":
        """Cut the span to a range."""
        low = [end for end in (self.lowest, lowest) if end is not None]
        high = [end for end in (self.highest, highest) if end is not None]
        return Span(max(low, default=None), min(high, default=None))


ANY = Span(None, None)


def _minus(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def span_of(program: Program, name: str, answers: Mapping[str, Value]) -> Span:
    """Give the span of a value over every completion of the answers that keeps all values in their ranges."""
    spans: dict[str, Span] = {item.name: _of_input(item, answers) for item in program.inputs}
    for derived in program.values:
        spans[derived.name] = _of_value(derived, answers, spans)
    return spans[name]


def _of_input(item: Input, answers: Mapping[str, Value]) -> Span:
    value = answers.get(item.name)
    if isinstance(value, Fraction):
        return Span(value, value)
    lowest = item.minimum if isinstance(item.minimum, Fraction) else None
    highest = item.maximum if isinstance(item.maximum, Fraction) else None
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
    first, *others = spans
    for other in others:
        match sign:
            case Sign.ADD:
                first = _plus(first, other)
            case Sign.SUBTRACT:
                first = _plus(first, other.negated())
            case Sign.MULTIPLY:
                first = _times(first, other)
            case _:
                first = _divided(first, other, HUNDRED if sign is Sign.PERCENT else Fraction(1))
    return first


def _plus(first: Span, second: Span) -> Span:
    low, high = (first.lowest, second.lowest), (first.highest, second.highest)
    return Span(
        None if None in low else sum((end for end in low if end is not None), ZERO),
        None if None in high else sum((end for end in high if end is not None), ZERO),
    )


def _times(first: Span, second: Span) -> Span:
    if first.lowest is None or first.highest is None:
        first, second = second, first
    if first.lowest is not None and first.lowest == first.highest:
        return _scaled(second, first.lowest)
    ends = (first.lowest, first.highest, second.lowest, second.highest)
    if None in ends:
        return ANY
    products = [a * b for a in ends[:2] for b in ends[2:] if a is not None and b is not None]
    return Span(min(products), max(products))


def _scaled(span: Span, factor: Fraction) -> Span:
    if factor == 0:
        return Span(ZERO, ZERO)
    low, high = (None if end is None else end * factor for end in (span.lowest, span.highest))
    return Span(low, high) if factor > 0 else Span(high, low)


def _divided(first: Span, divisor: Span, times: Fraction) -> Span:
    if divisor.lowest is None or divisor.lowest != divisor.highest or divisor.lowest == 0:
        return ANY
    return _scaled(first, times / divisor.lowest)
