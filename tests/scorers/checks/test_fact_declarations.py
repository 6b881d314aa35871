"""Facts, signals and measures: every name, field, test and type that does not fit is told with a way out."""

from collections.abc import Callable

import pytest

from tests.scorers.checks.books import base, cases, told, told_of_each

BASE = base("facts")


@pytest.mark.parametrize("name", ["fact_names", "fact_fields", "fact_tests", "measures"])
def test_what_does_not_fit_is_told(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"checks/{name}.out", told_of_each(cases(name), BASE))


def test_a_sound_rulebook_of_facts_is_told_nothing() -> None:
    assert told(BASE) == []
