"""Fill the placeholders of reason texts, and rank the reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorers.condition import Value
from scorers.exact import text
from scorers.phrasing import value_text
from scorers.program import Band, Program, Slot, Text
from scorers.result import CriterionPoints, NextBand

TOP = 3
"""How many reasons `{top_reasons}` and `{weak_reasons}` name."""

UNKNOWN = "unknown"
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Telling:
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


def fill(template: Text, telling: Telling) -> str:
    """Write a text with its placeholders filled; what is not known reads `unknown`."""
    return "".join(part if isinstance(part, str) else _slot(part, telling) for part in template)


def _slot(slot: Slot, telling: Telling) -> str:
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


def top(criteria: Sequence[CriterionPoints]) -> list[CriterionPoints]:
    """Give the criteria that earned most, at most 3."""
    earning = [c for c in criteria if c.points is not None and c.points > 0]
    return sorted(earning, key=lambda c: -(c.points or ZERO))[:TOP]


def weak(criteria: Sequence[CriterionPoints]) -> list[CriterionPoints]:
    """Give the known criteria that lost most against what they can earn, at most 3."""
    losing = [c for c in criteria if c.points is not None and not c.missing and c.points < c.max_points]
    return sorted(losing, key=lambda c: (c.points or ZERO) - c.max_points)[:TOP]


def reasons(criteria: Sequence[CriterionPoints]) -> tuple[str, ...]:
    """List why the total is what it is: every criterion that moved it, the most points first."""
    moving = [c for c in criteria if c.points]
    ranked = sorted(moving, key=lambda c: -abs(c.points or ZERO))
    return tuple(f"{_signed(c.points or ZERO)} {c.label}: {c.reason}" for c in ranked)


def _signed(points: Fraction) -> str:
    return f"+{text(points)}" if points > 0 else text(points)
