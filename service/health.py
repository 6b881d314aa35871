"""Health, overall and per service, by gRPC's own protocol."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeAlias, cast

import grpc
from grpc_health.v1 import health
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from service.guard import abort
from service.pools import in_pool
from service.refusals import OverLimit

SERVICE: Final = "grpc.health.v1.Health"

WATCHERS: Final = 100
"""How many clients may watch at a time; each holds a call and a thread of its own, though no worker."""


Responses: TypeAlias = Iterator[HealthCheckResponse]


class Health:
    """Say SERVING for all services until the server shuts down, then NOT_SERVING."""

    def __init__(self, services: Sequence[str]) -> None:
        # Blocking, for otherwise the servicer holds its lock while it sends, which waits for the very thread
        # that takes the lock when a watcher goes: one client could stop the server for good.
        self._told = health.HealthServicer(experimental_non_blocking=False)
        self._free = threading.BoundedSemaphore(WATCHERS)
        # One more, which refuses whoever finds no place.
        self._pool = ThreadPoolExecutor(WATCHERS + 1, "health")
        for service in services:
            self.tell(service, serving=True)

    def handler(self) -> grpc.GenericRpcHandler:
        """Give gRPC the methods."""

        def watch(
            request: HealthCheckRequest, context: grpc.ServicerContext
        ) -> Iterator[HealthCheckResponse]:
            return self._watch(request, context)

        as_bytes, read = HealthCheckResponse.SerializeToString, HealthCheckRequest.FromString
        return grpc.method_handlers_generic_handler(
            SERVICE,
            {
                "Check": grpc.unary_unary_rpc_method_handler(self._told.Check, read, as_bytes),
                "Watch": grpc.unary_stream_rpc_method_handler(in_pool(watch, self._pool), read, as_bytes),
            },
        )

    def tell(self, service: str, serving: bool) -> None:
        """Say of one service whether it serves; once the server shuts down, that stands."""
        status = HealthCheckResponse.SERVING if serving else HealthCheckResponse.NOT_SERVING
        self._told.set(service, status)

    def stop(self) -> None:
        """Say NOT_SERVING for good."""
        self._told.enter_graceful_shutdown()

    def close(self) -> None:
        """Wait until the watchers have ended, once the server has stopped."""
        self._pool.shutdown()

    def _watch(self, request: HealthCheckRequest, context: grpc.ServicerContext) -> Responses:
        """Tell of every change, to so many watchers."""
        if not self._free.acquire(blocking=False):
            abort(context, OverLimit("health watchers", WATCHERS + 1, WATCHERS, "use Check"))
        if not context.add_callback(self._free.release):
            self._free.release()  # the watcher is gone already
            return iter(())
        return cast(Responses, self._told.Watch(request, context))
