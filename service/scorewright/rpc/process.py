"""A process that serves: started, told to stop by SIGINT or SIGTERM, drained."""

import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, TextIO

from scorewright.catalog import Catalog, load_catalog
from scorewright.diagnostics import Report
from scorewright.engines import EngineError
from scorewright.program import NOT_EFFECTIVE
from scorewright.rpc.server import address_of, start
from scorewright.runtime import LOGGER, Settings, StartError, line, prepared, set_up, strangers
from scorewright.scoring import Prepare

ReportWriter = Callable[[Report], str]
"""Writes findings for a person."""

_TURN: Final = 0.0002
_HANGUP: Final = "rulebooks are loaded once, at the start: restart to change them"


def prepare_process() -> None:
    """Make this process one that serves: rulebooks are not looked through for garbage, turns are short."""
    gc.collect()
    gc.freeze()
    # So long a thread that works on something large keeps the others waiting, some of them more than once.
    sys.setswitchinterval(_TURN)


def serve(
    settings: Settings,
    out: TextIO | None = None,
    err: TextIO | None = None,
    report: ReportWriter | None = None,
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


def _serve(settings: Settings, prepare: Prepare, out: TextIO, err: TextIO, report: ReportWriter) -> int:
    try:
        store, findings = load_catalog(settings.rules, settings.engine, prepare)
    except EngineError as error:
        return _fail(err, str(error), 2)
    if findings.diagnostics:
        err.write(report(findings))
    if store is None:
        return _fail(err, "the server does not start with errors in its rulebooks", 1)
    log = set_up(err, settings.log_level)
    for name, meant in strangers(os.environ):
        # Not refused: where containers run, others set variables by the name of a service too.
        LOGGER.warning(line("unknown_variable", variable=name, **({"meant": meant} if meant else {})))
    try:
        running = start(store, settings)
        prepare_process()
        with stop_signals() as wait:
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
def stop_signals() -> Iterator[Callable[[], int]]:
    """Yield a wait for SIGINT or SIGTERM; only a process's main thread can hear them.

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


def headlines(report: Report) -> str:
    """Write findings in one line each."""
    return "".join(
        f"{found.span}: {found.severity}[{found.code}]: {found.message}\n" for found in report.diagnostics
    )


def _announce(store: Catalog, settings: Settings, port: int, out: TextIO) -> None:
    address = address_of(settings, port)
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


def _fail(err: TextIO, message: str, code: int) -> int:
    err.write(f"error: {message}\n")
    err.flush()
    return code
