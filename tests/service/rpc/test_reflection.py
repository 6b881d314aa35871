"""A client that knows nothing but the address lists, describes, scores and reads errors, as grpcurl does."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.protobuf import descriptor_pb2, json_format, message_factory
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from grpc_reflection.v1alpha import reflection_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from tests.service.conftest import Raw, Served

SERVICES = {
    "scorewright.v1.ScoringService",
    "scorewright.v1.RulebookService",
    "scorewright.v1.SignalService",
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
}
BANT = {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5}


class Stranger:
    """Calls by name, in JSON, with what reflection tells."""

    def __init__(self, channel: grpc.Channel, version: str) -> None:
        self._channel = channel
        self._ask = channel.stream_stream(
            f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
            request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
            response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
        )
        self._pool = DescriptorPool()

    def services(self) -> set[str]:
        (response,) = self._ask(iter([reflection_pb2.ServerReflectionRequest(list_services="")]), timeout=10)
        return {service.name for service in response.list_services_response.service}

    def learn(self, symbol: str) -> None:
        request = reflection_pb2.ServerReflectionRequest(file_containing_symbol=symbol)
        (response,) = self._ask(iter([request]), timeout=10)
        files = [
            descriptor_pb2.FileDescriptorProto.FromString(data)
            for data in response.file_descriptor_response.file_descriptor_proto
        ]
        known: set[str] = set()
        while files:  # dependencies first
            ready = [file for file in files if known.issuperset(file.dependency)]
            assert ready, [file.name for file in files]
            for file in ready:
                self._pool.AddSerializedFile(file.SerializeToString())
                known.add(file.name)
                files.remove(file)

    def call(self, service: str, method: str, request: dict[str, Any]) -> dict[str, Any]:
        found = self._pool.FindServiceByName(service).FindMethodByName(method)
        asked, answered = (message_factory.GetMessageClass(d) for d in (found.input_type, found.output_type))
        message: Message = json_format.ParseDict(request, asked())
        invoke: Raw = self._channel.unary_unary(f"/{service}/{method}")
        data = invoke(message.SerializeToString(), timeout=10)
        shown: dict[str, Any] = json_format.MessageToDict(
            answered.FromString(data), preserving_proto_field_name=True
        )
        return shown


@pytest.fixture(params=["v1", "v1alpha"])
def stranger(served: Served, request: pytest.FixtureRequest) -> Iterator[Stranger]:
    with grpc.insecure_channel(served.address) as channel:
        yield Stranger(channel, request.param)


def test_it_lists_the_services(stranger: Stranger) -> None:
    assert stranger.services() == SERVICES


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_service_that_is_listed_is_described(stranger: Stranger, service: str) -> None:
    stranger.learn(service)
    assert stranger._pool.FindServiceByName(service).methods


def test_it_lists_rulebooks_and_scores(stranger: Stranger) -> None:
    stranger.learn("scorewright.v1.ScoringService")
    listed = stranger.call("scorewright.v1.RulebookService", "ListRulebooks", {})
    assert "bant_20" in [item["id"] for item in listed["rulebooks"]]
    request: dict[str, Any] = {
        "rulebooks": ["bant_20"],
        "subject": {"id": "deal-1", "inputs": BANT},
        "as_of": "2026-01-31",
    }
    answered = stranger.call("scorewright.v1.ScoringService", "Score", request)
    (answer,) = answered["answers"]
    assert (answer["status"], answer["total"], answer["band"]["from"]) == ("SCORED", 15.5, 12)
    assert answer["receipt"]["as_of"] == "2026-01-31"


def test_the_library_s_own_client_lists_and_describes(served: Served) -> None:
    with grpc.insecure_channel(served.address) as channel:
        database = ProtoReflectionDescriptorDatabase(channel)
        assert set(database.get_services()) == SERVICES
        file = database.FindFileContainingSymbol("scorewright.v1.ScoringService")
        assert file.package == "scorewright.v1"
