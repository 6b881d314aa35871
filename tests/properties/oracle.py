"""A second reading of the scoring law, from the rulebook as written: plain, slow, and of its own code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from scorewright.program.condition import Value

Block = Mapping[str, Any]
"""A block of a rulebook as written, its numbers exact."""

Known = Mapping[str, Value]
Points = dict[str, Fraction | None]
ZERO = Fraction(0)


@dataclass
class Facts:
    """What conditions are asked about; what is not known is absent or None."""

    answers: Known
    as_of: date
    points: Points = field(default_factory=dict)
    groups: Points = field(default_factory=dict)
    total: Fraction | None = None


def true(condition: Block, facts: Facts) -> bool | None:
    """Tell whether a condition is true, false, or unknown."""
    if "not" in condition:
        inner = true(condition["not"], facts)
        return None if inner is None else not inner
    for word, wins in (("all", False), ("any", True)):
        if word in condition:
            parts = [true(part, facts) for part in condition[word]]
            return wins if wins in parts else None if None in parts else not wins
    left = left_side(condition, facts)
    word, right = next((key, value) for key, value in condition.items() if key not in LEFT_SIDES)
    if word == "known":
        return bool((left is not None) == right)
    if left is None:
        return None
    if isinstance(left, date):
        return of_days(word, left, right, facts.as_of)
    if isinstance(left, tuple) and any(isinstance(item, date) for item in left):
        right = (
            [day(one, facts.as_of) for one in right] if isinstance(right, list) else day(right, facts.as_of)
        )
    return TESTS[word](left, right)


LEFT_SIDES = ("input", "signal", "criterion", "group", "score", "ratio", "change")

TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda left, right: bool(left == right),
    "equals": lambda left, right: bool(left == right),
    "one_of": lambda left, right: any(left == one for one in right),
    "not_one_of": lambda left, right: all(left != one for one in right),
    "at_least": lambda left, right: bool(left >= right),
    "at_most": lambda left, right: bool(left <= right),
    "more_than": lambda left, right: bool(left > right),
    "less_than": lambda left, right: bool(left < right),
    "between": lambda left, right: bool(right[0] <= left <= right[1]),
    "includes": lambda left, right: right in left,
    "includes_any": lambda left, right: any(one in left for one in right),
    "starts_with": lambda left, right: left[: len(right)] == right,
    "ends_with": lambda left, right: left[-len(right) :] == right,
    "contains": lambda left, right: left.find(right) >= 0,
}


def day(written: str, as_of: date) -> date:
    """Read a day as it is written in a rulebook."""
    return as_of if written == "as_of" else date.fromisoformat(written)


DAYS: Mapping[str, Callable[[int, Any], bool]] = {
    "days_ago_at_least": lambda ahead, days: -ahead >= days,
    "days_ago_at_most": lambda ahead, days: -ahead <= days,
    "within_next": lambda ahead, days: 0 <= ahead <= days,
    "within_last": lambda ahead, days: 0 <= -ahead <= days,
    "days_until_at_least": lambda ahead, days: ahead >= days,
    "days_until_at_most": lambda ahead, days: 0 <= ahead <= days,
}


def of_days(word: str, left: date, right: Any, as_of: date) -> bool:
    """Compare a day."""
    ahead = left.toordinal() - as_of.toordinal()
    if word in DAYS:
        return bool(DAYS[word](ahead, right))
    other = day(right, as_of)
    return {"is": left == other, "before": left < other, "after": left > other}[word]


def left_side(condition: Block, facts: Facts) -> Value | None:
    """Give what a comparison compares."""
    for word in ("input", "signal"):
        if word in condition:
            return facts.answers.get(condition[word])
    if "criterion" in condition:
        return facts.points.get(condition["criterion"])
    if "group" in condition:
        return facts.groups.get(condition["group"])
    if "score" in condition:
        return facts.total
    pair = condition.get("ratio") or condition["change"]
    first, second = (facts.answers.get(name) for name in pair)
    if not isinstance(first, Fraction) or not isinstance(second, Fraction) or second == 0:
        return None
    return first / second if "ratio" in condition else 100 * (first - second) / second


def earned(criterion: Block, facts: Facts, declared: Mapping[str, Block]) -> Fraction | None:
    """Give a criterion's points, None where they are unknown."""
    if "when" in criterion:
        answer = true(criterion["when"], facts)
        return None if answer is None else Fraction(criterion["points"] if answer else 0)
    value: Any = facts.answers.get(criterion["input"])
    if value is None:
        return None
    return next(
        by(criterion, value, facts.as_of, declared[criterion["input"]])
        for key, by in EARNED.items()
        if key in criterion
    )


def counted(criterion: Block, value: Fraction) -> Fraction:
    """Count, no further than the limit."""
    points, most = criterion["each"] * value, criterion["up_to"]
    return Fraction(min(points, most) if criterion["each"] > 0 else max(points, most))


def rated(rating: Any, value: Fraction, block: Block) -> Fraction:
    """Rate as it is, the other way round, or by rows."""
    if isinstance(rating, dict):
        return last_row([(Fraction(row), points) for row, points in rating.items()], value)
    reverse = rating == "reversed"
    return Fraction(block.get("min", 1) + block.get("max", 5) - value if reverse else value)


EARNED: Mapping[str, Callable[[Block, Any, date, Block], Fraction]] = {
    "steps": lambda c, value, *_: last_row([(row["from"], row["points"]) for row in c["steps"]], value),
    "options": lambda c, value, *_: Fraction(c["options"].get(value, 0)),
    "rating": lambda c, value, _, block: rated(c["rating"], value, block),
    "value": lambda c, value, *_: Fraction(value),
    "each": lambda c, value, *_: counted(c, value),
    "decay": lambda c, value, as_of, _: faded(c["decay"], (as_of - value).days),
}
"""What an answer earns by each way, from the criterion as written, the answer, the day and the input."""


def last_row(rows: Sequence[tuple[Fraction, Fraction]], value: Fraction) -> Fraction:
    """Give the points of the row with the greatest start that the value reaches."""
    reached = [row for row in rows if row[0] <= value]
    return max(reached)[1] if reached else ZERO


def faded(decay: Block, days: int) -> Fraction:
    """Halve by powers of whole numbers only: `points / 2 ** (days / half_life)`, to 4 decimals half up."""
    count, unit = decay["half_life"].split()
    half_life = int(count) * (7 if unit.startswith("week") else 1)
    points = Fraction(decay["points"])
    if days % half_life == 0:
        return Fraction(points / 2 ** (days // half_life))

    def reaches(edge: Fraction) -> bool:
        if points > 0:
            return edge <= 0 or points**half_life >= edge**half_life * 2**days
        return edge < 0 and abs(points) ** half_life <= abs(edge) ** half_life * 2**days

    units = floor(float(points) * 2 ** (-days / half_life) * 10_000) - 2
    while reaches(Fraction(2 * units + 1, 20_000)):
        units += 1
    return Fraction(units, 10_000)
