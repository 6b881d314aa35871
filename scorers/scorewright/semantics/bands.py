"""Bands: read from the total or an input, still possible, or set by a disqualifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise

from scorewright.partition import compares
from scorewright.program import Band, Disqualifier, Method, Program, Trigger
from scorewright.program.condition import TotalRef
from scorewright.program.exact_numbers import rounded
from scorewright.program.operators import values_of
from scorewright.results import Bounds
from scorewright.semantics.conditions import Environment, ask
from scorewright.semantics.interval_bounds import later, worlds
from scorewright.semantics.possible_truth import outcomes
from scorewright.semantics.total_bounds import Ends
from scorewright.validation import Answers


@dataclass(frozen=True, slots=True)
class Checked:
    """Which disqualifiers and triggers are true, and which cannot be told."""

    disqualifiers: tuple[Disqualifier, ...]
    triggers: tuple[Trigger, ...]
    undecided: tuple[Disqualifier | Trigger, ...]


def check(program: Program, environment: Environment) -> Checked:
    """Ask every disqualifier and trigger; only those that are true count."""
    everything: tuple[Disqualifier | Trigger, ...] = (*program.disqualifiers, *program.triggers)
    answers = {id(item): ask(item.condition, environment) for item in everything}
    return Checked(
        tuple(item for item in program.disqualifiers if answers[id(item)]),
        tuple(item for item in program.triggers if answers[id(item)]),
        tuple(item for item in everything if answers[id(item)] is None),
    )


def band_of(program: Program, value: Fraction) -> Band | None:
    """Return the band that a value falls in, each from its edge on (law 4); None below the lowest edge."""
    return next((band for band in program.bands if band.edge <= value), None)


def computed_band(
    program: Program, answers: Answers, environment: Environment, ends: Ends | None
) -> Band | None:
    """Read the band before disqualifiers; without a total only where each possible one is in one band."""
    if program.bands_by_condition:
        return _by_condition(program, environment)
    if program.band_on is not None:  # law 5
        value = answers.known.get(program.band_on)
        return band_of(program, value) if isinstance(value, Fraction) else None
    if environment.total is not None:
        return band_of(program, environment.total)
    if ends is None or not ends.always:
        return None
    lowest = band_of(program, rounded(ends.lowest))
    return lowest if lowest == band_of(program, rounded(ends.highest)) else None


def _by_condition(program: Program, environment: Environment) -> Band | None:
    for band in program.bands:
        answer = True if band.condition is None else ask(band.condition, environment)
        if answer is not False:
            return band if answer else None
    return None


def final_band(program: Program, computed: Band | None, checked: Checked) -> Band | None:
    """Let the first disqualifier that names a band set it."""
    named = next((hit.band for hit in checked.disqualifiers if hit.band), None)
    return computed if named is None else next(band for band in program.bands if band.id == named)


def limits_of(program: Program, answers: Answers, ends: Ends, environment: Environment) -> Bounds:
    """Return the bounds of the total between its ends, and the bands still possible, from low to high."""
    ends = Ends(rounded(ends.lowest), rounded(ends.highest), ends.always)
    could = possible_bands(program, answers, ends, environment)
    possible = tuple(band.id for band in reversed(program.bands) if band.id in could)
    return Bounds(ends.lowest, ends.highest, possible, len(could) == len(possible) == 1)


def possible_bands(
    program: Program, answers: Answers, ends: Ends, environment: Environment
) -> set[str | None]:
    """Collect the bands still possible, None for no band: between the bounds, or set by a disqualifier."""
    certain = later(program, answers, environment)
    found: set[str | None] = set()
    for world in worlds(program, certain, _totals(program, ends)):
        found |= _in_world(program, answers, ends, world)
    return found


def _totals(program: Program, ends: Ends) -> Sequence[Fraction | None]:
    """List the totals between their ends that bands by condition can tell apart, None for an unknown one."""
    lowest, highest, always = ends
    if not program.bands_by_condition or (lowest == highest and always):
        return (lowest,)
    if program.method is Method.VALUE or not always:
        # A quotient may still turn out to have no value at all.
        return (None,)
    conditions = (band.condition for band in program.bands if band.condition is not None)
    asked = [compare for c in conditions for compare in compares(c) if compare.left == TotalRef()]
    if any(compare.op.edges(compare.value) is None for compare in asked):
        return (None,)
    values = chain.from_iterable(values_of(compare.value) for compare in asked)
    points = sorted(
        {lowest, highest, *(v for v in values if isinstance(v, Fraction) and lowest < v < highest)}
    )
    return [*points, *((low + high) / 2 for low, high in pairwise(points))]


def _in_world(program: Program, answers: Answers, ends: Ends, world: Environment) -> set[str | None]:
    could: set[str | None] = set()
    for disqualifier in program.disqualifiers:
        told = outcomes(disqualifier.condition, world) if disqualifier.band else {False}
        if True in told:
            could.add(disqualifier.band)
        if told == {True}:
            return could
    return could | (
        _could(program, world) if program.bands_by_condition else _between(program, answers, ends)
    )


def _could(program: Program, world: Environment) -> set[str | None]:
    found: set[str | None] = set()
    for band in program.bands:
        told = outcomes(band.condition, world) if band.condition is not None else {True}
        if True in told:
            found.add(band.id)
        if None in told:
            found.add(None)
        if False not in told:
            return found
    return {*found, None}


def _between(program: Program, answers: Answers, ends: Ends) -> set[str | None]:
    lowest, highest, always = ends
    if program.band_on is not None:
        value = answers.known.get(program.band_on)
        lowest, highest = (value, value) if isinstance(value, Fraction) else _reach(program, program.band_on)
        always = True
    low = band_of(program, lowest)
    between = {band.id for band in program.bands if lowest < band.edge <= highest}
    return {*between, low.id if low else None, *(() if always else (None,))}


def _reach(program: Program, name: str) -> tuple[Fraction, Fraction]:
    item = next(item for item in program.inputs if item.name == name)
    lowest = item.minimum if isinstance(item.minimum, Fraction) else program.bands[-1].edge - 1
    highest = item.maximum if isinstance(item.maximum, Fraction) else program.bands[0].edge
    return lowest, highest
