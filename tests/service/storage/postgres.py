"""A PostgreSQL of our own: made from the installed package, in a temporary folder, for one run of tests."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

import psycopg

HOMES: Final = Path("/usr/lib/postgresql")
USER: Final = "postgres"

# As fast as can be: no test pulls the plug of the machine.
_OPTIONS: Final = ("-cfsync=off", "-cfull_page_writes=off", "-cmax_connections=60", "-clisten_addresses=")
_PATIENCE: Final = 30
_CIRCLE: Final = "deadlock detected"


def installed() -> Path | None:
    """Give the folder of the newest server's programs, or None where there is none."""
    found = [file.parent for file in HOMES.glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    newest = max(found, key=lambda folder: int(re.sub(r"\D.*", "", folder.parent.name) or 0), default=None)
    return newest or (Path(on_path).resolve().parent if on_path else None)


class Cluster:
    """A server that listens on a socket in its folder only."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._names = count(1)
        self._server: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root. Should the tests be killed, their server ends with them.
        self._as = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
        if os.geteuid() == 0:
            owner = _unprivileged()
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            self._as += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]

    def make(self) -> None:
        """Make the files; texts are ordered as in English, where that can be had, and not by code points."""
        options = ["--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8"]
        if self.has_icu():
            options += ["--locale-provider=icu", "--icu-locale=en"]
        self._run("initdb", "-D", str(self._folder / "data"), *options)

    def has_icu(self) -> bool:
        """Tell whether this PostgreSQL can order texts other than the system does."""
        told = subprocess.run([self._programs / "initdb", "--help"], capture_output=True, check=True)
        return b"--icu-locale" in told.stdout

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        data, log = self._folder / "data", self._folder / "log"
        command = [*self._as, str(self._programs / "postgres"), "-D", str(data), "-k", str(self._folder)]
        with log.open("ab") as out:
            self._server = subprocess.Popen([*command, *_OPTIONS], stdout=out, stderr=out, cwd=self._folder)
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self._told).close()
                return
            except psycopg.OperationalError:
                if self._server.poll() is not None or time.monotonic() > until:
                    raise AssertionError(f"PostgreSQL did not start:\n{log.read_text()}") from None
                time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT ends its connections, SIGQUIT ends all at once, as a crash would."""
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(_PATIENCE)
            self._server = None

    def circles(self) -> str:
        """Give what the server logged since the first time that it ended a circle of those who waited."""
        told = (self._folder / "log").read_text()
        return told[told.index(_CIRCLE) :][:10_000] if _CIRCLE in told else ""

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let every process of the server stand still, as on a machine that is paused."""
        assert self._server is not None
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        # The server first, so that none of its processes begins another meanwhile.
        assert self._server is not None
        tasks = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children")
        self._server.send_signal(number)
        for process in tasks.read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(process), number)

    def create(self) -> str:
        """Create an empty schema, which is much faster than a database, and give the URL of it."""
        name = f"test_{next(self._names)}"
        self.run(f"CREATE SCHEMA {name}")
        return f"{self.url('postgres')}&options=-csearch_path%3D{name}"

    def url(self, name: str) -> str:
        return f"postgresql://{USER}:a-secret@/{name}?host={self._folder}"

    def run(self, statement: str) -> None:
        """Execute a statement as an administrator would."""
        with psycopg.connect(self._told, autocommit=True) as connection:
            connection.execute(statement.encode())

    @property
    def _told(self) -> str:
        return f"host={self._folder} user={USER} dbname=postgres"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self._folder)
        assert done.returncode == 0, done.stderr


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        return pwd.getpwnam("nobody")


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """Run a server until the tests are done; whatever they did, none of them waited in a circle."""
    # Not in a folder of pytest: those of root are closed to PostgreSQL's user, and too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="scorewright-pg-"))
    made = Cluster(programs, folder)
    try:
        made.make()
        made.start()
        yield made
        assert not (circles := made.circles()), circles
    finally:
        made.stop()
        shutil.rmtree(folder)
