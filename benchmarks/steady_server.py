"""A server as a process of its own, to be loaded, stopped, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

SCRIPT = """
import sys
from scorewright.rpc.process import serve
from scorewright.runtime.settings import Settings
sys.exit(serve(Settings()))
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """A server on a port of its own, with its log in a file; it keeps the port when it starts again."""

    def __init__(self, log: Path = Path(os.devnull), **settings: object) -> None:
        self._log = log
        self.port = free_port()
        self._told = {"DATABASE": "none", "LOG_LEVEL": "error", **settings}
        self._process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def _start(self) -> "subprocess.Popen[str]":
        told = {
            f"SCOREWRIGHT_{name}": str(value) for name, value in (*self._told.items(), ("PORT", self.port))
        }
        with self._log.open("a", encoding="utf-8") as log:
            process = subprocess.Popen(  # noqa: S603 -- our own server
                [sys.executable, "-c", SCRIPT],
                env={**os.environ, **told},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert process.stdout is not None
        assert " on " in process.stdout.readline(), "the server does not start"
        return process

    def end(self, number: int = signal.SIGTERM) -> None:
        self._process.send_signal(number)
        self._process.communicate()

    def start_again(self) -> None:
        self._process = self._start()


def database() -> str:
    return f"sqlite:///{tempfile.mkdtemp()}/steady.db"
