"""What a call needs before its method is asked: a token where the server wants one, a stream its place."""

import hmac
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import grpc

from scorewright.messages.refusals import PermissionDenied, Unauthenticated
from scorewright.rpc.error_boundary import refusing
from scorewright.rpc.lanes import AT_ONCE, StreamLane, in_lane
from scorewright.runtime import StreamPlaces

# A text, for only the stubs know that it is generic.
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Found: TypeAlias = "Handler | None"
Continuation: TypeAlias = Callable[[grpc.HandlerCallDetails], Found]

OPEN: Final = "/grpc.health.v1.Health/"
"""What needs no token, so that a balancer can ask."""

_BEARER = "bearer "


class TokenInterceptor(grpc.ServerInterceptor):
    """Refuse calls without the server's bearer token; comparing takes the same time whatever came."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._refusing = {refusal: _refusing(refusal) for refusal in (Unauthenticated(), PermissionDenied())}

    def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Found:
        """Let a call pass, or put a refusal in the place of its method."""
        handler = continuation(handler_call_details)
        if handler is None or handler_call_details.method.startswith(OPEN):
            return handler
        refusal = self._refusal(handler_call_details)
        return handler if refusal is None else self._refusing[refusal]

    def _refusal(self, details: grpc.HandlerCallDetails) -> Unauthenticated | PermissionDenied | None:
        given = [value for key, value in details.invocation_metadata or () if key == "authorization"]
        if len(given) != 1 or not isinstance(given[0], str) or given[0][:7].lower() != _BEARER:
            return Unauthenticated()
        token = given[0][len(_BEARER) :].strip().encode()
        return None if hmac.compare_digest(token, self._token) else PermissionDenied()


class StreamInterceptor(grpc.ServerInterceptor):
    """Give each stream a place in its lane, whichever service it calls, reflection among them."""

    def __init__(self, places: StreamPlaces, lane: StreamLane) -> None:
        self._places = places
        self._lane = lane
        self._placed: dict[str, Handler] = {}

    def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Found:
        """Stand around a method with streams."""
        handler = continuation(handler_call_details)
        if handler is None or not handler.request_streaming:
            return handler
        method = handler_call_details.method
        if method not in self._placed:
            self._placed[method] = self._place(handler)
        return self._placed[method]

    def _place(self, handler: Handler) -> Handler:
        read, write = handler.request_deserializer, handler.response_serializer
        if handler.stream_unary is not None:
            placed = in_lane(self._collecting(handler.stream_unary), self._lane)
            return grpc.stream_unary_rpc_method_handler(placed, read, write)
        assert handler.stream_stream is not None  # INVARIANT: it streams requests, in one of two ways
        placed = in_lane(self._streaming(handler.stream_stream), self._lane)
        return grpc.stream_stream_rpc_method_handler(placed, read, write)

    def _collecting(self, behavior: Callable[..., Any]) -> Callable[..., Any]:
        def placed(requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
            with self._places.taken(context) as place:
                return behavior(place.moving(requests), context)

        return placed

    def _streaming(self, behavior: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def placed(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            with self._places.taken(context) as place:
                yield from place.moving(behavior(place.moving(requests), context))

        return placed


def _refusing(refusal: Unauthenticated | PermissionDenied) -> Handler:
    # A method that takes a stream is asked before any message has come, and this one looks at none.
    return grpc.stream_stream_rpc_method_handler(in_lane(refusing(refusal), AT_ONCE))
