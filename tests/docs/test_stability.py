"""docs/stability.md is held: what was promised once is recorded, and still there with the same meaning.

`--update-golden` adds what is new to the record; what goes is deleted by hand, where a reviewer sees it.
"""

import argparse
import json
from collections.abc import Iterator, Mapping

import pytest

from scorewright.cli.command import CLEAN, FINDINGS, WRONG
from scorewright.cli.main import COMMANDS
from scorewright.compiler.lower import compile_rulebook
from scorewright.diagnostics.codes import CODES
from scorewright.messages.refusal_status import _CODES
from scorewright.results.outcome import InputCode
from scorewright.rulebook import grammar
from scorewright.rulebook.document import read_rulebook
from scorewright.rulebook.grammar import Kind
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.source import Source
from scorewright.runtime.settings import PREFIX, Settings
from scorewright.suites.suite import Suite
from tests.architecture.source import ROOT

RECORD = ROOT / "tests" / "data" / "contract.json"
PAGE = (ROOT / "docs" / "stability.md").read_text(encoding="utf-8")

Part = Mapping[str, str]
"""A part of the contract: what was promised, by its name."""


def words(root: type[Block]) -> Iterator[tuple[str, str]]:
    """Yield every key of a file by its first place, with the words of its closed list, if it has one."""
    places: dict[type[Block], str] = {root: ""}
    for block in grammar.blocks(root):
        for key, kind in grammar.keys(block).items():
            place = f"{places[block]}{key}"
            yield place, ", ".join(grammar.words(kind))
            for inner, way in _inside(kind, place):
                places.setdefault(inner, f"{way}.")


def _inside(kind: Kind, place: str) -> Iterator[tuple[type[Block], str]]:
    for member in grammar.members(kind):
        if grammar.is_block(member):
            yield member, place
        else:
            yield from _inside(grammar.item(member), f"{place}[]")
            yield from _inside(grammar.value(member), f"{place}.*")


def options() -> Iterator[tuple[str, str]]:
    for command in COMMANDS:
        for action in command.parser()._actions:
            if not isinstance(action, argparse._HelpAction):
                yield (
                    f"{command.name} {action.option_strings[-1] if action.option_strings else action.dest}",
                    "",
                )


def digests() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "rules").glob("*.yaml")):
        if not path.name.endswith(".tests.yaml"):
            document, _ = read_rulebook(Source(path.name, path.read_text(encoding="utf-8")))
            assert document is not None
            program = compile_rulebook(document.rulebook)
            yield f"{program.id} {program.version}", program.digest


def contract() -> dict[str, Part]:
    return {
        "findings": {code.name: code.number for code in CODES.values()},
        "rulebook words": dict(words(Rulebook)),
        "suite words": dict(words(Suite)),
        "digests": dict(digests()),
        "codes of invalid inputs": dict.fromkeys(InputCode, ""),
        "reasons of errors": {reason: str(code) for code, reason in _CODES.values()},
        "settings": {f"{PREFIX}{name.upper()}": "" for name in Settings.model_fields},
        "options": dict(options()),
        "exit codes": {"clean": str(CLEAN), "findings": str(FINDINGS), "wrong": str(WRONG)},
    }


NOW = contract()
RECORDED: dict[str, Part] = json.loads(RECORD.read_text(encoding="utf-8"))


def gone(part: str, recorded: Part, now: Part) -> list[str]:
    """List what is no longer as it was recorded; words may be added, a rulebook may have a new version."""
    if part == "digests":
        return [name for name, digest in recorded.items() if name in now and now[name] != digest]
    if part.endswith(" words"):
        return [
            name
            for name, listed in recorded.items()
            if name not in now or not set(listed.split(", ")) - {""} <= set(now[name].split(", "))
        ]
    return [name for name, meaning in recorded.items() if now.get(name) != meaning]


@pytest.mark.parametrize("part", NOW)
def test_what_was_promised_still_holds(part: str, request: pytest.FixtureRequest) -> None:
    recorded = RECORDED.get(part, {})
    assert gone(part, recorded, NOW[part]) == []
    if request.config.getoption("--update-golden"):
        RECORDED[part] = {**recorded, **NOW[part]}
        RECORD.write_text(json.dumps(RECORDED, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert {**recorded, **NOW[part]} == RECORDED[part], "record what is new with --update-golden"


@pytest.mark.parametrize(
    ("part", "recorded", "now", "lost"),
    [
        ("findings", {"tag": "Y006"}, {"tag": "Y007"}, ["tag"]),
        ("findings", {"tag": "Y006"}, {"tag": "Y006", "more": "Y007"}, []),
        ("settings", {"A": ""}, {}, ["A"]),
        ("rulebook words", {"score.method": "sum, count"}, {"score.method": "count, value, sum"}, []),
        ("rulebook words", {"score.method": "sum, count"}, {"score.method": "count"}, ["score.method"]),
        ("rulebook words", {"score.method": ""}, {}, ["score.method"]),
        ("digests", {"a 1.0.0": "x"}, {"a 1.0.0": "y"}, ["a 1.0.0"]),
        ("digests", {"a 1.0.0": "x"}, {"a 1.1.0": "y"}, []),
    ],
)
def test_what_is_lost_is_found(part: str, recorded: Part, now: Part, lost: list[str]) -> None:
    assert gone(part, recorded, now) == lost


def test_the_page_names_every_part() -> None:
    assert [part for part in NOW if f"| {part} |" not in PAGE] == []
