"""What stands around every method: refusals become statuses, bugs INTERNAL, and each a line in the log."""

import logging
import time
from collections.abc import Callable, Iterator
from typing import Final, NoReturn, TypeVar

import grpc
from grpc_status import rpc_status

from scorewright.messages import status
from scorewright.messages.refusals import Broken, OverLimit, Refusal, RefusedError
from scorewright.runtime import LOGGER, broken, line

R = TypeVar("R")
Unary = Callable[[bytes, grpc.ServicerContext], bytes]
Collecting = Callable[[Iterator[bytes], grpc.ServicerContext], bytes]
Streaming = Callable[[R, grpc.ServicerContext], Iterator[bytes]]
"""From one request or a stream of them to a stream of responses."""

CHECKED_EVERY: Final = 32
"""How many subjects are scored between two looks at the clock."""


def out_of_time(context: grpc.ServicerContext) -> bool:
    """Return whether nobody waits for the answer any more."""
    remaining: float | None = context.time_remaining()  # None without a deadline, whatever the stubs say
    return not context.is_active() or (remaining is not None and remaining <= 0)


def abort(context: grpc.ServicerContext, refusal: Refusal) -> NoReturn:
    """End a call with a refusal."""
    context.abort_with_status(rpc_status.to_status(status(refusal)))


def refusing(refusal: Refusal) -> Callable[[object, grpc.ServicerContext], NoReturn]:
    """Make a behavior that ends every call with a refusal, which is written once."""
    told = rpc_status.to_status(status(refusal))

    def refuse(_: object, context: grpc.ServicerContext) -> NoReturn:
        context.abort_with_status(told)

    return refuse


class Guard:
    """Wrap the methods of our services."""

    def __init__(self, max_message_bytes: int) -> None:
        self._max_message_bytes = max_message_bytes

    def unary(self, method: str, behavior: Unary) -> Unary:
        """Guard a method with one request and one response."""
        limit = self._max_message_bytes
        answer = _logged(method, behavior) if LOGGER.isEnabledFor(logging.DEBUG) else behavior

        def call(data: bytes, context: grpc.ServicerContext) -> bytes:
            try:
                if len(data) > limit:
                    self.check_size(data)
                return answer(data, context)
            except RefusedError as error:
                refusal = error.refusal
            except Exception as error:
                refusal = broken(method, error)
            _refuse(method, context, refusal)

        return call

    def collecting(self, method: str, behavior: Collecting) -> Collecting:
        """Guard a method with a stream of requests and one response."""

        def call(requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
            try:
                return behavior(requests, context)
            except RefusedError as error:
                refusal = error.refusal
            except grpc.RpcError:
                raise  # the caller is gone; gRPC knows
            except Exception as error:
                refusal = broken(method, error)
            _refuse(method, context, refusal)

        return call

    def streaming(self, method: str, behavior: Streaming[R]) -> Streaming[R]:
        """Guard a method with a stream of responses."""

        def call(request: R, context: grpc.ServicerContext) -> Iterator[bytes]:
            try:
                yield from behavior(request, context)
            except RefusedError as error:
                refusal = error.refusal
            except grpc.RpcError:
                raise  # the caller is gone; gRPC knows
            except Exception as error:
                refusal = broken(method, error)
            else:
                return
            _refuse(method, context, refusal)

        return call

    def check_size(self, data: bytes) -> None:
        """Refuse a message over the limit."""
        if len(data) > self._max_message_bytes:
            advice = "send smaller batches, or a stream"
            raise RefusedError(OverLimit("bytes of a message", len(data), self._max_message_bytes, advice))


def _refuse(method: str, context: grpc.ServicerContext, refusal: Refusal) -> NoReturn:
    if not isinstance(refusal, Broken) and LOGGER.isEnabledFor(logging.INFO):
        LOGGER.info(line("refused", method=method, why=type(refusal).__name__, peer=context.peer()))
    abort(context, refusal)


def _logged(method: str, behavior: Unary) -> Unary:
    def call(data: bytes, context: grpc.ServicerContext) -> bytes:
        start = time.perf_counter()
        response = behavior(data, context)
        took = f"{1000 * (time.perf_counter() - start):.2f}"
        sizes = {"request_bytes": len(data), "response_bytes": len(response)}
        LOGGER.debug(line("call", method=method, ms=took, **sizes))
        return response

    return call
