"""The eighth rulebook: every construct of the language in one story, and what must come of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from scorewright.compiler.lower import compile_rulebook
from scorewright.program.program import Program
from scorewright.rulebook.model.earnings import EARNINGS
from scorewright.rulebook.model.input import Kind
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.read_files import load_rulebook, suite_path
from scorewright.rulebook.source import Source
from scorewright.scoring.scorer import Scorer
from scorewright.suites.coverage import cover
from scorewright.suites.flat_tests import FlatTest
from scorewright.suites.flatten import flatten
from scorewright.suites.read_suite import read_suite
from scorewright.suites.run_tests import run, sentence
from scorewright.suites.suite import Expect, Suite
from tests.engines import EVERY

DATA = Path(__file__).parent.parent / "data"
RULES = Path(__file__).parent.parent.parent / "rules"
EVERYTHING = DATA / "everything.yaml"
# What excludes something that `everything` shows, and the shipped rulebook that shows it instead.
ELSEWHERE = {
    ("Score", "band_on"): "provider_40",
    ("Score", "band_unknown"): "provider_40",
    ("BandUnknown", "flags"): "provider_40",
    ("Score", "minimum_coverage"): "client_health_100",
    ("Group", "weight"): "client_health_100",
}

# Rule tables have no points, so a rulebook with points cannot show what is theirs alone.
WITHOUT_POINTS = {("Score", "of"), ("Band", "when")}


def model_of(path: Path) -> Rulebook:
    _, document, report = load_rulebook(path)
    assert not report.diagnostics
    assert document is not None
    return document.rulebook


def program() -> Program:
    return compile_rulebook(model_of(EVERYTHING))


def suite() -> Suite:
    path = suite_path(EVERYTHING)
    document, report = read_suite(Source(path.name, path.read_text()))
    assert not report.diagnostics
    assert document is not None
    return document.suite


def suite_tests(compiled: Program) -> tuple[FlatTest, ...]:
    tests, wrong = flatten(suite(), compiled)
    assert not wrong
    return tests


def blocks(value: object) -> Iterator[BaseModel]:
    """List a block and all that stand in it."""
    if isinstance(value, BaseModel):
        yield value
        parts: list[object] = [getattr(value, name) for name in value.model_fields_set]
    else:
        parts = [*value.values()] if isinstance(value, dict) else [*value] if isinstance(value, tuple) else []
    for part in parts:
        yield from blocks(part)


def kinds_of(block: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """List the kinds of block that can stand in one, itself among them."""
    found, open_ones = {block}, [block]
    while open_ones:
        yield (kind := open_ones.pop())
        for field in kind.model_fields.values():
            for part in parts_of(field.annotation):
                if part not in found:
                    found.add(part)
                    open_ones.append(part)


def parts_of(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from parts_of(part)


def written(rulebook: Rulebook) -> set[tuple[str, str]]:
    return {(type(block).__name__, key) for block in blocks(rulebook) for key in block.model_fields_set}


def test_every_key_of_the_language_is_used() -> None:
    keys = {(kind.__name__, key) for kind in kinds_of(Rulebook) for key in kind.model_fields}
    assert keys - written(model_of(EVERYTHING)) == {*ELSEWHERE, *WITHOUT_POINTS}


@pytest.mark.parametrize(("key", "rulebook"), ELSEWHERE.items())
def test_what_excludes_something_is_used_elsewhere(key: tuple[str, str], rulebook: str) -> None:
    assert key in written(model_of(RULES / f"{rulebook}.yaml"))


def test_every_kind_of_input_and_every_way_to_earn_is_used() -> None:
    rulebook = model_of(EVERYTHING)
    assert {item.type for item in rulebook.inputs.values()} == set(Kind)
    assert {criterion.earning for criterion in rulebook.criteria} == set(EARNINGS)
    ratings = [c.rating if isinstance(c.rating, str) else "by table" for c in rulebook.criteria if c.rating]
    assert set(ratings) == {"as_is", "reversed", "by table"}


def test_its_suite_expects_everything_that_can_be_expected() -> None:
    assert {key for case in suite().cases for key in case.expect.model_fields_set} == set(Expect.model_fields)


@pytest.mark.parametrize("engine", EVERY)
def test_its_suite_passes(engine: str) -> None:
    compiled = program()
    failed = [r for r in run(suite_tests(compiled), Scorer(compiled, engine)) if not r.passed]
    assert not failed, "\n".join(f"{r.test.name}: {sentence(r.mismatches)}" for r in failed)


def test_its_suite_touches_everything() -> None:
    compiled = program()
    coverage = cover(compiled, run(suite_tests(compiled), Scorer(compiled)))
    assert not [part for parts in coverage.families().values() for part in parts if part.lack]
