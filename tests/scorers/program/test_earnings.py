"""No way to earn is half there: and one that says only what it earns is right everywhere."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scorewright.program.earning import Ends, OfInput
from scorewright.program.program import Input, Program
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.earnings import WAYS
from scorewright.rulebook.model.input import Kind
from scorewright.rulebook.schema.key_descriptions import DESCRIBED
from scorewright.rulebook.types import TYPES
from tests.properties import criteria, oracle
from tests.written import AS_OF, Written, outcome, rulebook

ROOT = Path(__file__).parents[3]

NUMBER: Written = {"type": "number", "min": 0, "max": 10, "decimals": 1}
RATING: Written = {"type": "rating", "min": 1, "max": 5}
CHOICE: Written = {"type": "choice", "options": ["red", "green", "blue"]}
DATE: Written = {"type": "date", "max": "as_of"}

EXAMPLES: dict[str, list[tuple[Written, Written, Sequence[object]]]] = {
    "steps": [
        (
            NUMBER,
            {"steps": [{"from": 0, "points": -1}, {"from": 2, "points": 5}, {"from": 7.5, "points": 1}]},
            [0, 1.9, 2, 7.4, 7.5, 10],
        )
    ],
    "options": [(CHOICE, {"options": {"red": 3, "blue": -2}}, ["red", "green", "blue"])],
    "rating": [
        (RATING, {"rating": "as_is"}, [1, 3, 5]),
        (RATING, {"rating": "reversed"}, [1, 3, 5]),
        (RATING, {"rating": {"1": 0, "3": 4, "5": 2}}, [1, 2, 3, 4, 5]),
    ],
    "value": [(NUMBER, {"value": "as_is"}, [0, 0.1, 9.9, 10])],
    "each": [
        (NUMBER, {"each": 2, "up_to": 7}, [0, 3.4, 3.5, 3.6, 10]),
        (NUMBER, {"each": -2, "up_to": -7}, [0, 10]),
    ],
    "decay": [(DATE, {"decay": {"points": 8, "half_life": "4 days"}}, [0, 1, 4, 8, 9, 13])],
}
"""An input, how it earns, and answers on both sides of whatever changes; for dates so many days ago."""


PLACES: dict[str, Collection[str]] = {
    "a field of scorewright.rulebook.model.criterion.Criterion": Criterion.model_fields,
    "EXAMPLES of tests/scorers/program/test_earnings.py": EXAMPLES,
    "WRITTEN of tests/properties/criteria.py, which generates it": criteria.WRITTEN,
    "EARNED of tests/properties/oracle.py, which reads it a second time": oracle.EARNED,
    "DESCRIBED of scorers/scorewright/rulebook/schema/key_descriptions.py": DESCRIBED,
    "docs/rulebook.md": re.findall(r"\b(\w+):", (ROOT / "docs/rulebook.md").read_text()),
}
"""Where a way to earn must stand besides its row, as far as the table cannot put it there."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_earn_stands_in_its_places(way: str, place: str) -> None:
    assert way in PLACES[place], f"`{way}` is missing: {place}"


@pytest.mark.parametrize("way", WAYS)
def test_a_way_makes_its_earning_from_an_input_of_the_type_that_its_row_names(way: str) -> None:
    for block, earns, _ in EXAMPLES[way]:
        assert TYPES[Kind(block["type"])] is WAYS[way].needs
        assert {*earns} == {way, *([WAYS[way].beside] if WAYS[way].beside else [])}


def test_every_earning_is_made_by_a_row() -> None:
    made = {type(trial_of(earns, block)) for each in EXAMPLES.values() for block, earns, _ in each}
    names = {kind.__qualname__ for kind in every_class(OfInput) if kind.__module__.startswith("scorewright.")}
    assert {kind.__qualname__ for kind in made} == names


def trial_of(earns: Written, block: Written) -> object:
    """Compile one criterion, and give what it earns by."""
    return rulebook({"x": block}, [{"id": "c", "input": "x", **earns}]).criteria[0].earning


def every_class(kind: type) -> Iterator[type]:
    """List what is built on a class."""
    below: list[type] = kind.__subclasses__()
    for one in below:
        yield one
        yield from every_class(one)


EACH = [(block, earns, answers) for each in EXAMPLES.values() for block, earns, answers in each]


@pytest.mark.parametrize(("block", "earns", "answers"), EACH)
def test_every_engine_earns_what_the_second_reading_does(
    block: Written, earns: Written, answers: Sequence[object]
) -> None:
    program = rulebook({"x": block}, [{"id": "c", "input": "x", **earns}])
    found: set[Fraction] = set()
    for answer in answers:
        sent, want = wanted(block, earns, answer)
        points = outcome(program, x=sent).criteria[0].points
        assert points is not None
        assert points == want, answer
        found.add(points)
    assert len(found) > 1
    bounds = outcome(program).bounds
    assert bounds is not None
    assert [bounds.lowest, bounds.highest] == [program.criteria[0].lowest, program.criteria[0].highest]
    assert bounds.lowest <= min(found)
    assert max(found) <= bounds.highest


def wanted(block: Written, earns: Written, answer: object) -> tuple[object, Fraction]:
    """Give an answer as it is sent, and what it earns by the second reading."""
    value: Any = answer if isinstance(answer, str) else Fraction(str(answer))
    if block is DATE:
        value = AS_OF - timedelta(days=int(value))
    facts = oracle.Facts({"x": value}, AS_OF)
    points = oracle.earned({"input": "x", **exact(earns)}, facts, {"x": block})
    assert points is not None
    return value.isoformat() if isinstance(value, date) else answer, points


def exact(value: Any) -> Any:
    """Give the numbers of a block as the reader does."""
    if isinstance(value, dict):
        return {key: exact(part) for key, part in value.items()}
    if isinstance(value, list):
        return [exact(part) for part in value]
    return value if isinstance(value, str) else Fraction(str(value))


@dataclass(frozen=True, slots=True)
class Folded(OfInput):
    """A trial way that says only what it earns: the distance from the middle, a remainder, a prime."""

    input: str

    def earned(self, value: Any, as_of: date) -> Fraction:
        """Earn something that no cut tells."""
        if isinstance(value, date):
            return Fraction((as_of - value).days ** 2 % 7)
        if isinstance(value, str):
            return Fraction(sum(map(ord, value)) % 11)
        return abs(Fraction(value) * 3 - 7) % 97 + (2 if value.denominator == 1 else 0)

    def extremes(self, item: Input) -> Ends:
        """Give ends that hold all."""
        return Fraction(0), Fraction(100)


TRIED: list[tuple[Written, list[object]]] = [
    (NUMBER, [0, 0.5, 1, 2.3, 2.4, 5, 9.9, 10]),
    ({"type": "integer", "min": 0, "max": 1_000_000}, [11, 13, 15, 999_999]),
    ({"type": "number"}, [-3.25, 0.0001, 7]),
    (CHOICE, ["red", "green", "blue"]),
    ({"type": "text"}, ["a", "b", "ab", "ba", "x"]),
    (DATE, [(AS_OF - timedelta(days=n)).isoformat() for n in range(8)]),
]


def trial(block: Written) -> Program:
    """Let one criterion earn in the trial way, beside another that reads the same input."""
    criteria = [
        {"id": "trial", "when": {"input": "x", "known": True}, "points": 1},
        {"id": "other", "when": {"input": "x", "known": False}, "points": 0},
    ]
    program = rulebook({"x": block}, criteria)
    first, *others = program.criteria
    folded = replace(first, earning=Folded("x"), lowest=Fraction(0), highest=Fraction(100))
    return replace(program, criteria=(folded, *others))


@pytest.mark.parametrize(("block", "answers"), TRIED)
def test_a_way_that_says_only_what_it_earns_earns_so_in_every_engine(
    block: Written, answers: list[object]
) -> None:
    program = trial(block)
    found: set[Fraction] = set()
    for answer in answers:
        value: Any = answer
        if block is DATE:
            value = date.fromisoformat(str(answer))
        elif not isinstance(answer, str):
            value = Fraction(str(answer))
        points = outcome(program, x=answer).criteria[0].points
        assert points is not None
        assert points == Folded("x").earned(value, AS_OF)
        found.add(points)
    assert len(found) > 1
    bounds = outcome(program).bounds
    assert bounds is not None
    assert bounds.lowest <= min(found)
    assert max(found) <= bounds.highest
