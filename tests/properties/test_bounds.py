"""The bounds are what real answers attain, and nothing lies beyond them."""

from collections.abc import Mapping
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from scorewright.engines.reference import ReferenceEngine
from scorewright.program.condition import Value
from scorewright.program.program import Program
from scorewright.results.outcome import Outcome
from tests.properties.completions import MOST, completions, count, decided, missing_of
from tests.properties.strategies import programs, whole_rulebooks
from tests.properties.subjects import answers, asked, forms
from tests.written import AS_OF


def answered(engine: ReferenceEngine, known: Mapping[str, Value], as_of: date = AS_OF) -> Outcome:
    outcome = engine.outcome({name: forms(value)[0] for name, value in known.items()}, as_of)
    assert isinstance(outcome, Outcome)
    return outcome


@whole_rulebooks
@given(st.data())
def test_bounds_of_few_answers_are_the_lowest_and_highest_total_of_all_of_them(data: st.DataObject) -> None:
    program: Program = data.draw(programs(finite=True))
    assume(decided(program))
    known = data.draw(answers(asked(program, AS_OF)))
    required = {item.name for item in program.inputs if item.required}
    assume(required <= known.keys() and missing_of(program, known) and count(program, known, AS_OF) <= MOST)
    engine = ReferenceEngine(program)
    now = answered(engine, known)
    later = [answered(engine, whole) for whole in completions(program, known, AS_OF)]
    totals = [outcome.total for outcome in later if outcome.total is not None]
    assert (now.bounds is None) == (not totals)
    if now.bounds is None:
        return
    assert (now.bounds.lowest, now.bounds.highest) == (min(totals), max(totals))
    bands = {outcome.band for outcome in later}
    assert bands - {None} <= set(now.bounds.possible_bands)
    if now.bounds.band_certain:
        assert bands == set(now.bounds.possible_bands)
    if not program.disqualifiers and program.band_on is None:
        assert now.bounds.band_certain == (len(bands) == 1 and None not in bands)
    if not program.disqualifiers and program.band_on is None and now.total is None and now.band is not None:
        assert bands == {now.band}


@whole_rulebooks
@given(st.data())
def test_no_completion_of_any_answers_leaves_the_bounds(data: st.DataObject) -> None:
    program: Program = data.draw(programs())
    assume(decided(program))
    as_of = data.draw(st.sampled_from([AS_OF, date(2024, 2, 29)]))
    able = asked(program, as_of)
    whole = data.draw(answers(able, gaps=False))
    assume(not missing_of(program, whole))
    optional = [item.name for item in program.inputs if not item.required and item.assumed is None]
    assume(optional)
    gaps = data.draw(st.sets(st.sampled_from(optional), min_size=1))
    known = {name: value for name, value in whole.items() if name not in gaps}
    engine = ReferenceEngine(program)
    now = answered(engine, known, as_of)
    for _ in range(10):
        again = data.draw(answers(able, gaps=False))
        later = answered(engine, {**again, **known}, as_of)
        if later.total is None:
            continue
        assert now.bounds is not None
        assert now.bounds.lowest <= later.total <= now.bounds.highest
        assert later.band is None or later.band in now.bounds.possible_bands
        assert later.band is not None or not now.bounds.band_certain
