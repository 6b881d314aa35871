"""What calls return, as typed values: exact numbers, days and times, enums; each has its message as `raw`.

A field is that of the message of the same name, which the proto describes; a word of Python ends in `_`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from google.protobuf.message import Message

from scorewright.v1 import scorewright_pb2 as pb


class Status(StrEnum):
    """Whether an answer has a total; UNSPECIFIED is what this client does not know yet."""

    UNSPECIFIED = "UNSPECIFIED"
    SCORED = "SCORED"
    INCOMPLETE = "INCOMPLETE"


class ActionState(StrEnum):
    """What became of an action for an account."""

    UNSPECIFIED = "UNSPECIFIED"
    OPENED = "OPENED"
    REPEATED = "REPEATED"
    RESOLVED = "RESOLVED"
    CARRIED_OVER = "CARRIED_OVER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value read from a message, which is kept as `raw`."""

    raw: Message = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Value):
    """A named range of scores; `from_` is its lower edge, None where it is read from an input."""

    id: str
    label: str
    from_: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds(Value):
    """What the total can still be while answers are missing."""

    lowest: Decimal | None
    highest: Decimal | None
    possible_bands: tuple[str, ...]
    band_certain: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedValue(Value):
    """A value worked out from the answers; None where it could not be."""

    id: str
    label: str
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem(Value):
    """An item of a named list."""

    id: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedList(Value):
    """A list of the answer: what is unmet, violated, signalled."""

    id: str
    label: str
    items: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPoints(Value):
    """What a group contributes; `own_points` are before weights."""

    id: str
    label: str
    points: Decimal | None
    max_points: Decimal | None
    own_points: Decimal | None
    max_own_points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPoints(Value):
    """What a criterion earned, and why."""

    id: str
    label: str
    group: str
    points: Decimal | None
    max_points: Decimal | None
    missing: bool
    missing_inputs: tuple[str, ...]
    reason: str
    source: str
    own_points: Decimal | None
    max_own_points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Value):
    """A step between points and total that changed something; amounts are exact texts."""

    change: str
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell(Value):
    """The cell of the matrix that two groups lead to."""

    id: str
    row: str
    column: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disqualifier(Value):
    """What sets the band whatever the score."""

    id: str
    label: str
    band: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Value):
    """What recommends actions beside the band."""

    id: str
    label: str
    severity: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Value):
    """What is recommended; `due` as the rulebook says it."""

    id: str
    do: str
    owner: str
    due: str
    channel: str
    priority: int | None
    reason: str
    causes: tuple[str, ...]
    idempotency_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldAction(Value):
    """An action that is not recommended, and why."""

    id: str
    reason: str
    replaced_by: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Value):
    """Criteria that, earning more, reach the next band, and the total that this gives."""

    criteria: tuple[str, ...]
    total: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextBand(Value):
    """The band above, and the cheapest ways there."""

    id: str
    label: str
    from_: Decimal | None
    points_missing: Decimal | None
    ways: tuple[Way, ...]
    ways_undecided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedInput(Value):
    """An answer that was missing and is taken as the rulebook says."""

    input: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Value):
    """What replays an answer."""

    rulebook: str
    version: str
    digest: str
    engine_version: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Value):
    """What one rulebook says of one subject."""

    raw: pb.Answer = field(repr=False, compare=False)

    rulebook: str
    status: Status
    total: Decimal | None
    max_score: Decimal | None
    percent: Decimal | None
    band: Band | None
    computed_band: Band | None
    bounds: Bounds | None
    values: tuple[WorkedValue, ...]
    lists: tuple[NamedList, ...]
    groups: tuple[GroupPoints, ...]
    criteria: tuple[CriterionPoints, ...]
    adjustments: tuple[Adjustment, ...]
    matrix: MatrixCell | None
    disqualifiers: tuple[Disqualifier, ...]
    triggers: tuple[Trigger, ...]
    actions: tuple[Action, ...]
    withheld: tuple[WithheldAction, ...]
    next_band: NextBand | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    assumed: tuple[AssumedInput, ...]
    unknown_inputs: tuple[str, ...]
    flags: tuple[str, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidInput(Value):
    """What is wrong with an input of a subject; `code` is stable."""

    input: str
    code: str
    message: str
    rulebooks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotError(Value):
    """Why a subject of many has no answers; `code` is that of gRPC's statuses."""

    code: int
    message: str
    invalid: tuple[InvalidInput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectResult(Value):
    """The slot of one subject of a batch: its answers, or why there are none."""

    subject_id: str
    answers: tuple[Answer, ...]
    error: SlotError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamResult(Value):
    """The slot of one subject of a stream; `request_id` is the subject's id."""

    request_id: str
    answers: tuple[Answer, ...]
    error: SlotError | None


Fields = Mapping[str, object]
"""Fields of a fact by name."""

Moment = datetime | None
"""A time in UTC, None where there is none."""
