"""What a failed call raises at the client: a class for each kind, with every problem the server named."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, NoReturn, cast

import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2
from grpc_status import rpc_status


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a call was refused for: where (a field, a rulebook, a limit), and what about it."""

    where: str
    what: str

    @property
    def code(self) -> str:
        """Return the stable code of an offending input: `out_of_range`."""
        return self.what.partition(":")[0]


class ScorewrightError(Exception):
    """A call failed: the gRPC status code, a line for a person, and every problem that the server named.

    `retry_after` is when to call again, in seconds, where the server says so.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        message: str,
        problems: Sequence[Problem] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{code.name}: {message}")
        self.code = code
        self.message = message
        self.problems = tuple(problems)
        self.retry_after = retry_after


class InvalidRequestError(ScorewrightError):
    """Inputs or other fields are invalid: all of them stand in `problems`."""


class UnknownRulebookError(ScorewrightError):
    """A rulebook is not served; `problems` name it and the nearest ids."""


class PreconditionError(ScorewrightError):
    """The server is in no state for this call: a later moment is recorded, or its database is too new."""


class NotLoadedError(PreconditionError):
    """A pinned version or digest is not what serves."""


class OverLimitError(ScorewrightError):
    """More than the server takes."""


class TokenError(ScorewrightError):
    """The server wants a bearer token, or another one."""


class DeadlineError(ScorewrightError):
    """Time ran out."""


class UnavailableError(ScorewrightError):
    """No server answers, or its database is away, after all retries."""


_ERRORS: Final = {
    grpc.StatusCode.INVALID_ARGUMENT: InvalidRequestError,
    grpc.StatusCode.NOT_FOUND: UnknownRulebookError,
    grpc.StatusCode.FAILED_PRECONDITION: PreconditionError,
    grpc.StatusCode.RESOURCE_EXHAUSTED: OverLimitError,
    grpc.StatusCode.UNAUTHENTICATED: TokenError,
    grpc.StatusCode.PERMISSION_DENIED: TokenError,
    grpc.StatusCode.DEADLINE_EXCEEDED: DeadlineError,
    grpc.StatusCode.UNAVAILABLE: UnavailableError,
}


def raise_error(error: grpc.RpcError, is_connected: Callable[[], bool] = lambda: True) -> NoReturn:
    """Raise what a failed call means; whose time passed while no server was there, was not too slow."""
    call = cast(grpc.Call, error)  # what a stub raises is the failed call itself
    code, message = call.code(), call.details() or ""
    if code is grpc.StatusCode.DEADLINE_EXCEEDED and not is_connected():
        code, message = grpc.StatusCode.UNAVAILABLE, "no server could be reached in time"
    status = rpc_status.from_call(call)
    details = status.details if status else ()
    problems = [problem for detail in details for problem in _problems(detail)]
    kind = _ERRORS.get(code, ScorewrightError)
    if any(_reason(detail) == "RULEBOOK_NOT_LOADED" for detail in details):
        kind = NotLoadedError
    raise kind(code, message, problems, next(filter(None, map(_retry_after, details)), None)) from error


@contextmanager
def raising(is_connected: Callable[[], bool] = lambda: True) -> Iterator[None]:
    """Raise as our own what gRPC raises: a failed call, or one on a channel that is closed."""
    try:
        yield
    except grpc.RpcError as error:
        raise_error(error, is_connected)
    except ValueError as error:
        words = f"the call could not be made: {error}"
        raise ScorewrightError(grpc.StatusCode.FAILED_PRECONDITION, words) from error


def _retry_after(detail: any_pb2.Any) -> float | None:
    info = error_details_pb2.RetryInfo()
    return info.retry_delay.ToTimedelta().total_seconds() if detail.Unpack(info) else None


def _reason(detail: any_pb2.Any) -> str:
    info = error_details_pb2.ErrorInfo()
    return info.reason if detail.Unpack(info) else ""


def _problems(detail: any_pb2.Any) -> Iterator[Problem]:
    bad, resource = error_details_pb2.BadRequest(), error_details_pb2.ResourceInfo()
    failed, quota = error_details_pb2.PreconditionFailure(), error_details_pb2.QuotaFailure()
    if detail.Unpack(bad):
        yield from (Problem(found.field, found.description) for found in bad.field_violations)
    elif detail.Unpack(resource):
        yield Problem(resource.resource_name, resource.description)
    elif detail.Unpack(failed):
        yield from (Problem(found.subject, found.description) for found in failed.violations)
    elif detail.Unpack(quota):
        yield from (Problem(found.subject, found.description) for found in quota.violations)
