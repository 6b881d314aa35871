"""The engines and a second reading of the law agree on every rulebook of few possible answers."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from scorewright.engines.reference import ReferenceEngine
from scorewright.program.program import Program
from scorewright.results.outcome import Outcome
from tests.properties.completions import domain
from tests.properties.oracle import Block, Facts, Known, earned
from tests.properties.strategies import rulebooks, whole_rulebooks, worth_scoring
from tests.properties.subjects import answers, asked, forms
from tests.properties.verdict import Verdict, verdict
from tests.written import AS_OF, compiled, exactly


def answered(engine: ReferenceEngine, known: Known) -> Outcome:
    outcome = engine.outcome({name: forms(value)[0] for name, value in known.items()}, AS_OF)
    assert isinstance(outcome, Outcome)
    return outcome


def told(outcome: Outcome) -> Verdict:
    """Give an outcome as a verdict, but for the points."""
    return Verdict(
        outcome.total,
        outcome.band,
        outcome.computed_band,
        {},
        sorted(outcome.missing),
        [hit.id for hit in (*outcome.disqualifiers, *outcome.triggers)],
        [(action.id, list(action.causes)) for action in outcome.actions],
        {action.id for action in outcome.withheld},
        {flag for flag in outcome.flags if flag.startswith("divisor_zero:")},
    )


def ends(program: Program, written: Block) -> dict[str, tuple[Fraction, Fraction]]:
    """Give the least and the most that each criterion can earn, by trying every answer."""
    items = {item.name: item for item in program.inputs}
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for criterion in written["criteria"]:
        if "when" in criterion:
            points = [Fraction(0), criterion["points"]]
        elif "decay" in criterion:  # how far back a day lies depends on the day of the request
            points = [Fraction(0), criterion["decay"]["points"]]
        else:
            tried = domain(items[criterion["input"]], AS_OF)
            facts = (Facts({criterion["input"]: value}, AS_OF) for value in tried)
            points = [p for one in facts if (p := earned(criterion, one, written["inputs"])) is not None]
        found[criterion["id"]] = min(points), max(points)
    return found


def penalty_beside_a_gap(program: Program, outcome: Outcome) -> bool:
    """Tell whether a criterion is left out where another can earn less than nothing."""
    gap = any(shown.points is None for shown in outcome.criteria)
    return gap and any(criterion.lowest < 0 for criterion in program.criteria)


@whole_rulebooks
@given(st.data())
def test_the_law_read_twice_gives_one_answer(data: st.DataObject) -> None:
    written: Block = exactly(data.draw(rulebooks(finite=True)))  # type: ignore[assignment]  # a block stays one
    program = compiled(written)
    assume(worth_scoring(program))
    highest = {id: most for id, (_, most) in ends(program, written).items()}
    engine, able = ReferenceEngine(program), asked(program, AS_OF)
    for _ in range(5):
        known = data.draw(answers(able))
        assume(all(item.name in known for item in program.inputs if item.required))
        outcome = answered(engine, known)
        assume(not penalty_beside_a_gap(program, outcome))
        want = verdict(written, known, AS_OF, highest, outcome.computed_band)
        assert {**vars(told(outcome)), "points": {}} == {**vars(want), "points": {}}


@whole_rulebooks
@given(st.data())
def test_a_criterion_can_earn_just_what_its_answers_earn(data: st.DataObject) -> None:
    written: Block = exactly(data.draw(rulebooks(finite=True, overrides=False)))  # type: ignore[assignment]  # a block stays one
    program = compiled(written)
    for criterion in program.criteria:
        assert (criterion.lowest, criterion.highest) == ends(program, written)[criterion.id]
