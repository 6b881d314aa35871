"""What a call needs before its method is asked: a token where the server wants one, a stream its place."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import grpc

from service.guard import abort
from service.refusals import PermissionDenied, RefusedError, Unauthenticated
from service.streams import Place, StreamPlaces

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

    def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Found:
        """Let a call pass, or put a refusal in the place of its method."""
        handler = continuation(handler_call_details)
        if handler is None or handler_call_details.method.startswith(OPEN):
            return handler
        refusal = self._refusal(handler_call_details)
        return handler if refusal is None else _refusing(handler, refusal)

    def _refusal(self, details: grpc.HandlerCallDetails) -> Unauthenticated | PermissionDenied | None:
        given = [value for key, value in details.invocation_metadata or () if key == "authorization"]
        if len(given) != 1 or not isinstance(given[0], str) or given[0][:7].lower() != _BEARER:
            return Unauthenticated()
        token = given[0][len(_BEARER) :].strip().encode()
        return None if hmac.compare_digest(token, self._token) else PermissionDenied()


class StreamInterceptor(grpc.ServerInterceptor):
    """Give each stream a place, whichever service it calls, reflection among them."""

    def __init__(self, places: StreamPlaces) -> None:
        self._places = places
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
            return grpc.stream_unary_rpc_method_handler(self._collecting(handler.stream_unary), read, write)
        assert handler.stream_stream is not None  # INVARIANT: it streams requests, in one of two ways
        return grpc.stream_stream_rpc_method_handler(self._streaming(handler.stream_stream), read, write)

    def _collecting(self, behavior: Callable[..., Any]) -> Callable[..., Any]:
        def placed(requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
            with self._placed_in(context) as place:
                return behavior(place.moving(requests), context)

        return placed

    def _streaming(self, behavior: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def placed(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            with self._placed_in(context) as place:
                yield from place.moving(behavior(place.moving(requests), context))

        return placed

    @contextmanager
    def _placed_in(self, context: grpc.ServicerContext) -> Iterator[Place]:
        try:
            place = self._places.take(context)
        except RefusedError as error:
            abort(context, error.refusal)
        try:
            yield place
        finally:
            self._places.leave(place)


def _refusing(handler: Handler, refusal: Unauthenticated | PermissionDenied) -> Handler:
    def refuse(_: Any, context: grpc.ServicerContext) -> Any:
        abort(context, refusal)

    if handler.request_streaming and not handler.response_streaming:
        return grpc.stream_unary_rpc_method_handler(refuse)
    if handler.request_streaming:
        return grpc.stream_stream_rpc_method_handler(refuse)
    if handler.response_streaming:
        return grpc.unary_stream_rpc_method_handler(refuse)
    return grpc.unary_unary_rpc_method_handler(refuse)
