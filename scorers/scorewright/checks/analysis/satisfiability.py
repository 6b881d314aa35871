"""Which of true, false and unknown a condition can be, over all answers that its inputs allow.

Parts that share nothing are looked at one by one; parts that share an input are answered together. Points and
totals count as independent of the answers, so that more may seem possible than is, and never less.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from typing import TypeGuard

from scorewright.checks.analysis.days import ANY_DAY
from scorewright.checks.analysis.value_sets import ValueSet
from scorewright.diagnostics import Budget
from scorewright.partition import (
    FEW,
    MOST_COUNTED,
    Cuts,
    choices,
    compares,
    cuts_of,
    inputs_of,
    is_open,
    joint,
    most_crossings,
    size,
)
from scorewright.program import Input, Program, Type
from scorewright.program.condition import (
    Any,
    Compare,
    Condition,
    CriterionRef,
    GroupRef,
    InputRef,
    Left,
    ListRef,
    Not,
    Op,
    TotalRef,
    Value,
)
from scorewright.program.cut import ANYWHERE, Cut
from scorewright.semantics import Environment, holds, joined

Truth = frozenset[bool | None]
"""What a condition can be: any of true, false and unknown."""

Points = CriterionRef | GroupRef | ListRef | TotalRef | InputRef
"""What is worked out from answers: points, totals, lengths of lists, and values."""

Told = dict[int, tuple[Condition, Truth | None]]
"""What conditions can be, by their identity: comparing long ones would cost more than asking again."""

EVERYTHING: Truth = frozenset((True, False, None))
ASKED = 2_000
"""The steps that every condition over several comparisons takes, however few answers it has."""

MOST_MEMBERS = 10
"""The most items that a list, or texts that a text, is compared with before their choices are too many."""


@dataclass(frozen=True, slots=True)
class World:
    """What conditions are asked about: the answers that a program takes, and the points that can occur.

    Where `absent` is given, just these inputs are missing; else those that are asked whether they are known.
    """

    program: Program
    days: Sequence[date]
    budget: Budget
    points: Mapping[Points, ValueSet] = field(default_factory=dict)
    told: Told = field(default_factory=dict)
    absent: frozenset[str] | None = None
    items: Mapping[str, Input] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", {item.name: item for item in self.program.inputs})

    def days_for(self, items: Iterable[Input]) -> Sequence[date]:
        """Return the days to try: any one where no date is asked for."""
        return self.days if any(item.type in (Type.DATE, Type.LIST) for item in items) else (ANY_DAY,)


def truth(condition: Condition, world: World) -> Truth | None:
    """Return what a condition can be; None where that takes too long to find out."""
    if id(condition) not in world.told:
        world.told[id(condition)] = (condition, _find_out(condition, world))
    return world.told[id(condition)][1]


def _find_out(condition: Condition, world: World) -> Truth | None:
    if isinstance(condition, Not):
        part = truth(condition.part, world)
        return None if part is None else frozenset(None if value is None else not value for value in part)
    if isinstance(condition, Compare):
        return _together(condition, world)
    kind = type(condition)
    deciding = kind is Any
    found: Truth = frozenset((not deciding,))
    for cluster in _clusters(condition.parts):
        part = truth(cluster[0], world) if len(cluster) == 1 else _together(kind(cluster), world)
        if part is None:
            return None
        found = joined((found, part), deciding=deciding)
    return found


def _clusters(parts: Sequence[Condition]) -> list[tuple[Condition, ...]]:
    """Put the parts together that share an input, or points."""
    parent = list(range(len(parts)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    owner: dict[object, int] = {}
    for index, part in enumerate(parts):
        for asked in set(_asked(part)):
            parent[root(index)] = root(owner.setdefault(asked, index))
    found: dict[int, list[Condition]] = {}
    for index, part in enumerate(parts):
        found.setdefault(root(index), []).append(part)
    return [tuple(cluster) for cluster in found.values()]


def _asked(condition: Condition) -> Iterator[object]:
    for compare in compares(condition):
        yield from inputs_of(compare.left) or (compare.left,)


def _is_worked_out(left: Left, world: World) -> TypeGuard[Points]:
    if isinstance(left, InputRef):
        return left.name not in world.items
    return not inputs_of(left)


def _together(condition: Condition, world: World) -> Truth | None:
    """Answer everything that a condition asks for together."""
    if not world.budget.spend(ASKED):
        return None
    leaves = list(compares(condition))
    cuts = cuts_of((), [condition])
    facts = _points(leaves, world)
    names = list(dict.fromkeys(n for leaf in leaves if leaf.left not in facts for n in inputs_of(leaf.left)))
    if not world.items.keys() >= set(names) or any(
        leaf.left in facts and leaf.op.edges(leaf.value) is None for leaf in leaves
    ):
        return None
    items = [world.items[name] for name in names]
    days = world.days_for(items)
    if not days or any(beyond_trying(item, cuts) for item in items):
        return None
    if not world.budget.spend(counting(world, cuts, names)):
        return None
    absent = may_be_absent(leaves, world) if world.absent is None else []
    always = world.absent or frozenset()
    items = [item for item in items if item.name not in always]
    count = len(days) * (1 << len(absent))
    count *= combinations(world.program, cuts, items, days[0])
    for values in facts.values():
        count *= len(values)
    if not world.budget.spend(20 * count * weight(leaves)):
        return None
    found: set[bool | None] = set()
    for day, missing in product(days, subsets(absent)):
        asked = [name for name in names if name not in missing and name not in always]
        for answers in world.budget.each(joint(world.program, cuts, asked, {}, day)):
            found.update(holds(condition, known) for known in _facts(answers, facts, day))
            if len(found) == 3:
                return EVERYTHING
    return frozenset(found)


def _facts(
    answers: Mapping[str, Value], points: Mapping[Points, Sequence[Fraction | None]], day: date
) -> Iterator[Environment]:
    for chosen in product(*points.values()):
        given = dict(zip(points, chosen, strict=True))
        values = {left.name: v for left, v in given.items() if isinstance(left, InputRef) and v is not None}
        yield Environment(
            answers={**answers, **values},
            as_of=day,
            criteria={left.id: value for left, value in given.items() if isinstance(left, CriterionRef)},
            groups={left.id: value for left, value in given.items() if isinstance(left, GroupRef)},
            total=given.get(TotalRef()),
            lists={left.id: v for left, v in given.items() if isinstance(left, ListRef) and v is not None},
        )


def counting(world: World, cuts: Cuts, names: Iterable[str]) -> int:
    """Count the steps that it takes to count the joint answers to inputs between which lines are drawn."""
    if not cuts.lines:
        return 0
    return 150 * sum(min(most_crossings(cuts, name, world.items), MOST_COUNTED) for name in names)


def weight(leaves: Iterable[Compare]) -> int:
    """Count what comparisons look at: one value each, or a list of them."""
    return sum(1 + len(leaf.value) // 4 if isinstance(leaf.value, tuple) else 1 for leaf in leaves)


def combinations(program: Program, cuts: Cuts, items: Iterable[Input], day: date) -> int:
    """Count about how many joint answers there are, and not too few."""
    lined = {name for line in cuts.lines for name in (line.first, line.second)}
    count = 1
    for item in items:
        lines = size(program, cuts, [item.name], day) if item.name in lined else 0
        count *= lines or _cells(item, cuts.by_input.get(item.name, ()))
    return count


def _cells(item: Input, own: Sequence[Cut]) -> int:
    cuts = len(own)
    match item.type:
        case Type.BOOLEAN:
            return 2
        case Type.CHOICE:
            return max(1, len(item.options))
        case Type.NUMBER:
            most = FEW if ANYWHERE in own else 3 * cuts + 3
            return min(most, _grid(item) or most)
        case Type.LIST:
            return (1 << cuts) + 1
        case Type.TEXT:
            return (cuts + 1) ** 2 << choices(item, own)
        case _:
            return 3 * cuts + 3


def _grid(item: Input) -> int | None:
    low, high = item.minimum, item.maximum
    if item.decimals is None or not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return None
    return int((high - low) * 10**item.decimals) + 1


def beyond_trying(item: Input, cuts: Cuts) -> bool:
    """Return whether answers may differ anywhere, or hold too many things for every choice to be tried."""
    own = cuts.by_input.get(item.name, ())
    return is_open(item, own) or choices(item, own) > MOST_MEMBERS


def may_be_absent(leaves: Iterable[Compare], world: World) -> list[str]:
    """Name the inputs that are asked whether they are known and may be missing."""
    asked = (name for leaf in leaves if leaf.op is Op.KNOWN for name in inputs_of(leaf.left))
    items = (world.items[name] for name in dict.fromkeys(asked) if name in world.items)
    return [item.name for item in items if not item.required and item.assumed is None]


def subsets(names: Sequence[str]) -> Iterator[set[str]]:
    """List every choice of names, none and all among them."""
    for mask in range(1 << len(names)):
        yield {name for bit, name in enumerate(names) if mask >> bit & 1}


def _points(leaves: Iterable[Compare], world: World) -> dict[Points, Sequence[Fraction | None]]:
    cuts: dict[Points, list[Fraction]] = {}
    unknown: set[Left] = set()
    for leaf in leaves:
        if _is_worked_out(leaf.left, world):
            values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            cuts.setdefault(leaf.left, []).extend(value for value in values if isinstance(value, Fraction))
            if leaf.op is Op.KNOWN or isinstance(leaf.left, InputRef):
                unknown.add(leaf.left)
    return {
        left: [*_samples(world.points.get(left), values), *([None] if left in unknown else [])]
        for left, values in cuts.items()
    }


def _samples(spread: ValueSet | None, cuts: Sequence[Fraction]) -> list[Fraction | None]:
    """Return a number that can occur in every cell that the cuts make."""
    if spread is None:
        ends = [min(cuts, default=Fraction(0)) - 1, max(cuts, default=Fraction(0)) + 1]
        return [*cuts, *ends, *((a + b) / 2 for a, b in pairwise(sorted(cuts)))]
    tiny = Fraction(1, 2 * spread.unit * 10**9)
    found: set[Fraction | None] = {spread.lowest, spread.highest}
    for cut in cuts:
        found |= {spread.first(cut), spread.first(cut + tiny), spread.last(cut), spread.last(cut - tiny)}
    return [value for value in found if value is not None]
