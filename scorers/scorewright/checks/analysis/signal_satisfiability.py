"""Matching: facts can be meant where they are looked for, and signals can be both true and false."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.days import days_to_try
from scorewright.checks.analysis.fact_spans import ages_possible, covers, join_truth, tally_span
from scorewright.checks.analysis.operand_types import range_text
from scorewright.checks.analysis.satisfiability import Truth, World, truth
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.program import Input, Kind, Trigger
from scorewright.program.condition import AS_OF, All, Compare, Condition, InputRef
from scorewright.program.exact_numbers import text
from scorewright.program.signal import (
    Aggregation,
    Comparison,
    Measure,
    MeasureTest,
    Pattern,
    Related,
    Select,
    Signal,
)

_ALWAYS: Final[Truth] = frozenset((True,))


@dataclass(frozen=True, slots=True)
class FactScope:
    """A place where facts are looked for, as compiled; `aliases` gives the kinds of earlier facts."""

    path: Path
    select: Select
    joins: tuple[Related, ...] = ()
    aliases: Mapping[str, str] | None = None


def _signals(analysis: Analysis) -> Iterator[tuple[Path, Signal, Sequence[Path]]]:
    """List the signals, each with its path and the paths of its lines."""
    for index, written in enumerate(analysis.document.rulebook.signals):
        paths = [("signals", index, *place) for place, _ in written.lines]
        yield ("signals", index), analysis.program.signals[index], paths


def _meant(analysis: Analysis) -> Iterator[FactScope]:
    for _, signal, paths in _signals(analysis):
        kinds = {part.alias: part.select.kind for part in signal.parts if isinstance(part, Pattern)}
        for path, part in zip(paths, signal.parts, strict=True):
            if isinstance(part, Pattern):
                yield FactScope(path, part.select, part.joins, kinds)
            else:
                yield FactScope(path, part.measure.select)
    for item in analysis.program.inputs:
        if item.measure is not None and item.measure.way is not Aggregation.DAYS_OF:
            yield FactScope(("inputs", item.name, "measured"), item.measure.select)


def _kind(analysis: Analysis, name: str) -> Kind:
    return next(kind for kind in analysis.program.kinds if kind.name == name)


def _field(analysis: Analysis, kind: str, name: str) -> Input:
    return next(field for field in _kind(analysis, kind).fields if field.name == name)


def _truth(analysis: Analysis, items: Sequence[Input], condition: Condition) -> Truth | None:
    """Return what a condition on a few numbers, texts or days can be."""
    # The moment may be later than the day of a fact, so that what was to come may have passed.
    items = [replace(item, minimum=None) if item.minimum is AS_OF else item for item in items]
    asking = Trigger("", "", condition, "")
    alone = replace(
        analysis.program, inputs=tuple(items), triggers=(asking,), criteria=(), disqualifiers=(), actions=()
    )
    return truth(condition, World(alone, days_to_try(alone), analysis.budget))


def _test_truth(analysis: Analysis, meant: FactScope, test: Comparison) -> Truth | None:
    own = _field(analysis, meant.select.kind, test.field)
    if isinstance(test, Related):
        kind = (meant.aliases or {}).get(test.alias, meant.select.kind)
        return join_truth(test, own, _field(analysis, kind, test.other))
    return _truth(analysis, [own], Compare(InputRef(test.field), test.op, test.value))


def _tests(analysis: Analysis) -> Iterator[tuple[Path, Truth | None, str | None]]:
    """List the tests of fields: the path, what it can be, and the range of its field in words."""
    facts = analysis.document.rulebook.facts
    for meant in _meant(analysis):
        for test in (*meant.select.tests, *meant.joins):
            allowed = range_text(facts[meant.select.kind].fields[test.field])
            shown = f"{quoted(test.field)} is {allowed}" if allowed else None
            yield (*meant.path, "where", test.field), _test_truth(analysis, meant, test), shown


def no_fact_matches(analysis: Analysis) -> Findings:
    """Find windows and tests that no fact passes."""
    find = Finder(analysis.document, "no-fact-matches")
    for meant in _meant(analysis):
        if _is_empty(meant.select):
            message = "no fact is that old and yet so young"
            yield find.at((*meant.path, "within"), message, "let `within` be longer than `older_than`")
    for path, found, shown in _tests(analysis):
        if found is not None and True not in found:
            yield find.at(path, "no fact passes this test", shown)
    for _, signal, paths in _signals(analysis):
        patterns = _patterns(signal)
        absent = [(path, part) for path, part in zip(paths, signal.parts, strict=True) if part in patterns]
        if patterns and patterns[-1].absent and ages_possible(patterns[:-1]) and not ages_possible(patterns):
            path = absent[-1][0]
            if not _is_empty(patterns[-1].select):
                yield find.at(path, "no fact has this age and this place in time", "widen its window")


def _is_empty(select: Select) -> bool:
    return select.within is not None and select.older_than >= select.within


def _patterns(signal: Signal) -> list[Pattern]:
    return [part for part in signal.parts if isinstance(part, Pattern)]


def _tallies(signal: Signal, paths: Sequence[Path]) -> Iterator[tuple[Path, MeasureTest]]:
    """List the tallies of facts that can be meant."""
    for path, part in zip(paths, signal.parts, strict=True):
        if isinstance(part, MeasureTest) and not _is_empty(part.measure.select):
            yield path, part


def _tally_item(analysis: Analysis, measure: Measure, name: str = "") -> Input:
    kind = _kind(analysis, measure.select.kind)
    field = _field(analysis, kind.name, measure.fields[0]) if measure.fields else None
    return replace(tally_span(measure.select, kind, field), name=name)


def _tally_truth(analysis: Analysis, tally: MeasureTest) -> Truth | None:
    compare = Compare(InputRef(""), tally.op, tally.value)
    return _truth(analysis, [_tally_item(analysis, tally.measure)], compare)


def _range(analysis: Analysis, tally: MeasureTest) -> str:
    item = _tally_item(analysis, tally.measure)
    low, high = (text(end) if isinstance(end, Fraction) else None for end in (item.minimum, item.maximum))
    ends = f"{low or 'anything'} to {high}" if high else f"{low} or more" if low else "anything"
    return f"a `{tally.measure.way}` is {ends} here"


def signals_never_true(analysis: Analysis) -> Findings:
    """Find signals that no facts make true."""
    find = Finder(analysis.document, "signal-never-true")
    for path, signal, paths in _signals(analysis):
        tallies = list(_tallies(signal, paths))
        never = [(place, tally) for place, tally in tallies if _is_never(_tally_truth(analysis, tally))]
        for place, tally in never:
            yield find.at((*place, tally.op), "this is never true", _range(analysis, tally))
        if not never and _is_never(_together(analysis, [tally for _, tally in tallies])):
            way = "make a signal of each, and join them by `any` where they are asked for"
            yield find.at((*path, "id"), "its tallies are never all true", way)
        yield from _contradictions(find, signal, paths)


def _is_never(found: Truth | None) -> bool:
    return found is not None and True not in found


def _together(analysis: Analysis, tallies: Sequence[MeasureTest]) -> Truth | None:
    """Return what all tallies of a signal can be, those of one measure looked at together."""
    names = {measure: str(index) for index, measure in enumerate(dict.fromkeys(t.measure for t in tallies))}
    if len(names) == len(tallies):
        return None
    items = [_tally_item(analysis, measure, name) for measure, name in names.items()]
    asked = tuple(Compare(InputRef(names[tally.measure]), tally.op, tally.value) for tally in tallies)
    return _truth(analysis, items, All(asked))


def _contradictions(find: Finder, signal: Signal, paths: Sequence[Path]) -> Findings:
    patterns = _patterns(signal)
    present = [pattern for pattern in patterns if not pattern.absent]
    if not any(_is_empty(pattern.select) for pattern in present) and not ages_possible(present):
        message = "no facts have these ages in this order"
        way = "check `after` and `before` against `within` and `older_than`"
        told = (part for part in present if part.after or part.before)
        yield find.at(paths[signal.parts.index(next(told))], message, way)
    for path, part in zip(paths, signal.parts, strict=True):
        free = isinstance(part, Pattern) and part.absent and not (part.joins or part.after or part.before)
        if isinstance(part, Pattern) and free and any(covers(part.select, each.select) for each in present):
            message = "an earlier line looks for the fact that must not be there"
            yield find.at((*path, "no"), message, "say in `where` which facts must not be there")


def signals_always_true(analysis: Analysis) -> Findings:
    """Find signals, or lines of them, that are true whatever happened."""
    find = Finder(analysis.document, "signal-always-true")
    for _, signal, paths in _signals(analysis):
        for path, tally in _tallies(signal, paths):
            if _tally_truth(analysis, tally) == _ALWAYS:
                yield find.at((*path, tally.op), "this is always true", _range(analysis, tally))


def tests_always_true(analysis: Analysis) -> Findings:
    """Find tests that every fact passes."""
    find = Finder(analysis.document, "condition-always-true")
    for path, found, shown in _tests(analysis):
        if found == _ALWAYS:
            yield find.at(path, "every fact passes this test", shown)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("no-fact-matches", no_fact_matches),
    Check("signal-never-true", signals_never_true),
    Check("signal-always-true", signals_always_true),
    Check("condition-always-true", tests_always_true),
)
