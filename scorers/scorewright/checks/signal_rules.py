"""Signals: named where they are asked for, and made of lines that fit together."""

from collections.abc import Iterator

from scorewright.checks.analysis.operand_types import a_kind
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import Help, Meant, quoted
from scorewright.program import Type
from scorewright.rulebook import Document
from scorewright.rulebook import fact_references as happened
from scorewright.rulebook import types as kinds
from scorewright.rulebook.fact_references import FactLookup, FieldTestReference
from scorewright.rulebook.model.fact import PATTERNS, Pattern
from scorewright.rulebook.model.input import Input
from scorewright.rulebook.model.rulebook import Rulebook


def unknown_signals(document: Document) -> Findings:
    """Find signals that are asked for and not listed."""
    find = Finder(document, "unknown-signal")
    rulebook = document.rulebook
    known = [signal.id for signal in rulebook.signals]
    for path, name in happened.signal_uses(rulebook):
        if name not in known:
            way: Help = Meant(name, known)
            if name in rulebook.inputs and path[-1] == "signal":
                way = f"it is an input: write `input: {name}`"
            yield find.at(path, f"no signal is called {quoted(name)}", way)


def unused_signals(document: Document) -> Findings:
    """Find signals that nothing asks for and from which nothing follows."""
    find = Finder(document, "unused-signal")
    used = {name for _, name in happened.signal_uses(document.rulebook)}
    for index, signal in enumerate(document.rulebook.signals):
        if signal.id not in used and signal.then is None:
            message = f"nothing asks for signal {quoted(signal.id)}"
            way = "ask for it in a condition, let something follow by `then`, or delete it"
            yield find.at(("signals", index, "id"), message, way)


def _named(rulebook: Rulebook) -> Iterator[tuple[Path, FactLookup, str, str]]:
    """List the facts of other lines that a line speaks of: the path, the line, the alias, what follows it."""
    for line in happened.lines(rulebook):
        if isinstance(line.window, Pattern):
            for key in line.window.given("after", "before"):
                yield (*line.path, key), line, getattr(line.window, key), ""
    for tested in happened.tested(rulebook):
        key, alias, name = tested.reference or ("", "", "")
        if alias:
            yield (*tested.path, key), tested.looked, alias, f".{name}"


def unknown_aliases(document: Document) -> Findings:
    """Find facts that a line speaks of and no earlier line names."""
    find = Finder(document, "unknown-alias")
    for path, line, alias, field in _named(document.rulebook):
        if not line.alone and alias not in line.aliases:
            yield find.at(path, *_unknown_alias(document.rulebook, line, alias, field))


def _unknown_alias(rulebook: Rulebook, line: FactLookup, alias: str, field: str) -> tuple[str, Help]:
    names = {given.as_ for _, given in rulebook.signals[int(line.path[1])].lines}
    if isinstance(line.window, Pattern) and line.window.as_ == alias:
        return f"{quoted(alias)} is the fact of this very line", "name the fact of an earlier line"
    if alias in names:
        return f"{quoted(alias)} is named only in a later line", "put the line that names it first"
    if alias in rulebook.facts and not line.aliases:
        way = f"name it where it is looked for, as in `fact: {alias}, as: {alias}`"
        return f"no earlier line names a fact {quoted(alias)}", way
    way_out = Meant(f"{alias}{field}", [f"{known}{field}" for known in line.aliases])
    return f"no earlier line names a fact {quoted(alias)}", way_out


def absences_last(document: Document) -> Findings:
    """Find absences that stand before other facts."""
    find = Finder(document, "absence-not-last")
    for index, signal in enumerate(document.rulebook.signals):
        patterns = [(place, line.way) for place, line in signal.lines if line.way in PATTERNS]
        for place, way in patterns[:-1]:
            if way == "no":
                several = [other for _, other in patterns].count("no") > 1
                message = "`no` stands before another fact" if not several else "a signal has one `no`"
                own = "make a signal of each, and join them in a condition"
                move = own if several else "put it last: what is not there is looked for at the end"
                yield find.at(("signals", index, *place, "no"), message, move, key=True)


def joins_elsewhere(document: Document) -> Findings:
    """Find facts that are looked at one at a time and yet compared with others."""
    find = Finder(document, "join-not-here")
    for path, looked, alias, _ in _named(document.rulebook):
        if looked.alone:
            message = f"a `{looked.window.way}` looks at one fact at a time, and knows no {quoted(alias)}"
            yield find.at(path, message, "compare it with a value, or with a field of the same fact")


def _joined(rulebook: Rulebook) -> Iterator[tuple[FieldTestReference, str, Input, str, str, Input]]:
    """List the fields that are compared with others, where both are declared."""
    for tested in happened.tested(rulebook):
        looked = tested.looked
        key, alias, name = tested.reference or ("", "", "")
        kind = looked.aliases.get(alias, "") if alias else looked.window.kind
        own, other = rulebook.facts.get(looked.window.kind), rulebook.facts.get(kind)
        if key and own and other and tested.field in own.fields and name in other.fields:
            yield tested, key, own.fields[tested.field], alias, name, other.fields[name]


def joins_suit(document: Document) -> Findings:
    """Find fields that are compared with a field of another type, or with themselves."""
    find = Finder(document, "join-does-not-suit")
    for tested, key, own, alias, name, other in _joined(document.rulebook):
        path = (*tested.path, key)
        if not alias and name == tested.field:
            way = "name a field of an earlier fact, such as `sent.thread`"
            yield find.at(path, f"{quoted(name)} is compared with itself", way)
        elif kinds.TYPES[own.type] is not kinds.TYPES[other.type]:
            named = quoted(f"{alias}.{name}" if alias else name)
            message = f"{quoted(tested.field)} is {a_kind(own)}, and {named} is {a_kind(other)}"
            yield find.at(path, message, "compare fields of one type")
        elif key in ("times", "above") and kinds.TYPES[own.type] is not Type.NUMBER:
            message = f"`{key}` does not suit {quoted(tested.field)}, which is {a_kind(own)}"
            way = "write `same_as` or `differs_from`, and no other comparison beside it"
            yield find.at(path, message, way, key=True)


CHECKS: tuple[Check[Document], ...] = (
    Check("unknown-signal", unknown_signals),
    Check("unknown-alias", unknown_aliases),
    Check("absence-not-last", absences_last),
    Check("join-not-here", joins_elsewhere),
    Check("join-does-not-suit", joins_suit),
    Check("unused-signal", unused_signals),
)
