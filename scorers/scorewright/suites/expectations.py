"""What a test may expect: each word with the place of an answer that it looks at and how the two compare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from scorewright.program import Program
from scorewright.program.unset_fields import optional_fields
from scorewright.results import InputCode, Invalid, Outcome, Score, Status
from scorewright.semantics.signals import MeasuredFacts
from scorewright.suites.outcome_parts import Part, value_part


class Shape(Enum):
    """What an expectation is written as, and how it compares: lists keep their order, sets do not."""

    WORD = auto()
    NUMBER = auto()
    PAIR = auto()
    LIST = auto()
    SET = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Names:
    """Which words an expectation may hold, what they are called, and the code of a finding about others."""

    of: Callable[[Program], tuple[str, ...]]
    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A score, and what facts said that it was made of."""

    score: Score
    measured: MeasuredFacts


@dataclass(frozen=True, slots=True)
class ExpectationKind:
    """One word of `expect`: its shape, where the answer has it, and which names it or its keys may hold."""

    shape: Shape
    part: Callable[[Outcome, Answered, str], Part]
    names: Names | None = None
    keyed: bool = False


INPUTS = Names(lambda p: tuple(item.name for item in p.inputs), "undeclared-input", "input")
_MISSING = Names(
    lambda p: tuple(
        name for i in p.inputs for name in (i.name, *(f"{i.name}[].{f.name}" for f in optional_fields(i)))
    ),
    "undeclared-input",
    "input",
)
"""What can be missing: inputs, and optional fields of records, which are told by their number."""

_BANDS = Names(lambda p: tuple(band.id for band in p.bands), "unknown-band", "band")
_ACTIONS = Names(lambda p: tuple(action.id for action in p.actions), "unknown-action", "action")
_CRITERIA = Names(lambda p: tuple(c.id for c in p.criteria), "unknown-criterion", "criterion")
_GROUPS = Names(lambda p: tuple(g.id for g in p.groups if g.id), "unknown-group", "group")
_VALUES = Names(lambda p: tuple(value.name for value in p.values), "unknown-value", "value")
_LISTS = Names(lambda p: tuple(named.id for named in p.lists), "unknown-list", "list")
_SIGNALS = Names(lambda p: tuple(s.id for s in p.signals), "value-not-allowed", "signal")
_MEASURED = Names(
    lambda p: tuple(item.name for item in p.inputs if item.measure), "undeclared-input", "measured input"
)
_TRIGGERS = Names(lambda p: tuple(t.id for t in p.triggers), "value-not-allowed", "trigger")
_DISQUALIFIERS = Names(lambda p: tuple(d.id for d in p.disqualifiers), "value-not-allowed", "disqualifier")
_STATUSES = Names(lambda _: tuple(Status), "value-not-allowed", "status")
_CODES = Names(lambda _: tuple(InputCode), "value-not-allowed", "code of an invalid input")
_LABELS = Names(
    lambda p: tuple(dict.fromkeys(cell for row in p.matrix.cells for cell in row)) if p.matrix else (),
    "value-not-allowed",
    "cell of the matrix",
)


def _points(outcome: Outcome, _score: Answered, key: str) -> Part:
    return next((criterion.points for criterion in outcome.criteria if criterion.id == key), None)


def _group(outcome: Outcome, _score: Answered, key: str) -> Part:
    return next((group.points for group in outcome.groups if group.id == key), None)


def _value(outcome: Outcome, _score: Answered, key: str) -> Part:
    return next((value.value for value in outcome.values if value.id == key), None)


def _list(outcome: Outcome, _score: Answered, key: str) -> Part:
    return next(
        (tuple(item.text for item in found.items) for found in outcome.lists if found.id == key), None
    )


def _bounds(outcome: Outcome, _score: Answered, _key: str) -> Part:
    return (outcome.bounds.lowest, outcome.bounds.highest) if outcome.bounds else None


def _possible(outcome: Outcome, _score: Answered, _key: str) -> Part:
    return outcome.bounds.possible_bands if outcome.bounds else None


def _measured(_outcome: Outcome, answered: Answered, key: str) -> Part:
    # INVARIANT: what can be measured is an input
    item = next(item for item in answered.score.program.inputs if item.name == key)
    found = answered.measured.answers.get(key)
    return None if found is None else value_part(item, found)


KINDS: Mapping[str, ExpectationKind] = MappingProxyType(
    {
        "status": ExpectationKind(Shape.WORD, lambda o, s, k: o.status.value, _STATUSES),
        "score": ExpectationKind(Shape.NUMBER, lambda o, s, k: o.total),
        "percent": ExpectationKind(Shape.NUMBER, lambda o, s, k: o.percent),
        "band": ExpectationKind(Shape.WORD, lambda o, s, k: o.band, _BANDS),
        "bounds": ExpectationKind(Shape.PAIR, _bounds),
        "possible_bands": ExpectationKind(Shape.SET, _possible, _BANDS),
        "points": ExpectationKind(Shape.NUMBER, _points, _CRITERIA, keyed=True),
        "groups": ExpectationKind(Shape.NUMBER, _group, _GROUPS, keyed=True),
        "values": ExpectationKind(Shape.NUMBER, _value, _VALUES, keyed=True),
        "lists": ExpectationKind(Shape.SET, _list, _LISTS, keyed=True),
        "matrix": ExpectationKind(Shape.WORD, lambda o, s, k: o.cell.label if o.cell else None, _LABELS),
        "missing": ExpectationKind(Shape.SET, lambda o, s, k: o.missing, _MISSING),
        "assumed": ExpectationKind(Shape.SET, lambda o, s, k: tuple(a.input for a in o.assumed), INPUTS),
        "triggers": ExpectationKind(Shape.SET, lambda o, s, k: tuple(t.id for t in o.triggers), _TRIGGERS),
        "disqualified": ExpectationKind(
            Shape.SET, lambda o, s, k: tuple(d.id for d in o.disqualifiers), _DISQUALIFIERS
        ),
        "actions": ExpectationKind(Shape.LIST, lambda o, s, k: tuple(a.id for a in o.actions), _ACTIONS),
        "withheld": ExpectationKind(Shape.SET, lambda o, s, k: tuple(w.id for w in o.withheld), _ACTIONS),
        "next_band": ExpectationKind(
            Shape.WORD, lambda o, s, k: o.next_band.id if o.next_band else None, _BANDS
        ),
        "flags": ExpectationKind(Shape.SET, lambda o, s, k: s.score.flags()),
        "signals": ExpectationKind(Shape.SET, lambda o, s, k: tuple(s.measured.signals), _SIGNALS),
        "measured": ExpectationKind(Shape.ANY, _measured, _MEASURED, keyed=True),
    }
)
"""Every expectation but `invalid`, by its word."""

INVALID = "invalid"
CODES = _CODES


@dataclass(frozen=True, slots=True)
class ExpectationMismatch:
    """One expectation that the answer does not meet."""

    what: str
    expected: Part
    got: Part
    path: tuple[str | int, ...]


def name_of(kind: str, key: str) -> str:
    """Name an expectation as a column does: `band`, `points.budget`."""
    return f"{kind}.{key}" if key else kind


def got(kind: str, key: str, answer: Score | Invalid, measured: MeasuredFacts) -> Part:
    """Return the part of an answer that an expectation looks at."""
    if kind == INVALID:
        errors = answer.errors if isinstance(answer, Invalid) else ()
        return next((str(error.code) for error in errors if error.input == key), None)
    if isinstance(answer, Invalid):
        return INVALID
    return KINDS[kind].part(answer.outcome, Answered(answer, measured), key)


def same(kind: str, expected: Part, part: Part) -> bool:
    """Return whether a part of an answer is as expected; the order of a set does not matter."""
    unordered = kind != INVALID and KINDS[kind].shape is Shape.SET
    if unordered and isinstance(expected, tuple) and isinstance(part, tuple):
        return sorted(map(str, expected)) == sorted(map(str, part))
    return expected == part
