"""A caller that costs little: requests that stand ready, over HTTP/2 by hand, so that the server is measured.

A call costs it some 15 us, against 150 us and more of a client of gRPC.
"""

import random
import select
import socket
import struct
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypeAlias

LARGE = 2**31 - 1
DATA, HEADERS, RESET, SETTINGS, PING, GOAWAY, WINDOW = 0, 1, 3, 4, 6, 7, 8
ACK, END_STREAM, END_HEADERS = 1, 1, 4
CANCELLED = "1"


@dataclass
class Load:
    """What became of calls: milliseconds of those that were answered, sorted, and how many of each status."""

    answered: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def at(self, share: float) -> float:
        """Give the milliseconds in which a share of the calls was answered."""
        return self.answered[min(len(self.answered) - 1, int(len(self.answered) * share))]


def frame(kind: int, flags: int, stream: int, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + data


def _indexed(index: int, value: str, name: str = "") -> bytes:
    own = bytes([len(name)]) + name.encode() if name else b""
    return bytes([0x40 | index]) + own + bytes([len(value)]) + value.encode()


Done: TypeAlias = "Callable[[Connection, float, str], None]"
"""What hears of a call that has ended: when it was due, and its status."""


class Connection:
    """One connection with calls of one method."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        named = [(4, path, ""), (1, "x", ""), (31, "application/grpc", ""), (0, "trailers", "te")]
        self._first = bytes([0x83, 0x86]) + b"".join(_indexed(*each) for each in named)
        self._later = bytes([0x83, 0x86]) + bytes(0x80 | (62 + 3 - place) for place in range(4))
        self._stream, self._window, self._taken = 1, 65_535, 0
        self._in, self._out = bytearray(), bytearray()
        self._waiting: list[tuple[bytes, float]] = []
        self.begun: dict[int, float] = {}
        # No table of headers, so that a status can be read as it is, and windows that never close.
        settings = struct.pack(">HIHI", 1, 0, 4, LARGE)
        self._out += b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, settings)
        self._out += frame(WINDOW, 0, 0, struct.pack(">I", LARGE - 65_535))
        self.socket.setblocking(False)
        self.flush()

    def call(self, body: bytes, due: float) -> None:
        if len(body) > self._window:
            self._waiting.append((body, due))
            return
        self._window -= len(body)
        self._out += frame(DATA, END_STREAM, self.begin(due), body)

    def begin(self, due: float = 0.0) -> int:
        """Send the head of a call, and give the number of its stream."""
        stream, self._stream = self._stream, self._stream + 2
        self._out += frame(HEADERS, END_HEADERS, stream, self._first if stream == 1 else self._later)
        self.begun[stream] = due
        return stream

    def flush(self) -> None:
        try:
            while self._out:
                del self._out[: self.socket.send(self._out)]
        except BlockingIOError:
            pass

    def receive(self, done: Done) -> None:
        try:
            data = self.socket.recv(1 << 20)
        except BlockingIOError:
            return
        if not data:
            raise ConnectionError("the server ended the connection")
        self._in += data
        at = 0
        while len(self._in) - at >= 9:
            length = int.from_bytes(self._in[at : at + 3], "big")
            end = at + 9 + length
            if len(self._in) < end:
                break
            stream = int.from_bytes(self._in[at + 5 : at + 9], "big")
            self._take(self._in[at + 3], self._in[at + 4], stream, bytes(self._in[at + 9 : end]), done)
            at = end
        del self._in[:at]
        while self._waiting and len(self._waiting[0][0]) <= self._window:
            self.call(*self._waiting.pop(0))

    def _take(self, kind: int, flags: int, stream: int, data: bytes, done: Done) -> None:
        if kind == DATA:
            self._taken += len(data)
            if self._taken > 2**28:
                self._out += frame(WINDOW, 0, 0, struct.pack(">I", self._taken))
                self._taken = 0
        elif (kind == HEADERS and flags & END_STREAM) or kind == RESET:
            due = self.begun.pop(stream, None)
            if due is not None:
                done(self, due, _status(data) if kind == HEADERS else CANCELLED)
        elif kind == WINDOW and not stream:
            self._window += int.from_bytes(data, "big")
        elif kind in (SETTINGS, PING) and not flags & ACK:
            self._out += frame(kind, ACK, 0, data if kind == PING else b"")
        elif kind == GOAWAY:
            raise ConnectionError("the server ended the connection")


def _status(headers: bytes) -> str:
    _, _, rest = headers.partition(b"grpc-status")
    return rest[1 : 1 + rest[0]].decode() if rest else "?"


def framed(message: bytes) -> bytes:
    return b"\0" + struct.pack(">I", len(message)) + message


class _Driver:
    def __init__(self, port: int, path: str, bodies: Sequence[bytes], connections: int) -> None:
        self.bodies = [framed(body) for body in bodies]
        self.connections = [Connection(port, path) for _ in range(connections)]
        self.by_file = {each.socket.fileno(): each for each in self.connections}
        self.poll = select.epoll()
        for file in self.by_file:
            self.poll.register(file, select.EPOLLIN)
        self.sent = 0
        self.found = Load()

    def send(self, connection: Connection, due: float) -> None:
        connection.call(self.bodies[self.sent % len(self.bodies)], due)
        self.sent += 1

    def turn(self, seconds: float, done: Done) -> None:
        for file, _ in self.poll.poll(max(0.0, seconds)):
            self.by_file[file].receive(done)
        for connection in self.connections:
            connection.flush()

    def note(self, due: float, status: str) -> None:
        self.found.statuses[status] += 1
        if status == "0":
            self.found.answered.append(1e3 * (perf_counter() - due))

    def close(self) -> Load:
        for connection in self.connections:
            connection.socket.close()
        self.poll.close()
        self.found.answered.sort()
        return self.found


def closed(
    port: int, path: str, bodies: Sequence[bytes], seconds: float, connections: int = 8, each: int = 4
) -> Load:
    """Keep so many calls open on each connection, and count those that end in time."""
    driver = _Driver(port, path, bodies, connections)
    begin = perf_counter() + 0.2  # until all is warm
    end = begin + seconds

    def done(connection: Connection, due: float, status: str) -> None:
        now = perf_counter()
        if begin <= due and now <= end:
            driver.note(due, status)
        driver.send(connection, now)

    for connection in driver.connections:
        for _ in range(each):
            driver.send(connection, perf_counter())
    while perf_counter() < end:
        driver.turn(0.05, done)
    driver.found.seconds = seconds
    return driver.close()


def opened(
    port: int, path: str, bodies: Sequence[bytes], seconds: float, rate: float, connections: int = 8
) -> Load:
    """Call so often a second whatever becomes of it; a call's time begins when it is due."""
    driver, chance = _Driver(port, path, bodies, connections), random.Random(1)
    due = perf_counter()
    end = due + seconds

    def done(_: Connection, due: float, status: str) -> None:
        driver.note(due, status)

    while (now := perf_counter()) < end + 10:
        while due <= now and due < end:
            driver.send(driver.connections[driver.sent % connections], due)
            due += chance.expovariate(rate)
        if due >= end and not any(each.begun for each in driver.connections):
            break
        driver.turn(min(due - now, 0.05) if due < end else 0.05, done)
    driver.found.statuses["none"] = sum(len(each.begun) for each in driver.connections)
    driver.found.seconds = seconds
    return driver.close()


def lives(port: int, seconds: float, every: float) -> bool:
    """Hold a connection without calls, ask every so often if a server is there, and tell whether it lives."""
    connection, end = Connection(port, "/"), perf_counter() + seconds
    due = perf_counter() + every
    connection.socket.settimeout(0.5)
    try:
        while perf_counter() < end:
            with suppress(TimeoutError):
                connection.receive(lambda *_: None)
            if perf_counter() >= due:
                connection.socket.sendall(frame(PING, 0, 0, b"12345678"))
                due += every
            connection.flush()
    except ConnectionError:
        return False
    return True
