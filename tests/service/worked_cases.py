"""The worked cases, and how an answer is compared with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from service.pb import scorewright_pb2 as pb
from tests.architecture.source import ROOT

FILE = ROOT / "tests" / "data" / "cases.yaml"

STATUS = {"ok": pb.SCORED, "incomplete": pb.INCOMPLETE}
SCORECARDS = (
    "lead_points_100",
    "fit_intent_cloudhr",
    "fit_intent_taskflow",
    "bant_20",
    "design_partner_25",
    "provider_40",
    "client_health_100",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case."""

    rulebook: str
    name: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]

    @property
    def id(self) -> str:
        return f"{self.rulebook}/{self.name}"

    @property
    def invalid(self) -> list[tuple[str, str]]:
        return [(name, code) for name, code in self.expected.get("errors", [])]


def cases() -> list[Case]:
    """Read the cases of the seven scorecards."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))["cases"]
    return [
        Case(case["framework"], case["name"], case["input"], case)
        for case in found
        if case["framework"] in SCORECARDS
    ]


def differences(case: Case, answer: pb.Answer) -> dict[str, tuple[object, object]]:
    """Compare all that a case says with an answer: what was expected and what came, where they differ."""
    expected = case.expected
    pairs: dict[str, tuple[object, object]] = {
        "status": (STATUS[expected["status"]], answer.status),
        "total": (expected["total"], answer.total if answer.HasField("total") else None),
        "max": (expected["max"], answer.max_score),
        "band": (expected["band"], answer.band.id if answer.HasField("band") else None),
        "actions": (expected["actions"], [action.id for action in answer.actions]),
        "missing": (set(expected.get("missing", [])), set(answer.missing)),
        "points": (expected["points"], known_points(answer, expected["points"])),
    }
    if "sub" in expected:
        groups = {group.id: group.points for group in answer.groups if group.HasField("points")}
        pairs["sub"] = (expected["sub"], groups)
    if "bounds" in expected:
        pairs["bounds"] = (expected["bounds"], [answer.bounds.lowest, answer.bounds.highest])
    if "possible_bands" in expected:
        pairs["possible_bands"] = (set(expected["possible_bands"]), set(answer.bounds.possible_bands))
    for flag in expected.get("flags", []):
        pairs[flag] = (True, flag in answer.flags)
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def known_points(answer: pb.Answer, expected: Mapping[str, float]) -> dict[str, float]:
    """Give the points of every criterion that counts, and of missing ones where they are expected."""
    return {
        criterion.id: criterion.points
        for criterion in answer.criteria
        if criterion.HasField("points") and (criterion.id in expected or not criterion.missing)
    }
