"""What scoring answers: an outcome with its reasons, or every input that is invalid.

An `Outcome` depends on the answers (and `as_of` where dates are compared), never on who the subject is, so
that one outcome can be shared by all subjects that answered alike. `Score` adds what belongs to one subject.
Every number is exact; those named points, total, percent and bounds are already rounded to 4 decimals.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from scorewright.program import Program
from scorewright.program.condition import Value
from scorewright.results.division_by_zero import ZeroDivision
from scorewright.results.points import CriterionPoints, GroupPoints

ENGINE_VERSION = "2"
"""Changes when the same program and inputs would be answered differently; part of every receipt."""


class Status(StrEnum):
    """Whether there is a total."""

    SCORED = "scored"
    INCOMPLETE = "incomplete"


class InputCode(StrEnum):
    """Why an input is invalid; stable."""

    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_CHOICE = "unknown_choice"
    REQUIRED = "required"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_FINITE = "not_finite"
    TOO_PRECISE = "too_precise"
    INCONSISTENT = "inconsistent"
    UNKNOWN_INPUT = "unknown_input"
    NO_INPUTS = "no_inputs"
    UNKNOWN_KIND = "unknown_kind"
    TOO_MANY_FACTS = "too_many_facts"


@dataclass(frozen=True, slots=True)
class InputError:
    """One thing that is wrong: an input's name (`weeks[0].actual` inside lists), code, a line for a person.

    The codes of inputs are those of `InputCode`; other parts of a request have codes of their own.
    """

    input: str
    code: str
    message: str

    def within(self, place: str) -> "InputError":
        """Return the same error of a part of something larger."""
        return replace(self, input=f"{place}.{self.input}" if self.input else place)


@dataclass(frozen=True, slots=True)
class Invalid:
    """Every invalid input of a subject, in the program's order of inputs; there is no outcome."""

    errors: tuple[InputError, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and highest total still possible, the bands between them from low to high."""

    lowest: Fraction
    highest: Fraction
    possible_bands: tuple[str, ...]
    band_certain: bool


class AdjustmentKind(StrEnum):
    """The steps between points and answer that can change something."""

    GROUP_CAP = "group_cap"
    GROUP_FLOOR = "group_floor"
    LEFT_OUT = "left_out"
    TOTAL_CAP = "total_cap"
    TOTAL_FLOOR = "total_floor"
    ROUNDING = "rounding"
    DISQUALIFIED = "disqualified"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One step that changed something: what, where (a group, a disqualifier or the total), from and to."""

    change: AdjustmentKind
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell of the matrix that was reached."""

    matrix: str
    row: str
    column: str
    label: str


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger or disqualifier whose condition is true."""

    id: str
    label: str
    severity: str
    reason: str
    band: str | None = None


@dataclass(frozen=True, slots=True)
class Recommended:
    """An action to take, with every cause: `band:high`, `criterion:budget`, `trigger:x`, `disqualifier:x`."""

    id: str
    do: str
    owner: str
    due: str
    channel: str | None
    priority: int
    reason: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """An action whose guard was not true: why, and what stands in its place."""

    id: str
    reason: str
    replaced_by: str | None
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextBandWay:
    """A smallest set of criteria that, earning more, reach the next band, and the total it gives."""

    criteria: tuple[str, ...]
    total: Fraction


@dataclass(frozen=True, slots=True)
class NextBand:
    """The band above, the points missing to its edge, and the cheapest ways there (at most 3).

    `undecided` counts the sets of criteria that may be ways too.
    """

    id: str
    label: str
    edge: Fraction
    points_missing: Fraction
    ways: tuple[NextBandWay, ...]
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Assumed:
    """An absent input and the value used in its place."""

    input: str
    value: Value


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """A value worked out from the answers, rounded to 4 decimals; None where it could not be."""

    id: str
    label: str
    value: Fraction | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """An item that stands in a named list, with the text that it is shown by."""

    id: str
    text: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A named list of the answer: what is unmet, violated, advised."""

    id: str
    label: str
    items: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer as far as it depends on the inputs alone.

    `band` is the one that counts; `computed_band` is the one before disqualifiers.
    `flags` are marks for machines: band flags, `coverage:<percent>`, `not_evaluated:<trigger>`, and one for
    each of `over_zero`.
    """

    status: Status
    total: Fraction | None
    percent: Fraction | None
    band: str | None
    computed_band: str | None
    bounds: Bounds | None
    values: tuple[DerivedValue, ...]
    lists: tuple[Listing, ...]
    groups: tuple[GroupPoints, ...]
    criteria: tuple[CriterionPoints, ...]
    adjustments: tuple[Adjustment, ...]
    cell: Cell | None
    disqualifiers: tuple[Fired, ...]
    triggers: tuple[Fired, ...]
    actions: tuple[Recommended, ...]
    withheld: tuple[Withheld, ...]
    next_band: NextBand | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    assumed: tuple[Assumed, ...]
    over_zero: tuple[ZeroDivision, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The short answer: status, total, band and actions."""

    status: Status
    total: Fraction | None
    percent: Fraction | None
    band: str | None
    actions: tuple[Recommended, ...]


_Outcome = TypeVar("_Outcome", bound=Outcome | Summary)


class Answered(NamedTuple, Generic[_Outcome]):
    """The answer for one subject: the outcome or its summary, and what identifies and replays it.

    A tuple, since it is all that is made anew for each of many subjects that answer alike.
    """

    program: Program
    outcome: _Outcome
    subject: str
    as_of: date
    unknown_inputs: tuple[str, ...] = ()
    no_inputs: bool = False

    def flags(self) -> tuple[str, ...]:
        """List all flags: an outcome's, `no_inputs`, `unknown_input:<name>` in full, `not_effective`."""
        lost = (InputCode.NO_INPUTS.value,) if self.no_inputs else ()
        effective = self.program.effective.flags(self.as_of)
        if isinstance(self.outcome, Summary):
            return (*lost, *effective)
        ignored = (f"unknown_input:{name}" for name in self.unknown_inputs)
        return (*self.outcome.flags, *lost, *ignored, *effective)

    def idempotency_key(self, action: Recommended) -> str:
        """Name this recommendation, the same for the same rulebook, action, subject, day and causes."""
        return idempotency_key(self.program.id, action, self.subject, self.as_of)


class Score(Answered[Outcome]):
    """The whole answer for one subject."""

    __slots__ = ()


class ShortScore(Answered[Summary]):
    """The short answer for one subject."""

    __slots__ = ()


def idempotency_key(rulebook: str, action: Recommended, subject: str, as_of: date) -> str:
    """Hash what makes a recommendation the same one (law 13): 32 hexadecimal digits."""
    parts = (rulebook, action.id, subject, as_of.isoformat(), *action.causes)
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()[:32]
