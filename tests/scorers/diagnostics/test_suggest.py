from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.diagnostics.budget import Budget
from scorewright.diagnostics.suggest import LISTED, distance, listing, nearest, suggestion

WORDS = ["at_least", "at_most", "between", "is", "one_of"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("at_lest", "at_least"),
        ("at_laest", "at_least"),
        ("atmost", "at_most"),
        ("At-Least", "at_least"),
        ("at least", "at_least"),
        ("betwen", "between"),
        ("si", "is"),
    ],
)
def test_a_slip_finds_the_word_that_was_meant(word: str, meant: str) -> None:
    assert nearest(word, WORDS) == meant


@pytest.mark.parametrize("word", ["", "x", "weight", "completely_different", "at_least" * 20])
def test_another_word_finds_nothing(word: str) -> None:
    assert nearest(word, WORDS) is None


def test_two_near_words_give_the_nearer_then_the_first_in_order() -> None:
    assert nearest("budgets", ["budgett", "budget"]) == "budget"
    assert nearest("row_a", ["row_c", "row_b"]) == "row_b"


def test_a_swap_is_one_edit_and_distance_stops_at_its_limit() -> None:
    assert distance("ab", "ba", 2) == 1
    assert distance("kitten", "sitting", 3) == 3
    assert distance("kitten", "sitting", 2) == 3
    assert distance("abcdef", "uvwxyz", 1) == 2


def test_help_suggests_one_word_or_lists_all() -> None:
    assert suggestion("at_lest", WORDS) == "did you mean `at_least`?"
    assert suggestion("weight", ["b", "a", "a"]) == "one of a, b"
    assert suggestion("weight", ["only"]) == "the only one is only"
    assert suggestion("weight", []) == "there is none to choose from"


def test_the_beginning_of_a_word_suggests_it_and_that_of_several_lists_them() -> None:
    books = ["bant_20", "fit_intent_cloudhr", "fit_intent_taskflow"]
    assert suggestion("bant", books) == "did you mean `bant_20`?"
    assert suggestion("Fit-Intent", books) == "one of fit_intent_cloudhr, fit_intent_taskflow"
    assert suggestion("ba", books) == "one of bant_20, fit_intent_cloudhr, fit_intent_taskflow"


def test_a_long_list_is_cut() -> None:
    assert listing(f"w{n:03}" for n in range(LISTED + 5)).endswith("w029 and 5 more")


def test_past_the_budget_no_near_word_is_looked_for() -> None:
    budget = Budget(10_000)
    assert suggestion("at_lest", WORDS, budget) == "did you mean `at_least`?"
    told = [suggestion("at_lest", WORDS, budget) for _ in range(100)]
    assert told[-1] == "one of at_least, at_most, between, is, one_of"


@given(st.text("ab_-C", max_size=8), st.text("ab_-C", max_size=8), st.integers(1, 3))
def test_a_distance_is_that_of_the_plain_table(a: str, b: str, limit: int) -> None:
    assert distance(a, b, limit) == min(by_table(a, b), limit + 1)


def by_table(a: str, b: str) -> int:
    """Work out every distance between the beginnings of two words."""
    a, b = (word.casefold().replace("-", "_") for word in (a, b))
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i, j in product(range(1, len(a) + 1), range(1, len(b) + 1)):
        steps = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a[i - 1] != b[j - 1])]
        if i > 1 and j > 1 and (a[i - 1], a[i - 2]) == (b[j - 2], b[j - 1]):
            steps.append(table[i - 2, j - 2] + 1)
        table[i, j] = min(steps)
    return table[len(a), len(b)]


def test_tens_of_thousands_of_words_are_no_load() -> None:
    words = [f"input_{n:05}" for n in range(20_000)]
    assert [nearest(f"inptu_{n:05}", words) for n in range(3)] == words[:3]
