"""The Rete engine gives the plain one's answer, unknown parts and all; its rules say what conditions do."""

from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scorewright.engines.durable.normal import Axes, TooManyError, Way, axes_of, axes_read, rules_from, ways
from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.durable.rule_language import RuleSign, RuleTest
from scorewright.engines.reference import ReferenceEngine
from scorewright.program.condition import All, Any, Compare, Condition, InputRef, Not, Op
from scorewright.results.outcome import Invalid, Summary
from scorewright.semantics.conditions import Environment, holds
from tests.engines import needs_durable
from tests.properties.strategies import programs
from tests.properties.subjects import subjects

slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
DAYS = st.sampled_from([date(2026, 1, 31), date(2026, 2, 1), date(2024, 2, 29)])


@needs_durable
@slow
@given(st.data())
def test_durable_answers_as_reference_does(data: st.DataObject) -> None:
    program = data.draw(programs())
    plain, rete = ReferenceEngine(program), DurableEngine(program)
    for _ in range(data.draw(st.integers(1, 4))):
        as_of = data.draw(DAYS)
        raw = data.draw(subjects(program, as_of))
        want = plain.outcome(raw, as_of)
        assert rete.outcome(raw, as_of) == want
        short = (
            want
            if isinstance(want, Invalid)
            else Summary(want.status, want.total, want.percent, want.band, want.actions)
        )
        assert rete.summary(raw, as_of) == short
    rete.close()


AS_OF = date(2026, 1, 31)
numbers = st.integers(0, 3).map(Fraction)
signs = [Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN, Op.EQUALS]
leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Compare, st.sampled_from("nm").map(InputRef), st.sampled_from(signs), numbers),
    st.builds(
        Compare,
        st.just(InputRef("n")),
        st.sampled_from([Op.ONE_OF, Op.NOT_ONE_OF]),
        st.tuples(numbers, numbers),
    ),
    st.builds(
        Compare, st.just(InputRef("w")), st.sampled_from([Op.ONE_OF, Op.NOT_ONE_OF]), st.just(("a", "b"))
    ),
    st.builds(Compare, st.just(InputRef("w")), st.just(Op.IS), st.sampled_from("abc")),
    st.builds(Compare, st.just(InputRef("b")), st.just(Op.IS), st.booleans()),
    st.builds(Compare, st.sampled_from("nwb").map(InputRef), st.just(Op.KNOWN), st.booleans()),
)
nested = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=10,
)
answers = st.fixed_dictionaries(
    {},
    optional={"n": numbers, "m": numbers, "w": st.sampled_from("abcd"), "b": st.booleans()},
)


@given(nested, st.lists(answers, min_size=1, max_size=8), st.sampled_from(["", "n", "nwb"]))
def test_the_ways_of_a_condition_are_just_those_it_is_true_in_and_false_in(
    condition: Condition, subjects: list[dict[str, Fraction | str | bool]], settled: str
) -> None:
    axes = axes_of([condition], lambda axis: isinstance(axis.left, InputRef) and axis.left.name in settled)
    try:
        true, false = (ways(condition, wanted, axes) for wanted in (True, False))
    except TooManyError:
        assume(False)
    for known in subjects:
        facts = Environment(known, AS_OF)
        if any(name not in known for name in settled):
            continue
        want = holds(condition, facts)
        assert fires(true, axes, facts) == (want is True)
        assert fires(false, axes, facts) == (want is False)
        if axes_read(condition, axes) <= cells_of(axes, facts).keys():
            assert want is not None


def fires(found: list[Way], axes: Axes, facts: Environment) -> bool:
    """Tell whether any rule of any way fires, as the library would; the rules must agree with the ways."""
    cells = cells_of(axes, facts)
    by_way = any(
        all(axis in cells and bits >> cells[axis] & 1 for axis, bits in way.items()) for way in found
    )
    rules = [tests for way in found for tests in rules_from(way, axes, str)]
    by_rule = any(all(passes(test, cells) for test in tests) for tests in rules)
    assert by_way == by_rule
    return by_rule


def cells_of(axes: Axes, facts: Environment) -> dict[int, int]:
    values = {index: cells.axis.value(facts) for index, cells in enumerate(axes.cells)}
    return {index: axes.cells[index].cell(value) for index, value in values.items() if value is not None}


def passes(test: RuleTest, cells: dict[int, int]) -> bool:
    cell, than = cells.get(int(test.field)), test.than
    assert isinstance(than, int)
    if cell is None:
        return False
    match test.sign:
        case RuleSign.SAME:
            return cell == than
        case RuleSign.OTHER:
            return cell != than
        case RuleSign.AT_LEAST:
            return cell >= than
        case _:
            assert test.sign is RuleSign.AT_MOST
            return cell <= than
