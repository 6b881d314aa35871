"""docs/api.md is true: its calls work, its Python runs, its tables are the code's settings and errors."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.json_format import ParseDict

from scorewright.messages.refusal_status import _CODES
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import Raw, serving

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def rows(heading: str) -> list[list[str]]:
    """Give the rows of the first table below a heading, its head left out."""
    table = re.search(rf"^## {heading}\n.*?((?:^\|[^\n]*\n)+)", PAGE, re.MULTILINE | re.DOTALL)
    assert table
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in table[1].splitlines()[2:]]


CALLS = [
    words
    for block in blocks("sh")
    for command in block.replace("\\\n", " ").split("grpcurl ")[1:]
    if "/" in (words := shlex.split(command))[-1]
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("database") / "a.db"
    with serving(database=f"sqlite:///{file}", background=False) as served:
        yield served.address


@pytest.mark.parametrize("words", CALLS, ids=lambda words: words[-1])
def test_each_call_works(address: str, words: list[str]) -> None:
    service, _, method = words[-1].partition("/")
    found = descriptor_pool.Default().FindServiceByName(service).FindMethodByName(method)
    request = message_factory.GetMessageClass(found.input_type)()
    if "-d" in words:
        ParseDict(json.loads(words[words.index("-d") + 1]), request)
    data = request.SerializeToString()
    with grpc.insecure_channel(address) as channel:
        if found.client_streaming:
            collect: Any = channel.stream_unary(f"/{words[-1]}")
            assert pb.RecordEventsResponse.FromString(collect(iter([data]), timeout=10)).recorded == 2
        elif found.server_streaming:
            tell: Any = channel.unary_stream(f"/{words[-1]}")
            assert list(tell(data, timeout=10)) == []
        else:
            call: Raw = channel.unary_unary(f"/{words[-1]}")
            answer = message_factory.GetMessageClass(found.output_type)
            answer.FromString(call(data, timeout=10))  # which is empty where there is no account yet


@pytest.fixture
def said(address: str, capsys: pytest.CaptureFixture[str]) -> Callable[[int], list[str]]:
    """Run a block of the page, and give what it printed."""

    def run(number: int) -> list[str]:
        code = blocks("python")[number].replace("127.0.0.1:50051", address)
        exec(code, {})  # noqa: S102 -- the page's own block is what is tested
        return capsys.readouterr().out.splitlines()

    return run


def test_the_python_of_accounts_runs(said: Callable[[int], list[str]]) -> None:
    recorded, now, then, before, *changes = said(1)
    assert recorded == "1 recorded; hit-9: fields.page: unknown_choice"
    assert "no_reply" in now
    assert "no_reply" not in then
    assert before == "2020-01-31 ['gone_quiet']"
    assert any("Reach out in person" in line for line in changes)


def test_the_python_runs(said: Callable[[int], list[str]]) -> None:
    lines = said(0)
    assert lines[0] == "bant_20 no total ('authority', 'need', 'timeline')"
    assert "inputs.budget out_of_range: 6 is outside 1 to 5" in lines


def test_every_method_is_named() -> None:
    for service in pb.DESCRIPTOR.services_by_name.values():
        for method in service.methods:
            assert f"`{method.name}`" in PAGE


def test_every_error_is_named() -> None:
    named = {(code, reason.strip("`")) for code, reason, *_ in rows("Errors")}
    assert named == {(grpc_name(code), reason) for code, reason in _CODES.values()}


def grpc_name(code: int) -> str:
    return next(status.name for status in grpc.StatusCode if status.value[0] == code)
