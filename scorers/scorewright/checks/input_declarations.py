"""Inputs as declared: keys that suit their type, ranges that hold something, values that are possible."""

from collections.abc import Iterator
from fractions import Fraction

from scorewright.checks.analysis.operand_types import a_kind, objection, range_text, show
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.rulebook import Document
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.input import Assume, Input, Kind, Policy
from scorewright.validation import blank


def _declared(document: Document) -> Iterator[tuple[Path, str, Input]]:
    """List the inputs, and the fields of their records and of facts by names such as `deals.value`."""
    for name, given in document.rulebook.inputs.items():
        yield ("inputs", name), name, given
        for field, part in (given.fields or {}).items():
            # A field that is a list is refused elsewhere.
            if part.type is not Kind.LIST:
                yield ("inputs", name, "fields", field), f"{name}.{field}", part
    for name, kind in document.rulebook.facts.items():
        for field, part in kind.fields.items():
            if part.type is not Kind.LIST:
                yield ("facts", name, "fields", field), f"{name}.{field}", part


def keys_suit_type(document: Document) -> Findings:
    """Find keys that mean nothing for the type of their input."""
    find = Finder(document, "key-does-not-suit-type")
    for path, name, given in _declared(document):
        suits = {key: kinds.scalar_kind(given) in fitting for key, fitting in kinds.SUITS.items()}
        suits |= dict.fromkeys(("of", "max_items"), given.type is Kind.LIST)
        suits["window"] = given.type in kinds.NUMBERS
        for key, suit in suits.items():
            if not suit and given.given(key):
                message = f"`{key}` does not suit {quoted(name)}, which is {a_kind(given)}"
                yield find.at((*path, key), message, "delete it, or change the `type`", key=True)


def keys_missing(document: Document) -> Findings:
    """Find choices without options, and lists that do not say of what."""
    find = Finder(document, "key-missing")
    for path, _, given in _declared(document):
        if given.type is Kind.LIST and given.of is None and given.fields is None:
            yield find.at(path, "`of` is missing", "say what the list holds, such as `of: text`", key=True)
        if kinds.scalar_kind(given) is Kind.CHOICE and given.options is None:
            way = "list what can be answered, such as `options: [inbound, outbound]`"
            yield find.at(path, "`options` is missing", way, key=True)


def lists_of_lists(document: Document) -> Findings:
    """Find lists of lists."""
    find = Finder(document, "value-not-allowed")
    for path, _, given in _declared(document):
        if given.type is Kind.LIST and given.of is Kind.LIST:
            yield find.at((*path, "of"), "a list cannot hold lists", "declare an input for each list")


def _bounds(given: Input) -> list[tuple[str, Fraction | str]]:
    return [(key, end) for key, end in (("min", given.min), ("max", given.max)) if end is not None]


def _is_date(given: Input) -> bool:
    return kinds.scalar_kind(given) is Kind.DATE


def ends_of_numbers(document: Document) -> Findings:
    """Find ends of ranges that are not of the input's type."""
    find = Finder(document, "wrong-type")
    for path, _, given in _declared(document):
        for key, end in _bounds(given):
            if _is_date(given) and isinstance(end, Fraction):
                way = "write year-month-day, such as `2026-01-31`, or `as_of`"
                yield find.at((*path, key), f"{show(end)} is a number; a date is expected", way)
            elif kinds.scalar_kind(given) in kinds.NUMBERS and isinstance(end, str):
                yield find.at((*path, key), f"{show(end)} is text here; a number is expected")


def ends_of_dates(document: Document) -> Findings:
    """Find ends of ranges that are no days of the calendar."""
    find = Finder(document, "bad-format")
    for path, _, given in _declared(document):
        for key, end in _bounds(given):
            if _is_date(given) and isinstance(end, str) and kinds.read_bound(end) is None:
                way = "write year-month-day, such as `2026-01-31`, or `as_of`"
                yield find.at((*path, key), f"{show(end)} is not a valid date", way)


def ends_possible(document: Document) -> Findings:
    """Find ends of ranges that the decimals of their input forbid."""
    find = Finder(document, "value-not-possible")
    for path, name, given in _declared(document):
        decimals = kinds.decimals(given)
        for key, end in _bounds(given):
            if decimals is not None and isinstance(end, Fraction) and (end * 10**decimals).denominator != 1:
                kind = "whole numbers" if decimals == 0 else f"at most {decimals} decimals"
                message = f"{quoted(name)} can never be {show(end)}, for it takes {kind}"
                yield find.at((*path, key), message, "change the number, or allow more `decimals`")


def options_possible(document: Document) -> Findings:
    """Find options that nobody can choose, since an empty text is no answer."""
    find = Finder(document, "value-not-possible")
    for path, name, given in _declared(document):
        for index, option in enumerate(given.options or ()):
            if blank(option):
                message = f"{quoted(name)} can never be {show(option)}: an empty text is a missing answer"
                yield find.at((*path, "options", index), message, "write the option, or delete it")


def empty_ranges(document: Document) -> Findings:
    """Find inputs that can have no value at all."""
    find = Finder(document, "empty-input-range")
    for path, name, given in _declared(document):
        if given.options is not None and not given.options and kinds.scalar_kind(given) is Kind.CHOICE:
            message = f"{quoted(name)} may be nothing: it has no options"
            yield find.at((*path, "options"), message, "list what can be answered")
        low, high = kinds.lowest(given), kinds.highest(given)
        # Two numbers, or two days: an end of another type is told by other checks.
        if type(low) is type(high) and low is not None and low > high:  # type: ignore[operator]  # the types are equal
            shown = f"min {_plain(low)} is above max {_plain(high)}"
            key = "min" if given.min is not None else "max"
            yield find.at((*path, key), f"{quoted(name)} may be nothing: {shown}")


def _plain(end: object) -> str:
    return show(end)[1:-1] if isinstance(end, Fraction) else str(end)


def numbers_without_range(document: Document) -> Findings:
    """Find numbers that may be anything."""
    find = Finder(document, "number-without-range")
    for path, name, given in _declared(document):
        if given.type in kinds.NUMBERS and kinds.lowest(given) is None and kinds.highest(given) is None:
            way = "a range catches wrong units and makes the checks exact: add `min` and `max`"
            yield find.at(path, f"{quoted(name)} has no range", way, key=True)


def required_with_if_missing(document: Document) -> Findings:
    """Find inputs that must be answered and say what happens when they are not."""
    find = Finder(document, "required-with-if-missing")
    for name, given in document.rulebook.inputs.items():
        if given.required and given.if_missing is not None:
            message = f"{quoted(name)} is required, so `if_missing` never applies"
            yield find.at(("inputs", name, "if_missing"), message, "drop one of the two", key=True)


def assumed_values(document: Document) -> Findings:
    """Find assumed values that their input can never have."""
    find = Finder(document, "assumed-value-not-possible")
    for name, given in document.rulebook.inputs.items():
        if not isinstance(given.if_missing, Assume):
            continue
        path, value = ("inputs", name, "if_missing", "assume"), given.if_missing.assume
        message = f"{show(value)} cannot be assumed for {quoted(name)}, which is {a_kind(given)}"
        if given.type is Kind.LIST:
            yield find.at(path, message, "choose one of no_points, incomplete, leave_out")
        elif isinstance(value, str) and blank(value):
            message = f"{show(value)} cannot be assumed for {quoted(name)}: an empty text is a missing answer"
            yield find.at(path, message, "write a text, or drop `if_missing`")
        elif problem := objection(given, value):
            allowed = range_text(given)
            yield find.at(path, message, problem[1] or (f"it is {allowed}" if allowed else None))


def counts_without_window(document: Document) -> Findings:
    """Find counts that do not say over which time they are counted."""
    find = Finder(document, "count-without-window")
    for path, name, given in _declared(document):
        # What is measured says it there, and a fact has its own time.
        told = path[0] == "facts" or document.rulebook.inputs[str(path[1])].measured is not None
        if given.type is Kind.COUNT and given.window is None and not told:
            message = f"{quoted(name)} does not say over which window it is counted"
            yield find.at(path, message, "add for example `window: 30 days`", key=True)


def guides(document: Document) -> Findings:
    """Find guides for values that their input never has."""
    find = Finder(document, "guide-outside-scale")
    for path, name, given in _declared(document):
        for key in given.guide or ():
            value = kinds.read_key(kinds.scalar_kind(given), key)
            if value is None or objection(given, value):
                allowed = range_text(given)
                message = f"{quoted(name)} is never {quoted(key)}, which this guide describes"
                yield find.at(
                    (*path, "guide", key), message, f"it is {allowed}" if allowed else None, key=True
                )


def leave_out_without_minimum(document: Document) -> Findings:
    """Find a rulebook that leaves missing answers out, however many there are."""
    rulebook, score = document.rulebook, document.rulebook.score
    if score.minimum_coverage is not None or score.minimum_known is not None:
        return
    places: list[Path] = [("score", "if_missing")] if score.if_missing is Policy.LEAVE_OUT else []
    for name, item in rulebook.inputs.items():
        places += [("inputs", name, "if_missing")] if item.if_missing is Policy.LEAVE_OUT else []
    for index, criterion in enumerate(rulebook.criteria):
        places += [("criteria", index, "if_missing")] if criterion.if_missing is Policy.LEAVE_OUT else []
    for path in places[:1]:
        message = "`leave_out` does not say how much must be known for a score"
        way = "add `minimum_coverage: 60` (percent of the points) or `minimum_known: 6` (criteria) to `score`"
        yield Finder(document, "leave-out-without-minimum").at(path, message, way)


CHECKS: tuple[Check[Document], ...] = (
    Check("key-missing", keys_missing),
    Check("value-not-allowed", lists_of_lists),
    Check("wrong-type", ends_of_numbers),
    Check("bad-format", ends_of_dates),
    Check("value-not-possible", ends_possible),
    Check("value-not-possible", options_possible),
    Check("empty-input-range", empty_ranges),
    Check("number-without-range", numbers_without_range),
    Check("required-with-if-missing", required_with_if_missing),
    Check("assumed-value-not-possible", assumed_values),
    Check("key-does-not-suit-type", keys_suit_type),
    Check("count-without-window", counts_without_window),
    Check("guide-outside-scale", guides),
    Check("leave-out-without-minimum", leave_out_without_minimum),
)
