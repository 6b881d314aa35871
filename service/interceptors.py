"""What a call needs before its method is asked: a token where the server wants one, a stream its place."""

import hmac
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import grpc

from service.guard import abort
from service.refusals import PermissionDenied, RefusedError, Unauthenticated
from service.streams import StreamPlaces

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
        behavior = handler.stream_stream
        assert behavior is not None  # INVARIANT: no service here streams requests to a single response

        def placed(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            try:
                place = self._places.take(context)
            except RefusedError as error:
                abort(context, error.refusal)
            try:
                yield from place.moving(behavior(place.moving(requests), context))
            finally:
                self._places.leave(place)

        return grpc.stream_stream_rpc_method_handler(
            placed, handler.request_deserializer, handler.response_serializer
        )


def _refusing(handler: Handler, refusal: Unauthenticated | PermissionDenied) -> Handler:
    def refuse(_: Any, context: grpc.ServicerContext) -> Any:
        abort(context, refusal)

    if handler.request_streaming:
        return grpc.stream_stream_rpc_method_handler(refuse)
    if handler.response_streaming:
        return grpc.unary_stream_rpc_method_handler(refuse)
    return grpc.unary_unary_rpc_method_handler(refuse)
