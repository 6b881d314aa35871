"""Write refusals for the wire: google.rpc.Status with details for a call, SlotError for a slot of many."""

from collections.abc import Iterator, Sequence
from typing import Final

from google.protobuf.any_pb2 import Any
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2

from scorewright.messages.message_filler import filled
from scorewright.messages.refusals import (
    Broken,
    DatabaseAway,
    DatabaseUnfit,
    InvalidRequest,
    InvalidSubject,
    NoDatabase,
    Objection,
    Outdated,
    OutOfTime,
    OverLimit,
    PermissionDenied,
    Refusal,
    Stopping,
    Superseded,
    TooManyFacts,
    Unauthenticated,
    Unavailable,
    UnknownRulebooks,
    UnmetPins,
)
from scorewright.results import InputCode, InputError
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.validation import show

DOMAIN: Final = "scorewright"
RULEBOOK_TYPE: Final = "scorewright.v1.Rulebook"

RETRY_SECONDS: Final = 2
"""When to call again where the database is away."""

MAX_BYTES: Final = 4_500
"""The most that details may take: clients accept 8 KiB of metadata, where they stand in base64."""

_LONGEST = 1_000
_WHOLE: Final[dict[str, str]] = {InputCode.NO_INPUTS: "subject.inputs"}
_NAMED = 3  # so many offenders stand in the one-line message


def status(refusal: Refusal) -> status_pb2.Status:
    """Write a refusal with its details."""
    details = list(_details(refusal))
    if sum(detail.ByteSize() for detail in details) <= MAX_BYTES:
        return _status(refusal, details)
    if isinstance(refusal, InvalidSubject | InvalidRequest):
        return _status(refusal, [_shortened(refusal)])
    while sum(detail.ByteSize() for detail in details) > MAX_BYTES:
        details.pop()
    return _status(refusal, details)


def slot_error(refusal: Refusal) -> pb.SlotError:
    """Write why one subject of many was refused."""
    return pb.SlotError(
        code=_CODES[type(refusal)][0],
        message=message(refusal),
        invalid=[
            filled(pb.InvalidInput, found.error, rulebooks=found.rulebooks)
            for found in (refusal.objections if isinstance(refusal, InvalidSubject | InvalidRequest) else ())
        ],
    )


def message(refusal: Refusal) -> str:
    """Write a refusal in one line for a person, and not a long one."""
    line = _message(refusal)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _message(refusal: Refusal) -> str:
    match refusal:
        case InvalidRequest() | InvalidSubject():
            every = _violations(refusal)
            lines = "; ".join(_line(violation) for violation in every[:_NAMED]) + _more(every)
            return lines if isinstance(refusal, InvalidRequest) else f"invalid inputs: {lines}"
        case UnknownRulebooks(unknown):
            named = [f"no rulebook {show(item.name)}: {item.hint}" for item in unknown[:_NAMED]]
            return "; ".join(named) + _more(unknown)
        case UnmetPins(unmet):
            named = [
                f"`{item.rulebook}` is served with {item.kind} {item.serving}" for item in unmet[:_NAMED]
            ]
            return "; ".join(named) + _more(unmet)
        case OverLimit():
            came = "too many" if refusal.came is None else str(refusal.came)
            return f"{came} {refusal.limit}, at most {refusal.allowed}: {refusal.advice}"
        case DatabaseUnfit(why) | TooManyFacts(why):
            return why
        case Outdated(rulebook, why) | Superseded(rulebook, why):
            return f"{show(rulebook)}: {why}"
        case Broken(call):
            return f"the server made a mistake; its log names it by call {call}"
        case _:
            return _WORDS[type(refusal)]


_CODES: Final[dict[type[Refusal], tuple[code_pb2.Code, str]]] = {
    InvalidRequest: (code_pb2.INVALID_ARGUMENT, "INVALID_REQUEST"),
    InvalidSubject: (code_pb2.INVALID_ARGUMENT, "INVALID_INPUTS"),
    UnknownRulebooks: (code_pb2.NOT_FOUND, "UNKNOWN_RULEBOOK"),
    UnmetPins: (code_pb2.FAILED_PRECONDITION, "RULEBOOK_NOT_LOADED"),
    OverLimit: (code_pb2.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED"),
    TooManyFacts: (code_pb2.RESOURCE_EXHAUSTED, "TOO_MANY_FACTS"),
    Unauthenticated: (code_pb2.UNAUTHENTICATED, "TOKEN_MISSING"),
    PermissionDenied: (code_pb2.PERMISSION_DENIED, "TOKEN_WRONG"),
    OutOfTime: (code_pb2.DEADLINE_EXCEEDED, "OUT_OF_TIME"),
    Unavailable: (code_pb2.UNAVAILABLE, "ENGINE_UNAVAILABLE"),
    NoDatabase: (code_pb2.UNIMPLEMENTED, "NO_DATABASE"),
    DatabaseAway: (code_pb2.UNAVAILABLE, "DATABASE_UNAVAILABLE"),
    DatabaseUnfit: (code_pb2.FAILED_PRECONDITION, "DATABASE_VERSION"),
    Outdated: (code_pb2.FAILED_PRECONDITION, "MOMENT_PASSED"),
    Superseded: (code_pb2.FAILED_PRECONDITION, "RULEBOOK_SUPERSEDED"),
    Stopping: (code_pb2.UNAVAILABLE, "SERVER_STOPPING"),
    Broken: (code_pb2.INTERNAL, "BROKEN"),
}
_WORDS: Final[dict[type[Refusal], str]] = {
    Unauthenticated: "this server wants a bearer token: send metadata `authorization: Bearer <token>`",
    PermissionDenied: "this server does not take that bearer token",
    OutOfTime: "the deadline passed before the work was done",
    Unavailable: "the process of the engine ended during the call: call again",
    NoDatabase: "this server keeps no events: it runs without a database",
    DatabaseAway: "the database is away: call again",
    Stopping: "the server stops: call again, and go on from the last cursor",
}


def _details(refusal: Refusal) -> Iterator[Message]:
    match refusal:
        case InvalidRequest() | InvalidSubject():
            yield _bad_request(_violations(refusal))
        case UnknownRulebooks(unknown):
            for item in unknown:
                yield error_details_pb2.ResourceInfo(
                    resource_type=RULEBOOK_TYPE, resource_name=item.name, description=item.hint
                )
        case UnmetPins(unmet):
            yield error_details_pb2.PreconditionFailure(
                violations=[
                    error_details_pb2.PreconditionFailure.Violation(
                        type=f"RULEBOOK_{item.kind.upper()}",
                        subject=item.rulebook,
                        description=f"{item.kind} {item.asked} is not loaded; {item.serving} is",
                    )
                    for item in unmet
                ]
            )
        case OverLimit() | TooManyFacts():
            limit = refusal.limit if isinstance(refusal, OverLimit) else "facts of an account"
            violation = error_details_pb2.QuotaFailure.Violation(subject=limit, description=message(refusal))
            yield error_details_pb2.QuotaFailure(violations=[violation])
            if isinstance(refusal, OverLimit) and refusal.retry_seconds is not None:
                yield _again(refusal.retry_seconds)
        case DatabaseAway():
            yield _again(RETRY_SECONDS)
        case DatabaseUnfit(why):
            yield _precondition("DATABASE_VERSION", "database", why)
        case Outdated(rulebook, why):
            yield _precondition("MOMENT", rulebook, why)
        case Superseded(rulebook, why):
            yield _precondition("RULEBOOK_EDITION", rulebook, why)
        case Broken(call):
            yield error_details_pb2.RequestInfo(request_id=call)


def _again(seconds: int) -> Message:
    return error_details_pb2.RetryInfo(retry_delay=Duration(seconds=seconds))


def _precondition(kind: str, subject: str, why: str) -> Message:
    violation = error_details_pb2.PreconditionFailure.Violation(type=kind, subject=subject, description=why)
    return error_details_pb2.PreconditionFailure(violations=[violation])


def _status(refusal: Refusal, details: Sequence[Message]) -> status_pb2.Status:
    code, reason = _CODES[type(refusal)]
    found = status_pb2.Status(code=code, message=message(refusal))
    for detail in (*details, error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN)):
        packed = Any()
        packed.Pack(detail)
        found.details.append(packed)
    return found


def _shortened(refusal: InvalidRequest | InvalidSubject) -> error_details_pb2.BadRequest:
    """Name as many offenders as fit, by their codes only, and count the rest."""
    every = _violations(refusal)
    kept = error_details_pb2.BadRequest()
    for index, violation in enumerate(every):
        kept.field_violations.add(field=violation.input, description=violation.code)
        if kept.ByteSize() > MAX_BYTES - 300:  # a field is at most 200 characters and its code
            kept.field_violations.add(description=f"too_many: {len(every) - index - 1} more")
            break
    return kept


def _bad_request(violations: Sequence[InputError]) -> error_details_pb2.BadRequest:
    return error_details_pb2.BadRequest(
        field_violations=[
            error_details_pb2.BadRequest.FieldViolation(
                field=found.input, description=f"{found.code}: {found.message}", reason=found.code.upper()
            )
            for found in violations
        ]
    )


def _violations(refusal: InvalidRequest | InvalidSubject) -> list[InputError]:
    of_request = refusal.violations if isinstance(refusal, InvalidRequest) else ()
    return [*of_request, *map(_violation, refusal.objections)]


def _violation(objection: Objection) -> InputError:
    error = objection.error
    field = f"inputs.{error.input}" if error.input else _WHOLE.get(error.code, "inputs")
    of = f" ({', '.join(objection.rulebooks)})" if objection.rulebooks else ""
    return InputError(field, error.code, f"{error.message}{of}")


def _line(violation: InputError) -> str:
    field = "".join(c if c.isprintable() else "?" for c in violation.input[:80])
    return f"{field}: {violation.message}" if field else violation.message


def _more(offenders: Sequence[object]) -> str:
    return f"; and {len(offenders) - _NAMED} more" if len(offenders) > _NAMED else ""
