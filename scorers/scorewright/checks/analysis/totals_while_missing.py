"""Where the lowest total occurs only while answers are missing: which ones, and the lowest without that."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.criterion_ranges import CriterionRange
from scorewright.checks.analysis.days import ANY_DAY
from scorewright.diagnostics import quoted
from scorewright.program import Policy, Program
from scorewright.program.exact_numbers import rounded, text
from scorewright.semantics.missing_policy import apply
from scorewright.semantics.total_bounds import bounds
from scorewright.semantics.totals import ZERO, combine

MOST_CRITERIA: Final = 24
"""The most criteria of which those that are missing are looked for."""
MOST_NAMED: Final = 3

Unknown = Mapping[str, Policy]


def on_missing(analysis: Analysis, lowest: Fraction) -> tuple[str, ...]:
    """Return when the lowest total occurs, if every answer known leads to a higher one."""
    if not analysis.program.by_points:
        return ()
    ends = bounds(analysis.program, {}, ANY_DAY)
    answered = rounded(ends.lowest) if ends else lowest
    if lowest >= answered:
        return ()
    unknown = _lacking(analysis, lowest)
    when = (
        f"while {_named(analysis.program, unknown)} not known"
        if unknown
        else "only while answers are missing"
    )
    known = f"with every answer known the lowest score is {text(answered)}"
    return (f"{text(lowest)} is scored {when}; {known}",)


def _lacking(analysis: Analysis, lowest: Fraction) -> Unknown | None:
    """Find criteria without which the lowest total occurs, dropping first what lowers it most."""
    program, single = analysis.program, analysis.reach.single
    shared = sum(len({part.criteria for part, _ in pieces}) for pieces in analysis.reach.pieces.values())
    if len(program.criteria) > MOST_CRITERIA or shared < len(program.criteria):
        return None
    unknown: Unknown = {}
    while (found := _total(program, single, unknown)) is not None and rounded(found) > lowest:
        lower = {more: each for more, each in _further(program, single, unknown).items() if each is not None}
        best = min(lower, key=lambda more: lower[more], default=None)
        if best is None or lower[best] >= found:
            return None
        unknown = dict(best)
    return unknown if found is not None and rounded(found) == lowest else None


def _further(
    program: Program, single: Mapping[str, CriterionRange], unknown: Unknown
) -> Mapping[tuple[tuple[str, Policy], ...], Fraction | None]:
    """Return the lowest totals with one more criterion unknown, or all of one group."""
    groups = [(id, group.criteria) for group in program.groups for id in group.criteria]
    steps = [(id,) for id, _ in groups] + [group.criteria for group in program.groups]
    found: dict[tuple[tuple[str, Policy], ...], Fraction | None] = {}
    for step in steps:
        more = {id: policy for id in step for policy in _policies(single[id])}
        together = {**unknown, **more}
        if len(together) > len(unknown):
            found[tuple(together.items())] = _total(program, single, together)
    return found


def _policies(part: CriterionRange) -> Iterator[Policy]:
    for (one,) in part.outcomes:
        if one.known is not None and not one.whole:
            yield Policy.NO_POINTS if one.known.counts else Policy.LEAVE_OUT


def _total(program: Program, single: Mapping[str, CriterionRange], unknown: Unknown) -> Fraction | None:
    """Return the lowest total while these criteria are unknown and the others known; None without a total."""
    known = {id: None if id in unknown else _least(part) for id, part in single.items()}
    settled = apply(program, known, unknown)
    return combine(program, settled.points).total if settled.complete else None


def _least(part: CriterionRange) -> Fraction:
    return min((one.low for (one,) in part.outcomes if one.whole), default=ZERO)


def _named(program: Program, unknown: Unknown) -> str:
    names: list[str] = []
    for group in program.groups:
        inside = [id for id in group.criteria if id in unknown]
        whole = group.id and inside and len(inside) == len(group.criteria)
        names += [f"group {quoted(group.id)}"] if whole else [quoted(id) for id in inside]
    shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    if more > 0:
        return f"{', '.join(shown)} and {more} more are"
    return f"{' and '.join(shown)} {'is' if len(shown) == 1 else 'are'}"
