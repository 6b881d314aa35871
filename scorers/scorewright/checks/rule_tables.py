"""Rule tables: totals that are no points, named lists, records, and bands by condition."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from scorewright.checks.analysis.operand_types import a_kind
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import Meant, quoted
from scorewright.program import Type
from scorewright.rulebook import Document
from scorewright.rulebook import references as uses
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.input import Input
from scorewright.rulebook.model.rulebook import Method

TRIGGERS: Final = "triggers"
_BY_POINTS: Final = (Method.SUM, Method.WEIGHTED)


def unknown_lists(document: Document) -> Findings:
    """Find conditions on named lists that do not exist."""
    find = Finder(document, "unknown-list")
    known = [named.id for named in document.rulebook.lists]
    for path, condition in uses.all_comparisons(document.rulebook):
        if condition.list is not None and condition.list not in known:
            message = f"no list is called {quoted(condition.list)}"
            yield find.at((*path, "list"), message, Meant(condition.list, known))


def score_of(document: Document) -> Findings:
    """Find totals that are taken from something that does not exist."""
    find = Finder(document, "score-of-unknown")
    rulebook, of = document.rulebook, document.rulebook.score.of
    if of is None:
        return
    if rulebook.score.method is Method.VALUE:
        known, kind = [*rulebook.values], "value"
    else:
        known, kind = [*(named.id for named in rulebook.lists), TRIGGERS], "list"
    if of not in known:
        yield find.at(("score", "of"), f"no {kind} is called {quoted(of)}", Meant(of, known))


def criteria_and_method(document: Document) -> Findings:
    """Find points without criteria, and criteria whose points nobody adds."""
    find = Finder(document, "criteria-and-method-disagree")
    rulebook = document.rulebook
    method = rulebook.score.method
    if method in _BY_POINTS and not rulebook.criteria:
        way = "add `criteria`, or say with `method` where the total comes from: count, value or none"
        yield find.at(("score", "method"), f"a `{method}` of points needs `criteria`", way)
    elif method not in _BY_POINTS and rulebook.criteria:
        way = "use `lists` or `triggers`, or make the method `sum`"
        message = f"method `{method}` adds no points, so these earn nothing"
        yield find.at(("criteria",), message, way, key=True)


def bands_in_one_way(document: Document) -> Findings:
    """Find bands that are told partly by edges and partly by conditions."""
    find = Finder(document, "bands-two-ways")
    bands = document.rulebook.bands
    conditional = any(band.when is not None for band in bands)
    without_total = document.rulebook.score.method is Method.NONE
    for index, band in enumerate(bands):
        path: Path = ("bands", index)
        if not conditional and band.from_ is None:
            way = "add `when` to the bands before it" if without_total else "add `from`"
            yield find.at((*path, "id"), f"band {quoted(band.id)} does not say where it begins", way)
        elif conditional and band.from_ is not None:
            message = f"band {quoted(band.id)} has an edge while others have conditions"
            yield find.at((*path, "from"), message, "tell all bands in one way", key=True)
        elif conditional and band.when is None and index < len(bands) - 1:
            message = f"band {quoted(band.id)} has no condition, so those below it are never reached"
            yield find.at((*path, "id"), message, "add `when`, or move it to the end")
    if without_total and not conditional and all(band.from_ is not None for band in bands):
        yield find.at(("bands", 0, "from"), "there is no total to read bands from", "write `when`", key=True)


def bands_cover(document: Document) -> Findings:
    """Find bands by condition that may all be false."""
    bands = document.rulebook.bands
    if bands[-1].when is not None:
        find = Finder(document, "no-band-otherwise")
        message = f"where {quoted(bands[-1].id)} does not hold either, there is no band"
        yield find.at(("bands", len(bands) - 1, "when"), message, "end with a band without `when`", key=True)


def values_where_known(document: Document) -> Findings:
    """Find values in criteria, and lists and totals asked for where they are still being counted."""
    find = Finder(document, "value-not-here")
    counted = document.rulebook.score.of == TRIGGERS
    for path, condition in uses.all_comparisons(document.rulebook):
        if path[0] == "triggers" and counted and condition.score is not None:
            way = "ask for it in a band or in `only_if`"
            yield find.at(
                (*path, "score"), "the total counts this trigger, which cannot ask for it", way, key=True
            )
        if path[0] == "criteria" and condition.value is not None:
            way = "ask for the inputs themselves, by `ratio` or `change` where two are compared"
            yield find.at((*path, "value"), "`value` cannot be asked for in a criterion", way, key=True)
        if path[0] == "lists":
            for key in condition.given("list", "criterion", "group", "score"):
                way = "ask for it in a band, a trigger or in `only_if`"
                yield find.at((*path, key), f"`{key}` cannot be asked for in a list", way, key=True)


def counts_differ(document: Document) -> Findings:
    """Find counts whose `out_of` is not what can be counted."""
    rulebook = document.rulebook
    score = rulebook.score
    if score.method is not Method.COUNT or score.out_of is None:
        return
    sizes = {TRIGGERS: len(rulebook.triggers), **{named.id: len(named.items) for named in rulebook.lists}}
    most = sizes.get(score.of or "")
    if most is not None and score.out_of != Fraction(most):
        message = f"`out_of` says {score.out_of} but {score.of} can be {most} at most"
        yield Finder(document, "out-of-differs").at(("score", "out_of"), message, f"write {most}")


def fields_suit(document: Document) -> Findings:
    """Find fields of what is no list, and fields that a record cannot have."""
    find = Finder(document, "fields-not-here")
    for name, given in document.rulebook.inputs.items():
        if given.fields is None:
            continue
        if kinds.TYPES[given.type] is not Type.LIST:
            message = f"{quoted(name)} is {a_kind(given)}, which has no fields"
            yield find.at(("inputs", name, "fields"), message, "make its type `list`", key=True)
        yield from _unfit(find, name, given, ("of", "options", "min", "max", "decimals"))
        for field, part in given.fields.items():
            if kinds.TYPES[part.type] is Type.LIST:
                path = ("inputs", name, "fields", field, "type")
                yield find.at(path, "a field cannot be a list", "keep records flat")
            if part.if_missing is not None:
                path = ("inputs", name, "fields", field, "if_missing")
                message = "a field has no policy of its own: a record without it is refused"
                way = "delete it; records may lack a field that says `optional: true`"
                if part.optional:
                    message, way = (
                        "a field has no policy of its own: without it, values are unknown",
                        "delete it",
                    )
                yield find.at(path, message, way, key=True)


def optional_in_records(document: Document) -> Findings:
    """Find what is said to be optional and is no field of a record, or is required as well."""
    find = Finder(document, "key-not-here")
    for name, given in document.rulebook.inputs.items():
        if given.optional:
            message = f"{quoted(name)} is an input, which may be missing unless it is `required`"
            yield find.at(("inputs", name, "optional"), message, "delete it", key=True)
        for field, part in (given.fields or {}).items():
            if part.optional and part.required:
                message = f"{quoted(field)} cannot be `required` and `optional`"
                way = "delete one of the two"
                yield find.at(("inputs", name, "fields", field, "optional"), message, way, key=True)
    for name, kind in document.rulebook.facts.items():
        for field, part in kind.fields.items():
            if part.optional:
                message = f"a fact has all its fields, {quoted(field)} as well"
                yield find.at(("facts", name, "fields", field, "optional"), message, "delete it", key=True)


def _unfit(find: Finder, name: str, given: Input, keys: Sequence[str]) -> Findings:
    for key in given.given(*keys):
        message = f"`{key}` does not go with `fields`"
        yield find.at(("inputs", name, key), message, "write it in the field that it is about", key=True)


CHECKS: tuple[Check[Document], ...] = (
    Check("unknown-list", unknown_lists),
    Check("score-of-unknown", score_of),
    Check("criteria-and-method-disagree", criteria_and_method),
    Check("bands-two-ways", bands_in_one_way),
    Check("value-not-here", values_where_known),
    Check("out-of-differs", counts_differ),
    Check("fields-not-here", fields_suit),
    Check("key-not-here", optional_in_records),
    Check("no-band-otherwise", bands_cover),
)
