"""The whole answer, in the law's order of operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from scorers.exact import rounded, text
from scorers.inputs import Answers
from scorers.law.actions import Causing, causes, recommend
from scorers.law.bands import Checked, check, computed_band, final_band, limits_of
from scorers.law.bounds import bounds
from scorers.law.breakdown import adjustments, counted_groups, criteria_points, group_points, known_groups
from scorers.law.conditions import Facts, Tell, ask
from scorers.law.lists import ListNow, lists_of
from scorers.law.next_band import next_band
from scorers.law.settle import Settled, settle
from scorers.law.tables import count, sizes
from scorers.law.texts import Telling, fill, reasons, slots_of
from scorers.law.totals import Combined, Points, combine
from scorers.phrasing import condition_text
from scorers.program import Band, Disqualifier, Matrix, Method, Program, Trigger
from scorers.result import (
    Adjustment,
    Bounds,
    Cell,
    Change,
    CriterionPoints,
    Fired,
    Listed,
    Listing,
    NextBand,
    Outcome,
    Recommended,
    Status,
    Summary,
    Withheld,
    Worked,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """How the answers of one subject add up; the total is rounded, None where there is none.

    `ends` works out the lowest and highest total still possible, where something is missing.
    """

    settled: Settled
    combined: Combined
    total: Fraction | None
    complete: bool
    criteria: tuple[CriterionPoints, ...]
    lists: Mapping[str, ListNow]
    ends: Callable[[], tuple[Fraction, Fraction] | None]


def score(
    program: Program, answers: Answers, as_of: date, earned: Points, tell: Tell | None = None
) -> Scored:
    """Add up the points that valid answers earned; those of unknown criteria are None."""
    settled = settle(program, answers, earned)
    combined = combine(program, settled.points)
    facts = Facts(answers.known, as_of, tell=tell)
    lists = lists_of(program, facts)
    if not program.by_points:
        counted = count(program, answers, facts, lists)
        return Scored(settled, combined, counted.total, counted.complete, (), lists, lambda: counted.ends)
    total = rounded(combined.total) if settled.complete and combined.total is not None else None
    criteria = criteria_points(program, answers, settled, None if total is None else combined, as_of)
    ends = partial(bounds, program, answers.known, as_of)
    return Scored(settled, combined, total, total is not None, criteria, lists, ends)


@dataclass(frozen=True, slots=True)
class Judged:
    """The bands, and what fired."""

    limits: Bounds | None
    computed: Band | None
    band: Band | None
    checked: Checked
    facts: Facts


def judge(
    program: Program, answers: Answers, as_of: date, scored: Scored, tell: Tell | None = None
) -> Judged:
    """Read the bands, and ask every disqualifier and trigger."""
    settled, lists = scored.settled, sizes(scored.lists)
    points = {id: None if id in settled.unknown else own for id, own in settled.points.items()}
    groups = known_groups(settled, scored.combined)
    facts = Facts(answers.known, as_of, points, groups, scored.total, lists, tell)
    checked = check(program, facts)
    ends = scored.ends() if answers.missing else None
    limits = None if ends is None else limits_of(program, answers, ends, facts)
    computed = computed_band(program, answers, facts, limits)
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
    groups = counted_groups(settled, scored.combined)
    telling = Telling(program, answers.known, scored.total, judged.band, scored.criteria, groups, above)
    hits = tuple(_fired(hit, telling, "", hit.band) for hit in checked.disqualifiers)
    triggers = tuple(_fired(trigger, telling, trigger.severity, None) for trigger in checked.triggers)
    answered = {id: p for id, p in settled.points.items() if p is not None and id not in settled.unknown}
    fired = Causing(judged.band, answered, scored.lists, triggers, hits)
    found = causes(program, fired, judged.facts)
    fallbacks = _fallbacks(program, judged.band, scored.total, (*hits, *triggers))
    return Recommendations(hits, triggers, *recommend(program, found, judged.facts, telling, fallbacks))


def summarise(program: Program, answers: Answers, scored: Scored, judged: Judged) -> Summary:
    """Tell the total, the band and the actions; just what `explain` tells of them."""
    above = next_band_of(program, scored, judged) if names_next_band(program) else None
    follows = recommendations(program, answers, scored, judged, above)
    status = Status.SCORED if scored.complete else Status.INCOMPLETE
    band = judged.band.id if judged.band else None
    return Summary(status, scored.total, _percent(program, scored.total), band, follows.actions)


def explain(program: Program, answers: Answers, scored: Scored, judged: Judged) -> Outcome:
    """Tell everything about a total: bounds, reasons, actions, the ways to the next band."""
    settled, total = scored.settled, scored.total
    above = next_band_of(program, scored, judged)
    follows = recommendations(program, answers, scored, judged, above)
    steps = () if total is None else tuple(adjustments(program, settled, scored.combined))
    return Outcome(
        status=Status.SCORED if scored.complete else Status.INCOMPLETE,
        total=total,
        percent=_percent(program, total),
        band=judged.band.id if judged.band else None,
        computed_band=judged.computed.id if judged.computed else None,
        bounds=judged.limits,
        values=_values(program, answers),
        lists=_lists(program, scored),
        groups=group_points(program, settled, scored.combined, total is not None),
        criteria=scored.criteria,
        adjustments=(*steps, *_disqualified(judged)),
        cell=_cell(program.matrix, counted_groups(settled, scored.combined)) if program.matrix else None,
        disqualifiers=follows.disqualifiers,
        triggers=follows.triggers,
        actions=follows.actions,
        withheld=follows.withheld,
        next_band=above,
        reasons=_reasons(program, scored, follows.triggers),
        missing=_missing(program, answers, scored),
        assumed=answers.assumed,
        flags=_flags(program, judged, settled),
    )


def names_next_band(program: Program) -> bool:
    """Tell whether a text of the program speaks of the next band."""
    return any(slot.name in ("next_band", "points_to_next_band") for slot in slots_of(program))


def _percent(program: Program, total: Fraction | None) -> Fraction | None:
    return None if total is None or not program.out_of else rounded(100 * total / program.out_of)


def next_band_of(program: Program, scored: Scored, judged: Judged) -> NextBand | None:
    """Find the next band where points decide it: there is a total, and nothing else sets the band."""
    disqualified = any(hit.band for hit in judged.checked.disqualifiers)
    if scored.total is None or not program.by_points or program.band_on is not None or disqualified:
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
        found[f"band:{band.id}"] = f"{band.label}{_score_text(program, total)}"
    for named in program.lists:
        found |= {f"list:{item.id}": item.shown for item in named.items}
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


def _score_text(program: Program, total: Fraction | None) -> str:
    if total is None:
        return "" if program.method is Method.NONE else " (no total)"
    return f" ({text(total)})" if program.out_of is None else f" ({text(total)} of {text(program.out_of)})"


def _values(program: Program, answers: Answers) -> tuple[Worked, ...]:
    def shown(name: str) -> Fraction | None:
        value = answers.known.get(name)
        return rounded(value) if isinstance(value, Fraction) else None

    return tuple(Worked(d.name, d.label, shown(d.name), d.unit) for d in program.values)


def _lists(program: Program, scored: Scored) -> tuple[Listing, ...]:
    return tuple(
        Listing(
            named.id,
            named.label,
            tuple(Listed(item.id, item.shown, item.source) for item in scored.lists[named.id].items),
        )
        for named in program.lists
    )


def _reasons(program: Program, scored: Scored, triggers: tuple[Fired, ...]) -> tuple[str, ...]:
    if program.by_points:
        return reasons(scored.criteria)
    listed = (f"{n.label}: {i.shown}" for n in program.lists for i in scored.lists[n.id].items)
    return (*listed, *(f"{trigger.label}: {trigger.reason}" for trigger in triggers))


def _missing(program: Program, answers: Answers, scored: Scored) -> tuple[str, ...]:
    """List what is missing; a divisor of 0 leaves its value as unknown as no answer would."""
    unknown = () if scored.complete else answers.zero
    return tuple(item.name for item in program.inputs if item.name in (*answers.missing, *unknown))


def _flags(program: Program, judged: Judged, settled: Settled) -> tuple[str, ...]:
    band, checked, facts = judged.band, judged.checked, judged.facts
    of_band = program.band_unknown_flags if band is None else band.flags
    covered = program.minimum_coverage is not None and settled.unknown
    coverage = (f"coverage:{text(settled.coverage)}",) if covered else ()
    undecided = tuple(f"not_evaluated:{item.id}" for item in checked.undecided)
    raised = tuple(flag.id for flag in program.flags if ask(flag.condition, facts))
    return tuple(dict.fromkeys((*of_band, *raised, *coverage, *undecided)))
