"""A second reading of rule tables, from the rulebook as written, sharing no code with the law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from tests.properties.oracle import Block, Facts, Known, true
from tests.properties.zero_oracle import flags, lost, values_lost


@dataclass
class Read:
    """What a table says about valid answers."""

    values: dict[str, Fraction]
    lists: dict[str, list[str]]
    total: Fraction | None
    band: str | None
    triggers: list[str]
    flags: list[str]
    over_zero: set[str]


def read(written: Block, answers: Known, as_of: date) -> Read:
    """Read a table once more."""
    values = worked_out(written["values"], answers)
    facts = Facts({**answers, **values}, as_of)
    lists = {
        named["id"]: [item["id"] for item in named["items"] if stands(item, facts)]
        for named in written["lists"]
    }
    facts.points = {f"list {id}": Fraction(len(items)) for id, items in lists.items()}
    score = written["score"]
    told = {trigger["id"]: holds(trigger["when"], facts) for trigger in written["triggers"]}
    total: Fraction | None = None
    if score["method"] == "value" and score["of"] in values:
        total = Fraction(floor(values[score["of"]] * 10_000 + Fraction(1, 2)), 10_000)
    elif score["method"] == "count" and score["of"] == "triggers":
        total = Fraction(list(told.values()).count(True))
    elif score["method"] == "count":
        total = Fraction(len(lists[score["of"]]))
    facts.total = total
    band = band_of(written["bands"], facts)
    watched = [flag for given in written["bands"] if given["id"] == band for flag in given.get("flags", [])]
    raised = [flag["id"] for flag in written["flags"] if holds(flag["when"], facts)]
    unsure = [f"not_evaluated:{id}" for id, answer in told.items() if answer is None]
    fired = [id for id, answer in told.items() if answer]
    return Read(
        values, lists, total, band, fired, [*watched, *raised, *unsure], set(over_zero(written, facts))
    )


def over_zero(written: Block, facts: Facts) -> Iterator[str]:
    """List the flags of what divides by 0, but for guards: which are asked depends on what is recommended."""
    zeros = values_lost(written["values"], facts.answers)
    if written["score"]["method"] == "value":
        zeros["score", "total"] = zeros.get(("value", written["score"]["of"]), set())

    def of(condition: Block) -> set[str]:
        return lost(condition, lambda part: holds(part, facts), zeros, facts.answers)

    for (left, name), divisors in zeros.items():
        yield from flags("value", name, divisors) if left == "value" else ()
    for kind, several in (("trigger", written["triggers"]), ("flag", written["flags"])):
        for block in several:
            yield from flags(kind, block["id"], of(block["when"]))
    for item in (item for named in written["lists"] for item in named["items"]):
        applies = holds(item["when"], facts) if "when" in item else True
        excused = holds(item["unless"], facts) if "unless" in item else False
        if applies is not False and excused is not True:
            parts = [item[key] for key in ("when", "unless") if key in item]
            yield from flags("item", item["id"], set().union(*map(of, parts)))
    asked = [band for band in written["bands"] if "when" in band and holds(band["when"], facts) is not False]
    sure = [
        band for band in written["bands"] if "when" not in band or holds(band["when"], facts) is not False
    ]
    if asked and sure[0] is asked[0] and "from" not in sure[0]:
        yield from flags("band", asked[0]["id"], of(asked[0]["when"]))


def holds(condition: Block, facts: Facts) -> bool | None:
    """Ask a condition in which values count as answers and lists as criteria."""
    return true(translated(condition), facts)


def translated(condition: Block) -> Block:
    """Write a condition in the words that points are asked for."""
    found: dict[str, object] = {}
    for key, part in condition.items():
        if key in ("all", "any"):
            found[key] = [translated(inner) for inner in part]
        elif key == "not":
            found[key] = translated(part)
        elif key == "list":
            found["criterion"] = f"list {part}"
        else:
            found["input" if key == "value" else key] = part
    return found


def stands(item: Block, facts: Facts) -> bool:
    """Tell whether an item is listed."""
    applies = "when" not in item or holds(item["when"], facts)
    return bool(applies) and not ("unless" in item and holds(item["unless"], facts))


def band_of(bands: list[Block], facts: Facts) -> Any:
    """Read the band by its edge, or by the first condition that is not false."""
    if all("from" in band for band in bands):
        reached = [band for band in bands if facts.total is not None and band["from"] <= facts.total]
        return max(reached, key=lambda band: band["from"])["id"] if reached else None
    for band in bands:
        answer = holds(band["when"], facts) if "when" in band else True
        if answer is not False:
            return band["id"] if answer else None
    return None


def worked_out(values: Mapping[str, Block], answers: Known) -> dict[str, Fraction]:
    """Work out the values, over and over until nothing is added."""
    found: dict[str, Fraction] = {}
    for _ in values:
        for name, value in values.items():
            number = formula(value, {**answers, **found})
            if number is not None:
                found[name] = number
    return found


def formula(value: Block, known: Mapping[str, Any]) -> Any:
    """Work out one value."""
    if "lookup" in value:
        return value["lookup"]["options"].get(known.get(value["lookup"]["input"]))
    if "distinct" in value:
        return different(value["distinct"], known)
    if "sum" in value or "trailing" in value:
        return over_rows(value, known)
    sign = next(key for key in ("add", "subtract", "multiply", "divide", "percent") if key in value)
    numbers: list[Any] = [known.get(part) if isinstance(part, str) else part for part in value[sign]]
    if not all(isinstance(number, Fraction) for number in numbers):
        return None
    result = Fraction(numbers[0])
    for number in numbers[1:]:
        if sign in ("divide", "percent") and number == 0:
            return None
        result = {
            "add": lambda a, b: a + b,
            "subtract": lambda a, b: a - b,
            "multiply": lambda a, b: a * b,
            "divide": lambda a, b: a / b,
            "percent": lambda a, b: 100 * a / b,
        }[sign](result, number)
    return result


def different(block: Block, known: Mapping[str, Any]) -> Fraction | None:
    """Count different texts."""
    seen: set[Any] = set()
    for name in block["over"]:
        items = known.get(name)
        if not isinstance(items, tuple):
            return None
        seen |= set(items)
    ending = block.get("except_ending")
    return Fraction(
        sum(1 for text in seen - set(block.get("except", [])) if not (ending and text.endswith(ending)))
    )


def over_rows(value: Block, known: Mapping[str, Any]) -> Fraction | None:
    """Add up, or count back, over records of `plan` and `won`, in this order."""
    rows = known.get("rows")
    if not isinstance(rows, tuple):
        return None
    named: list[dict[str, Any]] = [
        dict(zip(("plan", "won"), row, strict=True)) for row in rows if isinstance(row, tuple)
    ]
    if "sum" in value:
        total = Fraction(0)
        for row in named:
            product = Fraction(1)
            for field in value["sum"]["of"]:
                if row[field] is None:
                    return None
                product *= row[field]
            total += product
        return total
    run = 0
    for row in named:
        won, plan = row[value["trailing"]["field"]], row[value["trailing"]["at_least"]]
        run = 0 if won is None or plan is None or won < plan else run + 1
    return Fraction(run)
