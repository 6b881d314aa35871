"""Health: serving, per service too, and not serving first when the server stops."""

import threading
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc import StatusCode
from grpc_health.v1 import health_pb2, health_pb2_grpc

from scorewright.rpc import health
from tests.service.conftest import Serve, Served, failure

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING
NAMES = ("", "scorewright.v1.ScoringService", "scorewright.v1.RulebookService")


def stub_of(channel: grpc.Channel) -> Any:
    """Give a stub; its types come without methods."""
    return health_pb2_grpc.HealthStub(channel)


@pytest.mark.parametrize("name", NAMES)
def test_every_service_serves(served: Served, name: str) -> None:
    stub = stub_of(served.channel)
    assert stub.Check(health_pb2.HealthCheckRequest(service=name), timeout=10).status == SERVING


def test_the_signal_service_serves_where_there_is_a_database(serve: Serve, tmp_path: Path) -> None:
    ask = health_pb2.HealthCheckRequest(service="scorewright.v1.SignalService")
    with serve(database=f"sqlite:///{tmp_path}/a.db") as served:
        assert stub_of(served.channel).Check(ask, timeout=10).status == SERVING
    with serve(database="none") as served:
        assert stub_of(served.channel).Check(ask, timeout=10).status == NOT_SERVING


def test_an_unknown_service(served: Served) -> None:
    stub = stub_of(served.channel)
    found = failure(lambda: stub.Check(health_pb2.HealthCheckRequest(service="x"), timeout=10))
    assert found.code == StatusCode.NOT_FOUND


def test_a_watcher_hears_not_serving_before_the_server_stops(serve: Serve) -> None:
    with serve() as served, grpc.insecure_channel(served.address) as channel:
        watched = stub_of(channel).Watch(health_pb2.HealthCheckRequest(service=NAMES[1]))
        assert next(watched).status == SERVING
        served.running.drain(0.5)
        assert next(watched).status == NOT_SERVING


def test_watchers_are_limited(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WATCHERS", 2)
    with serve() as served:
        stub = stub_of(served.channel)
        watching = [stub.Watch(health_pb2.HealthCheckRequest()) for _ in range(2)]
        assert [next(watcher).status for watcher in watching] == [SERVING, SERVING]
        found = failure(lambda: next(stub.Watch(health_pb2.HealthCheckRequest(), timeout=10)))
        assert found.code == StatusCode.RESOURCE_EXHAUSTED
        watching[0].cancel()


def test_watchers_that_go_while_health_changes_hold_up_nobody(serve: Serve) -> None:
    with serve() as served:
        stub, ask = stub_of(served.channel), health_pb2.HealthCheckRequest(service=NAMES[1])
        done = threading.Event()

        def change() -> None:
            while not done.is_set():
                for serving in (False, True):
                    served.running.health.tell(NAMES[1], serving)

        changing = threading.Thread(target=change, daemon=True)
        changing.start()
        try:
            for _ in range(100):
                watching = stub.Watch(ask, timeout=10)
                next(watching)
                watching.cancel()
            assert stub.Check(ask, timeout=10).status in (SERVING, NOT_SERVING)
        finally:
            done.set()
        changing.join(10)
        assert not changing.is_alive()


def test_a_watcher_hears_of_each_service_it_asked_for_and_of_one_that_is_not_there(served: Served) -> None:
    stub = stub_of(served.channel)
    watching = stub.Watch(health_pb2.HealthCheckRequest(service="x"), timeout=10)
    assert next(watching).status == health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
    watching.cancel()
