"""Fill the placeholders of reason texts, and rank the reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from scorewright.partition import compares
from scorewright.program import Band, Program, Slot, Text
from scorewright.program.condition import Condition, CriterionRef, GroupRef, Left, Value
from scorewright.program.exact_numbers import text, units
from scorewright.program.phrasing import left_text
from scorewright.program.value import value_text
from scorewright.results import CriterionPoints, NextBand
from scorewright.semantics.conditions import Environment, value_of

TOP = 3
"""How many reasons `{top_reasons}` and `{weak_reasons}` name."""

UNKNOWN = "unknown"
ZERO = Fraction(0)

_first = itemgetter(0)


@dataclass(frozen=True, slots=True)
class TextContext:
    """What a text may speak about."""

    program: Program
    answers: Mapping[str, Value]
    total: Fraction | None
    band: Band | None
    criteria: Sequence[CriterionPoints]
    groups: Mapping[str, Fraction | None]
    next_band: NextBand | None


def slots_of(program: Program) -> Iterator[Slot]:
    """List every placeholder of a program's texts."""
    texts = (
        *(criterion.reason for criterion in program.criteria),
        *(disqualifier.reason for disqualifier in program.disqualifiers),
        *(trigger.reason for trigger in program.triggers),
        *(action.reason for action in program.actions),
    )
    for parts in texts:
        yield from (part for part in parts if isinstance(part, Slot))


def fill(template: Text, telling: TextContext) -> str:
    """Write a text with its placeholders filled; what is not known reads `unknown`."""
    return "".join(part if isinstance(part, str) else _slot(part, telling) for part in template)


def _slot(slot: Slot, telling: TextContext) -> str:
    match slot.name:
        case "inputs":
            value = telling.answers.get(slot.key)
            return UNKNOWN if value is None else value_text(value)
        case "groups":
            return _number(telling.groups.get(slot.key))
        case "score":
            return _number(telling.total)
        case "out_of":
            return _number(telling.program.out_of)
        case "band":
            return telling.band.label if telling.band else UNKNOWN
        case "band_from":
            return _number(telling.band.edge if telling.band else None)
        case "next_band":
            return telling.next_band.label if telling.next_band else UNKNOWN
        case "points_to_next_band":
            return _number(telling.next_band.points_missing if telling.next_band else None)
        case "top_reasons":
            return ", ".join(f"{c.label} {_number(c.points)}" for c in top(telling.criteria)) or "none"
        case _:
            weak_ones = (
                f"{c.label} {_number(c.points)} of {text(c.max_points)}" for c in weak(telling.criteria)
            )
            return ", ".join(weak_ones) or "none"


def _number(number: Fraction | None) -> str:
    return UNKNOWN if number is None else text(number)


def own_points(program: Program, condition: Condition, environment: Environment) -> str:
    """Return what the points are that a condition of a weighted rulebook asks about: those before weights."""
    if not program.weighted:
        return ""
    most: dict[Left, Fraction] = {GroupRef(group.id): group.possible for group in program.groups}
    most |= {CriterionRef(criterion.id): criterion.highest for criterion in program.criteria}
    asked = dict.fromkeys(compare.left for compare in compares(condition) if compare.left in most)
    known = ((left, value_of(left, environment)) for left in asked)
    told = [
        f"{left_text(left)}: {text(points)} of {text(most[left])}"
        for left, points in known
        if isinstance(points, Fraction)
    ]
    return f" ({', '.join(told)})" if told else ""


def top(criteria: Sequence[CriterionPoints]) -> list[CriterionPoints]:
    """Return the criteria that earned most, at most 3."""
    gained = [(units(c.points), c) for c in criteria if c.points is not None]
    return [c for gain, c in sorted(gained, key=_first, reverse=True) if gain > 0][:TOP]


def weak(criteria: Sequence[CriterionPoints]) -> list[CriterionPoints]:
    """Return the known criteria that lost most against what they can earn, at most 3."""
    known = [(units(c.max_points) - units(c.points), c) for c in criteria if c.points is not None]
    losing = [(loss, c) for loss, c in known if loss > 0 and not c.missing and not c.zero]
    return [c for _, c in sorted(losing, key=_first, reverse=True)][:TOP]


def reasons(criteria: Sequence[CriterionPoints]) -> tuple[str, ...]:
    """List why the total is what it is: every criterion that moved it, the most points first."""
    moved = [(abs(units(c.points)), c) for c in criteria if c.points]
    return tuple(reason(c) for _, c in sorted(moved, key=_first, reverse=True))


def reason(criterion: CriterionPoints) -> str:
    """Return what one criterion gave or took, and why."""
    points = criterion.points or ZERO
    return f"{'+' if points > 0 else ''}{text(points)} {criterion.label}: {criterion.reason}"
