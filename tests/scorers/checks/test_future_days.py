"""Days ago of dates that may lie ahead: told where a day ahead counts and nothing says that it should."""

from collections.abc import Callable

import pytest

from tests.scorers.checks.books import Edits, edited, told, told_of_each

DATE = "{ type: date }"


def asked(comparison: str, block: str = DATE) -> Edits:
    """Declare the budget as a date, and ask for it."""
    return {"{ type: boolean }": block, "{ input: budget, is: true }": comparison}


def days(test: str) -> str:
    """Ask for the date."""
    return f"{{ input: budget, {test} }}"


CASES: dict[str, Edits] = {
    "within 90 days, as it was written": asked(days("days_ago_at_least: -90")),
    "90 days ahead, as it was written": asked(days("days_ago_at_most: -90")),
    "negative under a limit": asked(days("days_ago_at_least: -90"), "{ type: date, max: as_of }"),
    "at most, and any day ahead": asked(days("days_ago_at_most: 30")),
    "at most, up to a fixed day": asked(days("days_ago_at_most: 30"), "{ type: date, max: 2030-12-31 }"),
    "not at least": asked(f"{{ not: {days('days_ago_at_least: 30')} }}"),
    "bounded in another branch": asked(
        f"{{ any: [{days('days_ago_at_most: 30')}, {days('days_ago_at_least: 300')}] }}"
    ),
    "another input beside it": asked(
        f"{{ all: [{days('days_ago_at_most: 30')}, {{ input: team_size, at_least: 5 }}] }}"
    ),
    "fewer than none": asked(days("within_next: -1")),
    "text for days": asked(days("within_last: 30 days")),
    "an empty text": asked(days('starts_with: ""'), "{ type: text }"),
    "a number for a text": asked(days("contains: 5"), "{ type: text }"),
    "a text's word for a choice": asked(days("ends_with: a"), "{ type: choice, options: [a, b] }"),
    "a date's word for a number": asked(days("within_next: 5"), "{ type: rating }"),
}


def test_what_is_told_about_days_ahead_and_words_of_texts(golden: Callable[[str, str], None]) -> None:
    golden("checks/ahead.out", told_of_each(CASES))


SOUND = [
    days("within_next: 90"),
    days("within_last: 30"),
    days("days_until_at_least: 1"),
    days("days_until_at_most: 0"),
    days("days_ago_at_least: 30"),
    days("days_ago_at_least: 0"),
    f"{{ not: {days('days_ago_at_most: 30')} }}",
    f"{{ all: [{days('days_ago_at_most: 30')}, {days('days_ago_at_least: 7')}] }}",
    f"{{ all: [{days('days_ago_at_most: 30')}, {days('before: as_of')}] }}",
    f"{{ all: [{days('days_ago_at_most: 30')}, {{ not: {days('after: as_of')} }}] }}",
    f"{{ all: [{{ not: {days('days_ago_at_least: 9')} }}, {days('before: as_of')}] }}",
    f"{{ any: [{days('days_ago_at_most: 30')}, {days('after: as_of')}] }}",
    f"{{ any: [{days('within_next: 5')}, {days('days_ago_at_most: 30')}] }}",
]


@pytest.mark.parametrize("comparison", SOUND)
def test_nothing_is_told_where_a_day_ahead_is_left_out_or_meant(comparison: str) -> None:
    assert told(edited(asked(comparison))) == []


def test_nothing_is_told_of_a_date_that_cannot_lie_ahead() -> None:
    assert told(edited(asked(days("days_ago_at_most: 30"), "{ type: date, max: as_of }"))) == []


@pytest.mark.parametrize(
    ("wrong", "mended"),
    [
        ("days_ago_at_least: -90", "within_next: 90"),
        ("days_ago_at_most: -90", "days_until_at_least: 90"),
        ("days_ago_at_most: 30", "within_last: 30"),
    ],
)
def test_the_help_obeyed_leaves_nothing_to_tell(wrong: str, mended: str) -> None:
    (line,) = told(edited(asked(days(wrong))))
    assert f"`{mended}`" in line
    assert told(edited(asked(days(mended)))) == []
