"""Edges: every band can be reached, from its edge on, and no score lies below the lowest."""

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.totals_while_missing import on_missing
from scorewright.checks.band_domain import ranges
from scorewright.checks.check import Check, Finder, Findings
from scorewright.diagnostics import quoted
from scorewright.program.exact_numbers import text


def out_of_reach(analysis: Analysis) -> Findings:
    """Find bands that start above what can be scored."""
    find = Finder(analysis.document, "threshold-out-of-reach")
    for place in ranges(analysis):
        if place.is_above_all and not place.set_elsewhere:
            highest = f"the highest possible {place.scale.value} is {text(place.scale.values.highest)}"
            message = f"{quoted(place.band.id)} starts at {text(place.edge)} but {highest}"
            way = "lower the edge" if place.scale.input else "lower the edge or add points"
            yield find.at((*place.path, "from"), message, way)


def unreachable(analysis: Analysis) -> Findings:
    """Find bands that no answers lead to."""
    find = Finder(analysis.document, "band-unreachable")
    for place in ranges(analysis):
        if not (place.is_above_all or place.is_reached or place.set_elsewhere):
            what = f"{place.scale.value} lies" if place.scale.input else "combination of answers scores"
            lies = f"({text(place.edge)} up to {text(place.end or place.edge)})"
            message = f"no {what} in {quoted(place.band.id)} {lies}"
            yield find.at((*place.path, "from"), message, "move an edge, or delete the band")


def gap_at_bottom(analysis: Analysis) -> Findings:
    """Find scores below the lowest edge."""
    for place in list(ranges(analysis))[-1:]:
        low = place.scale.values.lowest
        if low < place.edge and place.scale.sharp:
            what = f"values of {quoted(place.scale.input)}" if place.scale.input else "scores"
            message = f"{what} from {text(low)} up to {text(place.edge)} belong to no band"
            way = f"let the lowest band start at {text(low)}"
            notes = () if place.scale.input else on_missing(analysis, low)
            find = Finder(analysis.document, "band-gap-at-bottom")
            yield find.at((*place.path, "from"), message, way, notes=notes)


def edges_attained(analysis: Analysis) -> Findings:
    """Find edges that no score lies on, in bands that have scores below and above."""
    find = Finder(analysis.document, "edge-not-attainable")
    for place in ranges(analysis):
        first = place.scale.values.first(place.edge)
        if first is None or first == place.edge or not place.is_reached:
            continue
        if place.scale.values.lowest < place.edge:
            message, way = f"no {place.scale.value} is exactly {text(place.edge)}", None
            if place.scale.exact:
                message += f"; the first one in {quoted(place.band.id)} is {text(first)}"
                way = f"let the band start at {text(first)}"
            yield find.at((*place.path, "from"), message, way)


def partly_unreachable(analysis: Analysis) -> Findings:
    """Find a lowest band that starts below what can be scored."""
    for place in list(ranges(analysis))[-1:]:
        low = place.scale.values.lowest
        if place.edge < low and place.is_reached and place.scale.sharp:
            lowest = f"the lowest possible {place.scale.value} is {text(low)}"
            message = f"{quoted(place.band.id)} starts at {text(place.edge)} but {lowest}"
            find, way = (
                Finder(analysis.document, "band-partly-unreachable"),
                f"let the band start at {text(low)}",
            )
            notes = () if place.scale.input else on_missing(analysis, low)
            yield find.at((*place.path, "from"), message, way, notes=notes)


CHECKS: tuple[Check[Analysis], ...] = (
    Check("band-unreachable", unreachable),
    Check("band-gap-at-bottom", gap_at_bottom),
    Check("threshold-out-of-reach", out_of_reach),
    Check("edge-not-attainable", edges_attained),
    Check("band-partly-unreachable", partly_unreachable),
)
