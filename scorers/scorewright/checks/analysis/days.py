"""The days of `as_of` that can make a difference to what a program's dates allow."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from scorewright.partition import compares, conditions_of
from scorewright.program import Input, Program, Type
from scorewright.program.condition import AS_OF, InputRef

ANY_DAY = date(2026, 1, 1)
MOST_DAYS = 200


def days_to_try(program: Program) -> tuple[date, ...]:
    """Return one day where no fixed day meets `as_of`, else the days around each place where they meet.

    Where these are too many there is none, and what depends on dates is not decided.
    """
    fixed = set(_fixed_days(program))
    offsets = set(_offsets(program))
    if not fixed or not (offsets or any(_moves(item) for item in program.inputs)):
        return (ANY_DAY,)
    if len(fixed) * (len(offsets) + 1) > MOST_DAYS:
        return ()
    return tuple(
        sorted({ANY_DAY, *(day for start in fixed for n in {0, *offsets} for day in _around(start, n))})
    )


def _values(program: Program) -> Iterator[object]:
    for condition in conditions_of(program):
        for compare in compares(condition):
            if isinstance(compare.left, InputRef):
                yield from compare.value if isinstance(compare.value, tuple) else (compare.value,)


def _fixed_days(program: Program) -> Iterator[date]:
    bounds = (bound for item in program.inputs for bound in (item.minimum, item.maximum))
    return (value for value in (*bounds, *_values(program)) if isinstance(value, date))


def _moves(item: Input) -> bool:
    return item.type is Type.DATE and AS_OF in (item.minimum, item.maximum)


def _offsets(program: Program) -> Iterator[int]:
    for condition in conditions_of(program):
        for compare in compares(condition):
            yield from (int(-ahead) for ahead in compare.op.span(compare.value) or () if ahead is not None)
            if compare.value is AS_OF:
                yield 0


def _around(day: date, offset: int) -> Iterable[date]:
    # Strictly between a fixed day and as_of lies a day only where they are two days apart.
    for count in range(offset - 2, offset + 3):
        try:
            yield day + timedelta(days=count)
        except OverflowError:
            continue
