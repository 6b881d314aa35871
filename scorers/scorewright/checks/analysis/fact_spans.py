"""Spans of fields: what joins can be, how many records there can be, and which ages facts can have."""

import math
from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Final, TypeAlias

from scorewright.checks.analysis.days import ANY_DAY
from scorewright.checks.analysis.satisfiability import Truth
from scorewright.program import Input, Kind, Type
from scorewright.program.condition import Op, Value
from scorewright.program.signal import Constant, Pattern, Related, Select

End: TypeAlias = Fraction | float
"""An end of a span; endless ones are infinite."""

_MOST_VALUES: Final = 1_000
"""The most values of a key field that are counted."""

_EITHER: Final[Truth] = frozenset((True, False))


def join_truth(join: Related, own: Input, other: Input) -> Truth:
    """Return what a comparison of two fields can be, by their ranges and options."""
    if own.type is Type.NUMBER:
        true, false = _numbers(join, _ends(own), _ends(other))
    elif own.type is Type.CHOICE:
        true = bool({*own.options} & {*other.options})
        false = len({*own.options, *other.options}) > 1
    else:
        return _EITHER
    found = frozenset(value for value, possible in ((True, true), (False, false)) if possible)
    return frozenset(not value for value in found) if join.differs else found


def _ends(field: Input) -> tuple[End, End]:
    low, high = field.minimum, field.maximum
    return (
        low if isinstance(low, Fraction) else -math.inf,
        high if isinstance(high, Fraction) else math.inf,
    )


def _numbers(join: Related, own: tuple[End, End], other: tuple[End, End]) -> tuple[bool, bool]:
    """Return whether a comparison of numbers can be true, and whether it can be false."""
    low, high = own
    ends = [end * join.times for end in other] if join.times else [join.times, join.times]
    first, last = (end + join.above for end in sorted(ends))
    match join.op:
        case Op.AT_LEAST:
            return high >= first, low < last
        case Op.MORE_THAN:
            return high > first, low <= last
        case Op.AT_MOST:
            return low <= last, high > first
        case Op.LESS_THAN:
            return low < last, high >= first
        case Op.IS | Op.EQUALS:
            return low <= last and first <= high, not low == high == first == last
        case _:
            return True, True


def most_facts(select: Select, kind: Kind) -> int | None:
    """Count the facts that can be meant at once: records that differ in their key; None: any number."""
    if not kind.key:
        return None
    fields = {field.name: field for field in kind.fields}
    counts = [_passing(fields[name], select) for name in kind.key]
    return None if None in counts else prod(count for count in counts if count is not None)


def _passing(field: Input, select: Select) -> int | None:
    """Count the values of a field that pass the tests."""
    tests = [test for test in select.tests if isinstance(test, Constant) and test.field == field.name]
    values = _values(field)
    if values is None:
        return None
    return sum(1 for value in values if all(t.op.holds(value, t.value, ANY_DAY) for t in tests))


def _values(field: Input) -> Sequence[Value] | None:
    if field.type is Type.BOOLEAN:
        return (False, True)
    if field.type is Type.CHOICE:
        return field.options
    low, high = field.minimum, field.maximum
    if field.decimals is None or not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return None
    grid = Fraction(1, 10**field.decimals)
    count = int((high - low) / grid) + 1
    return [low + grid * step for step in range(count)] if count <= _MOST_VALUES else None


def tally_span(select: Select, kind: Kind, field: Input | None) -> Input:
    """Return what a count of facts, or the total of a field, can be, as an input."""
    most = most_facts(select, kind)
    if field is None:
        ends: tuple[End, End] = (Fraction(0), math.inf if most is None else Fraction(most))
        decimals: int | None = 0
    else:
        times = math.inf if most is None else most
        low, high = (end * times if end and times else Fraction(0) for end in _ends(field))
        ends, decimals = (min(low, Fraction(0)), max(high, Fraction(0))), field.decimals
    lowest, highest = (end if isinstance(end, Fraction) else None for end in ends)
    return Input("", Type.NUMBER, "number", "", minimum=lowest, maximum=highest, decimals=decimals)


def ages_possible(patterns: Sequence[Pattern]) -> bool:
    """Return whether facts can have the ages that their windows and their order ask for."""
    low: dict[str, End] = {p.alias: Fraction(p.select.older_than) for p in patterns}
    high: dict[str, End] = {
        p.alias: math.inf if p.select.within is None else Fraction(p.select.within - 1) for p in patterns
    }
    younger = [(p.alias, other) for p in patterns for other in p.after]
    younger += [(other, p.alias) for p in patterns for other in p.before]
    # As often as there are facts is enough; what still changes then goes round in a circle.
    for _ in range(len(patterns) + 1):
        before = ({**low}, {**high})
        for young, old in younger:
            low[old], high[young] = max(low[old], low[young] + 1), min(high[young], high[old] - 1)
        if (low, high) == before:
            return all(low[alias] <= high[alias] for alias in low)
    return False


def covers(wide: Select, narrow: Select) -> bool:
    """Return whether every fact that one select means is meant by another."""
    younger = wide.within is None or (narrow.within is not None and narrow.within <= wide.within)
    older = wide.older_than <= narrow.older_than
    return wide.kind == narrow.kind and younger and older and {*wide.tests} <= {*narrow.tests}
