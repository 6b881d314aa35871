"""The client: what applications import."""

from scorewright.client.account_results import (
    AccountAnswer,
    ActionChange,
    CheckedRulebook,
    Finding,
    RecordedEvents,
    RulebookSummary,
    ServerStatus,
    SweptAccounts,
)
from scorewright.client.answers import (
    Action,
    ActionState,
    Answer,
    Band,
    Bounds,
    InvalidInput,
    Status,
    StreamResult,
    SubjectResult,
)
from scorewright.client.async_client import AsyncClient
from scorewright.client.client import Client
from scorewright.client.errors import (
    DeadlineError,
    InvalidRequestError,
    NotLoadedError,
    OverLimitError,
    PreconditionError,
    Problem,
    ScorewrightError,
    TokenError,
    UnavailableError,
    UnknownRulebookError,
)
from scorewright.client.events import Event

__all__ = (
    "AccountAnswer",
    "Action",
    "ActionChange",
    "ActionState",
    "Answer",
    "AsyncClient",
    "Band",
    "Bounds",
    "CheckedRulebook",
    "Client",
    "DeadlineError",
    "Event",
    "Finding",
    "InvalidInput",
    "InvalidRequestError",
    "NotLoadedError",
    "OverLimitError",
    "PreconditionError",
    "Problem",
    "RecordedEvents",
    "RulebookSummary",
    "ScorewrightError",
    "ServerStatus",
    "Status",
    "StreamResult",
    "SubjectResult",
    "SweptAccounts",
    "TokenError",
    "UnavailableError",
    "UnknownRulebookError",
)
