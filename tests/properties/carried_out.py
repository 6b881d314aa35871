"""Carry out a way: give the answers that it promises, and score them."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from scorers.condition import Value
from scorers.inputs import Answers, validate
from scorers.law.earnings import earned
from scorers.law.moves import Moves
from scorers.law.next_band import Plain
from scorers.law.settle import settle
from scorers.law.ways import Search
from scorers.program import Program
from scorers.result import Way
from tests.properties.subjects import forms

Raw = Mapping[str, object]


def standing(program: Program, answers: Answers, as_of: date) -> Plain:
    """Tell where a subject stands."""
    points = {c.id: earned(c, answers.known, as_of) for c in program.criteria}
    return Plain(program, settle(program, answers, points, as_of), answers.known, as_of)


def witness(moves: Moves, raw: Raw, as_of: date, way: Way, edge: Fraction) -> Raw:
    """Give inputs by which a subject goes a way."""
    program = moves.program
    answers = validate(program, raw, as_of)
    assert isinstance(answers, Answers)
    places = {criterion.id: place for place, criterion in enumerate(program.criteria)}
    best = Search(moves, standing(program, answers, as_of)).best([places[id] for id in way.criteria], edge)
    assert best is not None
    found: dict[str, Value] = {}
    for moved, row in best[1]:
        assert row.answers is not None
        found |= dict(zip(moved.names, row.answers, strict=True))
    assert found.keys() == {name for id in way.criteria for name in program.criteria[places[id]].inputs}
    return {**raw, **{name: forms(value)[0] for name, value in found.items()}}
