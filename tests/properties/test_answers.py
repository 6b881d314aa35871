"""What an answer depends on: the rulebook's meaning, the answers and the day, and nothing else."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from scorewright.program.program import Program
from scorewright.results.outcome import InputCode, Invalid, Score
from scorewright.results.outcome_json import answer
from scorewright.scoring.scorer import Scorer
from tests.properties.strategies import programs, rulebooks, whole_rulebooks
from tests.properties.subjects import BAD, Raw, answers, anyone, asked, raws
from tests.written import AS_OF, Written, compiled

ENGINES = ("compiled", "reference")


@whole_rulebooks
@given(st.data())
def test_int_float_and_decimal_of_one_value_give_one_answer_whatever_the_order(data: st.DataObject) -> None:
    program = data.draw(programs())
    known = data.draw(answers(asked(program, AS_OF)))
    scorers = [Scorer(program, engine) for engine in ENGINES]
    first, *others = (
        scorer.score(data.draw(raws(known)), subject="s", as_of=AS_OF) for scorer in scorers for _ in range(2)
    )
    assert all(other == first for other in others)


@whole_rulebooks
@given(st.data())
def test_undeclared_inputs_are_named_and_change_nothing(data: st.DataObject) -> None:
    program = data.draw(programs())
    raw = data.draw(anyone(asked(program, AS_OF)))
    declared = {item.name for item in program.inputs}
    raw = {name: value for name, value in raw.items() if name in declared}
    more = data.draw(st.dictionaries(st.text(max_size=5), anything, min_size=1, max_size=3))
    assume(declared.isdisjoint(more))
    for engine in ENGINES:
        scorer = Scorer(program, engine)
        alone = scorer.score(raw, as_of=AS_OF)
        beside = scorer.score({**more, **raw}, as_of=AS_OF)
        strict = scorer.score({**more, **raw}, as_of=AS_OF, strict=True)
        refused = {error.input for error in strict.errors if error.code is InputCode.UNKNOWN_INPUT}  # type: ignore[union-attr]  # it is refused
        assert refused == set(more)
        if isinstance(alone, Invalid):
            assert beside == alone
        else:
            assert isinstance(beside, Score)
            assert beside.outcome == alone.outcome
            assert set(beside.unknown_inputs) == set(more)


@whole_rulebooks
@given(st.data())
def test_all_invalid_inputs_are_listed_and_there_is_no_answer(data: st.DataObject) -> None:
    program = data.draw(programs())
    able = asked(program, AS_OF)
    raw = data.draw(anyone(able))
    for name in data.draw(st.sets(st.sampled_from([item.name for item in program.inputs]))):
        raw[name] = data.draw(st.sampled_from(BAD))
    alone = [error for item in program.inputs for error in wrong_alone(program, item.name, raw)]
    for engine in ENGINES:
        found = Scorer(program, engine).score(raw, as_of=AS_OF)
        assert isinstance(found, Invalid) == bool(alone)
        if isinstance(found, Invalid):
            assert [(error.input, error.code) for error in found.errors] == alone


def wrong_alone(program: Program, name: str, raw: Raw) -> list[tuple[str, str]]:
    """Tell what is wrong with one input where every other that must be answered is absent."""
    found = Scorer(program, "reference").score({name: raw.get(name)}, as_of=AS_OF)
    errors = found.errors if isinstance(found, Invalid) else ()
    return [(e.input, e.code) for e in errors if e.input == name or e.input.startswith(f"{name}[")]


anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(-(10**400), 10**400),
        st.floats(),
        st.decimals(),
        st.decimals(allow_nan=False, allow_infinity=False).map(lambda number: number.scaleb(300)),
        st.sampled_from([Decimal("sNaN"), Decimal("1E+999999"), Decimal("-0E-999999"), "x" * 20_000]),
        st.text(st.characters(), max_size=20),
        st.text(st.characters(categories=["Cs", "Cc"]), max_size=3),
        st.binary(max_size=5),
        st.dates(),
        st.datetimes(),
        st.dates().map(date.isoformat),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=3), st.tuples(inner)
    ),
    max_leaves=6,
)


@whole_rulebooks
@given(st.data())
def test_nothing_that_a_caller_sends_makes_scoring_raise(data: st.DataObject) -> None:
    program = data.draw(programs())
    names = st.one_of(st.sampled_from([item.name for item in program.inputs]), st.text(max_size=5))
    scorers = [Scorer(program, engine) for engine in ENGINES]
    for raw in data.draw(st.lists(st.dictionaries(names, anything, max_size=8), min_size=1, max_size=3)):
        strict = data.draw(st.booleans())
        first, *others = (scorer.score(raw, subject="s", as_of=AS_OF, strict=strict) for scorer in scorers)
        assert all(other == first for other in others)
        for scorer in scorers:
            short = scorer.summary(raw, as_of=AS_OF, strict=strict)
            assert isinstance(short, Invalid) == isinstance(first, Invalid)
        if isinstance(first, Score):
            json.dumps(answer(first), allow_nan=False)


@whole_rulebooks
@given(st.data())
def test_the_order_of_keys_in_a_rulebook_changes_neither_digest_nor_answer(data: st.DataObject) -> None:
    written = data.draw(rulebooks())
    program, again = compiled(written), compiled(turned(written))
    assert again.digest == program.digest
    raw = data.draw(anyone(asked(program, AS_OF)))
    for engine in ENGINES:
        first = Scorer(program, engine).score(raw, subject="s", as_of=AS_OF)
        second = Scorer(again, engine).score(raw, subject="s", as_of=AS_OF)
        assert isinstance(first, Invalid) == isinstance(second, Invalid)
        if isinstance(first, Score) and isinstance(second, Score):
            assert json.dumps(answer(second)) == json.dumps(answer(first))
        else:
            assert first == second


def turned(part: object) -> Written:
    """Turn the order of the keys of every block round; lists keep theirs."""

    def turn(value: object) -> object:
        if isinstance(value, dict):
            return {key: turn(inner) for key, inner in reversed(value.items())}
        return [turn(inner) for inner in value] if isinstance(value, list) else value

    found = turn(part)
    assert isinstance(found, dict)
    return found
