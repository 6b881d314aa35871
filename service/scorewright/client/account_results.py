"""What calls about accounts, events and rulebooks return, as typed values."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scorewright.client.answers import Action, ActionState, Answer, Fields, Moment, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class EventError(Value):
    """What is wrong with an event; `index` is its place among all that were sent."""

    index: int
    id: str
    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvents(Value):
    """What became of events: counts, and what is wrong with those that were refused."""

    recorded: int
    duplicates: int
    refused: int
    errors: tuple[EventError, ...]
    more_errors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Value):
    """Something that happened, or that followed."""

    id: str
    kind: str
    at: datetime
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Value):
    """A signal, and the facts behind it where it is true."""

    id: str
    label: str
    is_true: bool
    facts: tuple[Fact, ...]
    given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredInput(Value):
    """An answer that was measured from facts."""

    input: str
    value: object
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStanding(Value):
    """How an action stands in the ledger."""

    action: str
    state: ActionState
    opened_at: Moment
    idempotency_key: str
    repeats: int
    repeated_at: Moment
    resolved_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAnswer(Value):
    """What one rulebook says of one account."""

    answer: Answer
    signals: tuple[Signal, ...]
    measured: tuple[MeasuredInput, ...]
    asserted: tuple[Fact, ...]
    actions: tuple[ActionStanding, ...]
    resolved: tuple[ActionStanding, ...]
    left_out: tuple[EventError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChange(Value):
    """An action that opened or was resolved; a watch goes on after its `cursor`."""

    cursor: int
    account: str
    rulebook: str
    change: ActionState
    action: Action
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SweptAccounts(Value):
    """What a sweep did."""

    accounts: int
    opened: int
    resolved: int
    failed: int
    next_after_account: str
    unanswered: int
    mended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookSummary(Value):
    """Which rulebook is served."""

    id: str
    name: str
    version: str
    digest: str
    owner: str
    max_score: Decimal | None
    inputs: tuple[str, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Value):
    """A place in a text; lines and columns count from 1."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Value):
    """Another place that a finding speaks of."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Value):
    """One finding about a rulebook's text."""

    code: str
    severity: str
    span: Span
    message: str
    help: str
    notes: tuple[str, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRulebook(Value):
    """What there is to say of a rulebook's text; `rulebook` where it could be served."""

    findings: tuple[Finding, ...]
    ok: bool
    rulebook: RulebookSummary | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookStatus(Value):
    """One rulebook of a server."""

    id: str
    version: str
    digest: str
    loaded_at: datetime
    reload_error: str
    not_settling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStatus(Value):
    """What serves since when."""

    server_version: str
    engine_version: str
    engine: str
    started_at: datetime
    rulebooks: tuple[RulebookStatus, ...]
