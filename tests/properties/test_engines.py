"""Every engine gives the plain one's answer, whoever was scored before."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.engines.reference import ReferenceEngine
from scorewright.results.outcome import Invalid, Outcome, Summary
from tests.properties.strategies import programs, whole_rulebooks
from tests.properties.subjects import anyone, asked

DAYS = [date(2026, 1, 31), date(2026, 2, 1), date(2024, 2, 29)]


def short(outcome: Outcome | Invalid) -> Summary | Invalid:
    """Give the fields of an outcome that a summary has."""
    if isinstance(outcome, Invalid):
        return outcome
    return Summary(outcome.status, outcome.total, outcome.percent, outcome.band, outcome.actions)


@whole_rulebooks
@given(st.data())
def test_compiled_answers_as_reference_does_whatever_it_answered_before(data: st.DataObject) -> None:
    program = data.draw(programs())
    plain, fast = ReferenceEngine(program), CompiledEngine(program)
    days = {day: asked(program, day) for day in DAYS[: data.draw(st.integers(1, 3))]}
    several = st.lists(
        st.sampled_from(sorted(days)).flatmap(lambda day: anyone(days[day])), min_size=1, max_size=6
    )
    once = [(raw, data.draw(st.sampled_from(sorted(days)))) for raw in data.draw(several)]
    for raw, as_of in data.draw(st.permutations(once * 2)):
        want = plain.outcome(raw, as_of)
        if data.draw(st.booleans()):
            assert fast.outcome(raw, as_of) == want
        assert fast.summary(raw, as_of) == short(want) == plain.summary(raw, as_of)
        assert fast.outcome(raw, as_of) == want
