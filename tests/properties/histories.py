"""Histories of facts: ties in time, ages at the edge of windows, twins, records, and what is to come."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from scorers.condition import Value
from scorers.fact import DAY, Fact, Moment, end_of
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

VALUES: dict[str, st.SearchStrategy[Value]] = {
    "number": st.sampled_from(NUMBERS),
    "integer": st.sampled_from(WHOLE),
    "text": st.sampled_from(WORDS),
    "choice": st.sampled_from(MOODS),
    "boolean": st.booleans(),
    "date": st.sampled_from(DAYS),
}


def fields_of(kind: str) -> dict[str, str]:
    """Give the types of a kind's fields."""
    return {name: block["type"] for name, block in KINDS[kind].get("fields", {}).items()}


times: st.SearchStrategy[Moment] = st.one_of(
    st.sampled_from([NOW - age for age in AGES]),
    st.sampled_from([NOW + 1, NOW + DAY]),
    st.integers(NOW - 40 * DAY, NOW),
)


@st.composite
def facts(draw: st.DrawFn, id: str) -> Fact:
    """Make one fact."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    values = {name: draw(VALUES[of]) for name, of in sorted(fields_of(kind).items())}
    return Fact(kind, draw(times), values, id)


@st.composite
def histories(draw: st.DrawFn, most: int = 14) -> tuple[Fact, ...]:
    """Make the facts of one account, each with an id of its own; some are alike but for their ids."""
    ids = draw(st.lists(st.sampled_from([f"e{n}" for n in range(40)]), max_size=most, unique=True))
    found: list[Fact] = []
    for id in ids:
        twin = draw(st.sampled_from(found)) if found and draw(st.integers(0, 4)) == 0 else None
        found.append(draw(facts(id)) if twin is None else Fact(twin.kind, twin.at, twin.values, id))
    return tuple(found)
