"""The gRPC server: put together, started and drained."""

import time
from dataclasses import dataclass
from typing import Final

import grpc

from scorewright.accounts import AccountRuntime
from scorewright.catalog import Catalog
from scorewright.rpc import rulebooks as rulebook_servicer
from scorewright.rpc import scoring as servicer
from scorewright.rpc import signals as signal_servicer
from scorewright.rpc.error_boundary import Guard
from scorewright.rpc.health import SERVICE as HEALTH
from scorewright.rpc.health import Health
from scorewright.rpc.interceptors import StreamInterceptor, TokenInterceptor
from scorewright.rpc.lanes import Lanes
from scorewright.rpc.reflection import add_reflection
from scorewright.rpc.rulebooks import RulebookServicer
from scorewright.rpc.scoring import ScoringServicer
from scorewright.rpc.signals import SignalServicer, no_database
from scorewright.runtime import (
    NONE,
    Pair,
    Settings,
    StartError,
    StreamPlaces,
    demand_guarded,
    read_pair,
    read_token,
)
from scorewright.storage import DatabaseUrlError, Repositories

SERVICES: Final = (servicer.SERVICE, rulebook_servicer.SERVICE, signal_servicer.SERVICE)

_READ: Final = 4
"""Messages up to so many times the limit are read, and refused with details; larger ones gRPC cuts off."""

_MOMENT: Final = 1.0
_NEVER: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Running:
    """A started server."""

    server: grpc.Server
    lanes: Lanes
    health: Health
    places: StreamPlaces
    port: int
    signals: AccountRuntime | None

    def watch(self) -> None:
        """Start what looks after calls and accounts."""
        self.lanes.traffic.watch()
        self.health.start()
        self.places.watch()
        if self.signals is not None:
            self.signals.start()

    def drain(self, seconds: float) -> None:
        """Answer NOT_SERVING, take no more calls, and wait for those that run, though not for ever."""
        until = time.monotonic() + seconds
        self.health.stop()
        self.health.end_watchers()
        self.lanes.traffic.hurry()
        if self.signals is not None:
            self.signals.stop()
        self._stop(seconds)
        if self.signals is not None:
            self.signals.finish(max(_MOMENT / 2, until - time.monotonic()))
        self.lanes.close()
        self.places.close()
        self.health.close()
        if self.signals is not None:
            self.signals.close()

    def _stop(self, seconds: float) -> None:
        # gRPC closes a connection only after 20 seconds where its client answers nothing: what is waited for
        # is calls, and for connections a moment.
        stopped = self.server.stop(seconds)
        moment = time.monotonic() + _MOMENT
        last = moment + seconds
        while not stopped.wait(_MOMENT / 10):
            now = time.monotonic()
            if now > last or (now > moment and not self.lanes.traffic.is_busy):
                return


def start(store: Catalog, settings: Settings) -> Running:
    """Start a server on its port, or raise StartError."""
    places = StreamPlaces(settings.stream_idle_seconds, settings.message_seconds)
    guard = Guard(settings.max_message_bytes)
    demand_guarded(settings, address_of(settings, settings.port))
    token, pair = read_token(settings), read_pair(settings)
    lanes = Lanes.of(settings)
    health = Health(SERVICES, settings.message_seconds)
    signals = _signals_over(store, settings, health)
    server = grpc.server(
        lanes.calls,
        handlers=[
            ScoringServicer(store, settings, guard, lanes).handler(),
            RulebookServicer(store, guard, lanes, signals.fleet if signals else None).handler(),
            SignalServicer(signals, guard, lanes).handler() if signals else no_database(guard),
            health.handler(),
        ],
        interceptors=[
            *([TokenInterceptor(token)] if token else []),
            StreamInterceptor(places, lanes.streams),
        ],
        options=_options(settings),
    )
    lanes.arrivals.attach(server)
    add_reflection(server, (*SERVICES, HEALTH))
    port = _bind(server, settings, pair)
    server.start()
    running = Running(server, lanes, health, places, port, signals)
    running.watch()
    return running


def _options(settings: Settings) -> list[tuple[str, int]]:
    return [
        ("grpc.max_receive_message_length", _READ * settings.max_message_bytes),
        ("grpc.so_reuseport", 0),  # two servers on one port would each get half of the calls
        # Callers come back to another server once in a while, and the streams that they have are let end.
        ("grpc.max_connection_age_ms", int(1000 * settings.max_connection_seconds) or _NEVER),
        ("grpc.max_connection_age_grace_ms", _NEVER),
        # A caller may ask every 10 seconds whether we are there, as often as clients of any language can.
        ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.keepalive_time_ms", 60_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        # What is too much is refused by us, with details; gRPC would say CANCELLED.
        ("grpc.server.max_pending_requests", _NEVER),
        ("grpc.server.max_pending_requests_hard_limit", _NEVER),
    ]


def _signals_over(store: Catalog, settings: Settings, health: Health) -> AccountRuntime | None:
    def well(is_well: bool) -> None:
        health.tell(signal_servicer.SERVICE, is_well)

    if settings.database == NONE:
        well(False)
        return None
    try:
        return AccountRuntime.over(Repositories.at(settings.database), store, settings, well)
    except DatabaseUrlError as error:
        raise StartError(f"{error.why}; {error.help}") from None


def _bind(server: grpc.Server, settings: Settings, pair: Pair | None) -> int:
    address = address_of(settings, settings.port)
    try:
        if pair is None:
            return server.add_insecure_port(address)
        credentials = grpc.ssl_server_credentials([(pair.key, pair.certificate)])
        return server.add_secure_port(address, credentials)
    except RuntimeError:
        why = "the port is taken, or the address is not one of this machine"
        raise StartError(f"cannot listen on {address}: {why}; choose another with --port or --host") from None


def address_of(settings: Settings, port: int) -> str:
    """Return where a server listens."""
    host = settings.host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
