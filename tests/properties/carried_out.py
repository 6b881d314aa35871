"""Carry out a way: give the answers that it promises, and score them."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from scorewright.program.condition import Value
from scorewright.program.program import Program
from scorewright.results.outcome import NextBandWay
from scorewright.semantics.earned_points import earned
from scorewright.semantics.input_moves import Moves
from scorewright.semantics.missing_policy import settle
from scorewright.semantics.next_band import Plain
from scorewright.semantics.way_search import Search
from scorewright.validation.inputs import Answers, validate
from tests.properties.subjects import forms

Raw = Mapping[str, object]


def standing(program: Program, answers: Answers, as_of: date) -> Plain:
    """Tell where a subject stands."""
    points = {c.id: earned(c, answers.known, as_of) for c in program.criteria}
    return Plain(program, settle(program, answers, points, as_of), answers.known, as_of)


def witness(moves: Moves, raw: Raw, as_of: date, way: NextBandWay, edge: Fraction) -> Raw:
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
