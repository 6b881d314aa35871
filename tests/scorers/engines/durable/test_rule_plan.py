"""What a program becomes, and what is refused because it cannot be expressed; no library is needed."""

from datetime import date

import pytest

from scorewright.engines.durable.normal import axes_of, ways
from scorewright.engines.durable.rule_plan import Plan, plan
from scorewright.engines.engine_errors import InexpressibleError
from scorewright.program.condition import Compare, InputRef, Op, Value
from scorewright.program.program import Program
from scorewright.semantics.conditions import Environment, holds
from tests.written import YES_NO, Written, rulebook, yes


def either(*names: str) -> Written:
    return {"any": [{"input": name, "is": True} for name in names]}


def both(*names: str) -> Written:
    return {"all": [{"input": name, "is": True} for name in names]}


def asking(when: Written, count: int, **keys: object) -> Program:
    inputs = {f"q{n}": {**YES_NO, **keys} for n in range(count)}
    return rulebook(inputs, [{"id": "it", "when": when, "points": 10}])


def sizes(found: Plan) -> tuple[list[int], list[int]]:
    return [len(box.rules) for box in found.of_answers.true], [
        len(box.rules) for box in found.of_answers.false
    ]


def test_each_part_of_any_is_a_rule_and_so_is_each_part_of_all_that_may_be_false() -> None:
    assert sizes(plan(asking(either("q0", "q1", "q2"), 3))) == ([3], [1])
    assert sizes(plan(asking(both("q0", "q1", "q2"), 3))) == ([1], [3])


def test_what_is_always_known_needs_no_rules_to_be_false() -> None:
    assert sizes(plan(asking(both("q0", "q1", "q2"), 3, required=True))) == ([1], [])
    assert sizes(plan(asking(both("q0", "q1", "q2"), 3, if_missing={"assume": False}))) == ([1], [])


def test_criteria_that_ask_the_same_share_their_rules() -> None:
    program = rulebook({"a": YES_NO}, [yes("a", 10), {**yes("a", 20), "id": "again"}])
    assert sizes(plan(program)) == ([1], [1])


def test_options_that_earn_alike_and_neighbouring_steps_are_one_rule_each() -> None:
    inputs: dict[str, Written] = {
        "role": {"type": "choice", "options": ["a", "b", "c", "d"]},
        "seats": {"type": "integer", "min": 0, "max": 99},
    }
    one_of = {"id": "role", "when": {"input": "role", "one_of": ["a", "b", "d"]}, "points": 5}
    steps = [{"from": 0, "points": 0}, {"from": 5, "points": 3}, {"from": 20, "points": 9}]
    program = rulebook(inputs, [one_of, {"id": "seats", "input": "seats", "steps": steps}])
    true, _ = sizes(plan(program))
    assert true == [1 + 3]


def test_rules_are_spread_over_boxes_of_sixty() -> None:
    inputs = {"n": {"type": "integer", "min": 0, "max": 999}}
    criteria = [{"id": f"c{n}", "when": {"input": "n", "equals": n}, "points": 1} for n in range(130)]
    true, false = sizes(plan(rulebook(inputs, criteria)))
    assert true == [60, 60, 10]
    assert sum(false) == 130


PAIRS: Written = {"all": [either(f"q{2 * n}", f"q{2 * n + 1}") for n in range(9)]}
THREES: Written = {"any": [both(*(f"q{3 * n + m}" for m in range(3))) for n in range(6)]}


@pytest.mark.parametrize(
    ("when", "count", "message"),
    [
        (PAIRS, 18, "it can be true or false in more than 256 ways"),
        (THREES, 18, "it can be true or false in more than 256 ways"),
        (both(*(f"q{n}" for n in range(201))), 201, "it needs 201 tests at once, at most 200"),
    ],
)
def test_a_condition_that_would_be_too_many_rules_is_refused(when: Written, count: int, message: str) -> None:
    with pytest.raises(InexpressibleError) as refused:
        plan(asking(when, count))
    assert [(r.path, r.message) for r in refused.value.reasons] == [(("criteria", 0, "when"), message)]


def test_a_condition_of_billions_of_rules_is_refused_before_they_are_written() -> None:
    inputs = {f"n{n}": {"type": "integer", "min": 0, "max": 999} for n in range(6)}
    odd: Written = {"all": [{"input": name, "one_of": list(range(1, 99, 2))} for name in inputs]}
    with pytest.raises(InexpressibleError, match="more than 256 ways"):
        plan(rulebook(inputs, [{"id": "it", "when": odd, "points": 1}]))


def test_what_makes_no_difference_is_not_asked() -> None:
    when: Written = {"any": [{"input": "q0", "is": True}, both("q0", "q1")]}
    found = plan(asking(when, 2))
    (question,) = found.of_answers.questions.values()
    assert sizes(found) == ([1], [1])
    assert len(question.needs) == 1


def test_what_is_false_in_too_many_ways_is_not_refused_where_nothing_can_be_missing() -> None:
    assert sizes(plan(asking(THREES, 18, required=True))) == ([6], [])


def test_every_condition_that_is_refused_is_named() -> None:
    inputs = {f"q{n}": YES_NO for n in range(18)}
    guarded = {"do": "Act", "owner": "sales", "due": "2 days", "only_if": PAIRS}
    program = rulebook(
        inputs,
        [yes("q0")],
        triggers=[{"id": "t", "when": {"not": PAIRS}}],
        disqualifiers=[{"id": "d", "when": THREES}],
        actions={"act": guarded},
    )
    with pytest.raises(InexpressibleError) as refused:
        plan(program)
    paths = {reason.path for reason in refused.value.reasons}
    assert paths == {("triggers", 0, "when"), ("disqualifiers", 0, "when"), ("actions", "act", "only_if")}


def test_a_rulebook_of_too_many_rules_is_refused_at_its_largest_condition() -> None:
    inputs = {"n": {"type": "integer", "min": 0, "max": 9999}}
    criteria = [
        {"id": f"c{n}", "when": {"input": "n", "one_of": [n, n + 1000]}, "points": 1} for n in range(400)
    ]
    wide = {"id": "wide", "when": {"input": "n", "one_of": list(range(0, 100, 2))}, "points": 1}
    with pytest.raises(InexpressibleError, match="more than 1200 rules") as refused:
        plan(rulebook(inputs, [*criteria, wide]))
    assert refused.value.reasons[0].path == ("criteria", 400, "when")


@pytest.mark.parametrize(("op", "value"), [(Op.AT_LEAST, "a"), (Op.BETWEEN, ("a", "b"))])
def test_a_comparison_that_parts_no_answers_is_answered_by_whether_it_holds(op: Op, value: Value) -> None:
    compare = Compare(InputRef("word"), op, value)
    axes = axes_of([compare], lambda _: False)
    for answer in ("a", "B", "b"):
        facts = Environment({"word": answer}, date(2026, 1, 31))
        known = {axis: cells.axis.value(facts) for axis, cells in enumerate(axes.cells)}
        cells = {axis: axes.cells[axis].cell(value) for axis, value in known.items() if value is not None}
        found = ways(compare, True, axes)
        true = [way for way in found if all(bits >> cells[axis] & 1 for axis, bits in way.items())]
        assert bool(true) == holds(compare, facts)
