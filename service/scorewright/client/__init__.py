"""The client: what applications import."""

from scorewright.client.client import Ask, Client
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
    "Ask",
    "Client",
    "DeadlineError",
    "Event",
    "InvalidRequestError",
    "NotLoadedError",
    "OverLimitError",
    "PreconditionError",
    "Problem",
    "ScorewrightError",
    "TokenError",
    "UnavailableError",
    "UnknownRulebookError",
)
