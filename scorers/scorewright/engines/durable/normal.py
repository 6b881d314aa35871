"""Conditions as a choice of ways to be true, each of which is a number of tests that must all pass.

A way maps axes to the cells that they may lie in, as a set of bits. The laws used (negation moved inwards,
`all` spread over `any`, ways that others contain left out) hold for unknown parts too; `x or not x` is not
true where x is unknown, so that a way that allows every cell of an axis still needs the axis to be known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from scorewright.engines.durable.axes import Basic, Cells, ConditionAxis, basics, cut
from scorewright.engines.durable.rule_language import MAX_TESTS, RuleSign, RuleTest
from scorewright.partition import compares
from scorewright.program.condition import All, Any, Compare, Condition, Not

MAX_WAYS: Final = 256
"""The most rules that one condition may become, for being true and for being false."""

TOO_MANY: Final = f"it can be true or false in more than {MAX_WAYS} ways"

MAX_AT_WORK: Final = 1_024
"""The most ways that are looked at while a condition is worked out."""

Way = Mapping[int, int]
"""The cells, as bits, that each axis (by its place) must lie in."""


class TooManyError(ValueError):
    """A condition needs more ways, or more tests at once, than can be kept."""


@dataclass(frozen=True, slots=True)
class Axes:
    """All axes of a program, and those among them that are never unknown."""

    cells: tuple[Cells, ...]
    place: Mapping[ConditionAxis, int]
    always: frozenset[int]


def axes_of(conditions: Iterable[Condition], always: Callable[[ConditionAxis], bool]) -> Axes:
    """Collect the axes of conditions."""
    found: dict[ConditionAxis, list[Basic]] = {}
    for condition in conditions:
        for compare in compares(condition):
            for basic in basics(compare):
                found.setdefault(basic.axis, []).append(basic)
    cells = tuple(cut(axis, uses) for axis, uses in found.items())
    place = {axis: index for index, axis in enumerate(found)}
    return Axes(cells, place, frozenset(place[axis] for axis in found if always(axis)))


def axes_read(condition: Condition, axes: Axes) -> frozenset[int]:
    """Return the axes of a condition that can be unknown."""
    read = (basics(compare) for compare in compares(condition))
    return frozenset(axes.place[basic.axis] for found in read for basic in found) - axes.always


def ways(condition: Condition, wanted: bool, axes: Axes) -> list[Way]:
    """Return the ways in which a condition is surely true, or surely false."""
    match condition:
        case Compare():
            return _of_compare(condition, wanted, axes)
        case Not(part):
            return ways(part, not wanted, axes)
        case All(parts) | Any(parts):
            each = [ways(part, wanted, axes) for part in parts]
            if isinstance(condition, Any) is wanted:
                return _simplified((way for found in each for way in found), axes)
            return _spread(each, axes)


def rules_from(way: Way, axes: Axes, name: Callable[[int], str]) -> Iterator[tuple[RuleTest, ...]]:
    """Write a way as rules, each of tests that must all pass."""
    choices = [list(_runs(axes.cells[axis].size, bits, name(axis))) for axis, bits in sorted(way.items())]
    for chosen in product(*choices):
        tests = tuple(test for run in chosen for test in run)
        if len(tests) > MAX_TESTS:
            raise TooManyError(f"it needs {len(tests)} tests at once, at most {MAX_TESTS}")
        yield tests


def _of_compare(compare: Compare, wanted: bool, axes: Axes) -> list[Way]:
    found: list[list[Way]] = []
    for basic in basics(compare):
        place = axes.place[basic.axis]
        cells = axes.cells[place]
        bits = cells.where(basic)
        found.append([{place: bits if wanted else _every(cells) & ~bits}])
    if wanted:
        return _simplified((way for ways in found for way in ways), axes)
    return _spread(found, axes)


def _every(cells: Cells) -> int:
    return (1 << cells.size) - 1


def _spread(each: list[list[Way]], axes: Axes) -> list[Way]:
    """Return every way to take one of each."""
    so_far: list[Way] = [{}]
    for ways in each:
        if len(so_far) * len(ways) > MAX_AT_WORK:
            raise TooManyError(TOO_MANY)
        both = product(so_far, ways)
        so_far = _simplified(
            ({**a, **{axis: b[axis] & a.get(axis, b[axis]) for axis in b}} for a, b in both), axes
        )
    return so_far


def _simplified(found: Iterable[Way], axes: Axes) -> list[Way]:
    """Leave out what cannot be or what another way contains, and join ways that differ in one axis."""
    joined, count = [_needed(way, axes) for way in found if all(way.values())], -1
    while len(joined) != count:
        count = len(joined)
        joined = _joined(joined, axes)
    if len(joined) > MAX_AT_WORK:
        raise TooManyError(TOO_MANY)
    return _widest(joined)


def _needed(way: Way, axes: Axes) -> Way:
    """Leave out the axes that are always known and may lie anywhere."""
    return {a: bits for a, bits in way.items() if a not in axes.always or bits != _every(axes.cells[a])}


def _joined(found: list[Way], axes: Axes) -> list[Way]:
    for axis in sorted({axis for way in found for axis in way}):
        alike: dict[tuple[bool, frozenset[tuple[int, int]]], Way] = {}
        for way in found:
            key = axis in way, frozenset(pair for pair in way.items() if pair[0] != axis)
            other = alike.get(key, way)
            alike[key] = {**way, axis: way[axis] | other[axis]} if axis in way else way
        found = [_needed(way, axes) for way in alike.values()]
    return found


def _widest(found: list[Way]) -> list[Way]:
    """Leave out the ways that another one contains."""
    read = [sum(1 << axis for axis in way) for way in found]
    each = list(zip(found, read, strict=True))
    return [
        way
        for way, axes in each
        if not any(
            not others & ~axes and other is not way and _contains(other, way) for other, others in each
        )
    ]


def _contains(wide: Way, narrow: Way) -> bool:
    """Return whether one way contains another, whose axes are among the other's."""
    return all(not narrow[axis] & ~bits for axis, bits in wide.items())


def _runs(size: int, bits: int, field: str) -> Iterator[tuple[RuleTest, ...]]:
    """Write a set of cells as the ranges of neighbours that it is made of."""
    missing = [cell for cell in range(size) if not bits >> cell & 1]
    if len(missing) == 1 and 0 < missing[0] < size - 1:
        yield (RuleTest(field, RuleSign.OTHER, missing[0]),)
        return
    cell = 0
    while cell < size:
        first = cell
        while cell < size and bits >> cell & 1:
            cell += 1
        if cell > first:
            yield _range(field, first, cell - 1, size - 1)
        cell += 1


def _range(field: str, first: int, last: int, highest: int) -> tuple[RuleTest, ...]:
    if first == last:
        return (RuleTest(field, RuleSign.SAME, first),)
    above, below = RuleTest(field, RuleSign.AT_LEAST, first), RuleTest(field, RuleSign.AT_MOST, last)
    if last == highest:
        return (above,)
    return (below,) if first == 0 else (above, below)
