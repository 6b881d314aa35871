"""Histories of facts: ties in time, ages at the edge of windows, twins, records, and what is to come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from scorewright.program.condition import Value
from scorewright.program.fact import DAY, Fact, Moment, end_of
from tests.written import AS_OF, Written

NOW: Moment = end_of(AS_OF)
HOUR = DAY // 24

MOODS = ["calm", "sour"]
KINDS: dict[str, Written] = {
    "call": {
        "fields": {
            "n": {"type": "number"},
            "m": {"type": "integer"},
            "who": {"type": "text"},
            "on": {"type": "date"},
            "ok": {"type": "boolean"},
        }
    },
    "reply": {"fields": {"n": {"type": "number"}, "who": {"type": "text"}, "on": {"type": "date"}}},
    "state": {
        "key": ["who"],
        "fields": {
            "who": {"type": "text"},
            "n": {"type": "number"},
            "mood": {"type": "choice", "options": MOODS},
        },
    },
    "month": {
        "key": ["m", "who"],
        "fields": {"m": {"type": "integer"}, "who": {"type": "text"}, "n": {"type": "number"}},
    },
    "ping": {},
    "risk": {"fields": {"mood": {"type": "choice", "options": MOODS}}},
    "alarm": {"fields": {"n": {"type": "number"}}},
}  # fmt: skip
"""Events, records of one and of two key fields, one without fields, and two that rules assert."""

NUMBERS = [Fraction(text) for text in ("0", "1", "2", "-1", "0.5", "0.7", "1.4", "3", "999999999999999")]
WHOLE = [Fraction(number) for number in (0, 1, 2, 3)]
WORDS = ["ann", "bob", "Ann", ""]
DAYS = [date(2026, 1, 31), date(2026, 1, 30), date(2026, 1, 24), date(2024, 2, 29), date(2026, 2, 2)]
AGES = [0, 1, HOUR - 1, HOUR, DAY - 1, DAY, 2 * DAY, 3 * DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1, 30 * DAY]

VALUES: dict[str, Sequence[Value]] = {
    "number": [*NUMBERS[:3] * 3, *NUMBERS],
    "integer": WHOLE,
    "text": [*WORDS[:2] * 3, *WORDS],
    "choice": MOODS,
    "boolean": [True, False],
    "date": DAYS,
}
OFTEN = ["call"] * 3 + ["reply"] * 3 + ["state"] * 2 + ["month", "ping", "risk", "alarm"]
TIMES = [NOW - age for age in AGES] + [NOW + 1, NOW + DAY]


def fields_of(kind: str) -> dict[str, str]:
    """Give the types of a kind's fields."""
    return {name: block["type"] for name, block in KINDS[kind].get("fields", {}).items()}


def _fact(chance: Random, id: str) -> Fact:
    kind = chance.choice(OFTEN)
    at = chance.choice([*TIMES, chance.randrange(NOW - 40 * DAY, NOW)])
    return Fact(kind, at, {name: chance.choice(VALUES[of]) for name, of in fields_of(kind).items()}, id)


def _history(seed: int, size: int) -> tuple[Fact, ...]:
    chance = Random(seed)
    found: list[Fact] = []
    for number in range(size):
        id = f"e{(number * 7 + seed) % 31}"
        twin = chance.choice(found) if found and chance.random() < 0.15 else None
        found.append(_fact(chance, id) if twin is None else replace(twin, id=id))
    return tuple(found)


def histories(most: int = 24) -> st.SearchStrategy[tuple[Fact, ...]]:
    """Make the facts of one account, each with an id of its own; some are alike but for their ids.

    They come from a seed, for facts that are drawn one by one hardly ever fit together.
    """
    return st.builds(_history, st.integers(0, 2**32), st.sampled_from(range(most, -1, -1)))
