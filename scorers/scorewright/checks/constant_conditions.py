"""Conditions: each can be true, and each can be false."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.operand_types import range_text
from scorewright.checks.analysis.satisfiability import Truth
from scorewright.checks.analysis.value_sets import ValueSet
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.checks.declared_points import TOO_MANY
from scorewright.diagnostics import quoted
from scorewright.partition import compares
from scorewright.program.condition import Compare, Condition, CriterionRef, GroupRef, TotalRef
from scorewright.program.earning import ConditionPoints
from scorewright.program.exact_numbers import text
from scorewright.program.operators import Operand
from scorewright.rulebook import references as uses
from scorewright.rulebook.model.condition import Condition as Written

ALWAYS: Truth = frozenset((True,))
MOST_LABELS = 2
"""The most further conditions that a finding points at."""
MOST_RANGES = 3
"""The most inputs whose ranges a help line names."""


@dataclass(frozen=True, slots=True)
class ConditionPlace:
    """A condition as written and as compiled, and where it stands."""

    path: Path
    written: Written
    compiled: Condition

    @property
    def is_combined(self) -> bool:
        """Return whether it is made of others by `all`, `any` or `not`."""
        return not isinstance(self.compiled, Compare)

    def leaves(self) -> Iterator["ConditionPlace"]:
        """List its comparisons."""
        written = uses.comparisons(self.written, tuple(self.path))
        for (path, comparison), compare in zip(written, compares(self.compiled), strict=True):
            yield ConditionPlace(path, comparison, compare)


def in_criteria(analysis: Analysis) -> Iterator[ConditionPlace]:
    """List the conditions of criteria."""
    for written, compiled in analysis.criteria():
        if written.when is not None and isinstance(compiled.earning, ConditionPoints):
            yield ConditionPlace((*compiled.path, "when"), written.when, compiled.earning.condition)


def in_triggers(analysis: Analysis) -> Iterator[ConditionPlace]:
    """List the conditions of triggers."""
    triggers = zip(analysis.document.rulebook.triggers, analysis.program.triggers, strict=True)
    for index, (written, compiled) in enumerate(triggers):
        yield ConditionPlace(("triggers", index, "when"), written.when, compiled.condition)


def elsewhere(analysis: Analysis) -> Iterator[ConditionPlace]:
    """List all other conditions: of lists, bands, disqualifiers, flags and actions."""
    written = uses.other_conditions(analysis.document.rulebook)
    compiled = dict(_compiled(analysis))
    for path, condition in written:
        if path in compiled:
            yield ConditionPlace(path, condition, compiled[path])


def _compiled(analysis: Analysis) -> Iterator[tuple[uses.Path, Condition]]:
    program, rulebook = analysis.program, analysis.document.rulebook
    for number, named in enumerate(program.lists):
        for index, item in enumerate(named.items):
            for key, condition in (("when", item.when), ("unless", item.unless)):
                if condition is not None:
                    yield ("lists", number, "items", index, key), condition
    bands = {band.id: band.condition for band in program.bands}
    for index, band in enumerate(rulebook.bands):
        if (condition := bands[band.id]) is not None:
            yield ("bands", index, "when"), condition
    for index, disqualifier in enumerate(program.disqualifiers):
        yield ("disqualifiers", index, "when"), disqualifier.condition
    for index, flag in enumerate(program.flags):
        yield ("flags", index, "when"), flag.condition
    for action in program.actions:
        if action.only_if is not None:
            yield ("actions", action.id, "only_if"), action.only_if


def is_never(analysis: Analysis, place: ConditionPlace) -> bool:
    """Return whether no answer makes a condition true."""
    found = analysis.truth(place.compiled)
    return found is not None and True not in found


def is_always(analysis: Analysis, place: ConditionPlace) -> bool:
    """Return whether every answer makes a condition true."""
    return analysis.truth(place.compiled) == ALWAYS


def ranges(analysis: Analysis, place: ConditionPlace) -> str | None:
    """Return which values the inputs of a condition take, and which points can be earned."""
    inputs = analysis.document.rulebook.inputs
    names = dict.fromkeys(name for _, name in uses.condition_uses(place.written))
    known = [(name, range_text(inputs[name])) for name in names if name in inputs]
    shown = [f"{quoted(name)} is {allowed}" for name, allowed in known if allowed]
    shown += dict.fromkeys(_points(analysis, place.compiled))
    return "; ".join(shown[:MOST_RANGES]) or None


def _points(analysis: Analysis, condition: Condition) -> Iterator[str]:
    for compare in compares(condition):
        match compare.left:
            case CriterionRef(id):
                yield f"points of {quoted(id)} are {_ends(analysis.reach.criteria.get(id))}"
            case GroupRef(id):
                yield f"points of group {quoted(id)} are {_ends(analysis.reach.groups.get(id))}"
            case TotalRef():
                yield f"the score is {_ends(analysis.total)}"


def _ends(spread: ValueSet | None) -> str:
    return f"{text(spread.lowest)} to {text(spread.highest)}" if spread else "not known"


def _never(analysis: Analysis, places: Iterable[ConditionPlace]) -> Findings:
    find = Finder(analysis.document, "condition-never-true")
    for place in places:
        leaves = list(place.leaves())
        dead = [leaf for leaf in leaves if is_never(analysis, leaf)]
        if not dead and place.is_combined and is_never(analysis, place):
            dead = [place]
        for leaf in dead:
            yield find.at(leaf.path, "this can never be true", _turned(leaf) or ranges(analysis, leaf))


def _turned(leaf: ConditionPlace) -> str | None:
    """Return how to write a pair whose highest stands first."""
    if leaf.is_combined:
        return None
    op, right = leaf.written.comparison
    if op.row.operand is not Operand.PAIR or not isinstance(right, tuple):
        return None
    ends = [end for end in right if isinstance(end, Fraction)]
    lowest, highest = min(ends), max(ends)
    if ends == [lowest, highest]:
        return None
    return f"write `{op.value}: [{text(lowest)}, {text(highest)}]`: the lowest comes first"


def _always(analysis: Analysis, places: Iterable[ConditionPlace]) -> Findings:
    find = Finder(analysis.document, "condition-always-true")
    for place in places:
        leaves = list(place.leaves())
        sure = [leaf for leaf in leaves if is_always(analysis, leaf)]
        if not sure and place.is_combined and is_always(analysis, place):
            sure = [place]
        for leaf in sure:
            yield find.at(leaf.path, "this is always true", ranges(analysis, leaf))


def never_true(analysis: Analysis) -> Findings:
    """Find conditions of criteria that no answer makes true."""
    return _never(analysis, in_criteria(analysis))


def always_true(analysis: Analysis) -> Findings:
    """Find conditions of criteria that every answer makes true."""
    return _always(analysis, in_criteria(analysis))


def never_true_elsewhere(analysis: Analysis) -> Findings:
    """Find other conditions, and parts of triggers, that no answer makes true."""
    yield from _never(analysis, elsewhere(analysis))
    yield from _never(analysis, (p for p in in_triggers(analysis) if not is_never(analysis, p)))


def always_true_elsewhere(analysis: Analysis) -> Findings:
    """Find other conditions that every answer makes true."""
    yield from _always(analysis, elsewhere(analysis))
    yield from _always(analysis, in_triggers(analysis))


def triggers_never_fire(analysis: Analysis) -> Findings:
    """Find triggers that no answer fires."""
    find = Finder(analysis.document, "trigger-never-fires")
    for place in in_triggers(analysis):
        if is_never(analysis, place):
            dead = next((leaf for leaf in place.leaves() if is_never(analysis, leaf)), place)
            yield find.at(dead.path, "this trigger can never fire", ranges(analysis, dead))


def not_decided(analysis: Analysis) -> Findings:
    """Report of which conditions it is not decided whether they can be true, and can be false."""
    every = chain(in_criteria(analysis), in_triggers(analysis), elsewhere(analysis))
    undecided = [place for place in every if analysis.truth(place.compiled) is None]
    if undecided:
        first, *others = undecided
        message = f"whether this can be true, and can be false, is not decided: {TOO_MANY}"
        labels = [(other.path, "nor whether this can") for other in others[:MOST_LABELS]]
        more = len(others) - len(labels)
        notes = [f"nor is it decided of {more} more"] if more else []
        find = Finder(analysis.document, "not-decided")
        yield find.at(first.path, message, "tests can pin it", notes=notes, labels=labels)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("condition-never-true", never_true),
    Check("condition-always-true", always_true),
)
"""Run before points are added, for a dead condition changes what can be earned."""

CHECKS_ELSEWHERE: tuple[Check[Analysis], ...] = (
    Check("trigger-never-fires", triggers_never_fire),
    Check("condition-never-true", never_true_elsewhere),
    Check("condition-always-true", always_true_elsewhere),
    Check("not-decided", not_decided),
)
