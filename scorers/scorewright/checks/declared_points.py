"""Points: weights, caps and declared totals agree with what can be earned."""

from collections.abc import Iterator
from fractions import Fraction

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.program import Criterion, Group, Policy
from scorewright.program.exact_numbers import text
from scorewright.rulebook.model.rulebook import Group as Written

HUNDRED = Fraction(100)
TOO_MANY = "there are too many combinations of answers"


def _groups(analysis: Analysis) -> Iterator[tuple[Path, Written, Group]]:
    """List the groups that the author wrote, with the compiled ones."""
    compiled = {group.id: group for group in analysis.program.groups}
    for index, written in enumerate(analysis.document.rulebook.groups):
        if written.id in compiled:
            yield ("groups", index), written, compiled[written.id]


def weights(analysis: Analysis) -> Findings:
    """Find weights that do not add up to 100."""
    written = [group for group in analysis.document.rulebook.groups if group.weight is not None]
    total = sum((group.weight for group in written if group.weight is not None), Fraction(0))
    if analysis.program.weighted and written and total != HUNDRED:
        shown = "; ".join(f"{group.id} {text(group.weight or Fraction(0))}" for group in written[:10])
        message = f"group weights add up to {text(total)}, not 100"
        yield Finder(analysis.document, "weights-not-100").at(("groups",), message, shown, key=True)


def weight_and_method(analysis: Analysis) -> Findings:
    """Find weights without the method `weighted`, and the method without weights that can count."""
    find = Finder(analysis.document, "weight-and-method-disagree")
    rulebook = analysis.document.rulebook
    if analysis.program.weighted:
        yield from _without_weight(find, analysis)
        return
    for index, group in enumerate(rulebook.groups):
        if group.weight is not None:
            message = f"a weight means nothing with `method: {rulebook.score.method.value}`"
            way = "write `method: weighted`, or delete the weight"
            yield find.at(("groups", index, "weight"), message, way, key=True)


def _without_weight(find: Finder, analysis: Analysis) -> Findings:
    rulebook = analysis.document.rulebook
    if not rulebook.groups:
        yield find.at(("score", "method"), "method `weighted` needs `groups`, each with a `weight`")
    for path, written, compiled in _groups(analysis):
        if written.weight is None:
            way = f"add `weight` to group {quoted(written.id)}"
            yield find.at((*path, "id"), "method `weighted` needs a `weight` in every group", way)
        elif written.weight <= 0 or compiled.possible <= 0:
            weighs = f"weighs {text(written.weight)} but can earn {text(compiled.possible)}"
            way = "give it a weight above 0 and points to earn"
            yield find.at((*path, "weight"), f"group {quoted(written.id)} {weighs}", way, key=True)
    for index, criterion in enumerate(rulebook.criteria):
        if criterion.group is None and rulebook.groups:
            message = f"{quoted(criterion.id)} stands in no group, so it weighs nothing"
            yield find.at(("criteria", index, "id"), message, "add `group` to it")


def floors_above_caps(analysis: Analysis) -> Findings:
    """Find floors above their cap."""
    find = Finder(analysis.document, "floor-above-cap")
    score = analysis.document.rulebook.score
    places: list[tuple[Path, Fraction | None, Fraction | None]] = [(("score",), score.cap, score.floor)]
    places += [(path, written.cap, written.floor) for path, written, _ in _groups(analysis)]
    for path, cap, floor in places:
        if cap is not None and floor is not None and floor > cap:
            message = f"floor {text(floor)} lies above cap {text(cap)}, so nothing between can be earned"
            labels = [((*path, "cap"), "the cap")]
            yield find.at((*path, "floor"), message, "swap the two", labels=labels)


def penalties_left_out(analysis: Analysis) -> Findings:
    """Find penalties that a missing answer takes away."""
    find = Finder(analysis.document, "leave-out-of-a-penalty")
    policies = {item.name: item.policy for item in analysis.program.inputs}
    for criterion in analysis.program.criteria:
        if criterion.highest <= 0 and criterion.lowest < 0 and _may_be_left_out(criterion, policies):
            message = f"a missing answer would take the penalty of {quoted(criterion.id)} away"
            way = "add `if_missing: no_points` to the criterion"
            yield find.at((*criterion.path, "id"), message, way)


def _may_be_left_out(criterion: Criterion, policies: dict[str, Policy]) -> bool:
    if criterion.policy is not None:
        return criterion.policy is Policy.LEAVE_OUT
    return any(policies.get(name) is Policy.LEAVE_OUT for name in criterion.inputs)


def minimums(analysis: Analysis) -> Findings:
    """Find minimums that even a subject with all answers does not reach."""
    find = Finder(analysis.document, "minimum-out-of-reach")
    program = analysis.program
    if program.minimum_coverage is not None and not 0 < program.minimum_coverage <= HUNDRED:
        message = f"`minimum_coverage` is {text(program.minimum_coverage)}, not a percentage above 0"
        yield find.at(("score", "minimum_coverage"), message, "write a number above 0 and at most 100")
    count = len(program.criteria)
    if program.minimum_known is not None and not 0 < program.minimum_known <= count:
        message = f"`minimum_known` is {program.minimum_known}, and there are {count} criteria"
        yield find.at(("score", "minimum_known"), message, f"write a number from 1 to {count}")


def caps(analysis: Analysis) -> Findings:
    """Find caps and floors that nothing that can be earned comes to."""
    reach = analysis.reach
    if not reach.sharp:
        return
    score = analysis.program
    places: list[tuple[Path, Fraction | None, Fraction | None, tuple[Fraction, Fraction]]] = []
    if reach.uncapped is not None:
        places.append((("score",), score.cap, score.floor, reach.uncapped))
    for path, _, group in _groups(analysis):
        if raw := reach.raw[group.id]:
            places.append((path, group.cap, group.floor, (raw.lowest, raw.highest)))
    find = Finder(analysis.document, "cap-never-binds")
    for path, cap, floor, (lowest, highest) in places:
        what = "criteria" if path[0] == "groups" else "points"
        if cap is not None and cap >= highest:
            message = f"cap {text(cap)} never binds: the {what} add up to {text(highest)}"
            yield find.at((*path, "cap"), message, "delete the cap, or check the points", key=True)
        if floor is not None and floor <= lowest:
            message = f"floor {text(floor)} never binds: the {what} add up to {text(lowest)} at least"
            yield find.at((*path, "floor"), message, "delete the floor, or check the points", key=True)


def out_of(analysis: Analysis) -> Findings:
    """Find a declared total that is not what the criteria reach."""
    says, total = analysis.program.out_of, analysis.total
    if not analysis.program.by_points or says is None or total is None or not analysis.reach.sharp:
        return
    if total.highest != says and not _follows(analysis, says - total.highest):
        most = text(total.highest)
        message = f"`out_of` says {text(says)} but the criteria reach {most}"
        find = Finder(analysis.document, "out-of-differs")
        yield find.at(("score", "out_of"), message, f"write {most}, or change the points")


def _follows(analysis: Analysis, difference: Fraction) -> bool:
    """Return whether a total differs by just what its groups differ, which is told of them."""
    return difference != 0 and difference == sum(
        (written.out_of or Fraction(0)) - most for _, written, most in _differing(analysis)
    )


def group_out_of(analysis: Analysis) -> Findings:
    """Find groups that cannot earn exactly what they say."""
    find = Finder(analysis.document, "group-out-of-differs")
    says, total = analysis.program.out_of, analysis.total
    follows = says is not None and total is not None and _follows(analysis, says - total.highest)
    for path, written, most in _differing(analysis):
        message = (
            f"group {quoted(written.id)} says out of {text(written.out_of or most)} but can earn {text(most)}"
        )
        with_total = f", and {text(total.highest)} in `score`" if follows and total is not None else ""
        yield find.at((*path, "out_of"), message, f"write {text(most)}{with_total}, or change the points")


def _differing(analysis: Analysis) -> Iterator[tuple[Path, Written, Fraction]]:
    for path, written, group in _groups(analysis):
        earned = analysis.reach.counted[group.id]
        decided = written.out_of is not None and bool(earned) and analysis.reach.sharp
        if decided and written.out_of != earned.highest:
            yield path, written, earned.highest


def not_decided(analysis: Analysis) -> Findings:
    """Yield where there were too many combinations to look at all of them."""
    reach = analysis.reach
    if analysis.program.by_points and not (reach.sharp and reach.decided):
        message = f"which scores can occur is not decided: {TOO_MANY}"
        way = "the checks of bands tell only what is certain; tests can pin the rest"
        yield Finder(analysis.document, "not-decided").at(("criteria",), message, way, key=True)


SHAPE: tuple[Check[Analysis], ...] = (
    Check("weights-not-100", weights),
    Check("weight-and-method-disagree", weight_and_method),
    Check("leave-out-of-a-penalty", penalties_left_out),
    Check("minimum-out-of-reach", minimums),
    Check("floor-above-cap", floors_above_caps),
)
"""Run before totals are looked at, for what they find changes all totals."""

TOTALS: tuple[Check[Analysis], ...] = (
    Check("cap-never-binds", caps),
    Check("out-of-differs", out_of),
    Check("group-out-of-differs", group_out_of),
    Check("not-decided", not_decided),
)
