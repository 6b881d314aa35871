from fractions import Fraction

import pytest

from scorewright.rulebook.nodes import Value
from scorewright.rulebook.scalars import ScalarRefusal, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("15", Fraction(15)),
        ("-2.50", Fraction(-5, 2)),
        ("1.10", Fraction(11, 10)),
        ("0.1", Fraction(1, 10)),
        ("999999999999999", Fraction(999999999999999)),
        ("0.000000000000001", Fraction(1, 10**15)),
    ],
)
def test_core_words_and_plain_numbers_have_their_exact_value(text: str, value: Value) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "NO",
        "on",
        "off",
        "y",
        "2025-01-01",
        "1.2.3",
        "004_a",
        "5%",
        "30 days",
        "-",
        "--",
        ".",
        "- 5",
        "<<",
        "=",
    ],
)
def test_everything_else_is_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "0777", "00", "-07", "1:30", "1:30:00", "1_000", "1_5", "1e3", "1.5E-3", "0o17", "0x1F", "0b11", ".5",
        "-.5", "5.", "+5", ".inf", "-.INF", ".nan", ".NaN", "1,000", "1 000", "1'000", "1,000,000.50",
        "3,5", "−5",
    ],
)  # fmt: skip
def test_what_looks_like_a_number_is_refused(text: str) -> None:
    refusal = resolve(text)
    assert isinstance(refusal, ScalarRefusal)
    assert refusal.code == "odd-number"


@pytest.mark.parametrize(
    ("text", "written"),
    [("0777", "777"), ("1_000", "1000"), (".5", "0.5"), ("5.", "5"), ("+5", "5"), ("3,5", "3.5"),
     ("−5", "-5"), ("1,234.5", "1234.5"), ("00", "0")],
)  # fmt: skip
def test_the_help_writes_the_number_in_plain_digits(text: str, written: str) -> None:
    refusal = resolve(text)
    assert isinstance(refusal, ScalarRefusal)
    assert refusal.help == f"write `{written}`, or quote it if it is text"


@pytest.mark.parametrize(
    "text", ["1234567890123456", "0.1234567890123456", "1" + "0" * 500_000, "0." + "0" * 500_000]
)
def test_more_than_fifteen_digits_are_refused_as_written(text: str) -> None:
    refusal = resolve(text)
    assert isinstance(refusal, ScalarRefusal)
    assert refusal.code == "too-many-digits"


@pytest.mark.parametrize("text", ["True", "TRUE", "False", "FALSE"])
def test_true_and_false_are_written_in_small_letters(text: str) -> None:
    refusal = resolve(text)
    assert isinstance(refusal, ScalarRefusal)
    assert refusal.code == "old-boolean"
    assert f"`{text.lower()}`" in refusal.help
