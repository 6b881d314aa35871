from collections.abc import Callable

from tests.scorers.checks.books import Edits, told_of_each


def earned(block: str, earning: str, out_of: int = 30) -> Edits:
    """Declare the budget in another way, and earn by it."""
    return {
        "{ type: boolean }": block,
        "when: { input: budget, is: true }, points: 20": f"input: budget, {earning}",
        "out_of: 30": f"out_of: {out_of}",
        "from: 30": f"from: {out_of}",
    }


NUMBER = "{ type: number, min: 0, max: 20 }"
CHOICE = "{ type: choice, options: [a, b, c] }"
DATE = "{ type: date, max: as_of }"
DECAY = "decay: { points: 20, half_life: 30 days }"

CASES: dict[str, Edits] = {
    "steps of a boolean": earned("{ type: boolean }", "steps: [{ from: 0, points: 20 }]"),
    "rating of a text": earned("{ type: text }", "rating: as_is"),
    "value of a date": earned("{ type: date }", "value: as_is"),
    "counting a list": earned("{ type: list, of: text }", "each: 5, up_to: 20"),
    "options of a number": earned(NUMBER, "options: { a: 20 }"),
    "decay of a number": earned(NUMBER, DECAY),
    "unknown option": earned(CHOICE, "options: { a: 20, b: 0, c: 5, d: 1 }"),
    "an option left out": earned(CHOICE, "options: { a: 20, b: 0 }"),
    "options left out": earned(CHOICE, "options: { a: 20 }"),
    "rating in words": earned("{ type: rating }", "rating: { low: 0, high: 20 }"),
    "rating off the scale": earned("{ type: rating }", 'rating: { "1": 0, "6": 20 }'),
    "rating on the scale": earned("{ type: rating }", 'rating: { "1": 0, "5": 20 }'),
    "value without an end": earned("{ type: number, min: 0 }", "value: as_is"),
    "reversed without ends": earned("{ type: number }", "rating: reversed"),
    "value with ends": earned(NUMBER, "value: as_is"),
    "counting from nowhere": earned("{ type: integer, max: 9 }", "each: 5, up_to: 20"),
    "counting from 0": earned("{ type: count, window: 1 week }", "each: 5, up_to: 20"),
    "counting the wrong way": earned("{ type: count, window: 1 week }", "each: 5, up_to: -20"),
    "decay into the future": earned("{ type: date }", DECAY),
    "decay as it should be": earned(DATE, DECAY),
    "decay twice": {
        **earned(DATE, DECAY),
        "when: { input: team_size, at_least: 5 }, points: 10": f"input: budget, {DECAY}",
    },
    "bands on a choice": {
        **earned(CHOICE, "options: { a: 20, b: 0, c: 0 }"),
        "if_missing: no_points": "if_missing: no_points, band_on: budget",
    },
}


def test_what_is_told_about_what_feeds_criteria(golden: Callable[[str, str], None]) -> None:
    golden("checks/feeding.out", told_of_each(CASES))
