"""What criteria and bands read: inputs of a type and range that can feed them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from scorewright.checks.analysis.operand_types import OF_INPUT, a_kind, objection, show
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.program import Type
from scorewright.rulebook import Document
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.earnings import WAYS
from scorewright.rulebook.model.input import Input

_ALONE: Final[Mapping[Type, str]] = {
    Type.BOOLEAN: "write `when: { input: ..., is: true }` and `points`",
    Type.LIST: "use `when` with `includes`",
}
"""What to write where a type feeds no way but a condition, and there is more to say."""


def _usable(kind: Type) -> str:
    """Return which ways a type can feed."""
    keys = [f"`{key}`" for key, way in WAYS.items() if way.needs is kind]
    if not keys:
        return _ALONE.get(kind, "use `when`")
    return f"use {', '.join(keys)} or `when`"


def _fed(document: Document) -> Iterator[tuple[Path, Criterion, str, Input]]:
    """List the criteria that read one declared input."""
    inputs = document.rulebook.inputs
    for index, criterion in enumerate(document.rulebook.criteria):
        if criterion.input is not None and criterion.input in inputs:
            yield ("criteria", index), criterion, criterion.input, inputs[criterion.input]


def _suited(document: Document) -> Iterator[tuple[Path, Criterion, str, Input]]:
    """List those whose input has the type that they need."""
    return (fed for fed in _fed(document) if kinds.TYPES[fed[3].type] is WAYS[fed[1].earning].needs)


def earnings_suit_type(document: Document) -> Findings:
    """Find criteria that earn in a way that the type of their input cannot feed."""
    find = Finder(document, "earning-does-not-suit-type")
    for path, criterion, name, given in _fed(document):
        earning, kind = criterion.earning, kinds.TYPES[given.type]
        needs = WAYS[earning].needs
        if kind is not needs:
            message = f"`{earning}` needs a {needs}, and {quoted(name)} is {a_kind(given)}"
            yield find.at((*path, earning), message, _usable(kind), key=True)


def table_keys(document: Document) -> Findings:
    """Find rows of tables for values that their input can never have."""
    find = Finder(document, "value-not-possible")
    for path, criterion, name, given in _suited(document):
        table = getattr(criterion, criterion.earning)
        for key in table if isinstance(table, dict) else ():
            value = kinds.read_key(given.type, key)
            problem = objection(given, key if value is None else value)
            if problem:
                of = f" of {quoted(name)}" if problem[0] in OF_INPUT else ""
                place = (*path, criterion.earning, key)
                yield find.at(place, f"{quoted(key)} {problem[0]}{of}", problem[1], key=True)


def options_without_points(document: Document) -> Findings:
    """Find option tables that leave options out."""
    find = Finder(document, "choice-without-points")
    for path, criterion, _, given in _suited(document):
        if criterion.options is not None and (left := _left_out(given, criterion.options)):
            counts = "it counts" if len(left) == 1 else "they count"
            message = f"no points for {_shown(left)}; {counts} as 0"
            yield find.at((*path, "options"), message, "write the 0 to show that it is meant", key=True)
    for name, value in document.rulebook.values.items():
        asked = document.rulebook.inputs.get(value.lookup.input) if value.lookup else None
        if value.lookup and asked is not None and (left := _left_out(asked, value.lookup.options)):
            message = f"no number for {_shown(left)}, for which {quoted(name)} is then unknown"
            place = ("values", name, "lookup", "options")
            yield find.at(place, message, "write a number for every option", key=True)


def _left_out(given: Input, table: Mapping[str, object]) -> list[str]:
    return [option for option in given.options or () if option not in table]


def _shown(options: Sequence[str]) -> str:
    more = f" and {len(options) - 5} more" if len(options) > 5 else ""
    return ", ".join(map(quoted, options[:5])) + more


def values_with_range(document: Document) -> Findings:
    """Find points that are read from a number that has no ends."""
    find = Finder(document, "value-needs-range")
    for path, criterion, name, given in _suited(document):
        ends = {"min": kinds.lowest(given), "max": kinds.highest(given)}
        missing = [key for key in WAYS[criterion.earning].ends(criterion) if ends[key] is None]
        if missing and criterion.each is not None:
            message = f"{quoted(name)} has no `min`, so nothing says where counting begins"
            yield find.at((*path, "each"), message, f"add `min: 0` to {quoted(name)}", key=True)
        elif missing:
            keys = " and ".join(f"`{key}`" for key in missing)
            lacks = " and no ".join(f"`{key}`" for key in missing)
            message = f"{quoted(name)} has no {lacks}, so its points have no end"
            yield find.at((*path, criterion.earning), message, f"add {keys} to {quoted(name)}", key=True)


def counting_signs(document: Document) -> Findings:
    """Find counting that moves away from its end."""
    find = Finder(document, "each-and-up-to-disagree")
    for path, criterion, _, _ in _fed(document):
        each, up_to = criterion.each, criterion.up_to
        if each is not None and up_to is not None and each * up_to < 0:
            message = f"`each` {show(each)} never reaches `up_to` {show(up_to)}: one is negative"
            yield find.at((*path, "up_to"), message, "give both the same sign")


def decay_dates(document: Document) -> Findings:
    """Find points that decay from a date that may lie in the future."""
    find = Finder(document, "decay-needs-as-of")
    for path, criterion, name, given in _suited(document):
        if criterion.decay is not None and given.max != "as_of":
            message = f"{quoted(name)} may lie in the future, where points would grow instead of decaying"
            yield find.at((*path, "decay"), message, f"add `max: as_of` to {quoted(name)}", key=True)


def decay_once(document: Document) -> Findings:
    """Find two criteria that decay from one date."""
    find = Finder(document, "decay-twice")
    first: dict[str, Path] = {}
    for path, criterion, name, _ in _suited(document):
        if criterion.decay is not None and first.setdefault(name, path) != path:
            labels = [((*first[name], "input"), "decays here already")]
            message = f"points decay from {quoted(name)} in two criteria"
            yield find.at((*path, "input"), message, "make them one criterion", labels=labels)


def bands_on(document: Document) -> Findings:
    """Find bands that are read from an input that is not a number."""
    name = document.rulebook.score.band_on
    given = document.rulebook.inputs.get(name) if name is not None else None
    if name is not None and given is not None and kinds.TYPES[given.type] is not Type.NUMBER:
        message = f"bands cannot be read from {quoted(name)}, which is {a_kind(given)}"
        yield Finder(document, "band-on-unsuitable").at(
            ("score", "band_on"), message, "name an input that is a number"
        )


CHECKS: tuple[Check[Document], ...] = (
    Check("earning-does-not-suit-type", earnings_suit_type),
    Check("value-not-possible", table_keys),
    Check("choice-without-points", options_without_points),
    Check("value-needs-range", values_with_range),
    Check("each-and-up-to-disagree", counting_signs),
    Check("decay-needs-as-of", decay_dates),
    Check("decay-twice", decay_once),
    Check("band-on-unsuitable", bands_on),
)
