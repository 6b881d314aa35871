"""Synthetic subjects as a caller sends them: typed answers, and nothing for what is missing."""

from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random

from benchmarks.make_samples import SEED
from benchmarks.samples.scorecards import SCORECARDS
from scorewright.program.program import Program, Type

Subject = Mapping[str, object]


def realistic(program: Program, count: int) -> list[Subject]:
    """Draw subjects as in the shipped samples: answers that go together, some of them missing."""
    sample = next(sample for sample in SCORECARDS if sample.rulebook == program.id)
    types = {item.name: item.type for item in program.inputs}
    rows = sample.rows(SEED)
    names = next(rows)
    return [
        {name: _typed(types[name], cell) for name, cell in zip(names, row, strict=True) if cell}
        for row in islice(rows, count)
    ]


def _typed(kind: Type, cell: str) -> object:
    if kind is Type.BOOLEAN:
        return cell == "true"
    if kind is Type.NUMBER:
        return float(cell) if "." in cell else int(cell)
    return cell


def ratings(program: Program, count: int, seed: int) -> list[Subject]:
    """Draw subjects that answer everything at random, ratings with one decimal: hardly two are alike."""
    chance = Random(seed)
    return [dict(_answers(program, chance)) for _ in range(count)]


def _answers(program: Program, chance: Random) -> Iterator[tuple[str, object]]:
    for item in program.inputs:
        if item.type is Type.BOOLEAN:
            yield item.name, chance.random() < 0.5
        else:
            yield item.name, chance.randint(10, 50) / 10
