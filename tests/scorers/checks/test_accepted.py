"""Findings that the owners have accepted in writing are not told again."""

import pytest

from tests.scorers.checks.books import edited, told

THREE = "any: [{ input: visits, at_least: 3 }, { input: calls, at_least: 3 }]"
FINDINGS = {
    "  budget: { type: boolean }\n": "  visits: { type: count }\n  calls: { type: count }\n",
    "when: { input: budget, is: true }": f"when: {{ {THREE} }}",
}
COUNTS = "check: count-without-window"


def accepting(*entries: str) -> str:
    listed = "".join(f"  - {{ {entry}, because: we know }}\n" for entry in entries)
    return edited(FINDINGS) + (f"accepted:\n{listed}" if entries else "")


def codes(text: str) -> list[str]:
    return [line.split("[", 1)[1].split("]")[0] for line in told(text)]


def test_without_an_entry_all_is_told() -> None:
    assert codes(accepting()) == ["count-without-window", "count-without-window"]


def test_an_entry_without_a_place_accepts_all_findings_of_its_check() -> None:
    assert codes(accepting(COUNTS)) == []


def test_an_entry_with_a_place_accepts_what_is_told_there() -> None:
    assert codes(accepting(f"{COUNTS}, at: visits")) == ["count-without-window"]
    both = accepting(f"{COUNTS}, at: visits", f"{COUNTS}, at: calls")
    assert codes(both) == []


@pytest.mark.parametrize("entry", [f"{COUNTS}, at: budget", "check: cap-never-binds"])
def test_an_entry_that_accepts_nothing_is_told(entry: str) -> None:
    assert codes(accepting(COUNTS, entry)) == ["accepted-unused"]


def test_an_unused_entry_is_not_told_while_there_are_errors_that_hide_findings() -> None:
    text = accepting(COUNTS, "check: edge-not-attainable").replace("out_of: 30", "out_of: 31")
    assert codes(text) == ["out-of-differs"]


def test_an_entry_for_what_only_tests_tell_is_not_unused() -> None:
    assert codes(accepting(COUNTS, "check: band-without-test, at: cold")) == []


def test_a_finding_that_is_told_while_reading_can_be_accepted() -> None:
    header = "rulebook:\n  id: example\n  name: Lead #1\n  version: 1.0.0\n  owner: sales\n"
    old = "rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }\n"
    text = accepting(COUNTS, "check: text-cut-by-comment, at: example").replace(old, header)
    assert codes(text) == []
