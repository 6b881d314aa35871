"""The ways to the next band are real, and just those that trying all answers finds."""

from collections.abc import Mapping
from itertools import islice
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.reference import ReferenceEngine
from scorewright.program.program import Program
from scorewright.records.csv_records import CsvRecords, open_csv
from scorewright.results.outcome import Outcome
from scorewright.scoring.load import load_paths
from scorewright.semantics.input_moves import Moves
from scorewright.validation.inputs import Answers, validate
from tests.architecture.source import ROOT
from tests.engines import needs_durable
from tests.properties import sharing
from tests.properties.carried_out import standing, witness
from tests.properties.strategies import programs, whole_rulebooks
from tests.properties.subjects import answers, asked, forms
from tests.properties.ways_oracle import AllAnswers, added_up
from tests.written import AS_OF

seeds = st.integers(0, 2**32).map(Random)


def outcome_of(engine: CompiledEngine | ReferenceEngine, raw: dict[str, object]) -> Outcome | None:
    found = engine.outcome(raw, AS_OF)
    return found if isinstance(found, Outcome) else None


@whole_rulebooks
@given(seeds)
def test_ways_are_just_those_that_trying_all_answers_finds(chance: Random) -> None:
    written, program = sharing.programs(chance)
    everything, engine, fast = AllAnswers(written, program), ReferenceEngine(program), CompiledEngine(program)
    for _ in range(3):
        known = sharing.answers(chance, program)
        raw = {name: forms(value)[0] for name, value in known.items()}
        outcome = outcome_of(engine, raw)
        if outcome is None or outcome.next_band is None:
            continue
        assert outcome_of(fast, raw) == outcome
        assert list(outcome.next_band.ways) == everything.ways(known, outcome.next_band.edge)
        assert outcome.next_band.undecided == 0


@whole_rulebooks
@given(st.data())
def test_every_way_is_carried_out_and_gives_the_total_that_it_names(data: st.DataObject) -> None:
    program: Program = data.draw(programs())
    engine, moves = CompiledEngine(program), Moves(program)
    able = asked(program, AS_OF)
    for _ in range(3):
        known = data.draw(answers(able))
        raw: dict[str, object] = {name: forms(value)[0] for name, value in known.items()}
        outcome = outcome_of(engine, raw)
        if outcome is None or outcome.next_band is None:
            continue
        for way in outcome.next_band.ways:
            then = outcome_of(engine, dict(witness(moves, raw, AS_OF, way, outcome.next_band.edge)))
            assert then is not None
            assert then.total == way.total >= outcome.next_band.edge


@needs_durable
def test_durable_finds_the_ways_that_reference_finds() -> None:
    found = 0
    for seed in range(16):
        chance = Random(seed)
        _, program = sharing.programs(chance)
        rete, plain = DurableEngine(program), ReferenceEngine(program)
        for _ in range(3):
            raw = {name: forms(value)[0] for name, value in sharing.answers(chance, program).items()}
            outcome = plain.outcome(raw, AS_OF)
            assert rete.outcome(raw, AS_OF) == outcome
            if isinstance(outcome, Outcome) and outcome.next_band is not None:
                found += len(outcome.next_band.ways)
        rete.close()
    assert found > 10


def independent(program: Program) -> bool:
    """Tell whether criteria share no input, and each of those that ways are made of can earn its most."""
    read = [name for criterion in program.criteria for name in criterion.inputs]
    moves = Moves(program)
    alone = all(moves.alone(place, AS_OF) for place, c in enumerate(program.criteria) if c.actionable)
    return len(read) == len(set(read)) and alone


def as_before(program: Program, raw: Mapping[str, object], outcome: Outcome) -> bool:
    """Tell whether the ways are those that adding up what criteria gain gives."""
    found = validate(program, raw, AS_OF)
    assert isinstance(found, Answers)
    assert outcome.next_band is not None
    settled = standing(program, found, AS_OF).settled
    want = added_up(program, settled.points, settled.unknown, outcome.next_band.edge)
    return (list(outcome.next_band.ways), outcome.next_band.undecided) == (want, 0)


@whole_rulebooks
@given(seeds)
def test_ways_of_criteria_that_share_nothing_are_what_adding_up_gives(chance: Random) -> None:
    program = sharing.apart(chance)
    assume(independent(program))
    for engine in (ReferenceEngine(program), CompiledEngine(program)):
        for _ in range(3):
            raw: dict[str, object] = {n: forms(v)[0] for n, v in sharing.answers(chance, program).items()}
            outcome = outcome_of(engine, raw)
            assert outcome is None or outcome.next_band is None or as_before(program, raw, outcome)


CARDS = (
    "bant_20", "client_health_100", "design_partner_25", "fit_intent_cloudhr", "fit_intent_taskflow",
    "lead_points_100", "provider_40",
)  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_ways_of_every_sample_are_what_adding_up_gives(name: str) -> None:
    (loaded,), _ = load_paths([ROOT / "rules" / f"{name}.yaml"])
    program = loaded.program
    assert independent(program)
    engine, found = CompiledEngine(program), 0
    with (ROOT / f"rules/samples/{name}.csv").open("rb") as file:
        records = open_csv(file, program)
        assert isinstance(records, CsvRecords)
        for record in islice(records, 0, None, 4):
            assert record.inputs is not None
            outcome = outcome_of(engine, dict(record.inputs))
            if outcome is not None and outcome.next_band is not None:
                assert as_before(program, record.inputs, outcome)
                found += len(outcome.next_band.ways)
    assert found > 50 or program.band_on
