"""The gRPC server: put together, started, and drained on SIGINT and SIGTERM."""

import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TextIO

import grpc

from scorewright.accounts.assembly import Signals
from scorewright.catalog.catalog import Store, load_store
from scorewright.diagnostics.diagnostic import Diagnostic
from scorewright.engines.engine_errors import EngineError
from scorewright.program.effective_dates import NOT_EFFECTIVE
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
from scorewright.runtime.access import StartError, demand_guarded, read_pair, read_token
from scorewright.runtime.certificates import Pair
from scorewright.runtime.engine_processes import prepared
from scorewright.runtime.logs import LOGGER, line, set_up
from scorewright.runtime.settings import NONE, Settings, strangers
from scorewright.runtime.stream_limits import StreamPlaces
from scorewright.scoring.scorer import Prepare
from scorewright.storage.database_errors import DatabaseUrlError
from scorewright.storage.repositories import Kept

Report = Callable[[Sequence[Diagnostic]], str]
"""Writes findings for a person."""

SERVICES: Final = (servicer.SERVICE, rulebook_servicer.SERVICE, signal_servicer.SERVICE)

_READ: Final = 4
"""Messages up to so many times the limit are read, and refused with details; larger ones gRPC cuts off."""

_MOMENT: Final = 1.0
_TURN: Final = 0.0002
_NEVER: Final = 2**31 - 1
_HANGUP: Final = "rulebooks are loaded once, at the start: restart to change them"


@dataclass(frozen=True, slots=True)
class Running:
    """A started server."""

    server: grpc.Server
    lanes: Lanes
    health: Health
    places: StreamPlaces
    port: int
    signals: Signals | None

    def watch(self) -> None:
        """Start what looks after calls and accounts."""
        self.lanes.traffic.watch()
        self.health.start()
        self.places.watch()
        if self.signals is not None:
            self.signals.start()

    def drain(self, seconds: float) -> None:
        """Say NOT_SERVING, take no more calls, and wait for those that run, though not for ever."""
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


def start(store: Store, settings: Settings) -> Running:
    """Start a server on its port, or raise StartError."""
    places = StreamPlaces(settings.stream_idle_seconds, settings.message_seconds)
    guard = Guard(settings.max_message_bytes)
    demand_guarded(settings, _address(settings, settings.port))
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


def _signals_over(store: Store, settings: Settings, health: Health) -> Signals | None:
    def well(is_well: bool) -> None:
        health.tell(signal_servicer.SERVICE, is_well)

    if settings.database == NONE:
        well(False)
        return None
    try:
        return Signals.over(Kept.at(settings.database), store, settings, well)
    except DatabaseUrlError as error:
        raise StartError(f"{error.why}; {error.help}") from None


def settle() -> None:
    """Make this process one that serves: rulebooks are not looked through for garbage, turns are short."""
    gc.collect()
    gc.freeze()
    # So long a thread that works on something large keeps the others waiting, some of them more than once.
    sys.setswitchinterval(_TURN)


def serve(
    settings: Settings, out: TextIO | None = None, err: TextIO | None = None, report: Report | None = None
) -> int:
    """Serve until SIGINT or SIGTERM; 1 where a rulebook has errors, 2 where the server cannot start."""
    out, err = out or sys.stdout, err or sys.stderr
    with prepared(settings) as prepare:
        code = _serve(settings, prepare, out, err, report or headlines)
    if code == 0:
        # A signal came and the server has drained. What still runs (a check that nobody waits for, gRPC's own
        # threads) holds the process no longer.
        out.flush()
        err.flush()
        os._exit(0)
    return code


def _serve(settings: Settings, prepare: Prepare, out: TextIO, err: TextIO, report: Report) -> int:
    try:
        store, findings = load_store(settings.rules, settings.engine, prepare)
    except EngineError as error:
        return _fail(err, str(error), 2)
    if findings.diagnostics:
        err.write(report(findings.diagnostics))
    if store is None:
        return _fail(err, "the server does not start with errors in its rulebooks", 1)
    log = set_up(err, settings.log_level)
    for name, meant in strangers(os.environ):
        # Not refused: where containers run, others set variables by the name of a service too.
        LOGGER.warning(line("unknown_variable", variable=name, **({"meant": meant} if meant else {})))
    try:
        running = start(store, settings)
        settle()
        with _signals() as wait:
            _announce(store, settings, running.port, out)
            number = wait()
        # From here on a second signal ends the process at once.
        # Whoever stops a server by SIGTERM has others beside it, to which its callers go meanwhile.
        first = settings.drain_wait_seconds if number == signal.SIGTERM else 0
        LOGGER.info(line("draining", after=first, seconds=settings.drain_seconds))
        running.health.stop()
        time.sleep(first)
        running.drain(settings.drain_seconds)
        LOGGER.info(line("stopped"))
    except StartError as error:
        return _fail(err, str(error), 2)
    finally:
        LOGGER.removeHandler(log)
    return 0


@contextmanager
def _signals() -> Iterator[Callable[[], int]]:
    """Give a wait for SIGINT or SIGTERM; only a process's main thread can hear them.

    SIGHUP ends nothing, unless it says that the terminal is gone in which the server was started.
    """
    ends = {signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if sys.stdin and sys.stdin.isatty() else [])}
    is_main = threading.current_thread() is threading.main_thread()
    heard = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if is_main else ()
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    before = {number: signal.signal(number, lambda *_: None) for number in heard}
    # A handler runs between two steps of the main thread: for a signal that comes just before that thread
    # waits, it would run after the wait, which nothing ends. The byte of a signal is there whenever it looks.
    fd = signal.set_wakeup_fd(writer.fileno()) if heard else -1

    def wait() -> int:
        while (number := reader.recv(1)[0]) not in ends:
            if number == signal.SIGHUP:
                LOGGER.info(line("hangup", help=_HANGUP))
        return number

    try:
        yield wait
    finally:
        if heard:
            signal.set_wakeup_fd(fd)
        for number, handler in before.items():
            signal.signal(number, handler)
        reader.close()
        writer.close()


def headlines(findings: Sequence[Diagnostic]) -> str:
    """Write findings in one line each."""
    return "".join(f"{found.span}: {found.severity}[{found.code}]: {found.message}\n" for found in findings)


def _announce(store: Store, settings: Settings, port: int, out: TextIO) -> None:
    address = _address(settings, port)
    ids = ", ".join(book.program.id for book in store)
    option = "-plaintext " if settings.tls_cert is None else ""
    out.write(f"scorewright serves {len(store)} rulebooks on {address}: {ids}\n")
    out.write(f"try: grpcurl {option}{address} scorewright.v1.RulebookService/ListRulebooks\n")
    out.flush()
    LOGGER.info(line("serving", address=address, rulebooks=len(store), engine=store.engine))
    for program in (book.program for book in store):
        if not program.effective.holds(datetime.now(UTC).date()):
            days = str(program.effective)
            LOGGER.warning(line(NOT_EFFECTIVE, rulebook=program.id, version=program.version, applies=days))


def _bind(server: grpc.Server, settings: Settings, pair: Pair | None) -> int:
    address = _address(settings, settings.port)
    try:
        if pair is None:
            return server.add_insecure_port(address)
        credentials = grpc.ssl_server_credentials([(pair.key, pair.certificate)])
        return server.add_secure_port(address, credentials)
    except RuntimeError:
        why = "the port is taken, or the address is not one of this machine"
        raise StartError(f"cannot listen on {address}: {why}; choose another with --port or --host") from None


def _address(settings: Settings, port: int) -> str:
    host = settings.host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _fail(err: TextIO, message: str, code: int) -> int:
    err.write(f"error: {message}\n")
    err.flush()
    return code
