"""The words that findings of shape are made of: what is written, what is expected, and an example of it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import get_origin

from scorewright.diagnostics import quoted
from scorewright.rulebook import grammar
from scorewright.rulebook.grammar import Kind
from scorewright.rulebook.nodes import Node, Scalar, Sequence

EXAMPLES: Mapping[str, tuple[str, str]] = {
    "Accepted": ("an accepted finding", "{ check: band-without-action, because: nobody calls cold leads }"),
    "Action": ("an action", "{ do: Call the lead, owner: sales, due: 2 business days }"),
    "Assertion": ("a further fact", "{ fact: at_risk, fields: { cause: silence } }"),
    "Assume": ("an assumed value", "{ assume: 0 }"),
    "Axis": ("a side of a matrix", "{ group: fit, levels: [{ id: high, from: 40 }] }"),
    "Band": ("a band", "{ id: hot, from: 61, label: Hot }"),
    "BandUnknown": ("what to say of an unknown band", "{ flags: [band_unknown] }"),
    "Case": ("a case", "{ name: A big team, inputs: { team_size: 50 }, expect: { band: hot } }"),
    "Condition": ("a condition", "{ input: team_size, at_least: 5 }"),
    "CountOf": ("a count of different texts", "{ over: [visitors, contacts] }"),
    "Criterion": ("a criterion", "{ id: big_team, when: { input: team_size, at_least: 5 }, points: 15 }"),
    "Decay": ("a decay", "{ points: 20, half_life: 30 days }"),
    "Disqualifier": ("a disqualifier", "{ id: opted_out, when: { input: opted_out, is: true } }"),
    "Effective": ("the effective days", "{ from: 2026-01-01, until: 2026-12-31 }"),
    "Rulebook": ("a rulebook", ""),
    "Suite": ("a suite", ""),
    "Expect": ("what is expected", "{ score: 61, band: hot }"),
    "FactKind": ("a kind of fact", "{ fields: { calls: { type: count } } }"),
    "FieldTest": ("what a field must be", "{ at_least: 5 }"),
    "Flag": ("a flag", "{ id: no_budget, when: { input: budget, is: none } }"),
    "Group": ("a group", "{ id: fit, cap: 60 }"),
    "Header": ("the header", "{ id: lead_points, name: Lead points, version: 1.0.0, owner: sales }"),
    "Input": ("an input", "{ type: integer, min: 1, max: 500 }"),
    "Item": ("an item of a list", "{ id: budget, unless: { input: budget, is: confirmed } }"),
    "Level": ("a level", "{ id: high, from: 40 }"),
    "Lookup": ("a lookup", "{ input: role, options: { hr_leader: 25, other: 0 } }"),
    "Matrix": (
        "a matrix",
        "{ id: fit_by_use, rows: { group: fit, levels: [{ id: high, from: 40 }] }, "
        "columns: { group: use, levels: [{ id: much, from: 30 }] }, cells: { high: { much: Call } } }",
    ),
    "Measured": ("a measure", "{ count: visit, within: 30 days }"),
    "NamedList": (
        "a list",
        "{ id: unmet, items: [{ id: budget, unless: { input: budget, is: confirmed } }] }",
    ),
    "Pattern": ("a line of a signal", "{ no: api_call, within: 7 days }"),
    "Recommend": ("a recommendation", "{ at_most: 2, actions: [find_champion] }"),
    "Score": ("the score", "{ method: sum, out_of: 100, if_missing: no_points }"),
    "Signal": ("a signal", "{ id: gone_quiet, when: { no: api_call, within: 7 days } }"),
    "Step": ("a step", "{ from: 50, points: 30 }"),
    "SumOf": ("a sum", "{ over: orders, of: [price, amount] }"),
    "Table": ("a table", "{ name: Edges, columns: [team_size, band], rows: [[4, cold], [5, hot]] }"),
    "Then": ("what follows", "{ actions: [call] }"),
    "Trailing": ("a count of records in a row", "{ over: months, field: logins, at_least: plan }"),
    "Trigger": ("a trigger", "{ id: silent, when: { input: days_silent, at_least: 30 }, actions: [call] }"),
    "Value": ("a value", "{ add: [orders, visits] }"),
}
"""By the name of a block's class: what the block is called, and what one looks like."""

NOT_ALLOWED = {
    "type": "a kind of input",
    "of": "a kind of input",
    "method": "a method",
    "if_missing": "a way to treat a missing answer",
    "severity": "a severity",
    "rating": "a way to rate",
    "status": "a status",
}
"""What the words after a key are called."""


def written(node: Node | None) -> str:
    """Return what stands in the file."""
    if not isinstance(node, Scalar):
        return "a list" if isinstance(node, Sequence) else "a block of keys"
    if isinstance(node.value, bool):
        return "true or false"
    if isinstance(node.value, Fraction):
        return "a number"
    return "nothing" if node.value is None else "text"


def as_written(node: Scalar) -> str:
    """Return how a single value was read, as far as that may surprise."""
    return f"is read as {written(node)} here" if not isinstance(node.value, str) else "is text"


def expected(kind: Kind) -> str:
    """Return what may stand there."""
    words = grammar.words(kind)
    phrases = ["one of " + ", ".join(words)] if len(words) > 1 else [f"`{word}`" for word in words]
    phrases += [_member(member) for member in grammar.members(kind) if not grammar.words(member)]
    return " or ".join(dict.fromkeys(phrases)) or "something else"


def name_of(block: Kind) -> str:
    """Return what a block is called."""
    return _of(block)[0]


def example_of(block: Kind) -> str:
    """Return what a block looks like, in one line; empty for the whole file."""
    return _of(block)[1]


def _of(block: Kind) -> tuple[str, str]:
    return EXAMPLES.get(getattr(block, "__name__", ""), ("this", ""))


def key_named(key: str | None) -> str:
    """Name what stands after a key."""
    return quoted(key) if key else "this"


def _member(kind: Kind) -> str:
    if grammar.is_block(kind):
        return f"{name_of(kind)}, written as keys"
    if kind in _KINDS:
        return _KINDS[kind]
    origin = get_origin(kind)
    if origin is dict:
        return "a block of keys"
    return "a list of 2" if grammar.is_pair(kind) else "a list"


_KINDS: Mapping[Kind, str] = {str: "text", bool: "true or false", Fraction: "a number", int: "a whole number"}
