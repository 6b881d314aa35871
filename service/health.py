"""Health, overall and per service, by gRPC's own protocol."""

import threading
from collections.abc import Callable, Sequence
from typing import Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from service.guard import abort
from service.refusals import OverLimit

WATCHERS: Final = 100
"""How many clients may watch at a time; each holds a call, though no worker."""


class Health(health.HealthServicer):
    """Say SERVING for all services until the server shuts down, then NOT_SERVING."""

    def __init__(self, services: Sequence[str]) -> None:
        super().__init__()
        self._free = threading.BoundedSemaphore(WATCHERS)
        for service in services:
            self.set(service, health_pb2.HealthCheckResponse.SERVING)

    def add_to(self, server: grpc.Server) -> None:
        """Register with a server."""
        health_pb2_grpc.add_HealthServicer_to_server(self, server)

    def tell(self, service: str, serving: bool) -> None:
        """Say of one service whether it serves; once the server shuts down, that stands."""
        told = health_pb2.HealthCheckResponse
        self.set(service, told.SERVING if serving else told.NOT_SERVING)

    def Watch(  # type: ignore[override]  # noqa: N802 -- named by gRPC; its stubs have two signatures
        self,
        request: health_pb2.HealthCheckRequest,
        context: grpc.ServicerContext,
        send_response_callback: Callable[[health_pb2.HealthCheckResponse | None], None] | None = None,
    ) -> object:
        """Tell of every change, to so many watchers."""
        if not self._free.acquire(blocking=False):
            abort(context, OverLimit("health watchers", WATCHERS + 1, WATCHERS, "use Check"))
        if not context.add_callback(self._free.release):
            self._free.release()  # the watcher is gone already
        return super().Watch(request, context, send_response_callback)
