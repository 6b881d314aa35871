"""Criteria: each can change the score, and none asks what another asks."""

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Check, Finder, Findings
from scorewright.diagnostics import quoted
from scorewright.program import Criterion
from scorewright.program.condition import Compare, CriterionRef
from scorewright.program.exact_numbers import text


def dead(analysis: Analysis) -> Findings:
    """Find criteria that earn the same whatever the answer."""
    find = Finder(analysis.document, "dead-criterion")
    for criterion in analysis.program.criteria:
        if criterion.lowest == criterion.highest:
            message = f"{quoted(criterion.id)} gives {text(criterion.highest)} points whatever the answer"
            yield find.at(criterion.path, message, "change its points, or delete it", key=True)


def out_of(analysis: Analysis) -> Findings:
    """Find criteria that cannot earn exactly what they say."""
    find = Finder(analysis.document, "criterion-out-of-differs")
    for written, criterion in analysis.criteria():
        if written.out_of is not None and written.out_of != criterion.highest:
            says = f"says out of {text(written.out_of)} but can earn {text(criterion.highest)}"
            way = f"write {text(criterion.highest)}, or change the points"
            yield find.at((*criterion.path, "out_of"), f"{quoted(criterion.id)} {says}", way)


def recommendations(analysis: Analysis) -> Findings:
    """Find recommendations for points that a criterion cannot earn."""
    find = Finder(analysis.document, "recommend-never-applies")
    for criterion in analysis.program.criteria:
        for index, advice in enumerate(criterion.recommend):
            found = analysis.truth(Compare(CriterionRef(criterion.id), advice.op, advice.value))
            if found is not None and True not in found:
                earns = f"earns {text(criterion.lowest)} to {text(criterion.highest)}"
                message = f"{quoted(criterion.id)} {earns}, so this never applies"
                place = (*criterion.path, "recommend", index)
                yield find.at(place, message, "change the number, or delete it")


def same_twice(analysis: Analysis) -> Findings:
    """Find two criteria that ask the same."""
    find = Finder(analysis.document, "same-condition-twice")
    first: dict[object, Criterion] = {}
    for criterion in analysis.program.criteria:
        other = first.setdefault(criterion.earning.question, criterion)
        if other is not criterion:
            message = f"{quoted(criterion.id)} tests the same thing as {quoted(other.id)}"
            labels = [((*other.path, "id"), "tested here already")]
            yield find.at((*criterion.path, "id"), message, "its points are counted twice", labels=labels)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("dead-criterion", dead),
    Check("criterion-out-of-differs", out_of),
    Check("recommend-never-applies", recommendations),
    Check("same-condition-twice", same_twice),
)
