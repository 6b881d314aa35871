"""No comparison is half there: what the table says of a word is tested, and meant the same everywhere."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.partition.cells import cuts_of
from scorewright.partition.samples import representatives
from scorewright.program.condition import Compare, InputRef
from scorewright.program.operators import Op, Operand, Parting, suiting
from scorewright.program.phrasing import condition_text
from scorewright.program.program import Program
from scorewright.program.value import Type
from scorewright.rulebook.model.fact import OF_FIELDS
from scorewright.rulebook.schema.key_descriptions import DESCRIBED
from scorewright.semantics.conditions import Environment, holds
from tests.properties import oracle
from tests.properties.conditions import PIECES, operands
from tests.properties.histories import fields_of
from tests.properties.signals import Seen, field_test
from tests.scorers.checks.books import edited, told
from tests.written import AS_OF, Written, outcome, rulebook

ROOT = Path(__file__).parents[3]

DECLARED: dict[Type, Written] = {
    Type.BOOLEAN: {"type": "boolean"},
    Type.NUMBER: {"type": "number", "min": 0, "max": 100},
    Type.CHOICE: {"type": "choice", "options": ["red", "green", "blue"]},
    Type.TEXT: {"type": "text"},
    Type.DATE: {"type": "date"},
    Type.LIST: {"type": "list", "of": "text"},
}
"""An input of each type; a record stands only in lists, where it is not compared."""

ANSWERS: dict[Type, list[object]] = {
    Type.BOOLEAN: [True, False],
    Type.NUMBER: [0, 4, 4.9999, 5, 5.0001, 6, 7.5, 8, 8.0001, 100],
    Type.CHOICE: ["red", "green", "blue"],
    Type.TEXT: ["red", "redred", "red-", "-red", "-red-", "re", "green", "Red", "e", "-"],
    Type.DATE: [(AS_OF + timedelta(days=n)).isoformat() for n in (-400, -6, -5, -4, -1, 0, 1, 4, 5, 6, 400)],
    Type.LIST: [[], ["red"], ["green"], ["blue", "red"], ["other"]],
}
"""Answers on both sides of every edge of the comparisons below."""

RIGHT: dict[tuple[Operand, Type], object] = {
    (Operand.VALUE, Type.BOOLEAN): True,
    (Operand.VALUE, Type.CHOICE): "red",
    (Operand.VALUE, Type.TEXT): "red",
    (Operand.VALUE, Type.LIST): "red",
    (Operand.VALUES, Type.NUMBER): [5, 8],
    (Operand.VALUES, Type.CHOICE): ["red", "green"],
    (Operand.VALUES, Type.TEXT): ["red", "green"],
    (Operand.VALUES, Type.LIST): ["red", "green"],
    **{(Operand.NUMBER, kind): 5 for kind in DECLARED},
    **{(Operand.PAIR, kind): [5, 8] for kind in DECLARED},
    **{(Operand.YES, kind): True for kind in DECLARED},
    **{(Operand.DAY, kind): "as_of" for kind in DECLARED},
    **{(Operand.DAYS, kind): 5 for kind in DECLARED},
    **{(Operand.SPAN, kind): 5 for kind in DECLARED},
    **{(Operand.TEXT, kind): "red" for kind in DECLARED},
}
"""What stands after a word of each kind, by the type of its left side: a word may ask a text for a number."""

EACH = [(op, kind) for op in Op for kind in op.row.types if kind is not Type.RECORD]


def asking(op: Op, kind: Type) -> Program:
    when = {"input": "x", op.value: RIGHT[op.row.operand, kind]}
    return rulebook({"x": DECLARED[kind]}, [{"id": "c", "when": when, "points": 10}])


def expected(op: Op, kind: Type, answer: object) -> bool | None:
    """Ask the second reading of the law."""
    value: Any = answer
    if kind is Type.NUMBER:
        value = Fraction(str(answer))
    if kind is Type.DATE:
        value = date.fromisoformat(str(answer))
    if kind is Type.LIST:
        value = tuple(value)
    right = RIGHT[op.row.operand, kind]
    return oracle.true({"input": "x", op.value: right}, oracle.Facts({"x": value}, AS_OF))


@pytest.mark.parametrize(("op", "kind"), EACH)
def test_every_engine_means_by_a_word_what_the_law_says(op: Op, kind: Type) -> None:
    program = asking(op, kind)
    found = {expected(op, kind, answer) for answer in ANSWERS[kind]}
    assert found == ({True} if op is Op.KNOWN else {True, False})
    for answer in ANSWERS[kind]:
        points = outcome(program, x=answer).criteria[0].points
        assert points == (10 if expected(op, kind, answer) else 0), answer


@pytest.mark.parametrize(("op", "kind"), EACH)
def test_bounds_hold_what_any_answer_gives_and_no_more(op: Op, kind: Type) -> None:
    found = outcome(asking(op, kind)).bounds
    if op is not Op.KNOWN:
        assert found is not None
        assert [found.lowest, found.highest] == [0, 10]


@pytest.mark.parametrize(("op", "kind"), EACH)
def test_a_word_that_says_nothing_of_its_parting_is_still_right(
    op: Op, kind: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(op, "row", replace(op.row, parts=Parting.WHOLE, each=None))
    test_every_engine_means_by_a_word_what_the_law_says(op, kind)
    test_bounds_hold_what_any_answer_gives_and_no_more(op, kind)


@pytest.mark.parametrize("op", [op for op in Op if op is not Op.KNOWN])
def test_a_word_that_says_nothing_of_its_parting_is_accused_of_nothing(
    op: Op, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(op, "row", replace(op.row, parts=Parting.WHOLE, each=None))
    assert not [line for line in findings(op) if "condition-" in line or "dead-" in line]


@pytest.mark.parametrize("op", [op for op in Op if op is not Op.KNOWN])
def test_a_condition_that_some_answers_fulfil_is_accused_of_nothing(op: Op) -> None:
    assert not [line for line in findings(op) if "condition-" in line or "dead-" in line]


def findings(op: Op) -> list[str]:
    """List what `check` tells of a rulebook that asks once by this word, and once by its contrary."""
    kind = next(kind for kind in op.row.types if kind in DECLARED)
    block = str(DECLARED[kind]).replace("'", "")
    right = str(RIGHT[op.row.operand, kind]).replace("'", "")
    test = f"{op.value}: {right.lower() if kind is Type.BOOLEAN else right}"
    edits = {"{ type: boolean }": block, "input: budget, is: true": f"input: budget, {test}"}
    both = "{ all: [{ input: budget, known: true }, { not: { input: budget, " + test + " } }] }"
    edits["{ input: team_size, at_least: 5 }"] = both
    return told(edited(edits))


TESTS = st.lists(
    st.one_of(
        *(
            st.tuples(st.just(op), operands(op, st.sampled_from([*PIECES, "", "none"])))
            for op in suiting(Type.TEXT)
            if op is not Op.KNOWN
        )
    ),
    min_size=1,
    max_size=4,
)


@given(TESTS, st.text("redno-1", min_size=1, max_size=6))
def test_whatever_a_text_meets_one_of_its_samples_meets_as_well(
    tests: list[tuple[Op, object]], text: str
) -> None:
    asked = [Compare(InputRef("x"), op, tuple(v) if isinstance(v, list) else v) for op, v in tests]  # type: ignore[arg-type]  # texts
    item = asking(Op.IS, Type.TEXT).inputs[0]
    samples = representatives(item, cuts_of((), asked).by_input["x"], AS_OF)

    def met(value: object) -> tuple[bool | None, ...]:
        return tuple(holds(each, Environment({"x": value}, AS_OF)) for each in asked)  # type: ignore[dict-item]  # a text

    assert met(text) in {met(sample) for sample in samples}


def test_a_word_is_written_in_the_docs_and_described_to_editors() -> None:
    section = (ROOT / "docs/rulebook.md").read_text()
    told_of = set(re.findall(r"`(\w+)`", section))
    assert {op.value for op in Op} <= told_of
    assert {op.value for op in Op} <= DESCRIBED.keys()
    assert all((op.row.about and "{}" in op.row.says) or op is Op.KNOWN for op in Op)


def test_the_generators_write_every_word_and_the_oracle_reads_it() -> None:
    assert {op.value for op in Op} - {"known", "before", "after"} <= oracle.TESTS.keys() | oracle.DAYS.keys()
    for op in Op:
        assert operands(op, st.just("red")) is not None
    assert {op.value for op in OF_FIELDS} <= set(written_by_chance())


def written_by_chance() -> Iterator[str]:
    for seed in range(3_000):
        kind = ("call", "reply", "state", "month")[seed % 4]
        for name in fields_of(kind):
            yield from field_test(Random(seed), kind, name, Seen({}))


@pytest.mark.parametrize(
    ("op", "right", "said"),
    [
        (Op.WITHIN_NEXT, Fraction(90), "x within the next 90 days"),
        (Op.WITHIN_NEXT, Fraction(1), "x within the next 1 day"),
        (Op.WITHIN_LAST, Fraction(30), "x within the last 30 days"),
        (Op.DAYS_UNTIL_AT_LEAST, Fraction(7), "x at least 7 days ahead"),
        (Op.DAYS_UNTIL_AT_MOST, Fraction(7), "x at most 7 days ahead"),
        (Op.DAYS_AGO_AT_LEAST, Fraction(7), "x at least 7 days ago"),
        (Op.DAYS_AGO_AT_LEAST, Fraction(-7), "x past or at most 7 days ahead"),
        (Op.DAYS_AGO_AT_MOST, Fraction(-7), "x at least 7 days ahead"),
        (Op.STARTS_WITH, "gov", "x starts with gov"),
        (Op.KNOWN, False, "x is missing"),
        (Op.BETWEEN, (Fraction(1), Fraction(5)), "x between 1 and 5"),
        (Op.ONE_OF, ("a", "b"), "x is one of a, b"),
    ],
)
def test_a_comparison_is_said_as_people_say_it(op: Op, right: object, said: str) -> None:
    assert condition_text(Compare(InputRef("x"), op, right)) == said  # type: ignore[arg-type]  # fits the word


def test_a_trial_word_is_right_in_every_engine_and_refused_by_no_check() -> None:
    when = {"input": "domain", "starts_with": "gov"}
    program = rulebook({"domain": {"type": "text"}}, [{"id": "gov", "when": when, "points": 10}])
    totals = [outcome(program, domain=domain).total for domain in ("example.com", "gov.uk", "gov")]
    assert totals == [0, 10, 10]
    both = "{ all: [{ input: budget, starts_with: gov }, { not: { input: budget, is: gov } }] }"
    edits = {"{ type: boolean }": "{ type: text }", "{ input: budget, is: true }": both}
    assert told(edited(edits)) == []
