"""Every comparison and every way to earn means at each door what the second reading of the law says."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from scorewright.catalog.catalog import load_catalog
from scorewright.program.value import Type
from tests.scorers.program.test_earnings import EXAMPLES, wanted
from tests.scorers.program.test_operators import ANSWERS, DECLARED, EACH, RIGHT, expected
from tests.service.conftest import serving
from tests.service.every_door import DOORS, Came, House, Inputs
from tests.written import HEADER, Written

EARNING = [(block, earns, answers) for examples in EXAMPLES.values() for block, earns, answers in examples]


def asking() -> Written:
    """Ask by every comparison of every type; each is worth a power of 2, so that a total tells them all."""
    criteria = [
        {"id": f"c{n}", "when": {"input": kind, op.value: RIGHT[op.row.operand, kind]}, "points": 2**n}
        for n, (op, kind) in enumerate(EACH)
    ]
    most = sum(max(asked_of(kind, answer) for answer in answers) for kind, answers in ANSWERS.items())
    return rulebook("asking", {str(kind): block for kind, block in DECLARED.items()}, criteria, most)


def asked_of(kind: Type, answer: object) -> int:
    """Give what one answer is worth by the second reading."""
    return sum(2**n for n, (op, asked) in enumerate(EACH) if asked is kind and expected(op, kind, answer))


def earning() -> Written:
    """Earn in every way."""
    declared = {f"x{n}": block for n, (block, _, _) in enumerate(EARNING)}
    criteria = [{"id": f"c{n}", "input": f"x{n}", **earns} for n, (_, earns, _) in enumerate(EARNING)]
    most = sum(
        max(wanted(block, earns, answer)[1] for answer in answers) for block, earns, answers in EARNING
    )
    return rulebook("earning", declared, criteria, int(most))


def rulebook(id: str, inputs: Mapping[str, Written], criteria: list[Written], out_of: int) -> Written:
    return {
        "rulebook": {**HEADER, "id": id},
        "inputs": inputs,
        "score": {"method": "sum", "out_of": out_of, "if_missing": "no_points"},
        "criteria": criteria,
        "bands": [{"id": "any", "from": -100}],
    }


Subject = tuple[dict[str, Any], float]
"""Answers as sent, and the total that the second reading gives."""


def asked() -> Iterator[Subject]:
    """Answer so that every comparison is true of some answer and false of another."""
    telling = {kind: telling_of(kind) for kind in ANSWERS}
    for row in zip_longest(*telling.values()):
        given = {kind: answer for kind, answer in zip(telling, row, strict=True) if answer is not None}
        total = sum(asked_of(kind, answer) for kind, answer in given.items())
        yield {str(kind): answer for kind, answer in given.items()}, total


def telling_of(kind: Type) -> list[object]:
    """Pick few answers of which every comparison of a type is both true and false."""
    found: list[object] = []
    true, false = 0, 0
    for answer in ANSWERS[kind]:
        worth = asked_of(kind, answer)
        if worth & ~true or ~worth & ~false & asked_of_all(kind):
            found.append(answer)
            true, false = true | worth, false | ~worth
    return found


def asked_of_all(kind: Type) -> int:
    """Give the worth of all comparisons of a type."""
    return sum(2**n for n, (_, asked) in enumerate(EACH) if asked is kind)


def earned() -> Iterator[Subject]:
    """Answer on both sides of whatever changes points."""
    for row in zip_longest(*(answers for _, _, answers in EARNING)):
        given = [(n, *EARNING[n][:2], answer) for n, answer in enumerate(row) if answer is not None]
        found = {f"x{n}": wanted(block, earns, answer) for n, block, earns, answer in given}
        total = sum((points for _, points in found.values()), Fraction(0))
        yield {name: sent for name, (sent, _) in found.items()}, float(total)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, House]]:
    path: Path = tmp_path_factory.mktemp("words") / "rules"
    path.mkdir()
    for written in (asking(), earning()):
        id = written["rulebook"]["id"]
        (path / f"{id}.yaml").write_text(json.dumps(written), encoding="utf-8")
    store, report = load_catalog(path, "compiled")
    assert store is not None, report
    with serving(store, database=f"sqlite:///{path.parent}/words.db", sweep_seconds=0) as served:
        yield House(path / "asking.yaml", served), House(path / "earning.yaml", served)


def came(house: House, door: str, inputs: Inputs) -> Came:
    found = DOORS[door](house, inputs)
    return Came(found.total, invalid=found.invalid)


@pytest.mark.parametrize("door", DOORS)
def test_every_comparison_means_the_same_at_every_door(folder: tuple[House, House], door: str) -> None:
    for inputs, total in asked():
        assert came(folder[0], door, inputs) == Came(total), inputs


@pytest.mark.parametrize("door", DOORS)
def test_every_way_earns_the_same_at_every_door(folder: tuple[House, House], door: str) -> None:
    for inputs, total in earned():
        assert came(folder[1], door, inputs) == Came(total), inputs
