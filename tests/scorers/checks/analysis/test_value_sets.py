"""Sets of numbers and their sums hold what trying them all holds, and more only where they say so."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scorewright.checks.analysis.integer_sets import MAX_BITS, Bits
from scorewright.checks.analysis.value_sets import ValueSet, union
from scorewright.diagnostics.budget import Budget

PLENTY = 10**9
near = st.sets(st.integers(-50, 50), min_size=1, max_size=12)
far = st.sets(st.integers(-50, 50).map(lambda n: n * MAX_BITS), min_size=1, max_size=6)
numbers = near | far
runs = st.lists(st.tuples(st.integers(-60, 60), st.integers(0, 9)).map(lambda r: (r[0], sum(r))), max_size=4)
spreads = st.builds(lambda points, found: ValueSet.of(2, points, found), near, runs)


def inside(spread: ValueSet) -> set[Fraction]:
    """List the quarters that a spread of halves holds."""
    found = {Fraction(point, 2) for point in spread.points}
    for low, high in spread.runs:
        found |= {Fraction(quarter, 4) for quarter in range(2 * low, 2 * high + 1)}
    return found


@given(numbers)
def test_a_set_holds_what_it_was_made_of(given: set[int]) -> None:
    held = Bits.of(given)
    assert list(held) == sorted(given)
    assert (len(held), held.lowest, held.highest) == (len(given), min(given), max(given))


@given(numbers, st.integers(-60, 60))
def test_neighbours_are_found(given: set[int], start: int) -> None:
    held = Bits.of(given)
    for number in (start, start * MAX_BITS):
        assert held.first(number) == min((n for n in given if n >= number), default=None)
        assert held.last(number) == max((n for n in given if n <= number), default=None)


@given(numbers, numbers)
def test_sums_are_all_sums(one: set[int], two: set[int]) -> None:
    total = Bits.of(one).plus(Bits.of(two), Budget(PLENTY), 1)
    assert total is not None
    assert list(total) == sorted({a + b for a in one for b in two})


def test_nothing_added_to_something_is_nothing() -> None:
    assert not Bits.of([]).plus(Bits.of([1, 2]), Budget(PLENTY), 1)


@given(spreads, spreads)
def test_spreads_add_points_and_runs(one: ValueSet, two: ValueSet) -> None:
    total = one.plus(two, Budget(PLENTY))
    assert total.exact
    assert inside(total) == {a + b for a in inside(one) for b in inside(two)}
    assert (total.lowest, total.highest) == (one.lowest + two.lowest, one.highest + two.highest)


@given(spreads, spreads, st.integers(0, 20))
def test_without_a_budget_a_sum_holds_more_and_says_so(one: ValueSet, two: ValueSet, steps: int) -> None:
    full, poor = one.plus(two, Budget(PLENTY)), one.plus(two, Budget(steps))
    assert inside(full) <= inside(poor)
    assert (poor.lowest, poor.highest) == (full.lowest, full.highest)
    assert poor == full or not poor.exact


@given(spreads, st.integers(-130, 130), st.integers(-130, 130))
def test_a_range_is_met_where_a_number_lies_in_it(spread: ValueSet, low: int, below: int) -> None:
    start, end = Fraction(low, 2), Fraction(below, 2)
    held = [number for number in inside(spread) if start <= number < end]
    assert spread.meets(start, end) == bool(held)
    assert spread.meets(None, end) == (spread.lowest < end)
    assert spread.meets(start, None) == (spread.highest >= start)


@given(spreads, spreads)
def test_a_union_holds_both(one: ValueSet, two: ValueSet) -> None:
    assert inside(union([one, two])) == inside(one) | inside(two)


@given(spreads, st.integers(-9, 9))
def test_shifting_and_mapping_agree(spread: ValueSet, by: int) -> None:
    assert inside(spread.shifted(by)) == inside(spread.map(lambda number: number + by, 2))


def test_a_budget_refuses_what_it_does_not_have_and_keeps_the_rest() -> None:
    budget = Budget(10)
    assert budget.spend(7)
    assert not budget.spend(4)
    assert budget.spend(3)
