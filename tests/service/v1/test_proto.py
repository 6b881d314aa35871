"""The contract: its generated code, its style, and the names that clients see."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scorewright.v1 import scorewright_pb2 as pb
from tests.architecture.source import ROOT

BIN = Path(sys.executable).parent
GENERATED = ("_pb2.py", "_pb2.pyi", "_pb2_grpc.py", "_pb2_grpc.pyi")


def test_the_generated_code_is_that_of_the_proto(tmp_path: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "grpc_tools.protoc", "-I", "proto"),
            *(f"--{kind}_out={tmp_path}" for kind in ("python", "grpc_python", "mypy", "mypy_grpc")),
            "scorewright/v1/scorewright.proto",
        ],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"},
        check=True,
        capture_output=True,
    )
    for ending in GENERATED:
        name = f"scorewright/v1/scorewright{ending}"
        assert (tmp_path / name).read_text() == (ROOT / "service" / name).read_text(), (
            f"run `make proto`: {name} differs"
        )


def test_buf_has_nothing_to_say() -> None:
    done = subprocess.run(
        [BIN / "buf", "lint", "proto"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("service", "methods"),
    [
        ("ScoringService", ["Score", "ScoreBatch", "ScoreStream"]),
        ("RulebookService", ["ListRulebooks", "GetRulebook", "CheckRulebook", "GetStatus"]),
        (
            "SignalService",
            ["RecordEvents", "RecordEventBatch", "EvaluateAccount", "WatchActions", "SweepAccounts"],
        ),
    ],
)
def test_services_have_their_methods(service: str, methods: list[str]) -> None:
    found = pb.DESCRIPTOR.services_by_name[service]
    assert found.full_name == f"scorewright.v1.{service}"
    assert [method.name for method in found.methods] == methods


def test_an_answer_prints_the_words_of_the_contract() -> None:
    assert pb.Status.Name(pb.SCORED) == "SCORED"
    assert pb.Status.Name(pb.INCOMPLETE) == "INCOMPLETE"
    assert "from" in pb.Band.DESCRIPTOR.fields_by_name
