"""A real server on a free port, and real clients."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, cast

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from scorewright.catalog.catalog import Catalog, load_catalog
from scorewright.client.client import Client
from scorewright.rpc.server import Running, start
from scorewright.runtime.settings import Settings
from scorewright.storage.database import Database
from scorewright.storage.database_errors import DatabaseAwayError
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc
from tests.architecture.source import ROOT

RULES = ROOT / "rules"
_PATIENCE = 60


@cache
def store_of(rules: Path = RULES, engine: str = "compiled") -> Catalog:
    """Load a folder once for all tests."""
    store, report = load_catalog(rules, engine)
    assert store is not None, report
    return store


Raw: TypeAlias = "grpc.UnaryUnaryMultiCallable[bytes, bytes]"
Inputs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Served:
    """A server with a channel to it."""

    running: Running
    channel: grpc.Channel
    address: str

    @property
    def scoring(self) -> pb_grpc.ScoringServiceStub:
        return pb_grpc.ScoringServiceStub(self.channel)

    @property
    def signals(self) -> pb_grpc.SignalServiceStub:
        return pb_grpc.SignalServiceStub(self.channel)

    @property
    def rulebooks(self) -> pb_grpc.RulebookServiceStub:
        return pb_grpc.RulebookServiceStub(self.channel)

    def raw(self, method: str, data: bytes, timeout: float = 10) -> bytes:
        """Call a method with bytes, whatever they are."""
        call: Raw = self.channel.unary_unary(f"/scorewright.v1.{method}")
        return call(data, timeout=timeout)


@pytest.fixture(autouse=True, scope="session")
def no_database() -> Iterator[None]:
    """Let no server of the tests keep anything where they run, unless it is told to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCOREWRIGHT_DATABASE", "none")
        yield


Serve = Callable[..., AbstractContextManager[Served]]


@contextmanager
def serving(store: Catalog | None = None, **settings: object) -> Iterator[Served]:
    """Run a server with the shipped rulebooks, and without a database unless it is given one."""
    told = Settings(port=0, **{"database": "none", **settings})  # type: ignore[arg-type]  # pydantic checks them
    running = start(store or store_of(), told)
    address = f"127.0.0.1:{running.port}"
    try:
        with grpc.insecure_channel(address) as channel:
            yield Served(running, channel, address)
    finally:
        running.drain(1)


@contextmanager
def keeping(store: Catalog | None = None, **settings: object) -> Iterator[Served]:
    """Run a server over a database that is there, once that is open.

    The first call that needs it opens it, and makes its tables; others do not wait longer for that than for
    anything else, which on a busy machine is too short.
    """
    with serving(store, **settings) as found:
        assert found.running.signals is not None
        _open(found.running.signals.kept.database)
        yield found


def _open(database: Database) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            database.open()
            return
        except DatabaseAwayError:
            if time.monotonic() > until:
                raise


@pytest.fixture
def serve() -> Serve:
    """Run a server with its own settings."""
    return serving


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """Run one server for all tests that need nothing special of it."""
    with serving() as found:
        yield found


@pytest.fixture(scope="session")
def client(served: Served) -> Iterator[Client]:
    with Client(served.address, timeout=30) as found:
        yield found


@dataclass(frozen=True, slots=True)
class Failure:
    """How a call failed: code, message and details by the name of their type."""

    code: grpc.StatusCode
    message: str
    details: dict[str, Message]
    every: list[Message]

    @property
    def bad_request(self) -> list[tuple[str, str]]:
        found = self.details["BadRequest"]
        assert isinstance(found, error_details_pb2.BadRequest)
        return [(violation.field, violation.description) for violation in found.field_violations]

    @property
    def reason(self) -> str:
        found = self.details["ErrorInfo"]
        assert isinstance(found, error_details_pb2.ErrorInfo)
        assert found.domain == "scorewright"
        return found.reason


_DETAILS: tuple[type[Message], ...] = (
    error_details_pb2.BadRequest,
    error_details_pb2.ErrorInfo,
    error_details_pb2.PreconditionFailure,
    error_details_pb2.QuotaFailure,
    error_details_pb2.RequestInfo,
    error_details_pb2.ResourceInfo,
    error_details_pb2.RetryInfo,
)


def failure(call: Callable[[], object]) -> Failure:
    """Make a call that must fail, and give how it did."""
    with pytest.raises(grpc.RpcError) as caught:
        call()
    error = cast(grpc.Call, caught.value)
    found = rpc_status.from_call(error) or status_pb2.Status()
    every = []
    for packed in found.details:
        kind = next(kind for kind in _DETAILS if packed.TypeName() == kind.DESCRIPTOR.full_name)
        message = kind()
        packed.Unpack(message)
        every.append(message)
    return Failure(error.code(), error.details() or "", {m.DESCRIPTOR.name: m for m in every}, every)
