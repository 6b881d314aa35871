"""Valid subjects of any program, made up from its declared inputs."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from scorewright.program.condition import AS_OF
from scorewright.program.exact_numbers import plain
from scorewright.program.program import Input, Program, Type

DAY = date(2026, 1, 31)
MISSING = 0.1


def subjects(program: Program, count: int, seed: int) -> Iterator[dict[str, object]]:
    """Make subjects; every tenth answer is missing, and one in ten subjects brings an undeclared input."""
    chance = random.Random(seed)
    for number in range(count):
        inputs = {
            item.name: value(item, chance)
            for item in program.inputs
            if item.required or chance.random() > MISSING
        }
        yield inputs | ({"undeclared": "x", "also": 1} if number % 10 == 0 else {})


def value(item: Input, chance: random.Random) -> object:
    """Make one valid answer."""
    match item.type:
        case Type.BOOLEAN:
            return chance.random() < 0.5
        case Type.CHOICE:
            return chance.choice(item.options)
        case Type.NUMBER:
            return number(item, chance)
        case Type.DATE:
            return day(item, chance)
        case Type.LIST:
            assert item.item is not None
            return [value(item.item, chance) for _ in range(chance.randint(0, min(3, item.max_items)))]
        case Type.RECORD:
            return {field.name: value(field, chance) for field in item.fields}
        case _:
            return chance.choice(["core", "a", "other words"])


def number(item: Input, chance: random.Random) -> int | float:
    low = item.minimum if isinstance(item.minimum, Fraction) else Fraction(-1000)
    high = item.maximum if isinstance(item.maximum, Fraction) else low + 10_000
    if chance.random() < 0.3:  # near the ends, where steps are
        high = min(high, low + 120)
    decimals = 2 if item.decimals is None else item.decimals
    unit = 10**decimals
    return plain(Fraction(chance.randint(int(low * unit), int(high * unit)), unit))


def day(item: Input, chance: random.Random) -> str:
    first = item.minimum if isinstance(item.minimum, date) else DAY - timedelta(days=400)
    last = DAY if item.maximum is AS_OF else item.maximum
    last = last if isinstance(last, date) else DAY + timedelta(days=400)
    return (first + timedelta(days=chance.randint(0, (last - first).days))).isoformat()
