"""Tests of partitions: cells that hold all answers, each once, and an answer for each."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scorewright.partition.partition import Intervals, Words

numbers = st.fractions(min_value=-20, max_value=20, max_denominator=4)
edges = st.sets(st.tuples(numbers, st.booleans())).map(lambda found: Intervals(tuple(sorted(found))))


@given(edges)
def test_each_cell_of_numbers_holds_its_representative(partition: Intervals) -> None:
    cells = range(partition.size)
    assert [partition.index(partition.representative(cell)) for cell in cells] == [*cells]


@given(edges, numbers)
def test_a_number_lies_in_the_cell_above_the_edges_that_it_passes(
    partition: Intervals, number: Fraction
) -> None:
    passed = [number > edge if above else number >= edge for edge, above in partition.edges]
    assert partition.index(number) == sum(passed)


@given(st.lists(st.text(), unique=True))
def test_each_word_is_a_cell_and_any_other_text_lies_in_the_last(words: list[str]) -> None:
    partition = Words(tuple(words), "".join(words) + "_")
    cells = range(partition.size)
    assert [partition.index(partition.representative(cell)) for cell in cells] == [*cells]
