"""Days on which a rulebook applies: told where the day of the check is none of them."""

from datetime import date

import pytest

from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source
from tests.scorers.checks.books import BASE, edited

DAY = date(2026, 1, 31)


def found(effective: str, today: date | None = DAY, accepted: str = "") -> list[tuple[str, str, str]]:
    header = {"owner: sales }": f"owner: sales, effective: {{ {effective} }} }}"}
    source = Source("example.yaml", edited(header, BASE) + accepted)
    report = load_source(source, today=today)[1]
    return [(d.code, d.severity.value, d.message) for d in report.diagnostics]


@pytest.mark.parametrize(
    ("effective", "told"),
    [
        ("until: 2026-01-30", ("rulebook-expired", "warning", "until 2026-01-30")),
        ("until: 2026-01-31", None),
        ("from: 2026-01-31", None),
        ("from: 2026-02-01", ("rulebook-not-begun", "note", "from 2026-02-01")),
        ("from: 2026-01-01, until: 2026-12-31", None),
    ],
)
def test_a_rulebook_that_does_not_apply_on_the_day_is_told(
    effective: str, told: tuple[str, str, str] | None
) -> None:
    here = found(effective)
    assert [(code, severity) for code, severity, _ in here] == ([told[:2]] if told else [])
    assert not told or told[2] in here[0][2]


def test_without_a_day_nothing_is_told() -> None:
    assert found("until: 2020-01-01", None) == []


def test_it_can_be_accepted_and_on_other_days_the_entry_may_stay() -> None:
    accepted = "accepted:\n  - { check: rulebook-expired, because: It is kept to score old days. }\n"
    assert found("until: 2020-01-01", accepted=accepted) == []
    assert found("until: 2020-01-01", None, accepted) == []
    assert found("until: 2030-01-01", accepted=accepted) == []
