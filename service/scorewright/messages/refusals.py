"""Why a call or one of its subjects is refused, as data; `status` writes it for the wire."""

from dataclasses import dataclass

from scorewright.results import InputError


@dataclass(frozen=True, slots=True)
class Objection:
    """One invalid input, and the rulebooks that object where not all of the request do."""

    error: InputError
    rulebooks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvalidRequest:
    """The request itself is wrong: every offending field, and the invalid inputs beside them."""

    violations: tuple[InputError, ...]
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class InvalidSubject:
    """Inputs of a subject are invalid: every one of them."""

    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A rulebook that is not served, and the served ids to choose from, the nearest or all."""

    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class UnknownRulebooks:
    """Rulebooks that are not served."""

    unknown: tuple[Unknown, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A pin that is not what serves: the rulebook, `version` or `digest`, what was asked, what serves."""

    rulebook: str
    kind: str
    asked: str
    serving: str


@dataclass(frozen=True, slots=True)
class UnmetPins:
    """Pinned versions or digests that are not loaded."""

    unmet: tuple[Unmet, ...]


@dataclass(frozen=True, slots=True)
class OverLimit:
    """More than the server takes: which limit, what came (where it was counted), what is allowed.

    Where it may be otherwise soon, after how many seconds the same call may be made again.
    """

    limit: str
    came: int | None
    allowed: int
    advice: str
    retry_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class TooManyFacts:
    """An account has more facts than can be looked at in time; says which signal gave up."""

    why: str


@dataclass(frozen=True, slots=True)
class Unauthenticated:
    """The server wants a bearer token and none came."""


@dataclass(frozen=True, slots=True)
class PermissionDenied:
    """Another bearer token came than the server wants."""


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """The caller's deadline passed, or the caller is gone."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The process of an engine ended during the call; the same call may be made again."""


@dataclass(frozen=True, slots=True)
class NoDatabase:
    """The server runs without a database, so that nothing is kept of accounts."""


@dataclass(frozen=True, slots=True)
class DatabaseAway:
    """The database does not answer, or takes nothing; the same call may be made again."""


@dataclass(frozen=True, slots=True)
class DatabaseUnfit:
    """The database was made by another version of the server; says so."""

    why: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """The ledger of an account is past the moment that should be recorded, for this rulebook."""

    rulebook: str
    why: str


@dataclass(frozen=True, slots=True)
class Superseded:
    """Another edition of a rulebook settles its accounts, so that this server records nothing by it."""

    rulebook: str
    why: str


@dataclass(frozen=True, slots=True)
class Stopping:
    """The server stops, and ends who watches."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug: all that the caller learns is the call's id."""

    call: str


Refusal = (
    InvalidRequest
    | InvalidSubject
    | UnknownRulebooks
    | UnmetPins
    | OverLimit
    | TooManyFacts
    | Unauthenticated
    | PermissionDenied
    | OutOfTime
    | Unavailable
    | NoDatabase
    | DatabaseAway
    | DatabaseUnfit
    | Outdated
    | Superseded
    | Stopping
    | Broken
)


class RefusedError(Exception):
    """Ends a call or a slot, with why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(type(refusal).__name__)
        self.refusal = refusal
