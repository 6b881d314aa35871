from collections.abc import Callable

from tests.scorers.checks.books import Edits, told_of_each


def asked(block: str, comparison: str) -> Edits:
    """Declare the budget in another way, and ask for it."""
    return {"{ type: boolean }": block, "input: budget, is: true": comparison}


CHOICE = "{ type: choice, options: [inbound, outbound, referral] }"
DATE = "{ type: date, max: as_of }"
TENTHS = "{ type: number, min: 0, max: 9, decimals: 1 }"
TAGS = "{ type: list, of: choice, options: [red, green] }"


def before_actions(block: str) -> Edits:
    """Add a block."""
    return {"actions:\n  call": f"{block}\nactions:\n  call"}


YES = "{ input: budget, is: true }"

CASES: dict[str, Edits] = {
    "more of a boolean": asked("{ type: boolean }", "input: budget, at_least: 1"),
    "is of a number": asked("{ type: rating }", "input: budget, is: 5"),
    "more of a choice": asked(CHOICE, "input: budget, more_than: 5"),
    "more of a text": asked("{ type: text }", "input: budget, less_than: 5"),
    "is of a date": asked(DATE, "input: budget, is: 2026-01-01"),
    "is of a list": asked(TAGS, "input: budget, is: red"),
    "includes of a choice": asked(CHOICE, "input: budget, includes: referral"),
    "days of a number": asked("{ type: rating }", "input: budget, days_ago_at_most: 3"),
    "known of all": asked(TAGS, "input: budget, known: true"),
    "ratio of a boolean": asked("{ type: boolean }", "ratio: [budget, team_size], at_least: 1"),
    "change in words": asked("{ type: rating }", "change: [budget, team_size], one_of: [1, 2]"),
    "unknown option": asked(CHOICE, "input: budget, is: referal"),
    "unknown options": asked(CHOICE, "input: budget, one_of: [referral, mail, 3]"),
    "unknown item": asked(TAGS, "input: budget, includes_any: [red, blue]"),
    "old boolean": asked("{ type: boolean }", "input: budget, is: yes"),
    "text for a boolean": asked("{ type: boolean }", "input: budget, is: maybe"),
    "number for a boolean": asked("{ type: boolean }", "input: budget, is: 1"),
    "number for a text": asked("{ type: text }", "input: budget, is: 7"),
    "equal to what is outside": asked("{ type: rating }", "input: budget, equals: 7"),
    "equal to a half": asked("{ type: rating }", "input: budget, equals: 2.5"),
    "one of what is outside": asked(TENTHS, "input: budget, one_of: [1, 9.25, 10]"),
    "before a number": asked(DATE, "input: budget, before: 2026"),
    "after no day": asked(DATE, "input: budget, after: 2026-13-01"),
    "after as_of": asked("{ type: date }", "input: budget, after: as_of"),
    "points in a criterion": asked("{ type: boolean }", f"any: [{YES}, {{ criterion: team, equals: 10 }}]"),
    "total in a criterion": asked("{ type: boolean }", f"all: [{YES}, {{ score: total, at_least: 1 }}]"),
    "total in a disqualifier": before_actions(
        "disqualifiers: [{ id: d, when: { score: total, at_least: 30 } }]"
    ),
    "points in a disqualifier": before_actions(
        "disqualifiers: [{ id: d, when: { criterion: team, at_least: 10 } }]"
    ),
    "total in a trigger": before_actions("triggers: [{ id: t, when: { score: total, at_least: 30 } }]"),
    "total in words": before_actions("triggers: [{ id: t, when: { score: total, is: 30 } }]"),
}


def test_what_is_told_about_comparisons(golden: Callable[[str, str], None]) -> None:
    golden("checks/comparisons.out", told_of_each(CASES))
