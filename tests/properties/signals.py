"""Signals and measures as an analyst writes them: every kind of line, test, join, window and tally."""

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.properties.histories import DAYS, KINDS, MOODS, NUMBERS, WHOLE, WORDS, fields_of
from tests.written import Written

LAYERS = ("call", "reply", "state", "month", "ping"), ("risk",), ("alarm",)
"""What is recorded, what may follow from it, and what may follow from that: nothing leads back."""

COMPARED = ("equals", "at_least", "at_most", "more_than", "less_than")
AGES = ["1 hour", "90 minutes", "1 day", "2 days", "3 days", "7 days", "1 week", "30 days"]


@dataclass(frozen=True)
class Seen:
    """The facts that earlier lines named: the kind behind each alias."""

    kinds: Mapping[str, str]

    def references(self, kind: str, of: str) -> list[str]:
        """List what a field of a type can be compared with, in the same fact and in earlier ones."""
        own = [name for name, other in fields_of(kind).items() if _alike(other, of)]
        others = [
            f"{alias}.{name}"
            for alias, earlier in self.kinds.items()
            for name, other in fields_of(earlier).items()
            if _alike(other, of)
        ]
        return [*own, *others, *others]


def _alike(one: str, other: str) -> bool:
    numbers = ("number", "integer")
    return one == other or (one in numbers and other in numbers)


CONSTANTS: dict[str, list[object]] = {
    "number": [*NUMBERS], "integer": [*WHOLE], "text": [*WORDS], "choice": [*MOODS], "boolean": [True, False],
    "date": [day.isoformat() for day in DAYS],
}  # fmt: skip


@st.composite
def field_tests(draw: st.DrawFn, kind: str, name: str, seen: Seen) -> Written:
    """Write what one field must be."""
    of = fields_of(kind)[name]
    references = seen.references(kind, of)
    if draw(st.booleans()) and references:
        return draw(_related(of, st.sampled_from(references)))
    value = st.sampled_from(CONSTANTS[of])
    several = st.lists(value, min_size=1, max_size=3, unique=True)
    choices: list[st.SearchStrategy[Written]] = []
    if of in ("number", "integer"):
        choices += [st.fixed_dictionaries({draw(st.sampled_from(COMPARED)): value})]
        choices += [st.builds(lambda pair: {"between": sorted(pair)}, st.tuples(value, value))]
    elif of == "date":
        day = value | st.just("as_of")
        choices += [st.fixed_dictionaries({draw(st.sampled_from(["before", "after"])): day})]
        ago = draw(st.sampled_from(["days_ago_at_least", "days_ago_at_most"]))
        choices += [st.fixed_dictionaries({ago: st.sampled_from([*WHOLE, *NUMBERS[4:6]])})]
    else:
        choices += [st.fixed_dictionaries({"is": value})]
    if of != "boolean":
        choices += [st.fixed_dictionaries({draw(st.sampled_from(["one_of", "not_one_of"])): several})]
    return draw(st.one_of(choices))


@st.composite
def _related(draw: st.DrawFn, of: str, reference: st.SearchStrategy[str]) -> Written:
    if of in ("number", "integer") and draw(st.booleans()):
        key = draw(st.sampled_from(["times", "above"]))
        number = st.sampled_from(NUMBERS[:-1] if key == "times" else NUMBERS)
        return {draw(st.sampled_from(COMPARED)): draw(number), key: draw(reference)}
    return {draw(st.sampled_from(["same_as", "same_as", "differs_from"])): draw(reference)}


@st.composite
def windows(draw: st.DrawFn, kind: str, seen: Seen) -> Written:
    """Write which facts of a kind are meant."""
    found: Written = {}
    names = sorted(fields_of(kind))
    asked: list[str] = draw(st.lists(st.sampled_from(names), max_size=2, unique=True)) if names else []
    if asked:
        found["where"] = {name: draw(field_tests(kind, name, seen)) for name in asked}
    shape = draw(st.sampled_from(["", "", "within", "older", "both", "ending"]))
    if shape in ("within", "both", "ending"):
        found["within"] = draw(st.sampled_from(AGES))
    if shape in ("older", "both"):
        found["older_than"] = draw(st.sampled_from(AGES))
    if shape == "ending":
        found["ending"] = draw(st.sampled_from(AGES))
    return found


@st.composite
def tallies(draw: st.DrawFn, kinds: tuple[str, ...]) -> Written:
    """Write a line that counts."""
    kind = draw(st.sampled_from(kinds))
    numbers = [name for name, of in fields_of(kind).items() if of in ("number", "integer")]
    way = draw(st.sampled_from(["count", "streak", *(["total"] if numbers else [])]))
    found = {way: kind, **draw(windows(kind, Seen({})))}
    if way == "total":
        found["field"] = draw(st.sampled_from(numbers))
    if draw(st.integers(0, 4)) == 0:
        return {**found, "between": sorted(draw(st.tuples(*[st.sampled_from(WHOLE)] * 2)))}
    return {**found, draw(st.sampled_from(COMPARED)): draw(st.sampled_from(WHOLE))}


@st.composite
def lines(draw: st.DrawFn, kinds: tuple[str, ...]) -> list[Written]:
    """Write the lines of a signal: facts that are joined, tallies among them, at the end an absence."""
    found: list[Written] = []
    seen: dict[str, str] = {}
    absent = draw(st.booleans())
    for place in range(draw(st.integers(0 if absent else 1, 3))):
        if draw(st.integers(0, 3)) == 0:
            found.append(draw(tallies(kinds)))
            continue
        kind = draw(st.sampled_from(kinds))
        line = {"fact": kind, **draw(windows(kind, Seen(seen))), **draw(_order(seen))}
        if draw(st.booleans()):
            line["as"] = f"f{place}"
            seen = {**seen, f"f{place}": kind}
        found.append(line)
    if absent:
        kind = draw(st.sampled_from(kinds))
        found.append({"no": kind, **draw(windows(kind, Seen(seen))), **draw(_order(seen))})
    return found


@st.composite
def _order(draw: st.DrawFn, seen: Mapping[str, str]) -> Written:
    if not seen or draw(st.booleans()):
        return {}
    return {draw(st.sampled_from(["after", "before"])): draw(st.sampled_from(sorted(seen)))}


MEASURED: dict[str, Written] = {
    "calls": {"type": "number"}, "volume": {"type": "number"}, "run": {"type": "number"},
    "since": {"type": "number"}, "last_n": {"type": "number"}, "last_who": {"type": "text"},
    "last_on": {"type": "date"}, "last_ok": {"type": "boolean"},
    "mood": {"type": "choice", "options": MOODS},
    "everyone": {"type": "list", "of": "text", "max_items": 20},
    "table": {
        "type": "list", "max_items": 20,
        "fields": {"n": {"type": "number"}, "who": {"type": "text"}},
    },
}  # fmt: skip
"""Inputs of each type."""

WAYS: dict[str, tuple[str, tuple[str, ...], str | None]] = {
    "calls": ("count", ("call", "reply", "state", "month", "ping", "risk"), None),
    "volume": ("total", ("call", "reply", "state", "month"), "n"),
    "run": ("streak", ("call", "state", "ping"), None),
    "since": ("days_since", ("call", "ping", "month"), None),
    "last_n": ("latest", ("call", "reply", "state", "alarm"), "n"),
    "last_who": ("latest", ("call", "reply", "month"), "who"),
    "last_on": ("latest", ("call", "reply"), "on"),
    "last_ok": ("latest", ("call",), "ok"),
    "mood": ("latest", ("state", "risk"), "mood"),
    "everyone": ("every", ("call", "reply", "state"), "who"),
    "table": ("every", ("call", "reply", "state", "month"), None),
}
"""How each of them is measured, of which kinds and which field."""


@st.composite
def measured(draw: st.DrawFn, name: str) -> Written:
    """Write an input that is measured."""
    way, kinds, field = WAYS[name]
    kind = draw(st.sampled_from(kinds))
    how = {way: kind, **draw(windows(kind, Seen({}))), **({"field": field} if field else {})}
    return {**MEASURED[name], "measured": how}


assert set(KINDS) == {kind for layer in LAYERS for kind in layer}
