"""The whole answer, in the law's order of operations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorers.exact import rounded, text
from scorers.inputs import Answers
from scorers.law.actions import causes, recommend
from scorers.law.bands import Checked, check, computed_band, final_band, limits_of
from scorers.law.breakdown import adjustments, criteria_points, group_points, group_value
from scorers.law.conditions import Facts
from scorers.law.next_band import next_band
from scorers.law.settle import Settled, settle
from scorers.law.texts import Telling, fill, reasons, slots_of
from scorers.law.totals import Combined, Points, combine
from scorers.phrasing import condition_text
from scorers.program import Band, Disqualifier, Matrix, Program, Trigger
from scorers.result import (
    Adjustment,
    Bounds,
    Cell,
    Change,
    CriterionPoints,
    Fired,
    NextBand,
    Outcome,
    Recommended,
    Status,
    Summary,
    Withheld,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """How the answers of one subject add up; the total is rounded, None where there is none."""

    settled: Settled
    combined: Combined
    total: Fraction | None
    criteria: tuple[CriterionPoints, ...]


def score(program: Program, answers: Answers, as_of: date, earned: Points) -> Scored:
    """Add up the points that valid answers earned; those of unknown criteria are None."""
    settled = settle(program, answers, earned)
    combined = combine(program, settled.points)
    total = rounded(combined.total) if settled.complete and combined.total is not None else None
    shown = None if total is None else combined
    return Scored(settled, combined, total, criteria_points(program, answers, settled, shown, as_of))


@dataclass(frozen=True, slots=True)
class Judged:
    """The bands, and what fired."""

    limits: Bounds | None
    computed: Band | None
    band: Band | None
    checked: Checked
    facts: Facts


def judge(program: Program, answers: Answers, as_of: date, scored: Scored) -> Judged:
    """Read the bands, and ask every disqualifier and trigger."""
    groups = {g.group.id: group_value(scored.settled, g) for g in scored.combined.groups}
    facts = Facts(answers.known, as_of, scored.settled.points, groups, scored.total)
    checked = check(program, facts)
    limits = limits_of(program, answers, as_of, checked) if answers.missing else None
    computed = computed_band(program, answers, scored.total, limits)
    return Judged(limits, computed, final_band(program, computed, checked), checked, facts)


@dataclass(frozen=True, slots=True)
class Recommendations:
    """What fired and what follows from it."""

    disqualifiers: tuple[Fired, ...]
    triggers: tuple[Fired, ...]
    actions: tuple[Recommended, ...]
    withheld: tuple[Withheld, ...]


def recommendations(
    program: Program, answers: Answers, scored: Scored, judged: Judged, above: NextBand | None
) -> Recommendations:
    """Tell what fired and which actions follow."""
    settled, checked = scored.settled, judged.checked
    telling = Telling(
        program, answers.known, scored.total, judged.band, scored.criteria, judged.facts.groups, above
    )
    hits = tuple(_fired(hit, telling, "", hit.band) for hit in checked.disqualifiers)
    triggers = tuple(_fired(trigger, telling, trigger.severity, None) for trigger in checked.triggers)
    answered = {id: p for id, p in settled.points.items() if p is not None and id not in settled.unknown}
    found = causes(program, judged.band, answered, triggers, hits, judged.facts)
    fallbacks = _fallbacks(program, judged.band, scored.total, (*hits, *triggers))
    return Recommendations(hits, triggers, *recommend(program, found, judged.facts, telling, fallbacks))


def summarise(program: Program, answers: Answers, scored: Scored, judged: Judged) -> Summary:
    """Tell the total, the band and the actions; just what `explain` tells of them."""
    above = next_band_of(program, scored, judged) if names_next_band(program) else None
    follows = recommendations(program, answers, scored, judged, above)
    status = Status.INCOMPLETE if scored.total is None else Status.SCORED
    band = judged.band.id if judged.band else None
    return Summary(status, scored.total, _percent(program, scored.total), band, follows.actions)


def explain(program: Program, answers: Answers, scored: Scored, judged: Judged) -> Outcome:
    """Tell everything about a total: bounds, reasons, actions, the ways to the next band."""
    settled, total = scored.settled, scored.total
    above = next_band_of(program, scored, judged)
    follows = recommendations(program, answers, scored, judged, above)
    steps = () if total is None else tuple(adjustments(program, settled, scored.combined))
    return Outcome(
        status=Status.INCOMPLETE if total is None else Status.SCORED,
        total=total,
        percent=_percent(program, total),
        band=judged.band.id if judged.band else None,
        computed_band=judged.computed.id if judged.computed else None,
        bounds=judged.limits,
        groups=group_points(program, settled, scored.combined, total is not None),
        criteria=scored.criteria,
        adjustments=(*steps, *_disqualified(judged)),
        cell=_cell(program.matrix, judged.facts.groups) if program.matrix else None,
        disqualifiers=follows.disqualifiers,
        triggers=follows.triggers,
        actions=follows.actions,
        withheld=follows.withheld,
        next_band=above,
        reasons=reasons(scored.criteria),
        missing=answers.missing,
        assumed=answers.assumed,
        flags=_flags(program, judged.band, settled, judged.checked),
    )


def names_next_band(program: Program) -> bool:
    """Tell whether a text of the program speaks of the next band."""
    return any(slot.name in ("next_band", "points_to_next_band") for slot in slots_of(program))


def _percent(program: Program, total: Fraction | None) -> Fraction | None:
    return None if total is None else rounded(100 * total / program.out_of)


def next_band_of(program: Program, scored: Scored, judged: Judged) -> NextBand | None:
    """Find the next band where points decide it: there is a total, and nothing else sets the band."""
    by_points = program.band_on is None and not any(hit.band for hit in judged.checked.disqualifiers)
    if scored.total is None or not by_points:
        return None
    return next_band(program, scored.settled.points, scored.settled.unknown, scored.total)


def _fired(item: Disqualifier | Trigger, telling: Telling, severity: str, band: str | None) -> Fired:
    reason = fill(item.reason, telling) if item.reason else condition_text(item.condition)
    return Fired(item.id, item.label, severity, reason, band)


def _fallbacks(
    program: Program, band: Band | None, total: Fraction | None, fired: tuple[Fired, ...]
) -> Mapping[str, str]:
    found = {f"criterion:{c.id}": c.label for c in program.criteria}
    found |= {f"{'trigger' if item.severity else 'disqualifier'}:{item.id}": item.reason for item in fired}
    if band is not None:
        score = "no total" if total is None else f"{text(total)} of {text(program.out_of)}"
        found[f"band:{band.id}"] = f"{band.label} ({score})"
    return found


def _disqualified(judged: Judged) -> tuple[Adjustment, ...]:
    if judged.band is judged.computed:
        return ()
    hit = next(hit for hit in judged.checked.disqualifiers if hit.band)
    before = judged.computed.id if judged.computed else "none"
    return (Adjustment(Change.DISQUALIFIED, hit.id, before, judged.band.id if judged.band else "none"),)


def _cell(matrix: Matrix, groups: Mapping[str, Fraction | None]) -> Cell | None:
    row_points, column_points = groups.get(matrix.row_group), groups.get(matrix.column_group)
    if row_points is None or column_points is None:
        return None
    row = next((i for i, level in enumerate(matrix.rows) if level.edge <= row_points), None)
    column = next((i for i, level in enumerate(matrix.columns) if level.edge <= column_points), None)
    if row is None or column is None:
        return None
    return Cell(matrix.id, matrix.rows[row].id, matrix.columns[column].id, matrix.cells[row][column])


def _flags(program: Program, band: Band | None, settled: Settled, checked: Checked) -> tuple[str, ...]:
    of_band = program.band_unknown_flags if band is None else band.flags
    covered = program.minimum_coverage is not None and settled.unknown
    coverage = (f"coverage:{text(settled.coverage)}",) if covered else ()
    undecided = tuple(f"not_evaluated:{item.id}" for item in checked.undecided)
    return tuple(dict.fromkeys((*of_band, *coverage, *undecided)))
