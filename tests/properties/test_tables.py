"""Rule tables mean one thing to every engine, and to a second reading; their bounds are real answers'."""

import random
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.engines.reference import ReferenceEngine
from scorewright.program.condition import Value
from scorewright.program.program import Method, Program
from scorewright.results.outcome import Invalid, Outcome, Score, Summary
from scorewright.results.outcome_json import answer
from scorewright.scoring.scorer import Scorer
from tests.properties.at_table import guests, raw_of
from tests.properties.completions import completions, count, missing_of, unset_of
from tests.properties.strategies import whole_rulebooks
from tests.properties.subjects import BAD, answers, asked
from tests.properties.table_oracle import read
from tests.properties.tables import tables
from tests.written import AS_OF, Written, compiled, exactly, table

DAYS = [AS_OF, date(2026, 2, 1)]
MOST = 300


def outcome_of(engine: ReferenceEngine, known: Mapping[str, Value]) -> Outcome | None:
    """Answer; None where values lie outside their ranges."""
    found = engine.outcome(raw_of(engine.program, known), AS_OF)
    return found if isinstance(found, Outcome) else None


@whole_rulebooks
@given(st.data())
def test_compiled_answers_as_reference_does_whatever_it_answered_before(data: st.DataObject) -> None:
    program = compiled(data.draw(tables()))
    plain, fast = ReferenceEngine(program), CompiledEngine(program)
    able = {day: asked(program, day) for day in DAYS}
    several = st.lists(st.sampled_from(DAYS).flatmap(lambda day: guests(able[day])), min_size=1, max_size=5)
    once = [(raw, data.draw(st.sampled_from(DAYS))) for raw in data.draw(several)]
    for raw, as_of in data.draw(st.permutations(once * 2)):
        want = plain.outcome(raw, as_of)
        assert fast.outcome(raw, as_of) == want
        short = (
            want
            if isinstance(want, Invalid)
            else Summary(want.status, want.total, want.percent, want.band, want.actions)
        )
        assert fast.summary(raw, as_of) == short == plain.summary(raw, as_of)


@whole_rulebooks
@given(st.data())
def test_a_table_read_twice_gives_one_answer(data: st.DataObject) -> None:
    written: Written = exactly(data.draw(tables(finite=True)))  # type: ignore[assignment]  # a block stays one
    program = compiled(written)
    engine, able = ReferenceEngine(program), asked(program, AS_OF)
    for _ in range(4):
        known = data.draw(answers(able))
        assumed = {item.name: item.assumed for item in program.inputs if item.assumed is not None}
        found = outcome_of(engine, known)
        assume(found is not None)
        assert found is not None
        want = read(written, {**assumed, **known}, AS_OF)
        assert {v.id: v.value for v in found.values if v.value is not None} == {
            name: Fraction((2 * value * 10_000 + 1).__floor__() // 2, 10_000)
            for name, value in want.values.items()
        }
        assert {named.id: [item.id for item in named.items] for named in found.lists} == want.lists
        assert found.total == want.total
        assert [fired.id for fired in found.triggers] == want.triggers
        certain = found.total is None and found.bounds is not None and found.bounds.band_certain
        assert found.band == want.band or (certain and want.band is None)
        zero = [flag for flag in found.flags if flag.startswith("divisor_zero:")]
        plain = [flag for flag in found.flags if flag not in zero]
        assert plain == list(dict.fromkeys(want.flags)) or certain
        assert {flag for flag in zero if ":guard:" not in flag} == want.over_zero


@whole_rulebooks
@given(st.data())
def test_no_completion_leaves_the_bounds_or_the_possible_bands(data: st.DataObject) -> None:
    program = compiled(data.draw(tables(finite=True)))
    known = data.draw(answers(asked(program, AS_OF)))
    assume(missing_of(program, known) or unset_of(program, known))
    assume(count(program, known, AS_OF) <= MOST)
    engine = ReferenceEngine(program)
    now = outcome_of(engine, known)
    assume(now is not None)
    assert now is not None
    assert now.bounds is not None or program.method is not Method.COUNT
    for whole in completions(program, known, AS_OF) if now.bounds else ():
        later = outcome_of(engine, whole)
        if later is None or later.total is None:
            continue
        assert now.bounds is not None
        assert now.bounds.lowest <= later.total <= now.bounds.highest
        assert later.band is None or later.band in now.bounds.possible_bands
        assert later.band is not None or not now.bounds.band_certain


@whole_rulebooks
@given(st.data())
def test_the_ends_of_a_count_are_attained_where_answers_alone_decide(data: st.DataObject) -> None:
    program = compiled(data.draw(tables(finite=True, plain=True)))
    known = data.draw(answers(asked(program, AS_OF)))
    assume(missing_of(program, known) or unset_of(program, known))
    assume(count(program, known, AS_OF) <= MOST)
    engine = ReferenceEngine(program)
    now = outcome_of(engine, known)
    assert now is not None
    assert now.bounds is not None
    later = [outcome_of(engine, whole) for whole in completions(program, known, AS_OF)]
    totals = [outcome.total for outcome in later if outcome is not None and outcome.total is not None]
    assert (now.bounds.lowest, now.bounds.highest) == (min(totals), max(totals))


SMALL: dict[str, Written] = {
    name: {"type": kind, "min": Fraction(low), "max": Fraction(high)}
    for name, kind, low, high in (
        ("a", "integer", 0, 3), ("b", "integer", -2, 1), ("c", "integer", 2, 4), ("d", "integer", -3, -1),
    )
}  # fmt: skip


@st.composite
def read_once(draw: st.DrawFn) -> dict[str, Written]:
    """Write values in which every input is read once, by signs that have exact bounds."""
    order = draw(st.permutations(sorted(SMALL)))
    number = st.sampled_from([Fraction(text) for text in ("2", "-3", "0.5", "0")])
    values: dict[str, Written] = {"v0": {"add": [order[0], draw(number)]}}
    for index, name in enumerate(order[1:]):
        sign = draw(st.sampled_from(["add", "subtract", "multiply"]))
        operands: list[object] = [f"v{index}", name, *([draw(number)] if draw(st.booleans()) else [])]
        values[f"v{index + 1}"] = {sign: draw(st.permutations(operands))}
    divided = {draw(st.sampled_from(["divide", "percent"])): [f"v{len(order) - 1}", Fraction(3)]}
    return {**values, "total": divided}


@given(read_once(), st.sets(st.sampled_from(sorted(SMALL))), st.randoms(use_true_random=False))
def test_the_ends_of_a_value_are_attained_where_every_answer_is_read_once(
    values: dict[str, Written], missing: set[str], chance: random.Random
) -> None:
    assume(missing)
    program = table("value", "total", SMALL, values=values)
    known: dict[str, Value] = {
        name: Fraction(chance.randint(int(block["min"]), int(block["max"])))
        for name, block in SMALL.items()
        if name not in missing
    }
    engine = ReferenceEngine(program)
    now = outcome_of(engine, known)
    assert now is not None
    assert now.bounds is not None
    later = [outcome_of(engine, whole) for whole in completions(program, known, AS_OF)]
    totals = [outcome.total for outcome in later if outcome is not None and outcome.total is not None]
    assert (now.bounds.lowest, now.bounds.highest) == (min(totals), max(totals))


def shuffled(value: object, chance: random.Random) -> object:
    """Write keys in another order."""
    if isinstance(value, Mapping):
        keys = chance.sample(sorted(value), len(value))
        return {key: shuffled(value[key], chance) for key in keys}
    return [shuffled(part, chance) for part in value] if isinstance(value, list) else value


@whole_rulebooks
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_no_digest(written: Written, chance: random.Random) -> None:
    other = shuffled(written, chance)
    assert isinstance(other, dict)
    assert compiled(other) == compiled(written)


json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(BAD[:8])
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["won", "plan", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@whole_rulebooks
@given(st.data())
def test_no_json_is_too_odd_for_an_answer(data: st.DataObject) -> None:
    program: Program = compiled(data.draw(tables()))
    names = st.sampled_from([*(item.name for item in program.inputs), "undeclared"])
    raw = data.draw(st.dictionaries(names, json_values, max_size=6))
    for strict in (False, True):
        found = Scorer(program).score(raw, as_of=AS_OF, strict=strict)
        assert answer(found)["receipt"] if isinstance(found, Score) else found.errors
