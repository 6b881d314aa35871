"""A server of its own for the benchmark, with handlers beside ours that answer with a constant."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import grpc

from scorewright.catalog.catalog import load_catalog
from scorewright.rpc.process import prepare_process
from scorewright.rpc.server import start
from scorewright.runtime.settings import Settings
from scorewright.v1 import scorewright_pb2 as pb

MESSAGE = "/benchmarks.Constant/Message"
BYTES = "/benchmarks.Constant/Bytes"
CPU = "/benchmarks.Constant/Cpu"


def run(connection: Connection, constant: bytes) -> None:
    """Serve until told to stop."""
    settings = Settings(port=0, database="none")
    store, report = load_catalog(settings.rules, settings.engine)
    assert store is not None, report
    running = start(store, settings)
    prepare_process()
    running.server.add_generic_rpc_handlers([_constant(constant)])
    connection.send(running.port)
    connection.recv()
    running.drain(0)


def _constant(answer: bytes) -> grpc.GenericRpcHandler:
    message = pb.ScoreResponse.FromString(answer)

    def as_message(request: pb.ScoreRequest, _: grpc.ServicerContext) -> pb.ScoreResponse:
        assert request.rulebooks
        return message

    def as_bytes(request: pb.ScoreRequest, _: grpc.ServicerContext) -> bytes:
        assert request.rulebooks
        return answer

    def cpu(_: bytes, __: grpc.ServicerContext) -> bytes:
        return repr(time.process_time()).encode()

    read, write = pb.ScoreRequest.FromString, pb.ScoreResponse.SerializeToString
    methods: dict[str, grpc.RpcMethodHandler[Any, Any]] = {
        "Message": grpc.unary_unary_rpc_method_handler(as_message, read, write),
        "Bytes": grpc.unary_unary_rpc_method_handler(as_bytes, read),
        "Cpu": grpc.unary_unary_rpc_method_handler(cpu),
    }
    return grpc.method_handlers_generic_handler("benchmarks.Constant", methods)


@contextmanager
def served(constant: bytes) -> Iterator[grpc.Channel]:
    """Start the server in another process, and give a channel to it."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=run, args=(there, constant))
    process.start()
    try:
        options = [("grpc.max_receive_message_length", 64 * 1024 * 1024)]
        with grpc.insecure_channel(f"127.0.0.1:{here.recv()}", options) as channel:
            yield channel
    finally:
        here.send("stop")
        process.join(20)
