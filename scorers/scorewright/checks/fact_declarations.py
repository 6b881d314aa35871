"""Facts: kinds and fields that are declared, and declared as facts can be."""

from collections.abc import Iterator, Mapping

from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import Meant, nearest, quoted
from scorewright.program import Type
from scorewright.rulebook import Document
from scorewright.rulebook import fact_references as happened
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.input import Input
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.validation import RESERVED


def unknown_kinds(document: Document) -> Findings:
    """Find kinds of fact that are named and not declared."""
    find = Finder(document, "unknown-kind")
    known = document.rulebook.facts
    for path, name in happened.kind_uses(document.rulebook):
        if name not in known:
            yield find.at(path, f"no kind of fact is called {quoted(name)}", Meant(name, known))


def unused_kinds(document: Document) -> Findings:
    """Find kinds of fact that are declared and not used."""
    find = Finder(document, "unused-kind")
    used = {name for _, name in happened.kind_uses(document.rulebook)}
    for name in document.rulebook.facts:
        if name not in used:
            message = f"{quoted(name)} is declared but nothing looks for it"
            yield find.at(("facts", name), message, "use it in a signal or a measure, or delete it", key=True)


def _named_fields(rulebook: Rulebook) -> Iterator[tuple[Path, str, str, bool, str]]:
    """List the fields that are named: the path, the kind, the field, and whether it is written as a key.

    What stands before the field, such as `sent.`, comes last.
    """
    for name, given in rulebook.facts.items():
        for index, field in enumerate(given.key):
            yield ("facts", name, "key", index), name, field, False, ""
    for found in happened.looked(rulebook):
        if found.window.field is not None:
            yield (*found.path, "field"), found.window.kind, found.window.field, False, ""
    for tested in happened.tested(rulebook):
        kind = tested.looked.window.kind
        yield tested.path, kind, tested.field, True, ""
        key, alias, field = tested.reference or ("", "", "")
        kind_meant = tested.looked.aliases.get(alias) if alias else kind
        if key and kind_meant is not None:
            yield (*tested.path, key), kind_meant, field, False, f"{alias}." if alias else ""
    for path, assertion in happened.assertions(rulebook):
        for field in assertion.fields:
            yield (*path, "fields", field), assertion.fact, field, True, ""


def unknown_fields(document: Document) -> Findings:
    """Find fields that their kind of fact does not have."""
    find = Finder(document, "unknown-field")
    for path, kind, field, is_key, before in _named_fields(document.rulebook):
        given = document.rulebook.facts.get(kind)
        if given is not None and field not in given.fields:
            message = f"{quoted(kind)} has no field {quoted(field)}"
            others = [f"{before}{name}" for name in given.fields if before or is_key or name not in path]
            way = Meant(f"{before}{field}", others) if given.fields else "declare it under `fields`"
            if field == "at":
                way = "the age of a fact is told by `within`, `older_than`, `after` and `before`"
            yield find.at(path, message, way, key=is_key)


def fields_possible(document: Document) -> Findings:
    """Find fields of facts and records that say what only an input can say."""
    find = Finder(document, "field-not-possible")
    for kind, given in document.rulebook.facts.items():
        for name, field in given.fields.items():
            path: Path = ("facts", kind, "fields", name)
            if name in RESERVED:
                message = f"a field cannot be called {quoted(name)}: every fact has one besides its fields"
                yield find.at(path, message, "give it another name", key=True)
            if kinds.TYPES[field.type] is Type.LIST:
                way = "record a fact for each item"
                yield find.at((*path, "type"), "a field of a fact cannot be a list", way)
            elif field.fields is not None:
                message = "a field of a fact has no fields of its own"
                yield find.at((*path, "fields"), message, "keep facts flat", key=True)
            yield from _inputs_only(find, path, field, ("required", "if_missing", "measured"))
    for name, item in document.rulebook.inputs.items():
        for field_name, field in (item.fields or {}).items():
            yield from _inputs_only(find, ("inputs", name, "fields", field_name), field, ("measured",))


def _inputs_only(find: Finder, path: Path, field: Input, keys: tuple[str, ...]) -> Findings:
    for key in field.given(*keys):
        why = "only an input can be measured" if key == "measured" else "a fact without it is refused"
        yield find.at((*path, key), f"`{key}` does not go with a field: {why}", "delete it", key=True)


def assertions_complete(document: Document) -> Findings:
    """Find further facts without all the fields of their kind."""
    find = Finder(document, "key-missing")
    for path, given in happened.assertions(document.rulebook):
        kind = document.rulebook.facts.get(given.fact)
        lacking = [
            name for name in (kind.fields if kind else ()) if not _is_meant(name, given.fields, document)
        ]
        if lacking:
            *others, last = map(quoted, lacking)
            names = f"{', '.join(others)} and {last} are" if others else f"{last} is"
            message = f"{names} missing, which {quoted(given.fact)} needs"
            yield find.at(path, message, f"write for example `fields: {{ {lacking[0]}: ... }}`")


def _is_meant(name: str, written: Mapping[str, object], document: Document) -> bool:
    """Return whether a field is given, perhaps misspelt, which is told already."""
    return name in written or nearest(name, written, document.budget) is not None


CHECKS: tuple[Check[Document], ...] = (
    Check("unknown-kind", unknown_kinds),
    Check("unknown-field", unknown_fields),
    Check("field-not-possible", fields_possible),
    Check("key-missing", assertions_complete),
    Check("unused-kind", unused_kinds),
)
