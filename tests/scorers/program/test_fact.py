"""Times as microseconds, and days as their last moments."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from scorewright.program.fact import DAY, day_of, end_of, moment_of, time_of


def test_a_time_of_any_zone_is_one_moment() -> None:
    noon = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert moment_of(noon.astimezone(timezone(timedelta(hours=9)))) == moment_of(noon) == 1769860800 * 10**6


ENDS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]


@pytest.mark.parametrize("time", ENDS)
def test_a_moment_gives_its_time_back_to_the_microsecond(time: datetime) -> None:
    assert time_of(moment_of(time)) == time


def test_a_day_is_asked_at_its_last_microsecond() -> None:
    moment = end_of(date(2026, 1, 31))
    assert day_of(moment) == date(2026, 1, 31)
    assert day_of(moment + 1) == date(2026, 2, 1)
    assert moment + 1 - DAY == moment_of(datetime(2026, 1, 31, tzinfo=UTC))
