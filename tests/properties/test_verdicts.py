"""What checks tell of bands is what all subjects show, those that leave answers out among them."""

from collections.abc import Mapping
from itertools import groupby

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from scorewright.checks.analysis.attainable_totals import AttainableTotals, reach
from scorewright.checks.analysis.band_changes import movers
from scorewright.checks.analysis.days import days_to_try
from scorewright.checks.analysis.satisfiability import World
from scorewright.diagnostics.budget import Budget
from scorewright.program.condition import Value
from scorewright.program.program import Band, Criterion, Program
from scorewright.scoring.load import Loaded, load_paths
from scorewright.semantics.bands import band_of
from tests.architecture.source import ROOT
from tests.properties.strategies import programs
from tests.properties.test_reach import PLENTY, all_answers, answered, decays, few_answers, slow

GENERATED = 500
MOST_UNDECIDED = 25
"""Of those generated: 5 in 100."""


def bands_beside(program: Program, criterion: Criterion) -> list[set[str | None]]:
    """Give the bands of subjects that differ only in the answers to one criterion, set by set."""
    rest = [item.name for item in program.inputs if item.name not in criterion.inputs]

    def others(subject: tuple[Mapping[str, Value], object]) -> str:
        return repr(([subject[0].get(name) for name in rest], subject[1]))

    found: list[set[str | None]] = []
    for _, alike in groupby(sorted(all_answers(program), key=others), key=others):
        totals = [answered(program, answers, day).total for answers, day in alike]
        bands = [band_of(program, total) for total in totals if total is not None]
        found.append({_id(band) for band in bands})
    return found


def _id(band: Band | None) -> str | None:
    return band.id if band else None


def alone(program: Program, criterion: Criterion) -> bool:
    """Tell whether no other criterion reads an input of this one."""
    others = {name for other in program.criteria if other is not criterion for name in other.inputs}
    return others.isdisjoint(criterion.inputs)


def spread(found: AttainableTotals) -> bool:
    """Tell whether criteria of one input stand in several groups, which movers takes for independent."""
    return any(len(part.groups) > 1 for pieces in found.pieces.values() for part, _ in pieces)


@slow
@given(st.data())
def test_a_criterion_can_change_the_band_just_where_two_subjects_show_it(data: st.DataObject) -> None:
    program: Program = data.draw(programs(finite=True, overrides=False))
    few_answers(program)
    found = reach(World(program, days_to_try(program), Budget(PLENTY)))
    for criterion, can in movers(found, program):
        changes = any(len(bands) > 1 for bands in bands_beside(program, criterion))
        event(f"can {can}, does {changes}, alone {alone(program, criterion)}")
        if alone(program, criterion):
            assert can or not changes
            if found.exact and found.sharp and not decays(program) and not spread(found):
                assert can is changes


def is_decided(program: Program) -> bool:
    """Tell whether all of what is asked of totals and bands is decided within the budget of a check."""
    found = reach(World(program, days_to_try(program), Budget()))
    return found.decided and found.sharp and all(can is not None for _, can in movers(found, program))


@pytest.mark.parametrize("loaded", load_paths([ROOT / "rules"])[0], ids=lambda loaded: loaded.program.id)
def test_of_every_shipped_rulebook_everything_is_decided(loaded: Loaded) -> None:
    assert is_decided(loaded.program)


def test_of_generated_rulebooks_nearly_everything_is_decided() -> None:
    verdicts: list[bool] = []

    @settings(slow, max_examples=GENERATED, database=None, phases=[Phase.generate])
    @given(programs(overrides=False))
    def look(program: Program) -> None:
        verdicts.append(is_decided(program))

    look()
    assert len(verdicts) >= GENERATED
    assert verdicts.count(False) <= MOST_UNDECIDED * len(verdicts) / GENERATED, verdicts.count(False)
