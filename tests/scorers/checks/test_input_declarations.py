from collections.abc import Callable

from tests.scorers.checks.books import Edits, told_of_each


def declared(block: str) -> Edits:
    """Declare the budget in another way, and use it only where every type may be used."""
    return {"{ type: boolean }": block, "input: budget, is: true": "input: budget, known: true"}


def header(block: str) -> Edits:
    """Add to the header."""
    return {"owner: sales }\ninputs": f"owner: sales, {block} }}\ninputs"}


CASES: dict[str, Edits] = {
    "choice without options": declared("{ type: choice }"),
    "choice of nothing": declared("{ type: choice, options: [] }"),
    "choice of an empty text": declared('{ type: choice, options: [a, " "] }'),
    "empty text assumed": declared('{ type: text, if_missing: { assume: " " } }'),
    "text compared with an empty one": {
        "{ type: boolean }": "{ type: text }",
        "input: budget, is: true": 'input: budget, one_of: [a, ""]',
    },
    "list of what": declared("{ type: list }"),
    "list of choices without options": declared("{ type: list, of: choice }"),
    "list of lists": declared("{ type: list, of: list }"),
    "list as it should be": declared("{ type: list, of: choice, options: [a, b], max_items: 3 }"),
    "text as the end of a number": declared("{ type: number, min: low, max: 9 }"),
    "as_of as the end of a number": declared("{ type: number, min: 0, max: as_of }"),
    "number as the end of a date": declared("{ type: date, min: 2020 }"),
    "no day as the end of a date": declared("{ type: date, min: 2020-02-30 }"),
    "dates in the wrong order": declared("{ type: date, min: 2026-01-02, max: 2026-01-01 }"),
    "date up to as_of": declared("{ type: date, min: 2020-01-01, max: as_of }"),
    "half as the end of whole numbers": declared("{ type: integer, min: 0.5, max: 9 }"),
    "an end of too many decimals": declared("{ type: money, decimals: 2, min: 0.125, max: 9 }"),
    "nothing between": declared("{ type: percent, min: 60, max: 40 }"),
    "rating that begins above its end": declared("{ type: rating, min: 6 }"),
    "no range": declared("{ type: number }"),
    "half a range": declared("{ type: number, min: 0 }"),
    "count without window": declared("{ type: count }"),
    "count with window": declared("{ type: count, window: 30 days }"),
    "required and not": declared("{ type: boolean, required: true, if_missing: incomplete }"),
    "number assumed for a boolean": declared("{ type: boolean, if_missing: { assume: 1 } }"),
    "unknown option assumed": declared("{ type: choice, options: [warm], if_missing: { assume: warn } }"),
    "number outside its range assumed": declared("{ type: rating, if_missing: { assume: 9 } }"),
    "half a rating assumed": declared("{ type: rating, if_missing: { assume: 2.5 } }"),
    "no day assumed": declared("{ type: date, if_missing: { assume: soon } }"),
    "list assumed": declared("{ type: list, of: text, if_missing: { assume: a } }"),
    "date assumed": declared("{ type: date, if_missing: { assume: 2026-01-01 } }"),
    "options of a boolean": declared("{ type: boolean, options: [a, b] }"),
    "decimals of whole numbers": declared("{ type: integer, min: 0, max: 9, decimals: 1 }"),
    "items of a text": declared("{ type: text, of: text, max_items: 3 }"),
    "window of a date": declared("{ type: date, window: 30 days }"),
    "range of a text": declared("{ type: text, min: 1, max: 9 }"),
    "guide off the scale": declared('{ type: rating, guide: { "1": low, "6": high } }'),
    "guide in words": declared("{ type: rating, guide: { low: bad, high: good } }"),
    "guide of an unknown option": declared("{ type: choice, options: [a, b], guide: { c: none } }"),
    "guide of a boolean": declared("{ type: boolean, guide: { yes: agreed } }"),
    "guides as they should be": declared('{ type: rating, decimals: 1, guide: { "1": low, "2.5": so so } }'),
    "left out without a minimum": {"if_missing: no_points": "if_missing: leave_out"},
    "left out by one input": {"{ type: boolean }": "{ type: boolean, if_missing: leave_out }"},
    "left out by one criterion": {"points: 10": "points: 10, if_missing: leave_out"},
    "left out with a minimum": {"if_missing: no_points": "if_missing: leave_out, minimum_known: 1"},
    "ends before it begins": {
        "owner: sales }": "owner: sales, effective: { from: 2026-02-01, until: 2026-01-01 } }"
    },
    "begins on no day": header("effective: { from: 2026-02-30 }"),
    "begins in the year 26": header("effective: { from: 0026-01-01, until: 2026-12-31 }"),
    "not before the year 26": declared("{ type: date, min: 0026-02-28 }"),
    "one day only": header("effective: { from: 2026-02-01, until: 2026-02-01 }"),
}


def test_what_is_told_about_inputs(golden: Callable[[str, str], None]) -> None:
    golden("checks/inputs.out", told_of_each(CASES))
