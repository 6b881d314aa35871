"""Reflection, so that a client without the proto can list and call: v1, and v1alpha for older clients.

The library serves v1alpha only. v1 has the same messages under another package, so that its descriptor is
derived and its method is the same.
"""

from collections.abc import Sequence
from typing import Final

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, struct_pb2, timestamp_pb2
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection, reflection_pb2

from scorewright.v1 import scorewright_pb2 as pb

ALPHA: Final = "grpc.reflection.v1alpha"
V1: Final = "grpc.reflection.v1"

_FILES: Final[tuple[bytes, ...]] = (
    struct_pb2.DESCRIPTOR.serialized_pb,
    timestamp_pb2.DESCRIPTOR.serialized_pb,
    pb.DESCRIPTOR.serialized_pb,
    health_pb2.DESCRIPTOR.serialized_pb,
    reflection_pb2.DESCRIPTOR.serialized_pb,
)


def add_reflection(server: grpc.Server, services: Sequence[str]) -> None:
    """Serve both versions of reflection for these services and itself."""
    names = (*services, f"{V1}.ServerReflection", f"{ALPHA}.ServerReflection")
    servicer = reflection.ReflectionServicer(names, _pool())
    method = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        reflection_pb2.ServerReflectionRequest.FromString,
        reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    for package in (V1, ALPHA):
        service, methods = f"{package}.ServerReflection", {"ServerReflectionInfo": method}
        server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(service, methods)])


def _pool() -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    for file in _FILES:
        pool.AddSerializedFile(file)
    pool.AddSerializedFile(_v1().SerializeToString())
    return pool


def _v1() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto()
    reflection_pb2.DESCRIPTOR.CopyToProto(file)
    file.name, file.package = "grpc/reflection/v1/reflection.proto", V1
    for message in file.message_type:
        for field in message.field:
            if field.HasField("type_name"):
                field.type_name = field.type_name.replace(ALPHA, V1)
    for method in file.service[0].method:
        method.input_type = method.input_type.replace(ALPHA, V1)
        method.output_type = method.output_type.replace(ALPHA, V1)
    return file
