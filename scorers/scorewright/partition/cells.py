"""Representative answers: every input is cut at every number that occurs for it, one value for each cell.

Between two neighbouring cuts no comparison changes, and every earning is monotone, so that the lowest and
the highest points of a cell are earned at its ends. Numbers sit on the grid of their decimals; where any
number of decimals is allowed, the value beside a cut is so near that no total can tell it from a nearer one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain

from scorewright.partition.lines import (
    BoundaryLine,
    lines_of,
    met_by,
    most_values,
    most_worth_meeting,
    worth_meeting,
)
from scorewright.partition.samples import representatives
from scorewright.program import Criterion, Input, Program
from scorewright.program.condition import (
    AS_OF,
    Compare,
    Condition,
    InputRef,
    Left,
    Not,
    PercentChange,
    Ratio,
    Value,
)
from scorewright.program.cut import ANYWHERE, Cut
from scorewright.program.earning import OfInput
from scorewright.program.operators import Operand, Parting, values_of

MOST_COUNTED = 5_000
"""The most meetings of lines that are worked out to count them."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """All cuts of a program's criteria: by input, and the lines between pairs of inputs."""

    by_input: Mapping[str, tuple[Cut, ...]]
    lines: tuple[BoundaryLine, ...]


def conditions_of(program: Program) -> Iterator[Condition]:
    """List every condition of a program."""
    for criterion in program.criteria:
        yield from criterion.earning.conditions
    yield from (disqualifier.condition for disqualifier in program.disqualifiers)
    yield from (trigger.condition for trigger in program.triggers)
    yield from (flag.condition for flag in program.flags)
    yield from (band.condition for band in program.bands if band.condition is not None)
    for item in (item for named in program.lists for item in named.items):
        yield from (condition for condition in (item.when, item.unless) if condition is not None)
    for action in program.actions:
        if action.only_if is not None:
            yield action.only_if


def compares(condition: Condition) -> Iterator[Compare]:
    """List the comparisons of a condition."""
    waiting = [condition]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Compare):
            yield current
        elif isinstance(current, Not):
            waiting.append(current.part)
        else:
            waiting.extend(reversed(current.parts))


def inputs_of(left: Left) -> tuple[str, ...]:
    """Name the inputs that a left side reads."""
    match left:
        case InputRef(name):
            return (name,)
        case Ratio(first, second) | PercentChange(first, second):
            return (first, second)
        case _:
            return ()


def cuts_of(criteria: Sequence[Criterion], conditions: Sequence[Condition] = ()) -> Cuts:
    """Collect the cuts that criteria, and further conditions, make in their inputs."""
    found: dict[str, dict[Cut, None]] = {}
    lines: dict[BoundaryLine, None] = {}

    def cut(name: str, *cuts: Cut) -> None:
        found.setdefault(name, {}).update(dict.fromkeys(cuts))

    whens = [condition for criterion in criteria for condition in criterion.earning.conditions]
    for compare in chain.from_iterable(map(compares, [*whens, *conditions])):
        if isinstance(compare.left, InputRef):
            cut(compare.left.name, *_thresholds(compare))
        if isinstance(compare.left, Ratio | PercentChange):
            divided, divisor = inputs_of(compare.left)
            cut(divided)
            cut(divisor, Cut(Fraction(0)))
            if compare.op.row.parts is Parting.WHOLE:
                cut(divided, ANYWHERE)
                cut(divisor, ANYWHERE)
        lines.update(dict.fromkeys(lines_of(compare)))
    for criterion in criteria:
        if isinstance(criterion.earning, OfInput):
            bends = criterion.earning.bends()
            cut(criterion.earning.input, *((ANYWHERE,) if bends is None else bends))
    return Cuts({name: tuple(cuts) for name, cuts in found.items()}, tuple(lines))


def _thresholds(compare: Compare) -> tuple[Cut, ...]:
    if compare.op.row.parts is Parting.NOTHING:
        return ()
    if (span := compare.op.span(compare.value)) is not None:
        return tuple(Cut(days=-ahead) for ahead in span if ahead is not None)
    if compare.op.row.parts is Parting.WHOLE:
        return (ANYWHERE,)
    if compare.op.row.operand is Operand.TEXT:
        return (Cut(compare.value, parts=compare.op.row.parts),)  # type: ignore[arg-type]  # it is a text
    values = values_of(compare.value)
    return tuple(Cut(days=Fraction(0)) if value is AS_OF else Cut(value) for value in values)  # type: ignore[arg-type]  # AS_OF is sorted out


def joint(
    program: Program, cuts: Cuts, names: Sequence[str], answers: Mapping[str, Value], as_of: date
) -> Iterator[Mapping[str, Value]]:
    """Return representative joint answers to `names`, each with the other answers as they are.

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
    found = 1
    for name in names:
        met = most_crossings(cuts, name, items)
        if met > MOST_COUNTED:
            found *= _most_cells(items[name], len(cuts.by_input.get(name, ())) + met)
            continue
        extra = _crossings(cuts, name, {}, items)
        found *= max(1, len(representatives(items[name], (*cuts.by_input.get(name, ()), *extra), as_of)))
    return found


def most_crossings(cuts: Cuts, name: str, items: Mapping[str, Input]) -> int:
    """Count, at most, how many cuts the lines make in an input while the others are not answered."""
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
