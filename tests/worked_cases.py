"""The worked cases, and how an answer in its JSON form is compared with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from tests.architecture.source import ROOT

FILE = ROOT / "tests" / "data" / "cases.yaml"
RULES = ROOT / "rules"

STATUS = {"ok": "SCORED", "incomplete": "INCOMPLETE"}
LISTS = ("unmet", "violations", "warnings", "signals", "chances")


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case; `facts` are what happened, if it says so, and `invalid` what is refused and why."""

    rulebook: str
    name: str
    inputs: Mapping[str, Any]
    as_of: date
    expected: Mapping[str, Any]
    facts: Sequence[Mapping[str, Any]] | None

    @property
    def invalid(self) -> list[tuple[str, str]]:
        return [(name, code) for name, code in self.expected.get("errors", [])]

    def __str__(self) -> str:
        return f"{self.rulebook}/{self.name}"


def worked_cases() -> list[Case]:
    """Read every case; one that gives no day is asked on 2026-01-31."""
    return [_case(case) for case in yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)["cases"]]


def _case(case: Mapping[str, Any]) -> Case:
    inputs = dict(case["input"])
    as_of = date.fromisoformat(inputs.pop("as_of", "2026-01-31"))
    return Case(case["framework"], case["name"], inputs, as_of, case, case.get("facts"))


def expected_mismatches(case: Case, answer: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """Compare all that a case says with an answer: what was expected and what came, where they differ."""
    told, bounds = _told(answer), answer.get("bounds", {})
    told["lists"] = {name: _items(answer, name) for name in case.expected.get("lists", {})}
    expected = {key: value for key, value in case.expected.items() if key in told}
    expected["status"] = STATUS[case.expected["status"]]
    pairs = {key: (value, told[key]) for key, value in expected.items()}
    if "points" in expected:
        pairs["missing"] = (sorted(expected.get("missing", [])), sorted(answer.get("missing", [])))
    if "possible_bands" in case.expected:
        pairs["possible_bands"] = (sorted(case.expected["possible_bands"]), sorted(bounds["possible_bands"]))
    pairs |= {flag: (True, flag in answer.get("flags", [])) for flag in case.expected.get("flags", [])}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _items(answer: Mapping[str, Any], name: str) -> list[str]:
    return [item["id"] for one in answer["lists"] if one["id"] == name for item in one.get("items", [])]


def _told(answer: Mapping[str, Any]) -> dict[str, object]:
    """Give an answer in the words of the cases."""
    bounds = answer.get("bounds", {})
    lists = {one["id"]: [item["text"] for item in one.get("items", [])] for one in answer.get("lists", [])}
    return {
        "status": answer["status"],
        "total": answer.get("total"),
        "max": answer.get("max_score"),
        "band": answer.get("band", {}).get("id"),
        "points": {one["id"]: one["points"] for one in answer.get("criteria", []) if "points" in one},
        "sub": {one["id"]: one["points"] for one in answer.get("groups", []) if "points" in one},
        "actions": [action["id"] for action in answer.get("actions", [])],
        "bounds": [bounds.get("lowest"), bounds.get("highest")],
        "missing": answer.get("missing", []),
        "triggers": [trigger["id"] for trigger in answer.get("triggers", [])],
        "metrics": {
            name: word.upper() for word in ("met", "missed", "pending") for name in lists.get(word, [])
        },
        **{name: lists.get(name, []) for name in LISTS},
    }
