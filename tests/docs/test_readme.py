"""The README is true: its commands print what it shows, and its calls work as written."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from google.protobuf.json_format import MessageToDict, ParseDict

from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import serving

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def consoles() -> Iterator[tuple[str, str]]:
    for block in blocks("console"):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            yield command, output


@pytest.mark.parametrize(("command", "output"), list(consoles()))
def test_each_console_block_prints_what_it_shows(command: str, output: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "scorewright"
    run = [
        sys.executable,
        "-c",
        "from scorewright.cli.main import entry; raise SystemExit(entry())",
        *arguments,
    ]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.rstrip() == output.rstrip()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as served:
        yield served.address


def test_the_grpcurl_call_gets_the_answer_that_is_shown(address: str) -> None:
    [call] = [block for block in blocks("sh") if block.startswith("grpcurl")]
    words = shlex.split(call)
    request = ParseDict(json.loads(words[words.index("-d") + 1]), pb.ScoreRequest())
    assert words[-1] == "scorewright.v1.ScoringService/Score"
    with grpc.insecure_channel(address) as channel:
        score = channel.unary_unary(
            f"/{words[-1]}",
            request_serializer=pb.ScoreRequest.SerializeToString,
            response_deserializer=pb.ScoreResponse.FromString,
        )
        answer = MessageToDict(score(request, timeout=10))
    [shown] = map(json.loads, blocks("json"))
    assert answer == shown


def test_the_python_client_prints_what_is_shown(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = blocks("python")
    exec(code.replace("127.0.0.1:50051", address), {})  # noqa: S102  # the README's own block is what is tested
    assert capsys.readouterr().out == blocks("text")[0]


def test_every_shipped_rulebook_is_named() -> None:
    shipped = {path.stem for path in (ROOT / "rules").glob("*.yaml") if ".tests" not in path.name}
    assert {name for name in shipped if f"`{name}`" not in README} == set()
