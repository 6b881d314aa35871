"""Criteria, their tables and conditions, and what they can be asked about."""

from collections.abc import Callable

from tests.scorers.checks.books import BASE, Edits, edited, report_of, told_of_each

TEAM = "when: { input: team_size, at_least: 5 }, points: 10"
SIZE = "{ type: integer, min: 1, max: 1000 }"
SINCE = "since: { type: date, min: 2020-01-01, max: as_of }"
YES = "{ input: budget, is: true }"


def asked(condition: str) -> Edits:
    """Ask for the size of the team in another way."""
    return {"input: team_size, at_least: 5": condition}


def both(how: str, one: str, two: str) -> str:
    """Ask for the size of the team twice."""
    return f"{how}: [{{ input: team_size, {one} }}, {{ input: team_size, {two} }}]"


def recommended(comparison: str) -> Edits:
    """Recommend something by the points of the team."""
    return {"points: 10": f"points: 10, recommend: [{{ {comparison}, actions: [call] }}]"}


def stepped(*rows: str) -> Edits:
    """Earn the 10 points of the team by steps, each written as `from: points label`."""
    steps = []
    for row in rows:
        start, points, *label = row.replace(":", "").split()
        steps.append(f"{{ from: {start}, points: {points}{', label: ' if label else ''}{''.join(label)} }}")
    return {TEAM: f"input: team_size, steps: [{', '.join(steps)}]"}


def rated(rating: str) -> Edits:
    """Earn the 10 points of the team by a rating."""
    return {
        TEAM: f"input: team_size, rating: {rating}",
        "{ type: integer, min: 1, max: 1000 }": "{ type: rating }",
    }


def triggered(condition: str) -> Edits:
    """Add a trigger."""
    return {"actions:\n  call": f"triggers: [{{ id: t, when: {condition} }}]\nactions:\n  call"}


CASES: dict[str, Edits] = {
    "beyond the range": asked("input: team_size, more_than: 1000"),
    "below the range": asked("input: team_size, less_than: 1"),
    "between nothing": asked("input: team_size, between: [50, 10]"),
    "between whole numbers": asked("input: team_size, between: [2.25, 2.75]"),
    "one of nothing left": asked("input: team_size, not_one_of: [7]"),
    "from the lowest on": asked("input: team_size, at_least: 1"),
    "one part of several": asked("any: [{ input: team_size, at_least: 5 }, { input: budget, known: false }]"),
    "a dead part of several": asked(both("any", "at_least: 5", "at_most: 0")),
    "parts that exclude each other": asked(both("all", "at_least: 9", "at_most: 8")),
    "parts that leave nothing out": asked(both("any", "at_least: 9", "at_most: 9")),
    "not what is always so": asked("not: { input: team_size, at_least: 1 }"),
    "one answer for two inputs": asked(f"all: [{YES}, {{ not: {YES} }}]"),
    "known or not": asked("any: [{ input: budget, known: true }, { input: budget, known: false }]"),
    "not known although required": {
        **asked("input: budget, known: false"),
        "{ type: boolean }": "{ type: boolean, required: true }",
    },
    "a ratio out of reach": {
        **asked("ratio: [team_size, team_size], at_least: 2"),
    },
    "a date before it may lie": {
        **asked("input: since, before: 2020-01-01"),
        f"team_size: {SIZE}": SINCE,
    },
    "a date that only time reaches": {
        **asked("input: since, days_ago_at_least: 3650"),
        f"team_size: {SIZE}": SINCE,
    },
    "no points at all": {"points: 10": "points: 0"},
    "one number for all options": {
        TEAM: "input: source, options: { a: 10, b: 10 }",
        f"team_size: {SIZE}": "source: { type: choice, options: [a, b] }",
    },
    "a range of one value": {**rated("as_is"), SIZE: "{ type: rating, min: 5 }"},
    "steps out of order": stepped("1: 0", "50: 10", "49: 5"),
    "one step twice": stepped("1: 0", "50: 10", "50: 5"),
    "steps that start too high": stepped("10: 5", "50: 10"),
    "steps that start below the range": stepped("0: 5", "50: 10"),
    "a step below the range": stepped("-9: 5", "0: 1", "50: 10"),
    "a step above the range": stepped("1: 0", "50: 10", "1001: 5"),
    "a step between two values": stepped("1: 0", "2.25: 3", "2.75: 10"),
    "steps with the same points": stepped("1: 10", "5: 10", "9: 0"),
    "the same points by other names": stepped("1: 10 small", "5: 10 large", "9: 0"),
    "points that rise and fall": stepped("1: 0", "5: 10", "50: 5"),
    "points that fall and rise": stepped("1: 5", "5: 0", "50: 10"),
    "a rating that starts too high": rated('{ "3": 5, "5": 10 }'),
    "one rating twice": rated('{ "1": 0, "5": 10, "5.0": 5 }'),
    "a rating in any order": rated('{ "5": 10, "1": 0, "3": 5 }'),
    "out of more than there is": {"points: 10": "points: 10, out_of: 15"},
    "a recommendation that never applies": recommended("equals: 5"),
    "a recommendation that applies": recommended("less_than: 5"),
    "the same question": {TEAM: f"when: {YES}, points: 10", f"  team_size: {SIZE}\n": ""},
    "a trigger out of range": triggered("{ input: team_size, at_least: 5000 }"),
    "a trigger out of points": triggered("{ score: total, at_least: 31 }"),
    "a trigger between two totals": triggered("{ score: total, between: [11, 19] }"),
    "a trigger on points that cannot be": triggered("{ criterion: team, equals: 5 }"),
    "a dead part of a trigger": triggered(f"{{ any: [{YES}, {{ criterion: team, equals: 5 }}] }}"),
    "a trigger that always fires": triggered("{ score: total, at_least: 0 }"),
    "a disqualifier that never hits": {
        "actions:\n": "disqualifiers: [{ id: d, when: { criterion: team, more_than: 10 } }]\nactions:\n"
    },
    "a closed guard": {"1 week": "1 week, only_if: { input: team_size, at_most: 0 }, otherwise: call"},
}  # fmt: skip


def test_what_is_told_about_criteria(golden: Callable[[str, str], None]) -> None:
    golden("checks/criteria.out", told_of_each(CASES))


SHARED = """
rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }
inputs:
  a: { type: number, min: 0, max: 1000 }
  b: { type: number, min: 0, max: 1000 }
score: { out_of: 6, if_missing: no_points }
criteria:
  - { id: one, when: { all: [{ input: a, one_of: [ONE] }, { input: b, one_of: [TWO] }] }, points: 5 }
  - { id: two, when: { input: a, one_of: [THREE] }, points: 1 }
bands: [{ id: high, from: 6 }, { id: low, from: 0 }]
"""


def listed(start: int, count: int) -> str:
    return ", ".join(str(start + number) for number in range(count))


def shared(count: int) -> list[str]:
    text = SHARED.replace("ONE", listed(1, count)).replace("TWO", listed(1, count))
    return [diagnostic.code for diagnostic in report_of(text.replace("THREE", listed(10, 9))).diagnostics]


def test_criteria_may_share_inputs_as_far_as_bounds_can_be_worked_out() -> None:
    assert shared(20) == []
    assert shared(60) == ["inputs-entangled"]


def test_a_list_is_compared_with_so_many_items_that_all_choices_of_them_can_be_tried() -> None:
    def compared(count: int) -> list[str]:
        items = ", ".join(f"item{number}" for number in range(count))
        edits = {
            "{ type: boolean }": "{ type: list, of: text }",
            "input: budget, is: true": f"input: budget, includes_any: [{items}]",
        }
        return [diagnostic.code for diagnostic in report_of(edited(edits)).diagnostics]

    assert compared(8) == []
    assert compared(30) == ["inputs-entangled"]


def test_answers_that_are_always_there_entangle_nothing() -> None:
    many = "".join(f"  f{number}: {{ type: boolean, required: true }}\n" for number in range(16))
    every = ", ".join(f"{{ input: f{number}, is: true }}" for number in range(16))
    edits = {
        "inputs:\n": f"inputs:\n{many}",
        "{ input: budget, is: true }": f"{{ all: [{every}] }}",
        "  budget: { type: boolean }\n": "",
    }
    assert report_of(edited(edits)).diagnostics == ()
    may_miss = edited(edits, BASE).replace(", required: true", "")
    assert [d.code for d in report_of(may_miss).diagnostics] == ["inputs-entangled"]
