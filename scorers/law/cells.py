"""Representative answers: every input is cut at every number that occurs for it, one value for each cell.

Between two neighbouring cuts no comparison changes, and every earning is monotone, so that the lowest and
the highest points of a cell are earned at its ends. Numbers sit on the grid of their decimals; where any
number of decimals is allowed, the value beside a cut is so near that no total can tell it from a nearer one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain, combinations
from math import inf

from scorers.blank import blank
from scorers.condition import (
    AS_OF,
    All,
    Any,
    Change,
    Compare,
    Condition,
    InputRef,
    Left,
    Not,
    Ratio,
    Value,
)
from scorers.earning import Counted, Decay, Options, Steps, When
from scorers.law.earnings import SPENT
from scorers.law.lines import (
    Line,
    ends_of,
    grid_of,
    lines_of,
    met_by,
    most_values,
    most_worth_meeting,
    worth_meeting,
)
from scorers.operators import Parts, values_of
from scorers.program import Criterion, Input, Program, Type

MOST_COUNTED = 5_000
"""The most meetings of lines that are worked out to count them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A value at which something changes for an input; `days` counts back from as_of."""

    value: Value | None = None
    days: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Cuts:
    """All cuts of a program's criteria: by input, and the lines between pairs of inputs."""

    by_input: Mapping[str, tuple[Cut, ...]]
    lines: tuple[Line, ...]


def compares(condition: Condition) -> Iterator[Compare]:
    """List the comparisons of a condition."""
    match condition:
        case Compare():
            yield condition
        case All(parts) | Any(parts):
            for part in parts:
                yield from compares(part)
        case Not(part):
            yield from compares(part)


def inputs_of(left: Left) -> tuple[str, ...]:
    """Name the inputs that a left side reads."""
    match left:
        case InputRef(name):
            return (name,)
        case Ratio(first, second) | Change(first, second):
            return (first, second)
        case _:
            return ()


def cuts_of(criteria: Sequence[Criterion], conditions: Sequence[Condition] = ()) -> Cuts:
    """Collect the cuts that criteria, and further conditions, make in their inputs."""
    found: dict[str, dict[Cut, None]] = {}
    lines: dict[Line, None] = {}

    def cut(name: str, *cuts: Cut) -> None:
        found.setdefault(name, {}).update(dict.fromkeys(cuts))

    whens = [c.earning.condition for c in criteria if isinstance(c.earning, When)]
    for compare in chain.from_iterable(map(compares, [*whens, *conditions])):
        if isinstance(compare.left, InputRef):
            cut(compare.left.name, *_thresholds(compare))
        if isinstance(compare.left, Ratio | Change):
            divided, divisor = inputs_of(compare.left)
            cut(divided)
            cut(divisor, Cut(Fraction(0)))
        lines.update(dict.fromkeys(lines_of(compare)))
    for criterion in criteria:
        if not isinstance(criterion.earning, When):
            cut(criterion.earning.input, *_kinks(criterion.earning))
    return Cuts({name: tuple(cuts) for name, cuts in found.items()}, tuple(lines))


def _thresholds(compare: Compare) -> tuple[Cut, ...]:
    if compare.op.row.parts is Parts.NOTHING:
        return ()
    if (span := compare.op.span(compare.value)) is not None:
        return tuple(Cut(days=-ahead) for ahead in span if ahead is not None)
    values = values_of(compare.value)
    return tuple(Cut(days=Fraction(0)) if value is AS_OF else Cut(value) for value in values)  # type: ignore[arg-type]  # AS_OF is sorted out


def _kinks(earning: Steps | Options | Counted | Decay | object) -> tuple[Cut, ...]:
    match earning:
        case Steps():
            return tuple(Cut(step.start) for step in earning.steps)
        case Counted() if earning.each:
            return (Cut(earning.up_to / earning.each),)
        case Decay():
            return (Cut(days=Fraction(0)), Cut(days=Fraction(earning.half_life * SPENT)))
        case _:
            return ()


def joint(
    program: Program, cuts: Cuts, names: Sequence[str], answers: Mapping[str, Value], as_of: date
) -> Iterator[Mapping[str, Value]]:
    """Give representative joint answers to `names`, each with the other answers as they are.

    The inputs are answered in turn, so that a line between two of them cuts the second at the place that
    the first one's answer gives.
    """
    items = {item.name: item for item in program.inputs}

    def answer(index: int, so_far: dict[str, Value]) -> Iterator[Mapping[str, Value]]:
        if index == len(names):
            yield so_far
            return
        name = names[index]
        extra = _crossings(cuts, name, so_far, items)
        for value in representatives(items[name], (*cuts.by_input.get(name, ()), *extra), as_of):
            yield from answer(index + 1, {**so_far, name: value})

    return answer(0, dict(answers))


def size(program: Program, cuts: Cuts, names: Sequence[str], as_of: date) -> int:
    """Count about how many joint answers `joint` would give; where that takes long, at most how many."""
    items = {item.name: item for item in program.inputs}
    count = 1
    for name in names:
        met = most_crossings(cuts, name, items)
        if met > MOST_COUNTED:
            count *= _most_cells(items[name], len(cuts.by_input.get(name, ())) + met)
            continue
        extra = _crossings(cuts, name, {}, items)
        count *= max(1, len(representatives(items[name], (*cuts.by_input.get(name, ()), *extra), as_of)))
    return count


def most_crossings(cuts: Cuts, name: str, items: Mapping[str, Input]) -> int:
    """Tell at most how many cuts the lines make in an input while the others are not answered."""
    found = 0
    for line in cuts.lines:
        if name in (line.first, line.second):
            other = line.second if name == line.first else line.first
            for item, cut in ((items[other], other), (items[name], name)):
                found += most_worth_meeting(item, len(cuts.by_input.get(cut, ())))
    return found


def _most_cells(item: Input, cuts: int) -> int:
    values = most_values(item)
    return 3 * cuts + 3 if values is None else min(3 * cuts + 3, values)


def _crossings(
    cuts: Cuts, name: str, answers: Mapping[str, Value], items: Mapping[str, Input]
) -> tuple[Cut, ...]:
    found: list[Fraction] = []
    for line in cuts.lines:
        if name not in (line.first, line.second):
            continue
        other = line.second if name == line.first else line.first
        known = answers.get(other)
        if isinstance(known, Fraction):
            found += met_by(line, [known], first=name == line.first)
            continue
        partners = worth_meeting(line, items[other], items[name], _numbers(cuts, other))
        found += met_by(line, partners, first=name == line.first)
        found += worth_meeting(line, items[name], items[other], _numbers(cuts, name))
    return tuple(map(Cut, found))


def _numbers(cuts: Cuts, name: str) -> list[Fraction]:
    return [cut.value for cut in cuts.by_input.get(name, ()) if isinstance(cut.value, Fraction)]


def representatives(item: Input, cuts: Sequence[Cut], as_of: date) -> tuple[Value, ...]:
    """Give one or more answers in every cell that the cuts make, the ends of the range among them."""
    match item.type:
        case Type.BOOLEAN:
            return (False, True)
        case Type.CHOICE:
            return item.options
        case Type.NUMBER:
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
        steps, beside = divmod(cut.numerator * scale, cut.denominator)
        found |= {steps, steps + 1} if beside else {steps - 1, steps, steps + 1}
    low = -inf if lowest is None else lowest * scale
    high = inf if highest is None else highest * scale
    values = {Fraction(steps, scale) for steps in found if low <= steps <= high}
    values |= {end for end in (lowest, highest) if end is not None}
    if lowest is None:
        values.add(min(values, default=Fraction(0)) - 1)
    if highest is None:
        values.add(max(values, default=Fraction(0)) + 1)
    return tuple(sorted(values))


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
    words = [cut.value for cut in cuts if isinstance(cut.value, str) and not blank(cut.value)]
    other = "other"
    while other in words:
        other += "_"
    return (*words, other)


def _lists(item: Input, cuts: Sequence[Cut], as_of: date) -> tuple[Value, ...]:
    assert item.item is not None  # INVARIANT: the compiler gives every list its item
    wanted = [cut.value for cut in cuts]
    able = representatives(item.item, cuts, as_of)
    members = [value for value in able if value in wanted]
    others = [value for value in able if value not in wanted][:1]
    most = min(len(members), item.max_items)
    subsets = chain.from_iterable(combinations(members, n) for n in range(most + 1))
    return (*subsets, *((tuple(others),) if others and item.max_items else ()))
