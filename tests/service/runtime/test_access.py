"""Tokens and TLS: who may call."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc import StatusCode
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from scorewright.client.client import Client
from scorewright.client.errors import TokenError
from scorewright.client.events import Event
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc
from tests.service.certificates import make_pair
from tests.service.conftest import Serve, failure

TOKEN = "correct horse battery staple"  # noqa: S105 -- made up for these tests
ASK = pb.ListRulebooksRequest()


def test_the_right_token_is_let_in(serve: Serve) -> None:
    with serve(token=TOKEN) as served, Client(served.address, token=TOKEN) as client:
        assert client.list_rulebooks()
        assert client.score_batch("bant_20", [("a", {})])
        assert list(client.score_stream("bant_20", [("a", {})]))


def test_the_signal_service_wants_it_as_well(serve: Serve, tmp_path: Path) -> None:
    with serve(token=TOKEN, database=f"sqlite:///{tmp_path}/a.db") as served:
        with Client(served.address, token=TOKEN) as client:
            assert client.record_events([]) is not None
            assert client.evaluate_account("acme", "bant_20")
            assert list(client.watch_actions()) == []
            assert client.sweep_accounts().accounts == 0
        with Client(served.address, token="wrong") as client:  # noqa: S106 -- what it is
            calls: list[Callable[[], object]] = [
                lambda: client.record_events([Event("a", "b", "c", datetime.now(UTC), {})]),
                lambda: client.evaluate_account("acme", "bant_20"),
                lambda: list(client.watch_actions()),
                client.sweep_accounts,
            ]
            for call in calls:
                with pytest.raises(TokenError):
                    call()


def test_a_token_from_a_file(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    with serve(token_file=file) as served, Client(served.address, token=TOKEN) as client:
        assert client.list_rulebooks()


@pytest.mark.parametrize(
    "metadata",
    [
        (),
        (("authorization", TOKEN),),
        (("authorization", f"Basic {TOKEN}"),),
        (("authorization", f"Bearer {TOKEN}"), ("authorization", f"Bearer {TOKEN}")),
    ],
)
def test_no_token(serve: Serve, metadata: tuple[tuple[str, str], ...]) -> None:
    with serve(token=TOKEN) as served:
        found = failure(lambda: served.rulebooks.ListRulebooks(ASK, metadata=metadata, timeout=10))
        assert (found.code, found.reason) == (StatusCode.UNAUTHENTICATED, "TOKEN_MISSING")
        assert TOKEN not in found.message


@pytest.mark.parametrize("token", ["wrong", "", TOKEN + "x", "é"[:0] + "x" * 5_000])
def test_another_token(serve: Serve, token: str) -> None:
    with serve(token=TOKEN) as served, Client(served.address, token=token) as client:
        with pytest.raises(TokenError) as caught:
            client.list_rulebooks()
        assert caught.value.code == StatusCode.PERMISSION_DENIED
        with pytest.raises(TokenError):
            list(client.score_stream("bant_20", [("a", {})]))


def test_reflection_needs_the_token_and_health_does_not(serve: Serve) -> None:
    with serve(token=TOKEN) as served:
        health: Any = health_pb2_grpc.HealthStub(served.channel)  # its types come without methods
        assert health.Check(health_pb2.HealthCheckRequest(), timeout=10).status == 1
        database = ProtoReflectionDescriptorDatabase(served.channel)
        assert failure(database.get_services).code == StatusCode.UNAUTHENTICATED


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    return make_pair(tmp_path)


def test_tls(serve: Serve, certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    with serve(host="localhost", tls_cert=cert, tls_key=key, token=TOKEN) as served:
        address = f"localhost:{served.running.port}"
        with Client(address, certificates=cert.read_bytes(), token=TOKEN) as client:
            assert client.list_rulebooks()
        with grpc.insecure_channel(address) as channel, pytest.raises(grpc.RpcError):
            pb_grpc.RulebookServiceStub(channel).ListRulebooks(ASK, timeout=5)
