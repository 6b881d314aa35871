"""The clients of docs/clients against a real server: `make test-clients`, apart from the other tests.

Where a tool is not there, or cannot install what it needs, its tests are skipped with a line that says so.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.docs.served import served

CLIENTS = ROOT / "docs" / "clients"
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOME = "127.0.0.1:50051"


def blocks(page: str, kind: str, info: str = "") -> list[str]:
    found = BLOCK.finditer((CLIENTS / page).read_text(encoding="utf-8"))
    return [each[3] for each in found if (each[1], each[2]) == (kind, info)]


def tool(name: str) -> str:
    """Find a tool beside this interpreter or on the path, or skip the test."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"SKIPPED: there is no `{name}` here")
    return found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = tmp_path_factory.mktemp("database") / "a.db"
    with served(ROOT, "--rules", "rules", "--database", f"sqlite:///{database}") as found:
        yield found


@pytest.fixture
def buf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("BUF_CACHE_DIR", str(tmp_path))
    return tool("buf")


def curl(buf: str, block: str, address: str) -> "subprocess.CompletedProcess[str]":
    name, *arguments = shlex.split(block.replace(HOME, address))
    assert name == "buf"
    return subprocess.run([buf, *arguments], capture_output=True, text=True, check=False, timeout=60)


def test_buf_curl_lists_every_service_and_scores(buf: str, address: str) -> None:
    listing, scoring = (curl(buf, block, address) for block in blocks("buf-curl.md", "sh"))
    assert (listing.returncode, listing.stderr) == (0, "")
    assert "scorewright.v1.ScoringService/Score" in listing.stdout.splitlines()
    (answer,) = json.loads(scoring.stdout)["answers"]
    assert (answer["total"], answer["band"]["label"]) == (14.5, "Medium priority")


def test_buf_curl_prints_an_error_as_the_page_shows(buf: str, address: str) -> None:
    (block,) = blocks("buf-curl.md", "sh", "fails")
    (shown,) = blocks("buf-curl.md", "json")
    done = curl(buf, block, address)
    assert done.returncode != 0
    assert json.loads(done.stderr) == json.loads(shown)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install what the scripts need, in a copy that lies as the scripts do."""
    tool("node")
    npm = tool("npm")
    top = tmp_path_factory.mktemp("node")
    copy = top / "docs" / "clients" / "node"
    shutil.copytree(CLIENTS / "node", copy, ignore=shutil.ignore_patterns("node_modules", "gen"))
    for name in ("proto", "service"):
        (top / name).symlink_to(ROOT / name)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=240)
    if done.returncode != 0:
        pytest.skip(f"SKIPPED: npm cannot install the Node clients: {done.stderr.strip().splitlines()[:1]}")
    return copy


def node(folder: Path, script: str, address: str) -> str:
    command = [tool("node"), script, address]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


def test_connect_es_prints_what_the_page_shows(folder: Path, buf: str, address: str) -> None:
    subprocess.run([buf, "generate"], cwd=folder, check=True, env={**os.environ}, timeout=60)
    assert node(folder, "connect.js", address) == blocks("node.md", "text")[0]


def test_grpc_js_prints_what_the_page_shows_and_its_trap_is_refused(folder: Path, address: str) -> None:
    assert node(folder, "grpc.js", address) == blocks("node.md", "text")[1]
