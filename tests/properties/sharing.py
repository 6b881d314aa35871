"""Rulebooks of few possible answers whose criteria share inputs, as real cards do, and subjects for them.

Bins of a number, of a ratio and of a change, a bin for a missing answer, several criteria on one choice,
date, list or signal, conditions over several inputs, and values whose range refuses some answers.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from random import Random

from scorewright.program.condition import Value
from scorewright.program.program import Program
from tests.properties.completions import domain
from tests.properties.strategies import worth_scoring
from tests.written import AS_OF, HEADER, Written, compiled

POINTS = [Fraction(text) for text in ("1", "2.5", "5", "8", "10", "12", "20", "40", "-3", "-10", "-30")]
POLICIES = ("no_points", "no_points", "no_points", "leave_out", "incomplete")
NUMBERS = ("integer", "count", "number", "rating", "percent", "money")
QUIET: Written = {
    "facts": {"call": {"label": "Call", "fields": {"how": {"type": "text", "label": "How"}}}},
    "signals": [{"id": "quiet", "label": "Quiet", "when": {"no": "call", "within": "7 days"}}],
}


def programs(chance: Random, *, wide: bool = False) -> tuple[Written, Program]:
    """Write rulebooks until the law has an answer to one, and compile it; wide ones have more answers."""
    while True:
        written = rulebook(chance, wide=wide)
        program = compiled(written)
        if worth_scoring(program):
            return written, program


def rulebook(chance: Random, *, wide: bool = False) -> Written:
    """Write a rulebook of up to six criteria over at most four inputs of at most five answers each."""
    declared = {name: _input(chance, wide=wide) for name in "abcd"[: chance.randint(1, 4)]}
    signal = chance.random() < 0.2
    weighted = chance.random() < 0.3
    groups = _groups(chance, weighted=weighted)
    inside = [group["id"] for group in groups] if weighted else [*(group["id"] for group in groups), None]
    criteria = [_criterion(chance, declared, signal=signal) for _ in range(chance.randint(2, 6))]
    for index, criterion in enumerate(criteria):
        criterion["id"] = f"c{index}"
        if (group := chance.choice(inside)) is not None:
            criterion["group"] = group
        if chance.random() < 0.15:
            criterion["actionable"] = False
        if chance.random() < 0.15:
            criterion["if_missing"] = chance.choice(POLICIES)
    edges = sorted(chance.sample([Fraction(n) for n in range(-30, 100, 3)], 6), reverse=True)
    return {
        "rulebook": HEADER, "inputs": declared, "score": _score(chance, weighted=weighted), "groups": groups,
        "values": _values(chance, declared), "criteria": criteria,
        "bands": [{"id": f"band{index}", "from": edge} for index, edge in enumerate(edges)],
        **(QUIET if signal else {}),
    }  # fmt: skip


def apart(chance: Random) -> Program:
    """Compile a rulebook whose criteria share nothing."""
    while True:
        weighted = chance.random() < 0.3
        written: Written = {**rulebook(chance), "inputs": {}, "criteria": [], "values": {}}
        groups = _groups(chance, weighted=weighted)
        for index in range(chance.randint(2, 9)):
            declared = {f"{name}{index}": _input(chance) for name in "ab"}
            group = {"group": chance.choice(groups)["id"]} if groups else {}
            criterion = _criterion(chance, declared, signal=False)
            written["criteria"].append({**criterion, **group, "id": f"c{index}"})
            written["inputs"] |= declared
        program = compiled({**written, "groups": groups, "score": _score(chance, weighted=weighted)})
        if worth_scoring(program):
            return program


WIDE: list[Written] = [
    {"type": "count"},
    {"type": "number"},
    {"type": "number", "min": -2.5, "max": 7.25},
    {"type": "percent", "min": 0, "max": 100},
    {"type": "money", "min": 0, "max": 1_000_000, "decimals": 2},
    {"type": "integer", "min": -100},
    {"type": "date", "max": "as_of"},
    {"type": "text"},
    {"type": "list", "of": "choice", "options": ["x", "y", "z"], "max_items": 3},
]


def _input(chance: Random, *, wide: bool = False) -> Written:
    kinds: list[Written] = [
        {"type": "boolean"},
        {"type": "choice", "options": ["red", "green", "blue", "grey"][: chance.randint(2, 4)]},
        {"type": "rating"},
        {"type": "integer", "min": -1, "max": chance.randint(0, 3)},
        {"type": "count", "max": chance.randint(1, 4)},
        {"type": "number", "min": 0, "max": 0.4, "decimals": 1},
        {"type": "date", "min": (AS_OF - timedelta(days=chance.randint(1, 4))).isoformat(), "max": "as_of"},
        {"type": "list", "of": "choice", "options": ["x", "y", "z"], "max_items": 1},
    ]
    block = dict(chance.choice([*kinds, *kinds[2:6], *(WIDE * 2 if wide else [])]))
    if chance.random() < 0.15:
        block["if_missing"] = chance.choice(POLICIES)
    elif chance.random() < 0.15:
        block["required"] = True
    elif block["type"] == "boolean" and chance.random() < 0.3:
        block["if_missing"] = {"assume": chance.random() < 0.5}
    return block


def _groups(chance: Random, *, weighted: bool) -> list[Written]:
    names = ["fit", "intent"][: chance.randint(1 if weighted else 0, 2)]
    found: list[Written] = [{"id": name, **({"weight": 50} if weighted else {})} for name in names]
    for group in found:
        if chance.random() < 0.3:
            group["cap"] = chance.choice([5, 12, 30])
        if chance.random() < 0.2:
            group["floor"] = chance.choice([-5, 0, 3])
    return found


def _score(chance: Random, *, weighted: bool) -> Written:
    found: Written = {
        "method": "weighted" if weighted else "sum", "out_of": 100, "if_missing": chance.choice(POLICIES)
    }  # fmt: skip
    able = {"minimum_known": [1, 2], "minimum_coverage": [20, 50], "cap": [30], "floor": [0]}
    for key, values in able.items():
        if chance.random() < 0.08:
            found[key] = chance.choice(values)
    return found


def _values(chance: Random, declared: Mapping[str, Written]) -> dict[str, Written]:
    numbers = [name for name in declared if declared[name]["type"] in NUMBERS]
    if len(numbers) < 2 or chance.random() < 0.8:
        return {}
    first, second = chance.sample(numbers, 2)
    return {"rest": {"subtract": [first, second], "min": chance.choice([-2, 0]), "blame": second}}


def _criterion(chance: Random, declared: Mapping[str, Written], *, signal: bool) -> Written:
    name = chance.choice(sorted(declared))
    ways = _earnings(chance, name, declared[name])
    if ways and chance.random() < 0.3:
        return {"input": name, **chance.choice(ways)}
    if signal and chance.random() < 0.3:
        return {"when": {"signal": "quiet", "is": chance.random() < 0.5}, "points": chance.choice(POINTS)}
    return {"when": _condition(chance, declared, depth=1), "points": chance.choice(POINTS)}


def _earnings(chance: Random, name: str, block: Written) -> list[Written]:
    def points() -> Fraction:
        return chance.choice(POINTS)

    kind = block["type"]
    if kind in NUMBERS:
        rows = [{"from": at, "points": points()} for at in sorted(chance.sample([-1, 0, 0.2, 1, 2, 3, 4], 3))]
        found: list[Written] = [{"steps": rows}, {"each": chance.choice([5, -2, 0.3]), "up_to": 0}]
        found[1]["up_to"] = found[1]["each"] * chance.choice([1, 2, 3])
        rating: list[Written] = [{"rating": "as_is"}, {"rating": "reversed"}] if kind == "rating" else []
        ranged = kind == "rating" or ("max" in block and ("min" in block or kind == "count"))
        by_value: list[Written] = [{"value": "as_is"}] if ranged else []
        return [*(found if ranged or kind == "count" else found[:1]), *by_value, *rating]
    if kind == "choice":
        options = chance.sample(block["options"], chance.randint(1, len(block["options"])))
        return [{"options": {option: points() for option in options}}]
    if kind == "date":
        return [{"decay": {"points": points(), "half_life": chance.choice(["1 day", "2 days"])}}]
    return []


def _condition(chance: Random, declared: Mapping[str, Written], depth: int) -> Written:
    if depth and chance.random() < 0.25:
        parts = [_condition(chance, declared, depth - 1) for _ in range(2)]
        return {chance.choice(["all", "any"]): parts} if chance.random() < 0.8 else {"not": parts[0]}
    numbers = [name for name in declared if declared[name]["type"] in NUMBERS]
    if len(numbers) > 1 and chance.random() < 0.4:
        pair = chance.sample(numbers, 2)
        test = chance.choice(["at_least", "at_most", "more_than", "less_than"])
        if chance.random() < 0.7:
            return {"ratio": pair, test: chance.choice([0.2, 0.5, 1, 2])}
        return {"change": pair, test: chance.choice([-50, 0, 100])}
    name = chance.choice(sorted(declared))
    if chance.random() < 0.15:
        known = {"input": name, "known": True}
        return {"not": known} if chance.random() < 0.7 else known
    return {"input": name, **_test(chance, declared[name])}


def _test(chance: Random, block: Written) -> Written:
    match block["type"]:
        case "boolean":
            return {"is": chance.random() < 0.7}
        case "choice":
            several = chance.sample(block["options"], chance.randint(1, 2))
            return {chance.choice(["one_of", "not_one_of"]): several}
        case "date":
            return {chance.choice(["days_ago_at_least", "days_ago_at_most"]): chance.randint(0, 4)}
        case "list":
            return {"includes": chance.choice("xyz")}
        case "text":
            several = chance.sample(["x", "y", "z"], chance.randint(1, 2))
            return {chance.choice(["one_of", "not_one_of"]): several}
        case _:
            low, high = sorted(chance.choices([-1, 0, 0.2, 0.3, 1, 2, 3, 4, 5], k=2))
            test = chance.choice(["at_least", "at_most", "more_than", "less_than", "equals", "between"])
            return {test: [low, high] if test == "between" else chance.choice([low, high])}


def answers(chance: Random, program: Program, gaps: float = 0.3) -> dict[str, Value]:
    """Answer some of the inputs, each in any way that it can be."""
    found: dict[str, Value] = {}
    for item in program.inputs:
        able: Sequence[Value] = domain(item, AS_OF)
        if able and (item.required or chance.random() >= gaps):
            found[item.name] = chance.choice(able)
    return found
