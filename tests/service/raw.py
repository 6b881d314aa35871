"""A caller that speaks HTTP/2 by hand, to do what no gRPC client does."""

import socket
import struct
from typing import Self

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RESET, SETTINGS = 0, 1, 3, 4
END_STREAM = 1
END_HEADERS = 4


def _literal(name: str, value: str) -> bytes:
    """Write a header as it is."""
    return b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


class RawCaller:
    """One connection; calls are begun, and then go no further than they are told to."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=10)
        self._last = -1
        self._socket.sendall(PREFACE)
        self._send(SETTINGS, 0, 0, b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def begin(self, path: str, data: bytes = b"", **metadata: str) -> int:
        """Send the head of a call and the beginning of its message, and give the number of its stream."""
        self._last += 2
        head = {
            ":method": "POST",
            ":scheme": "http",
            ":path": path,
            ":authority": "x",
            "content-type": "application/grpc",
            "te": "trailers",
            **metadata,
        }
        block = b"".join(_literal(name, value) for name, value in head.items())
        self._send(HEADERS, END_HEADERS, self._last, block)
        if data:
            self._send(DATA, 0, self._last, data)
        return self._last

    def ended(self, streams: set[int]) -> set[int]:
        """Wait until the server has ended all these calls, at most 10 seconds from one frame to the next."""
        left = set(streams)
        while left:
            kind, flags, stream, _ = self.frame()
            if kind == RESET or (kind in (DATA, HEADERS) and flags & END_STREAM):
                left.discard(stream)
        return streams

    def frame(self) -> tuple[int, int, int, bytes]:
        """Read the next frame: its kind, flags, stream and contents."""
        head = self._read(9)
        length, kind, flags = int.from_bytes(head[:3], "big"), head[3], head[4]
        frame = kind, flags, int.from_bytes(head[5:], "big"), self._read(length)
        if kind == SETTINGS and not flags:
            self._send(SETTINGS, 1, 0, b"")
        return frame

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self._socket.recv(count - len(data))
            if not more:
                raise ConnectionError("the server closed the connection")
            data += more
        return data

    def _send(self, kind: int, flags: int, stream: int, data: bytes) -> None:
        self._socket.sendall(
            struct.pack(">I", len(data))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + data
        )
