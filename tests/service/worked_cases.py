"""The worked cases, and how an answer is compared with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from scorewright.v1 import scorewright_pb2 as pb
from tests.architecture.source import ROOT
from tests.service.conftest import store_of

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
    """One worked case; `facts` are what happened, if it says so."""

    rulebook: str
    name: str
    inputs: Mapping[str, Any]
    as_of: date
    expected: Mapping[str, Any]
    facts: Sequence[Mapping[str, Any]] | None

    @property
    def id(self) -> str:
        return f"{self.rulebook}/{self.name}"

    @property
    def invalid(self) -> list[tuple[str, str]]:
        return [(name, code) for name, code in self.expected.get("errors", [])]


@cache
def cases() -> tuple[Case, ...]:
    """Read the cases of the scorecards and of every other rulebook that is served."""
    found = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)["cases"]
    served = {*SCORECARDS, *(book.program.id for book in store_of())}
    return tuple(_case(case) for case in found if case["framework"] in served)


def answered() -> list[Case]:
    """Read the cases that are asked by their answers alone, as `Score` is."""
    return [case for case in cases() if case.facts is None]


def _case(case: Mapping[str, Any]) -> Case:
    inputs = dict(case["input"])
    as_of = date.fromisoformat(inputs.pop("as_of", "2026-01-31"))
    return Case(case["framework"], case["name"], inputs, as_of, case, case.get("facts"))


def differences(case: Case, answer: pb.Answer) -> dict[str, tuple[object, object]]:
    """Compare all that a case says with an answer: what was expected and what came, where they differ."""
    expected = case.expected
    pairs: dict[str, tuple[object, object]] = {
        "status": (STATUS[expected["status"]], answer.status),
        "total": (expected["total"], answer.total if answer.HasField("total") else None),
        "band": (expected["band"], answer.band.id if answer.HasField("band") else None),
    }
    came = shown(answer, expected)
    pairs |= {name: (expected[name], value) for name, value in came.items() if name in expected}
    if "points" in expected or "missing" in expected:
        pairs["missing"] = (set(expected.get("missing", [])), set(answer.missing))
    if "possible_bands" in expected:
        pairs["possible_bands"] = (set(expected["possible_bands"]), set(answer.bounds.possible_bands))
    for flag in expected.get("flags", []):
        pairs[flag] = (True, flag in answer.flags)
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def shown(answer: pb.Answer, expected: Mapping[str, Any]) -> dict[str, object]:
    """Give an answer in the words of the cases."""
    lists = {listing.id: [item.text for item in listing.items] for listing in answer.lists}
    return {
        "max": answer.max_score,
        "actions": [action.id for action in answer.actions],
        "points": known_points(answer, expected.get("points", {})),
        "sub": {group.id: group.points for group in answer.groups if group.HasField("points")},
        "bounds": [answer.bounds.lowest, answer.bounds.highest],
        "triggers": [trigger.id for trigger in answer.triggers],
        "metrics": {
            name: word.upper() for word in ("met", "missed", "pending") for name in lists.get(word, [])
        },
        **{name: lists.get(name) for name in ("unmet", "violations", "warnings", "signals", "chances")},
    }


def known_points(answer: pb.Answer, expected: Mapping[str, float]) -> dict[str, float]:
    """Give the points of every criterion that counts, and of missing ones where they are expected."""
    return {
        criterion.id: criterion.points
        for criterion in answer.criteria
        if criterion.HasField("points") and (criterion.id in expected or not criterion.missing)
    }
