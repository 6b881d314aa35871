"""docs/operating.md is true: its policy is what clients use, its lanes and settings are the server's."""

import json
import re

import grpc
import pytest

from scorewright.client.client import POLICY, RETRY
from scorewright.rpc.lanes import Lane, Lanes
from scorewright.runtime.settings import Settings
from tests.architecture.source import ROOT
from tests.service.conftest import serving

PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_policy_is_the_one_that_is_shipped() -> None:
    (shown,) = blocks("json")
    assert shown == POLICY
    assert json.loads(POLICY) == RETRY


def test_its_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (shown,) = blocks("python")
    names: dict[str, grpc.Channel] = {}
    with serving() as served:
        exec(shown.replace("127.0.0.1:50051", served.address), names)  # noqa: S102 -- what the page shows
        with names["channel"] as channel:
            grpc.channel_ready_future(channel).result(timeout=30)


def test_every_lane_is_told_with_its_threads() -> None:
    lanes = Lanes.of(Settings())
    told = dict(re.findall(r"^\| ([a-z ]+) \| [^|]+ \| ([^|]+) \|", PAGE, re.MULTILINE))
    for lane in (lanes.calls, lanes.large, lanes.accounts, lanes.streams, lanes.watchers):
        assert isinstance(lane, Lane)
        assert lane.name in told
    assert told[lanes.calls.name].startswith(str(lanes.calls.threads))
    assert told[lanes.large.name] == str(lanes.large.threads)
    lanes.close()


def test_every_default_that_is_named_is_so() -> None:
    named = re.findall(r"`([a-z_]+)` \((\d+)\)", PAGE)
    assert len(named) >= 3
    for name, value in named:
        assert getattr(Settings(), name) == float(value), name
