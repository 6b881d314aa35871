"""Criteria that share inputs: few enough answers that the bounds of a missing one can be worked out."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.criterion_ranges import CriterionRange
from scorewright.checks.analysis.days import ANY_DAY
from scorewright.checks.check import Check, Finder, Findings
from scorewright.diagnostics import Diagnostic, quoted
from scorewright.partition import choices, compares, cuts_of, inputs_of, is_open, size
from scorewright.program import Criterion, Input
from scorewright.program.condition import PercentChange, Ratio
from scorewright.program.earning import OfInput
from scorewright.semantics.total_bounds import components

MOST_JOINT: Final = 20_000
"""The most joint answers that bounds are worked out over."""
MOST_SUMS: Final = 1_000
"""The most sums over several groups that are compared with each other."""
MOST_MEMBERS: Final = 14
"""The most items that a list, or texts that a text, is compared with: 2 to the power of more is too many."""


def entangled(analysis: Analysis) -> Findings:
    """Find criteria that share inputs that may be missing in too many ways."""
    for members in components(analysis.program.criteria, _always_known(analysis)):
        if _joint(analysis, members) > MOST_JOINT:
            yield _tell(analysis, members)
            return
    fronts = 1
    for part in _parts(analysis):
        fronts *= _front(part)
        if fronts > MOST_JOINT:
            yield _tell(analysis, part.criteria)
            return


def _always_known(analysis: Analysis) -> dict[str, bool]:
    return {i.name: True for i in analysis.program.inputs if i.required or i.assumed is not None}


def _tell(analysis: Analysis, members: Sequence[Criterion]) -> Diagnostic:
    first, *others = members
    many = f"more than {MOST_JOINT:,} combinations of answers"
    message = f"{quoted(first.id)} depends on {many}, too many to work out bounds over"
    way = "let fewer criteria share inputs" if others else "split it into several criteria"
    labels = [((*other.path, "id"), "shares inputs with it") for other in others[:3]]
    find = Finder(analysis.document, "inputs-entangled")
    return find.at((*first.path, "id"), message, way, labels=labels)


def _joint(analysis: Analysis, members: Sequence[Criterion]) -> int:
    items = {item.name: item for item in analysis.program.inputs}
    known = _always_known(analysis)
    cuts = cuts_of(members)
    count = 1
    for name in dict.fromkeys(name for criterion in members for name in criterion.inputs):
        if name in items and name not in known:
            own = cuts.by_input.get(name, ())
            if choices(items[name], own) > MOST_MEMBERS:
                return MOST_JOINT + 1
            if is_open(items[name], own):
                continue
            count *= size(analysis.program, cuts, [name], ANY_DAY)
            analysis.budget.look()
            if count > MOST_JOINT:
                break
    return count


def _parts(analysis: Analysis) -> Iterator[CriterionRange]:
    """List the parts that stand in several groups, each once."""
    seen: set[str] = set()
    for pieces in analysis.reach.pieces.values():
        for part, _ in pieces:
            if part.joint and len(part.groups) > 1 and part.criteria[0].id not in seen:
                seen.add(part.criteria[0].id)
                yield part


def _front(part: CriterionRange) -> int:
    """Count the sums that no other sum is above in every group, or below in every group."""
    whole = (outcome for outcome in part.outcomes if all(one.whole for one in outcome))
    sums = {tuple(one.low for one in outcome) for outcome in whole}
    if len(sums) > MOST_SUMS:
        return MOST_JOINT + 1
    highest = sum(not any(_below(a, b) for b in sums) for a in sums)
    lowest = sum(not any(_below(b, a) for b in sums) for a in sums)
    return max(highest, lowest, 1)


def _below(first: Sequence[Fraction], second: Sequence[Fraction]) -> bool:
    return first != second and all(a <= b for a, b in zip(first, second, strict=True))


def bent(analysis: Analysis) -> Findings:
    """Find inputs whose best answer for the total may lie anywhere, not only where something changes."""
    criteria = analysis.program.criteria
    clamped = {g.id for g in analysis.program.groups if g.cap is not None or g.floor is not None}
    paired = {name for criterion in criteria for name in _paired(criterion)}
    known = _always_known(analysis)
    for item in analysis.program.inputs:
        rising = [c for c in criteria if _rises_with(c, item)]
        groups = {criterion.group for criterion in rising}
        if item.name in known:
            continue
        if rising and item.name in paired:
            yield _tell_bent(analysis, rising, "is also compared with another input by `ratio` or `change`")
        elif len(groups) > 1 and groups & clamped:
            yield _tell_bent(analysis, rising, "earns in several groups, of which one has a cap or floor")


def _rises_with(criterion: Criterion, item: Input) -> bool:
    earning = criterion.earning
    return isinstance(earning, OfInput) and earning.edges() is None and earning.input == item.name


def _paired(criterion: Criterion) -> Iterator[str]:
    for condition in criterion.earning.conditions:
        for compare in compares(condition):
            if isinstance(compare.left, Ratio | PercentChange):
                yield from inputs_of(compare.left)


def _tell_bent(analysis: Analysis, rising: Sequence[Criterion], why: str) -> Diagnostic:
    first = rising[0]
    message = f"{quoted(first.inputs[0])} earns value by value and {why}, so that bounds cannot be worked out"
    way = "use `steps` instead, or let the input earn in one group only"
    return Finder(analysis.document, "inputs-entangled").at((*first.path, "input"), message, way)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("inputs-entangled", entangled),
    Check("inputs-entangled", bent),
)
