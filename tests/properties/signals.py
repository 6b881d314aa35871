"""Signals and measures as an analyst writes them: every kind of line, test, join, window and tally."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from scorewright.program.operators import Operand
from scorewright.program.value import Type
from scorewright.rulebook.model.fact import OF_FIELDS
from scorewright.rulebook.model.input import Kind
from scorewright.rulebook.types import TYPES
from tests.properties.histories import DAYS, KINDS, MOODS, NUMBERS, WHOLE, WORDS, fields_of
from tests.written import Written

LAYERS = ("call", "reply", "state", "month", "ping"), ("risk",), ("alarm",)
"""What is recorded, what may follow from it, and what may follow from that: nothing leads back."""

NUMERIC = ("number", "integer")
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
    return one == other or (one in NUMERIC and other in NUMERIC)


CONSTANTS: dict[str, list[object]] = {
    "number": [*NUMBERS], "integer": [*WHOLE], "text": [*WORDS], "choice": [*MOODS], "boolean": [True, False],
    "date": [day.isoformat() for day in DAYS],
}  # fmt: skip


def field_test(chance: Random, kind: str, name: str, seen: Seen) -> Written:
    """Write what one field must be."""
    of = fields_of(kind)[name]
    references = seen.references(kind, of)
    if references and chance.random() < 0.6:
        return _related(chance, of, chance.choice(references))
    value = chance.choice(CONSTANTS[of])
    op = chance.choice([op for op in OF_FIELDS if TYPES[Kind(of)] in op.row.types])
    several = chance.sample(CONSTANTS[of], chance.randint(1, min(3, len(CONSTANTS[of]))))
    ago = chance.choice([*WHOLE, *NUMBERS[4:6]])
    operands: dict[Operand, object] = {
        Operand.VALUE: value,
        Operand.VALUES: several,
        Operand.NUMBER: value if Type.NUMBER in op.row.types else chance.randint(0, 9),
        Operand.PAIR: sorted(chance.choices(WHOLE if of == "integer" else NUMBERS, k=2)),
        Operand.DAY: chance.choice([value, "as_of"]),
        Operand.DAYS: ago,
        Operand.SPAN: abs(ago),
        Operand.TEXT: chance.choice(["a", "an", "nn", "b", "Ann"]),
    }
    return {op.value: operands[op.row.operand]}


def _related(chance: Random, of: str, reference: str) -> Written:
    if of in NUMERIC and chance.random() < 0.5:
        key = chance.choice(["times", "above"])
        number = chance.choice(NUMBERS[:-1] if key == "times" else NUMBERS)
        return {chance.choice(COMPARED): number, key: reference}
    return {chance.choice(["same_as", "same_as", "differs_from"]): reference}


def window(chance: Random, kind: str, seen: Seen) -> Written:
    """Write which facts of a kind are meant."""
    found: Written = {}
    names = list(fields_of(kind))
    asked = chance.sample(names, min(len(names), chance.choice([0, 1, 1, 2])))
    if asked:
        found["where"] = {name: field_test(chance, kind, name, seen) for name in asked}
    shape = chance.choice(["", "", "", "", "", "within", "older", "both", "ending"])
    if shape in ("within", "both", "ending"):
        found["within"] = chance.choice(AGES)
    if shape in ("older", "both"):
        found["older_than"] = chance.choice(AGES)
    if shape == "ending":
        found["ending"] = chance.choice(AGES)
    return found


def tally(chance: Random, kinds: Sequence[str]) -> Written:
    """Write a line that counts."""
    kind = chance.choice(kinds)
    numbers = [name for name, of in fields_of(kind).items() if of in NUMERIC]
    way = chance.choice(["count", "streak", *(["total"] if numbers else [])])
    found = {way: kind, **window(chance, kind, Seen({}))}
    if way == "total":
        found["field"] = chance.choice(numbers)
    if chance.random() < 0.2:
        return {**found, "between": sorted(chance.choices(WHOLE, k=2))}
    return {**found, chance.choice(COMPARED): chance.choice(WHOLE)}


def lines(chance: Random, kinds: Sequence[str]) -> list[Written]:
    """Write the lines of a signal: facts that are joined, tallies among them, at the end an absence."""
    found: list[Written] = []
    seen: dict[str, str] = {}
    absent = chance.random() < 0.5
    often = [*kinds[:2], *kinds[:2], *kinds]
    for place in range(chance.randint(0 if absent else 1, 3)):
        if chance.random() < 0.2:
            found.append(tally(chance, kinds))
            continue
        kind = chance.choice(often)
        line = {"fact": kind, **window(chance, kind, Seen(seen)), **_order(chance, seen)}
        if chance.random() < 0.7:
            line["as"] = f"f{place}"
            seen = {**seen, f"f{place}": kind}
        found.append(line)
    if absent:
        kind = chance.choice(often)
        found.append({"no": kind, **window(chance, kind, Seen(seen)), **_order(chance, seen)})
    return found


def _order(chance: Random, seen: Mapping[str, str]) -> Written:
    if not seen or chance.random() < 0.6:
        return {}
    return {chance.choice(["after", "before"]): chance.choice(sorted(seen))}


MEASURED: dict[str, Written] = {
    "calls": {"type": "number"}, "volume": {"type": "number"}, "run": {"type": "number"},
    "since": {"type": "number"}, "last_n": {"type": "number"}, "last_who": {"type": "text"},
    "last_on": {"type": "date"}, "last_ok": {"type": "boolean"},
    "mood": {"type": "choice", "options": MOODS},
    "most": {"type": "number"}, "least": {"type": "number"}, "worst": {"type": "choice", "options": MOODS},
    "days": {"type": "number"},
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
    "most": ("highest", ("call", "state", "month"), "n"),
    "least": ("lowest", ("call", "reply", "alarm"), "n"),
    "worst": ("highest", ("state", "risk"), "mood"),
    "days": ("days_of", ("s0",), None),
    "everyone": ("every", ("call", "reply", "state"), "who"),
    "table": ("every", ("call", "reply", "state", "month"), None),
}
"""How each of them is measured, of which kinds and which field."""


def measured(chance: Random, name: str) -> Written:
    """Write an input that is measured."""
    way, kinds, field = WAYS[name]
    kind = chance.choice(kinds)
    if way == "days_of":
        return {**MEASURED[name], "measured": {way: kind}}
    how = {way: kind, **window(chance, kind, Seen({})), **({"field": field} if field else {})}
    if way in ("highest", "lowest", "latest", "days_since") and chance.random() < 0.3:
        how |= OTHERWISE.get(MEASURED[name]["type"], {})
    return {**MEASURED[name], "measured": how}


OTHERWISE: dict[str, Written] = {
    "number": {"otherwise": 7},
    "choice": {"otherwise": MOODS[0]},
    "text": {"otherwise": "nobody"},
}
"""What no fact at all may mean."""


assert set(KINDS) == {kind for layer in LAYERS for kind in layer}
