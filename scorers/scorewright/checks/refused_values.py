"""Values with a range: whom they refuse, for a `min` or `max` caps nothing."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from math import prod

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Check, Finder, Findings
from scorewright.diagnostics import quoted
from scorewright.partition import span_of
from scorewright.program.exact_numbers import text
from scorewright.program.formula import Arithmetic, Derived, Operand, Sign

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class LinearFormula:
    """`constant` and so much for each one of an input."""

    constant: Fraction
    slopes: Mapping[str, Fraction] = field(default_factory=dict)

    def plus(self, other: "LinearFormula", times: Fraction) -> "LinearFormula":
        """Add so many times another."""
        names = dict.fromkeys((*self.slopes, *other.slopes))
        slopes = {n: self.slopes.get(n, ZERO) + times * other.slopes.get(n, ZERO) for n in names}
        return LinearFormula(self.constant + times * other.constant, {n: s for n, s in slopes.items() if s})


def refusing(analysis: Analysis) -> Findings:
    """Find values whose range some answers leave, which refuses the whole subject."""
    find = Finder(analysis.document, "value-refuses-subjects")
    program = analysis.program
    lines = _lines(program.values, {item.name for item in program.inputs})
    for place, derived in enumerate(program.values):
        # As if the value had no range of its own: those before it keep theirs.
        free = replace(derived, minimum=None, maximum=None)
        span = span_of(replace(program, values=(*program.values[:place], free)), derived.name, {})
        for key, end, reached, side in (
            ("min", derived.minimum, span.lowest, -1),
            ("max", derived.maximum, span.highest, 1),
        ):
            if end is not None and side * (reached - end) > 0:
                beyond = f"{quoted(derived.name)} would be {'more' if side > 0 else 'less'} than {text(end)}"
                who = _who(lines.get(derived.name), end, side)
                message = (
                    f"{who} will be refused as inconsistent: {beyond}"
                    if who
                    else (f"subjects will be refused as inconsistent where {beyond}")
                )
                way = f"`{key}` refuses and caps nothing: leave it out, or accept this where it is meant"
                yield find.at(("values", derived.name, key), message, way)


def _who(line: LinearFormula | None, end: Fraction, side: int) -> str | None:
    """Return which answers to the one input that a value depends on are refused."""
    if line is None or len(line.slopes) != 1:
        return None
    ((name, slope),) = line.slopes.items()
    word = "more" if slope * side > 0 else "less"
    return f"subjects with {quoted(name)} {word} than {text((end - line.constant) / slope)}"


def _lines(values: Sequence[Derived], inputs: Set[str]) -> dict[str, LinearFormula]:
    """Return the values that are sums and differences of inputs, each times a number."""
    found: dict[str, LinearFormula] = {}

    def of(operand: Operand) -> LinearFormula | None:
        if isinstance(operand, Fraction):
            return LinearFormula(operand)
        return LinearFormula(ZERO, {operand: Fraction(1)}) if operand in inputs else found.get(operand)

    for derived in values:
        if isinstance(derived.formula, Arithmetic):
            parts = [of(operand) for operand in derived.formula.operands]
            known = [part for part in parts if part is not None]
            line = _calculated(derived.formula.sign, known) if len(known) == len(parts) else None
            found |= {} if line is None else {derived.name: line}
    return found


def _calculated(sign: Sign, parts: Sequence[LinearFormula]) -> LinearFormula | None:
    first, *others = parts
    if sign in (Sign.ADD, Sign.SUBTRACT):
        times = Fraction(1 if sign is Sign.ADD else -1)
        return reduce(lambda line, other: line.plus(other, times), others, first)
    numbers = [part.constant for part in parts if not part.slopes]
    if sign is Sign.MULTIPLY:
        lines = [part for part in parts if part.slopes] or [LinearFormula(Fraction(1))]
        return (
            LinearFormula(ZERO).plus(lines[0], prod(numbers, start=Fraction(1))) if len(lines) == 1 else None
        )
    if others[0].slopes or others[0].constant == 0:
        return None
    return LinearFormula(ZERO).plus(first, (100 if sign is Sign.PERCENT else 1) / others[0].constant)


CHECKS: tuple[Check[Analysis], ...] = (Check("value-refuses-subjects", refusing),)
