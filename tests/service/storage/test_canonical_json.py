"""JSON with one way to write each value, from which numbers come back exactly."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.requests.score_question import MAX_SUBJECT_ID
from scorewright.storage import canonical_json as content

NUMBERS = (
    st.integers(-(10**30), 10**30)
    | st.decimals(allow_nan=False, allow_infinity=False, places=6)
    | st.floats(allow_nan=False, allow_infinity=False)
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def exact(value: object) -> object:
    """Give what must come back: the same, with a float as the decimal that prints as it does."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, list):
        return [exact(item) for item in value]
    if isinstance(value, dict):
        return {name: exact(item) for name, item in value.items()}
    return value


@given(VALUES)
def test_a_value_comes_back_as_it_was_and_is_written_the_same_again(value: object) -> None:
    text = content.write(value)
    assert content.read(text) == exact(value)
    assert content.write(content.read(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (Decimal("0.10"), "0.1"),
        (1, "1"),
        (1.0, "1"),
        (Decimal("1E+2"), "100"),
        (-0.0, "0"),
        (Decimal("-0.00"), "0"),
        (1e-7, "0.0000001"),
        (2.5e20, "250000000000000000000"),
        (10**40 + 1, "1" + "0" * 39 + "1"),
        (Decimal("0.1234567890123456789012345678901234567890"), "0.123456789012345678901234567890123456789"),
        (True, "true"),
        (None, "null"),
        ({"b": 1, "a": [True, None, "ü\0\n"]}, '{"a":[true,null,"ü\\u0000\\n"],"b":1}'),
        ((), "[]"),
    ],
)
def test_a_value_is_written_in_one_way(value: object, text: str) -> None:
    assert content.write(value) == text


def test_whole_numbers_come_back_as_int_and_others_as_decimal() -> None:
    found = content.read(content.write([3, 3.0, 0.1]))
    assert found == [3, 3, Decimal("0.1")]
    assert isinstance(found, list)
    assert [type(number) for number in found] == [int, int, Decimal]


def nested(levels: int) -> object:
    return [nested(levels - 1)] if levels else 1


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (float("nan"), "not finite"),
        (float("inf"), "not finite"),
        (Decimal("sNaN"), "not finite"),
        (Decimal("1E+999999999"), "more than 1000 digits"),
        (Decimal("1E-999999999"), "more than 1000 digits"),
        (10**5_000, "more than 1000 digits"),
        (10**1_000, "more than 1000 digits"),
        ({1: "a"}, "a name that is no text"),
        (b"a", "a bytes, which JSON cannot write"),
        ({"a": object()}, "a object, which JSON cannot write"),
        ("\ud800", "half a surrogate pair"),
        ({"\udfff": 1}, "half a surrogate pair"),
        ("a" * content.MAX_CONTENT, f"{content.MAX_CONTENT + 2} bytes as JSON"),
        ("ü" * (content.MAX_CONTENT // 2), f"{content.MAX_CONTENT + 2} bytes as JSON"),
        (nested(content.MAX_DEPTH + 1), "at most 32 deep"),
    ],
    ids=range(15),  # pytest would write the values out
)
def test_what_cannot_be_kept_is_refused(value: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        content.write(value)


def test_the_largest_that_can_be_kept_is_kept() -> None:
    for value in (nested(content.MAX_DEPTH), 10**999, "a" * (content.MAX_CONTENT - 2), 1e308, 5e-324):
        assert content.read(content.write(value)) == exact(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("a" * 501, "has 501 characters, at most 500"),
        ("a\0b", "NUL"),
        ("\ud800", "half a surrogate pair"),
        ("a" * 500, None),
        ("😀 ü", None),
    ],
)
def test_an_id_is_neither_empty_nor_long_nor_unstorable(text: str, why: str | None) -> None:
    told = content.fault(text)
    assert (told is None) if why is None else (told is not None and why in told)


def test_an_id_is_as_long_as_one_of_a_subject() -> None:
    assert content.MAX_TEXT == MAX_SUBJECT_ID
