"""Parts of an answer and of a rulebook in words."""

from fractions import Fraction

from scorewright.program import Band, Bound, Input, Program, Type
from scorewright.program.condition import AsOf
from scorewright.program.exact_numbers import text
from scorewright.results import Adjustment, AdjustmentKind

_CHANGES = {
    AdjustmentKind.GROUP_CAP: "capped",
    AdjustmentKind.GROUP_FLOOR: "raised to its floor",
    AdjustmentKind.LEFT_OUT: "shared out over what is known",
    AdjustmentKind.TOTAL_CAP: "capped",
    AdjustmentKind.TOTAL_FLOOR: "raised to its floor",
    AdjustmentKind.ROUNDING: "rounded half up",
    AdjustmentKind.DISQUALIFIED: "band set by",
}


def band_label(program: Program, id: str | None) -> str:
    """Name a band as people do."""
    band = band_of(program, id)
    return band.label if band else "no band"


def band_of(program: Program, id: str | None) -> Band | None:
    """Find a band."""
    return next((band for band in program.bands if band.id == id), None)


def adjustment_text(program: Program, step: Adjustment) -> str:
    """Write a step that changed something."""
    if step.change is AdjustmentKind.DISQUALIFIED:
        label = next((d.label for d in program.disqualifiers if d.id == step.where), step.where)
        return f"{label}: {band_label(program, step.before)} → {band_label(program, step.after)}"
    label = next((g.label for g in program.groups if g.id == step.where), step.where)
    return f"{label}: {step.before} → {step.after}, {_CHANGES[step.change]}"


def asked(item: Input) -> str:
    """Return what an input takes: `rating from 1 to 5`, `one of a, b`."""
    if item.type is Type.BOOLEAN:
        return "true or false"
    if item.type is Type.CHOICE:
        return f"one of {', '.join(item.options)}"
    if item.type is Type.LIST and item.item is not None:
        return f"a list of at most {item.max_items}, each {asked(item.item)}"
    if item.type is Type.RECORD:
        return f"an object of {', '.join(field.name for field in item.fields)}"
    unit = f" {item.unit}" if item.unit else ""
    return f"{item.kind}{_range(item.minimum, item.maximum)}{unit}"


def _range(lowest: Bound, highest: Bound) -> str:
    if lowest is not None and highest is not None:
        return f" from {_bound(lowest)} to {_bound(highest)}"
    if lowest is not None:
        return f" from {_bound(lowest)}"
    return f" up to {_bound(highest)}" if highest is not None else ""


def _bound(bound: Bound) -> str:
    if isinstance(bound, AsOf):
        return "as_of"
    return text(bound) if isinstance(bound, Fraction) else str(bound)


def cause_text(program: Program, cause: str) -> str:
    """Write a cause of an action, or another part of a rulebook: `band Hot`, `trigger Volume drop`."""
    kind, _, id = cause.partition(":")
    labels = {
        "band": {band.id: band.label for band in program.bands},
        "criterion": {criterion.id: criterion.label for criterion in program.criteria},
        "trigger": {trigger.id: trigger.label for trigger in program.triggers},
        "disqualifier": {hit.id: hit.label for hit in program.disqualifiers},
        "signal": {signal.id: signal.label for signal in program.signals},
        "value": {value.name: value.label for value in program.values},
        "item": {item.id: item.shown for named in program.lists for item in named.items},
    }
    return f"{kind} {labels.get(kind, {}).get(id, id)}"
