"""The methods of a service: what a servicer answers, in the shapes of the proto, guarded, in their lanes."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import grpc

from scorewright.rpc.error_boundary import Guard
from scorewright.rpc.lanes import in_lane
from scorewright.v1 import scorewright_pb2 as pb


@dataclass(frozen=True, slots=True)
class Method:
    """What answers the calls of a method, and the lane of those that have one of their own."""

    answer: Callable[..., Any]
    lane: ThreadPoolExecutor | None = None


_SHAPES: Final[Mapping[tuple[bool, bool], tuple[Callable[..., Any], Callable[..., Any]]]] = {
    (False, False): (Guard.unary, grpc.unary_unary_rpc_method_handler),
    (True, False): (Guard.collecting, grpc.stream_unary_rpc_method_handler),
    (False, True): (Guard.streaming, grpc.unary_stream_rpc_method_handler),
    (True, True): (Guard.streaming, grpc.stream_stream_rpc_method_handler),
}
"""By whether requests and whether responses are a stream: what stands around a method, and gRPC's name."""


def handler_of(service: str, methods: Mapping[str, Method], guard: Guard) -> grpc.GenericRpcHandler:
    """Return gRPC a service: a row for every method that the proto has."""
    described = pb.DESCRIPTOR.services_by_name[service]
    handlers: dict[str, grpc.RpcMethodHandler[bytes, bytes]] = {}
    for method in described.methods:
        row = methods[method.name]
        guarded, handler = _SHAPES[method.client_streaming, method.server_streaming]
        call = guarded(guard, method.name, row.answer)
        handlers[method.name] = handler(call if row.lane is None else in_lane(call, row.lane))
    return grpc.method_handlers_generic_handler(described.full_name, handlers)
