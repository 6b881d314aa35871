"""What bands are read from, the total or an input, and which of its values can occur."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.analysis.value_sets import ValueSet
from scorewright.checks.band_edges import written_edges
from scorewright.checks.check import Path
from scorewright.diagnostics import quoted
from scorewright.program import Input, Method
from scorewright.rulebook.model.rulebook import Band

MOST_VALUES = 10_000
"""The most values of an input that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class BandDomain:
    """The values that bands are read from: scores, or those of an input.

    It is `exact` if no others are among them, and `sharp` if the lowest and the highest do occur.
    """

    values: ValueSet
    input: str | None
    exact: bool
    sharp: bool

    @property
    def value(self) -> str:
        """Name one of the values in a message."""
        return "score" if self.input is None else f"value of {quoted(self.input)}"


@dataclass(frozen=True, slots=True)
class Range:
    """A band with its place and its edges; the highest has no upper one."""

    scale: BandDomain
    path: Path
    band: Band
    edge: Fraction
    end: Fraction | None
    set_elsewhere: bool

    @property
    def is_above_all(self) -> bool:
        """Return whether the band starts above everything that can occur."""
        return self.edge > self.scale.values.highest

    @property
    def is_reached(self) -> bool:
        """Return whether something that can occur lies in the band."""
        return self.scale.values.meets(self.edge, self.end)


def ranges(analysis: Analysis) -> Iterator[Range]:
    """List the bands from the highest edge; none where nothing is known of what they are read from."""
    scale = scale_of(analysis)
    set_elsewhere = {disqualifier.band for disqualifier in analysis.program.disqualifiers}
    end: Fraction | None = None
    for path, band, edge in written_edges(analysis.document) if scale else ():
        assert scale is not None  # INVARIANT: without a scale there are no turns of this loop
        yield Range(scale, path, band, edge, end, band.id in set_elsewhere)
        end = edge


def scale_of(analysis: Analysis) -> BandDomain | None:
    """Return what bands are read from; None where it is nothing, or has no ends."""
    program = analysis.program
    if program.bands_by_condition:
        return None
    if program.band_on is not None:
        values = _values(next(item for item in program.inputs if item.name == program.band_on))
        return BandDomain(values, program.band_on, exact=True, sharp=True) if values else None
    if analysis.total is None:
        return None
    if program.by_points:
        sharp = analysis.reach.sharp
        return BandDomain(analysis.total, None, sharp and analysis.reach.exact, sharp)
    return BandDomain(analysis.total, None, exact=False, sharp=program.method is Method.COUNT)


def _values(item: Input) -> ValueSet | None:
    if not isinstance(item.minimum, Fraction) or not isinstance(item.maximum, Fraction):
        return None
    step = Fraction(1) if item.decimals is None else Fraction(1, 10**item.decimals)
    unit = item.minimum.denominator * item.maximum.denominator * step.denominator
    low, high = int(item.minimum * unit), int(item.maximum * unit)
    if item.decimals is None or (high - low) > MOST_VALUES * step * unit:
        return ValueSet.of(unit, (), [(low, high)])
    return ValueSet.of(unit, range(low, high + 1, int(step * unit)))
