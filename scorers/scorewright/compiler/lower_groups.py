"""Criteria, the groups they stand in, and the matrix of two groups."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorewright.compiler.lower_conditions import Inputs
from scorewright.compiler.lower_earnings import lower_earning
from scorewright.compiler.lower_texts import cut, label
from scorewright.program import Criterion, Group, Level, Matrix, Policy, Recommend
from scorewright.program.earning import OfInput
from scorewright.rulebook.model import rulebook as model
from scorewright.rulebook.model.criterion import Criterion as WrittenCriterion
from scorewright.rulebook.model.criterion import Recommend as WrittenRecommend
from scorewright.rulebook.references import criterion_uses

ZERO = Fraction(0)


def lower_criterion(index: int, given: WrittenCriterion, inputs: Inputs) -> Criterion:
    """Compile one criterion; one without a group stands in the group with the empty id."""
    earning = lower_earning(given, inputs)
    lowest, highest = (
        earning.extremes(inputs[earning.input]) if isinstance(earning, OfInput) else earning.extremes()
    )
    return Criterion(
        id=given.id,
        label=label(given.label, given.id),
        group=given.group or "",
        earning=earning,
        lowest=lowest,
        highest=highest,
        inputs=tuple(dict.fromkeys(name for _, name in criterion_uses(given))),
        policy=None if given.if_missing is None else Policy(given.if_missing.value),
        actionable=given.actionable,
        recommend=tuple(map(_recommend, given.recommend)),
        reason=cut(given.reason),
        source=given.source,
        path=("criteria", index),
    )


def _recommend(given: WrittenRecommend) -> Recommend:
    return Recommend(*given.comparison, given.actions)


def lower_groups(rulebook: model.Rulebook, criteria: Sequence[Criterion]) -> tuple[Group, ...]:
    """Compile the groups that hold criteria, in the order of their first criterion."""
    members: dict[str, list[Criterion]] = {}
    for criterion in criteria:
        members.setdefault(criterion.group, []).append(criterion)
    written = {group.id: group for group in rulebook.groups}
    weighted = rulebook.score.method is model.Method.WEIGHTED
    return tuple(_group(id, written.get(id), inside, weighted) for id, inside in members.items())


def _group(id: str, given: model.Group | None, members: Sequence[Criterion], weighted: bool) -> Group:
    cap = given.cap if given else None
    possible = sum((max(ZERO, criterion.highest) for criterion in members), ZERO)
    if cap is not None:
        possible = min(possible, cap)
    weight = (given.weight if given else None) or ZERO
    return Group(
        id=id,
        label=label(given.label if given else None, id),
        criteria=tuple(criterion.id for criterion in members),
        possible=possible,
        share=weight if weighted else possible,
        cap=cap,
        floor=given.floor if given else None,
        source=given.source if given else None,
    )


def lower_matrix(given: model.Matrix | None) -> Matrix | None:
    """Compile the matrix, its levels from the highest edge; a cell that is not written is empty."""
    if given is None:
        return None
    rows, columns = _levels(given.rows), _levels(given.columns)
    return Matrix(
        id=given.id,
        label=label(given.label, given.id),
        row_group=given.rows.group,
        rows=rows,
        column_group=given.columns.group,
        columns=columns,
        cells=tuple(_row(given.cells.get(row.id, {}), columns) for row in rows),
        source=given.source,
    )


def _levels(axis: model.Axis) -> tuple[Level, ...]:
    levels = (Level(level.id, label(level.label, level.id), level.from_) for level in axis.levels)
    return tuple(sorted(levels, key=lambda level: -level.edge))


def _row(cells: Mapping[str, str], columns: Sequence[Level]) -> tuple[str, ...]:
    return tuple(cells.get(column.id, "") for column in columns)
