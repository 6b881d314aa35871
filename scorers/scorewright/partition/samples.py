"""Samples of the answers to one input: one or more in every cell that some cuts make.

A cut is a value at which something changes. Where nobody can say at which values, answers may differ
anywhere: few of them are all given, and of many no samples stand for the rest.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, combinations, count, product
from math import inf

from scorewright.partition.lines import FEW, ends_of, grid_of
from scorewright.program import Input, Type
from scorewright.program.condition import AS_OF, Value
from scorewright.program.cut import ANYWHERE, Cut
from scorewright.program.exact_numbers import DIGITS
from scorewright.program.operators import Parting
from scorewright.validation import blank


def choices(item: Input, cuts: Sequence[Cut]) -> int:
    """Count what an answer may hold any of, so that every choice of them makes a cell: 2 to its power."""
    if item.type is Type.TEXT:
        return sum(cut.parts is Parting.INSIDE for cut in cuts)
    return len(cuts) if item.type is Type.LIST else 0


def is_open(item: Input, cuts: Sequence[Cut]) -> bool:
    """Return whether answers may differ anywhere, and are too many to give each."""
    if ANYWHERE not in cuts or item.type in (Type.BOOLEAN, Type.CHOICE):
        return False
    return every_number(item) is None


def every_number(item: Input) -> tuple[Value, ...] | None:
    """List all values of a number; None where they are many."""
    (low, high), grid = ends_of(item), grid_of(item)
    if item.decimals is None or low is None or high is None or (high - low) / grid > FEW:
        return None
    return tuple(n * grid for n in range(int(-(-low // grid)), int(high // grid) + 1))


def representatives(item: Input, cuts: Sequence[Cut], as_of: date) -> tuple[Value, ...]:
    """Return one or more answers in every cell that the cuts make, the ends of the range among them."""
    match item.type:
        case Type.BOOLEAN:
            return (False, True)
        case Type.CHOICE:
            return item.options
        case Type.NUMBER:
            if ANYWHERE in cuts and (every := every_number(item)) is not None:
                return every
            return _number_cells(item, [cut.value for cut in cuts if isinstance(cut.value, Fraction)])
        case Type.DATE:
            return _day_cells(item, cuts, as_of)
        case Type.TEXT:
            return _words(cuts)
        case Type.LIST:
            return _lists(item, cuts, as_of)
        case Type.RECORD:
            return ()


def _number_cells(item: Input, cuts: Sequence[Fraction]) -> tuple[Value, ...]:
    # In whole steps of the grid, since fractions cost ten times as much.
    scale = grid_of(item).denominator
    lowest, highest = ends_of(item)
    found: set[int] = set()
    for cut in cuts:
        step = _step_at(cut, scale)
        steps, beside = divmod(cut.numerator * scale, cut.denominator * step)
        found |= {n * step for n in range(steps if beside else steps - 1, steps + 2)}
    low = -inf if lowest is None else lowest * scale
    high = inf if highest is None else highest * scale
    values = {Fraction(steps, scale) for steps in found if low <= steps <= high}
    values |= {end for end in (lowest, highest) if end is not None}
    if lowest is None:
        values.add(min(values, default=Fraction(0)) - 1)
    if highest is None:
        values.add(max(values, default=Fraction(0)) + 1)
    return tuple(sorted(values))


def _step_at(cut: Fraction, scale: int) -> int:
    """Count the steps of the grid between answers beside a cut: no answer has more than 15 digits."""
    steps = abs(cut.numerator) * scale // cut.denominator
    return 1 if steps < 10**DIGITS else 10 ** (len(str(steps)) - DIGITS)


def _day_cells(item: Input, cuts: Sequence[Cut], as_of: date) -> tuple[Value, ...]:
    lowest = _end(item.minimum, as_of) or date.min
    highest = _end(item.maximum, as_of) or date.max
    found = {end for end in (_end(item.minimum, as_of), _end(item.maximum, as_of)) if end is not None} or {
        as_of
    }
    for cut in cuts:
        center = cut.value if isinstance(cut.value, date) else _ago(as_of, cut.days or Fraction(0))
        found |= {_shift(center, -1), center, _shift(center, 1)}
    return tuple(sorted(day for day in found if lowest <= day <= highest))


def _end(bound: object, as_of: date) -> date | None:
    if bound is AS_OF:
        return as_of
    return bound if isinstance(bound, date) else None


def _ago(as_of: date, days: Fraction) -> date:
    return date.fromordinal(min(max(as_of.toordinal() - int(days), 1), date.max.toordinal()))


def _shift(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _words(cuts: Sequence[Cut]) -> tuple[Value, ...]:
    """Return the words, and a text of each kind: how it starts, how it ends, and which texts stand in it.

    What stands between is a character that no cut has, so that nothing else is met by chance; and whatever a
    text meets that overlaps itself, one of these meets as well.
    """
    told = {parts: [str(cut.value) for cut in cuts if cut.parts is parts] for parts in Parting}
    words, inside = [word for word in told[Parting.SAME] if not blank(word)], told[Parting.INSIDE]
    filler = _unused("".join(chain.from_iterable(told.values())))
    chosen = chain.from_iterable(combinations(inside, count) for count in range(len(inside) + 1))
    ends = product(["", *told[Parting.START]], ["", *told[Parting.END]], chosen)
    return (*words, *(filler.join((start, *middle, end)) for start, end, middle in ends))


def _unused(text: str) -> str:
    return next(character for character in map(chr, count(ord("a"))) if character not in text)


def _lists(item: Input, cuts: Sequence[Cut], as_of: date) -> tuple[Value, ...]:
    assert item.item is not None  # INVARIANT: the compiler gives every list its item
    wanted = [cut.value for cut in cuts]
    able = representatives(item.item, cuts, as_of)
    members = [value for value in able if value in wanted]
    others = [value for value in able if value not in wanted][:1]
    most = min(len(members), item.max_items)
    subsets = chain.from_iterable(combinations(members, n) for n in range(most + 1))
    return (*subsets, *((tuple(others),) if others and item.max_items else ()))
