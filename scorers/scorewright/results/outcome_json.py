"""The JSON form of an answer, with the names of the proto: what the command line prints and the server sends.

Numbers are as `exact.plain` gives them. What is absent or empty is left out; a 0 that is an answer is not.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from scorewright.program import Program
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import plain
from scorewright.results.outcome import (
    ENGINE_VERSION,
    Bounds,
    Cell,
    DerivedValue,
    Fired,
    Listing,
    NextBand,
    Outcome,
    Recommended,
    Score,
    ShortScore,
    Summary,
    Withheld,
)
from scorewright.results.points import CriterionPoints, GroupPoints, OwnPoints

Json = dict[str, object]


def answer(score: Score | ShortScore) -> Json:
    """Return the whole or the short answer for one subject."""
    found = fixed_answer(score.program, score.outcome)
    for action, shown in zip(score.outcome.actions, _actions(found), strict=True):
        shown["idempotency_key"] = score.idempotency_key(action)
    found.pop("flags", None)
    return found | _kept(
        unknown_inputs=list(score.unknown_inputs),
        flags=list(score.flags()),
        receipt=receipt(score.program, score.as_of),
    )


def fixed_answer(program: Program, outcome: Outcome | Summary) -> Json:
    """Return the part of an answer that depends on the outcome alone, not on subject and day."""
    if isinstance(outcome, Summary):
        return _head(program, outcome) | _kept(actions=list(map(action_answer, outcome.actions)))
    computed = outcome.computed_band if outcome.computed_band != outcome.band else None
    return _head(program, outcome) | _kept(
        computed_band=_band(program, computed),
        bounds=_bounds(outcome.bounds),
        values=[_value(item) for item in outcome.values],
        lists=[_list(item) for item in outcome.lists],
        groups=[_group(item) for item in outcome.groups],
        criteria=[_criterion(item) for item in outcome.criteria],
        adjustments=[
            {"change": str(a.change), "where": a.where, "before": a.before, "after": a.after}
            for a in outcome.adjustments
        ],
        matrix=_cell(outcome.cell),
        disqualifiers=[_disqualifier(item) for item in outcome.disqualifiers],
        triggers=[_trigger(item) for item in outcome.triggers],
        actions=[action_answer(item) for item in outcome.actions],
        withheld=[_withheld(item) for item in outcome.withheld],
        next_band=_next_band(outcome.next_band),
        reasons=list(outcome.reasons),
        missing=list(outcome.missing),
        assumed=[{"input": item.input, "value": json_value(item.value)} for item in outcome.assumed],
        flags=list(outcome.flags),
    )


def receipt(program: Program, as_of: date) -> Json:
    """Return what replays an answer."""
    return {
        "rulebook": program.id,
        "version": program.version,
        "digest": program.digest,
        "engine_version": ENGINE_VERSION,
        "as_of": as_of.isoformat(),
    }


def json_value(value: Value | None) -> object:
    """Write a validated answer as JSON would."""
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, tuple):
        return [json_value(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _head(program: Program, told: Outcome | Summary) -> Json:
    return _kept(
        rulebook=program.id,
        status=told.status.name,
        total=_number(told.total),
        max_score=_number(program.out_of),
        percent=_number(told.percent),
        band=_band(program, told.band),
    )


def _band(program: Program, id: str | None) -> Json | None:
    band = next((band for band in program.bands if band.id == id), None)
    if band is None:
        return None
    # Bands by condition have no edge that means anything; `from` is a keyword in Python.
    edge = {} if program.bands_by_condition else {"from": plain(band.edge)}
    return {"id": band.id, "label": band.label, **edge}


def _bounds(bounds: Bounds | None) -> Json | None:
    if bounds is None:
        return None
    return _kept(
        lowest=plain(bounds.lowest),
        highest=plain(bounds.highest),
        possible_bands=list(bounds.possible_bands),
        band_certain=bounds.band_certain,
    )


def _value(value: DerivedValue) -> Json:
    return _kept(id=value.id, label=value.label, value=_number(value.value), unit=value.unit)


def _list(listing: Listing) -> Json:
    items = [_kept(id=item.id, text=item.text, source=item.source) for item in listing.items]
    return _kept(id=listing.id, label=listing.label, items=items)


def _group(group: GroupPoints) -> Json:
    return _kept(
        id=group.id,
        label=group.label,
        points=_number(group.points),
        max_points=plain(group.max_points),
        **_own(group.own),
    )


def _criterion(criterion: CriterionPoints) -> Json:
    return _kept(
        id=criterion.id,
        label=criterion.label,
        group=criterion.group,
        points=_number(criterion.points),
        max_points=plain(criterion.max_points),
        missing=bool(criterion.missing) or None,
        missing_inputs=list(criterion.missing),
        reason=criterion.reason,
        source=criterion.source,
        **_own(criterion.own),
    )


def _own(own: OwnPoints | None) -> Json:
    return {} if own is None else {"own_points": _number(own.points), "max_own_points": plain(own.most)}


def _cell(cell: Cell | None) -> Json | None:
    if cell is None:
        return None
    return _kept(id=cell.matrix, row=cell.row, column=cell.column, label=cell.label)


def _disqualifier(hit: Fired) -> Json:
    return _kept(id=hit.id, label=hit.label, band=hit.band, reason=hit.reason)


def _trigger(fired: Fired) -> Json:
    return _kept(id=fired.id, label=fired.label, severity=fired.severity, reason=fired.reason)


def action_answer(action: Recommended) -> Json:
    """Return a recommendation as an answer shows it, without the key that depends on the subject."""
    return _kept(
        id=action.id,
        do=action.do,
        owner=action.owner,
        due=action.due,
        channel=action.channel,
        priority=action.priority,
        reason=action.reason,
        causes=list(action.causes),
    )


def _withheld(action: Withheld) -> Json:
    return _kept(
        id=action.id, reason=action.reason, replaced_by=action.replaced_by, causes=list(action.causes)
    )


def _next_band(above: NextBand | None) -> Json | None:
    if above is None:
        return None
    ways = [{"criteria": list(way.criteria), "total": plain(way.total)} for way in above.ways]
    edge = {"from": plain(above.edge)}
    points = plain(above.points_missing)
    found = _kept(id=above.id, label=above.label, **edge, points_missing=points, ways=ways)
    return {**found, "ways_undecided": above.undecided} if above.undecided else found


def _number(number: Fraction | None) -> int | float | None:
    return None if number is None else plain(number)


def _kept(**parts: object) -> Json:
    # Compared by value, so that 0 and False stay: they are answers.
    return {name: value for name, value in parts.items() if value is not None and value not in ("", [])}


def _actions(found: Mapping[str, object]) -> list[Json]:
    return found.get("actions", [])  # type: ignore[return-value]  # made by `_action` above
