"""Every engine says of facts what the law says, and the law what a second reading of the rulebook says."""

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from scorewright.engines.reference import ReferenceEngine
from scorewright.program.fact import DAY, Fact, Moment
from scorewright.program.program import Program
from scorewright.scoring.account import Account, evaluate
from scorewright.scoring.scorer import ENGINES, Scorer
from tests.engines import RUNNABLE
from tests.properties.accounts import accounts
from tests.properties.fact_oracle import Reader
from tests.properties.histories import NOW, histories
from tests.written import Written, compiled, exactly

MOMENTS: st.SearchStrategy[Moment] = st.sampled_from([NOW, NOW, NOW - DAY, NOW - 7 * DAY + 1, NOW + 2 * DAY])
several = st.lists(st.tuples(histories(), MOMENTS), min_size=1, max_size=4)
Asked = Sequence[tuple[tuple[Fact, ...], Moment]]


@given(accounts(), several)
def test_every_engine_measures_as_the_law_does(written: Written, asked: Asked) -> None:
    program = compiled(written)
    plain, *others = (ENGINES[name](program) for name in sorted(RUNNABLE, key="reference".__ne__))
    assert isinstance(plain, ReferenceEngine)
    for facts, moment in asked:
        want = plain.measured(facts, moment)
        for engine in others:
            got = engine.measured(facts, moment)
            assert got == want, engine
            assert [*got.signals] == [*want.signals]
            assert [*got.answers] == [*want.answers]


@given(accounts(), several)
def test_every_engine_evaluates_an_account_alike_and_what_is_asserted_stands(
    written: Written, asked: Asked
) -> None:
    program = compiled(written)
    scorers = [Scorer(program, name) for name in RUNNABLE]
    for facts, moment in asked:
        first, *others = (evaluate(scorer, Account(facts, moment, {})) for scorer in scorers)
        assert all(other == first for other in others)
        assert scorers[0].engine.measured((*facts, *first.asserted), moment) == first.measured


@given(accounts(), several)
def test_the_law_says_what_a_second_reading_says(written: Written, asked: Asked) -> None:
    program, blocks = compiled(written), exactly(written)
    assert isinstance(blocks, dict)
    for facts, moment in asked:
        found, reader = ReferenceEngine(program).measured(facts, moment), Reader(blocks, facts, moment)
        assert {s["id"] for s in blocks["signals"] if reader.true(s)} == found.signals.keys()
        answers = {
            name: reader.measured(block["measured"], block.get("fields"))
            for name, block in blocks["inputs"].items()
        }
        assert {name: value for name, value in answers.items() if value is not None} == found.answers


@given(accounts(), histories(), MOMENTS, st.randoms(use_true_random=False))
def test_neither_order_nor_what_comes_later_changes_an_answer(
    written: Written, facts: tuple[Fact, ...], moment: Moment, chance: random.Random
) -> None:
    program: Program = compiled(written)
    mixed = chance.sample(facts, len(facts))
    known = [fact for fact in mixed if fact.at <= moment]
    for name in RUNNABLE:
        scorer = Scorer(program, name)
        first, *others = (evaluate(scorer, Account(given, moment, {})) for given in (facts, mixed, known))
        assert all(other == first for other in others)
