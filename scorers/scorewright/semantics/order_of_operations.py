"""The whole answer, in the order of operations (law 20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorewright.program import Band, Disqualifier, Matrix, Method, Program, Trigger
from scorewright.program.exact_numbers import rounded, text
from scorewright.program.phrasing import condition_text
from scorewright.results import (
    Adjustment,
    AdjustmentKind,
    Bounds,
    Cell,
    DerivedValue,
    Fired,
    Listed,
    Listing,
    NextBand,
    Outcome,
    Recommended,
    Status,
    Summary,
    Withheld,
)
from scorewright.semantics.actions import Causing, Guarding, causes, recommend
from scorewright.semantics.bands import Checked, check, computed_band, final_band, limits_of
from scorewright.semantics.conditions import Environment, Tell
from scorewright.semantics.flags import flags_of, over_zero
from scorewright.semantics.lists import sizes
from scorewright.semantics.reason_templates import TextContext, fill, own_points
from scorewright.semantics.subject_totals import SubjectTotals
from scorewright.semantics.zero_divisors import Zeros, with_points
from scorewright.validation import Answers


@dataclass(frozen=True, slots=True)
class BandDecision:
    """The bands, and what fired."""

    limits: Bounds | None
    computed: Band | None
    band: Band | None
    checked: Checked
    environment: Environment
    zeros: Zeros


def decide_band(
    program: Program, answers: Answers, as_of: date, scored: SubjectTotals, tell: Tell | None = None
) -> BandDecision:
    """Read the bands, and ask every disqualifier and trigger."""
    settled, lists = scored.settled, sizes(scored.lists)
    points = {id: None if id in settled.unknown else own for id, own in settled.points.items()}
    environment = Environment(answers.known, as_of, points, scored.known_groups, scored.total, lists, tell)
    checked = check(program, environment)
    ends = scored.details.ends() if answers.missing or answers.unset else None
    limits = None if ends is None else limits_of(program, answers, ends, environment)
    computed = computed_band(program, answers, environment, ends)
    zeros = with_points(program, answers, settled.zero, settled.unknown)
    return BandDecision(limits, computed, final_band(program, computed, checked), checked, environment, zeros)


@dataclass(frozen=True, slots=True)
class Recommendations:
    """What fired and what follows from it."""

    disqualifiers: tuple[Fired, ...]
    triggers: tuple[Fired, ...]
    actions: tuple[Recommended, ...]
    withheld: tuple[Withheld, ...]


def recommendations(
    program: Program, answers: Answers, scored: SubjectTotals, judged: BandDecision, above: NextBand | None
) -> Recommendations:
    """Return what fired and which actions follow."""
    settled, checked = scored.settled, judged.checked
    groups = scored.counted_groups
    telling = TextContext(program, answers.known, scored.total, judged.band, scored.criteria, groups, above)
    environment = judged.environment
    hits = tuple(_fired(hit, telling, environment, "", hit.band) for hit in checked.disqualifiers)
    triggers = tuple(_fired(t, telling, environment, t.severity, None) for t in checked.triggers)
    answered = {id: p for id, p in settled.points.items() if p is not None and id not in settled.unknown}
    fired = Causing(judged.band, answered, scored.lists, triggers, hits)
    found = causes(program, fired, judged.environment)
    guarding = Guarding(judged.environment, judged.zeros)
    fallbacks = _fallbacks(program, judged.band, scored.total, (*hits, *triggers))
    return Recommendations(hits, triggers, *recommend(program, found, guarding, telling, fallbacks))


def summarise(program: Program, answers: Answers, scored: SubjectTotals, judged: BandDecision) -> Summary:
    """Return the total, the band and the actions, just as `explain` does."""
    above = _above(program, scored, judged, ways=False)
    follows = recommendations(program, answers, scored, judged, above)
    status = Status.SCORED if scored.complete else Status.INCOMPLETE
    band = judged.band.id if judged.band else None
    return Summary(status, scored.total, scored.percent, band, follows.actions)


def explain(program: Program, answers: Answers, scored: SubjectTotals, judged: BandDecision) -> Outcome:
    """Return everything about a total: bounds, reasons, actions, the ways to the next band."""
    total, details = scored.total, scored.details
    above = _above(program, scored, judged, ways=True)
    follows = recommendations(program, answers, scored, judged, above)
    zero = over_zero(program, answers, scored, judged.environment, judged.zeros, follows.withheld)
    flags = flags_of(program, scored, judged.band, judged.checked, judged.environment)
    return Outcome(
        status=Status.SCORED if scored.complete else Status.INCOMPLETE,
        total=total,
        percent=scored.percent,
        band=judged.band.id if judged.band else None,
        computed_band=judged.computed.id if judged.computed else None,
        bounds=judged.limits,
        values=_values(program, answers),
        lists=_lists(program, scored),
        groups=details.groups(),
        criteria=scored.criteria,
        adjustments=(*details.steps(), *_disqualified(judged)),
        cell=_cell(program.matrix, scored.counted_groups) if program.matrix else None,
        disqualifiers=follows.disqualifiers,
        triggers=follows.triggers,
        actions=follows.actions,
        withheld=follows.withheld,
        next_band=above,
        reasons=_reasons(program, scored, follows.triggers),
        missing=(*answers.missing, *answers.unset),
        assumed=answers.assumed,
        over_zero=zero,
        flags=tuple(dict.fromkeys((*flags, *(each.flag for each in zero)))),
    )


def _above(program: Program, scored: SubjectTotals, judged: BandDecision, *, ways: bool) -> NextBand | None:
    """Find the next band where points decide it: nothing else sets the band."""
    disqualified = any(hit.band for hit in judged.checked.disqualifiers)
    by_points = program.by_points and program.band_on is None and not disqualified
    return scored.details.next_band(ways=ways) if by_points else None


def _fired(
    item: Disqualifier | Trigger,
    telling: TextContext,
    environment: Environment,
    severity: str,
    band: str | None,
) -> Fired:
    if item.reason:
        reason = fill(item.reason, telling)
    else:
        reason = f"{condition_text(item.condition)}{own_points(telling.program, item.condition, environment)}"
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
    found |= {f"signal:{signal.id}": signal.label for signal in program.signals}
    return found | {f"action:{action.id}": action.do for action in program.actions if action.enables}


def _disqualified(judged: BandDecision) -> tuple[Adjustment, ...]:
    if judged.band is judged.computed:
        return ()
    hit = next(hit for hit in judged.checked.disqualifiers if hit.band)
    before = judged.computed.id if judged.computed else "none"
    return (
        Adjustment(AdjustmentKind.DISQUALIFIED, hit.id, before, judged.band.id if judged.band else "none"),
    )


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


def _values(program: Program, answers: Answers) -> tuple[DerivedValue, ...]:
    def shown(name: str) -> Fraction | None:
        value = answers.known.get(name)
        return rounded(value) if isinstance(value, Fraction) else None

    return tuple(DerivedValue(d.name, d.label, shown(d.name), d.unit) for d in program.values)


def _lists(program: Program, scored: SubjectTotals) -> tuple[Listing, ...]:
    return tuple(
        Listing(
            named.id,
            named.label,
            tuple(Listed(item.id, item.shown, item.source) for item in scored.lists[named.id]),
        )
        for named in program.lists
    )


def _reasons(program: Program, scored: SubjectTotals, triggers: tuple[Fired, ...]) -> tuple[str, ...]:
    if program.by_points:
        return scored.details.reasons()
    listed = (f"{n.label}: {i.shown}" for n in program.lists for i in scored.lists[n.id])
    return (*listed, *(f"{trigger.label}: {trigger.reason}" for trigger in triggers))
