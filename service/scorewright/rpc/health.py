"""Health, overall and per service, by gRPC's own protocol."""

from collections.abc import Iterator, Sequence
from typing import Final

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from scorewright.accounts import Notifier
from scorewright.rpc.lanes import LONGEST_WAIT, Lane, in_lane
from scorewright.rpc.waiting_calls import Traffic

SERVICE: Final = "grpc.health.v1.Health"

WATCHERS: Final = 100
"""How many clients may watch at a time; each holds a call and a thread of its own, though no worker."""

CALLS: Final = 10_000
"""How many calls about health may be open at a time."""

_OVERALL: Final = ""


class Health:
    """Say SERVING for all services until the server stops, then NOT_SERVING; apart from all other calls."""

    def __init__(self, services: Sequence[str], message_seconds: float) -> None:
        self._serves = dict.fromkeys((_OVERALL, *services), True)
        self._stopped = False
        self._changed = Notifier()
        self._traffic = Traffic(CALLS, message_seconds)
        self._checks = Lane(self._traffic, 2, CALLS, LONGEST_WAIT, "health checks")
        self._watchers = Lane(self._traffic, WATCHERS, CALLS, 1, "health watchers")

    def handler(self) -> grpc.GenericRpcHandler:
        """Return gRPC the methods."""

        def check(request: HealthCheckRequest, context: grpc.ServicerContext) -> HealthCheckResponse:
            if request.service not in self._serves:
                context.abort(grpc.StatusCode.NOT_FOUND, "there is no such service")
            return _told(self._status(request.service))

        def watch(
            request: HealthCheckRequest, context: grpc.ServicerContext
        ) -> Iterator[HealthCheckResponse]:
            context.add_callback(self._changed.ring)
            for status in self._statuses(request.service, context):
                yield _told(status)

        as_bytes, read = HealthCheckResponse.SerializeToString, HealthCheckRequest.FromString
        return grpc.method_handlers_generic_handler(
            SERVICE,
            {
                "Check": grpc.unary_unary_rpc_method_handler(in_lane(check, self._checks), read, as_bytes),
                "Watch": grpc.unary_stream_rpc_method_handler(in_lane(watch, self._watchers), read, as_bytes),
            },
        )

    def start(self) -> None:
        """Start ending calls that wait for too long."""
        self._traffic.watch()

    def tell(self, service: str, serving: bool) -> None:
        """Set for one service whether it serves; once the server stops, none does."""
        self._serves[service] = serving
        self._changed.ring()

    def stop(self) -> None:
        """Answer NOT_SERVING for good."""
        self._stopped = True
        self._changed.ring()

    def end_watchers(self) -> None:
        """End all watchers once they have heard of it."""
        self._changed.close()

    def close(self) -> None:
        """Let the threads end, once the server has stopped."""
        self._traffic.close()

    def _statuses(self, service: str, context: grpc.ServicerContext) -> Iterator[int]:
        told = -1
        while context.is_active():
            heard, ends = self._changed.rings, self._changed.closed
            status = self._status(service)
            if status != told:
                yield (told := status)
            if ends:
                return
            self._changed.wait(heard, LONGEST_WAIT)

    def _status(self, service: str) -> int:
        if service not in self._serves:
            return HealthCheckResponse.SERVICE_UNKNOWN
        serves = self._serves[service] and not self._stopped
        return HealthCheckResponse.SERVING if serves else HealthCheckResponse.NOT_SERVING


def _told(status: int) -> HealthCheckResponse:
    return HealthCheckResponse(status=status)
