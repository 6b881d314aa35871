"""Facts that can be meant, and signals that can be true and false: what is decidable is decided."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from scorewright.checks.analysis.fact_spans import ages_possible, covers, join_truth, most_facts
from scorewright.program.condition import Op
from scorewright.program.program import Input, Kind, Type
from scorewright.program.signal import Constant, Pattern, Related, Select
from tests.scorers.checks.books import base, cases, edited, report_of, told, told_of_each

BASE = base("matching")
NEVER, ALWAYS, SOUND = cases("never_matching"), cases("always_matching"), cases("sound_matching")


@pytest.mark.parametrize("name", ["never_matching", "always_matching"])
def test_what_is_always_or_never_true_is_told(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"checks/{name}.out", told_of_each(cases(name), BASE))


@pytest.mark.parametrize("name", NEVER)
def test_what_is_never_true_is_one_error(name: str) -> None:
    (found,) = report_of(edited(NEVER[name], BASE)).diagnostics
    assert found.code in ("no-fact-matches", "signal-never-true")


@pytest.mark.parametrize("name", ALWAYS)
def test_what_is_always_true_is_one_warning(name: str) -> None:
    (found,) = report_of(edited(ALWAYS[name], BASE)).diagnostics
    assert found.code in ("signal-always-true", "condition-always-true")


@pytest.mark.parametrize("name", SOUND)
def test_what_can_be_both_is_told_nothing(name: str) -> None:
    assert told(edited(SOUND[name], BASE)) == []


def number(low: int | None, high: int | None) -> Input:
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    return Input("n", Type.NUMBER, "number", "N", minimum=ends[0], maximum=ends[1], decimals=0)


@pytest.mark.parametrize("op", [Op.EQUALS, Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN])
@pytest.mark.parametrize("times", [-2, 0, 1, 2])
@pytest.mark.parametrize("above", [-3, 0, 4])
def test_what_a_join_of_numbers_can_be_holds_for_all_of_them(op: Op, times: int, above: int) -> None:
    signs: dict[Op, Callable[[int, int], bool]] = {
        Op.EQUALS: lambda a, b: a == b,
        Op.AT_LEAST: lambda a, b: a >= b,
        Op.AT_MOST: lambda a, b: a <= b,
        Op.MORE_THAN: lambda a, b: a > b,
        Op.LESS_THAN: lambda a, b: a < b,
    }
    join = Related("n", op, "m", "a", Fraction(times), Fraction(above))
    for low, high, first, last in [(0, 3, 1, 2), (0, 0, 2, 2), (5, 9, 1, 2), (-4, -1, 0, 1), (4, 4, 0, 0)]:
        found = join_truth(join, number(low, high), number(first, last))
        pairs = [(a, b) for a in range(low, high + 1) for b in range(first, last + 1)]
        real = {signs[op](a, times * b + above) for a, b in pairs}
        assert found >= real
        # Only that two ranges overlap without a number in common is not looked at.
        assert found == real or op is Op.EQUALS


def test_numbers_without_an_end_can_be_anything() -> None:
    for times in (-1, 1):
        join = Related("n", Op.AT_LEAST, "m", "a", Fraction(times))
        assert join_truth(join, number(None, None), number(0, None)) == {True, False}
        assert join_truth(join, number(5, 5), number(None, 4)) == ({True} if times > 0 else {True, False})


def test_records_are_counted_by_what_their_key_can_be() -> None:
    side = Input("side", Type.CHOICE, "choice", "Side", options=("left", "right"))
    paid = Input("paid", Type.BOOLEAN, "boolean", "Paid")
    kind = Kind("seat", "Seat", (number(1, 3), side, paid), ("n", "paid", "side"))
    assert most_facts(Select("seat"), kind) == 12
    assert most_facts(Select("seat", (Constant("n", Op.AT_MOST, Fraction(2)),)), kind) == 8
    assert most_facts(Select("seat", (Constant("side", Op.IS, "left"),)), kind) == 6
    assert most_facts(Select("seat"), Kind("seat", "Seat", (number(1, None),), ("n",))) is None
    assert most_facts(Select("seat"), Kind("seat", "Seat", (number(1, 3),))) is None


def test_facts_that_must_be_younger_than_each_other_cannot_be() -> None:
    a = Pattern("a", Select("k"))
    b = Pattern("b", Select("k"), after=("a",))
    c = Pattern("c", Select("k"), after=("b",), before=("a",))
    assert ages_possible([a, b])
    assert not ages_possible([a, b, c])


def test_a_select_covers_another_that_means_no_other_facts() -> None:
    test = Constant("n", Op.AT_LEAST, Fraction(2))
    assert covers(Select("k"), Select("k", (test,), 5, 9))
    assert covers(Select("k", (test,), 5, 9), Select("k", (test,), 5, 9))
    assert not covers(Select("k", (test,)), Select("k"))
    assert not covers(Select("k", (), 0, 9), Select("k"))
    assert not covers(Select("k", (), 5), Select("k", (), 4))
    assert not covers(Select("k"), Select("j"))
