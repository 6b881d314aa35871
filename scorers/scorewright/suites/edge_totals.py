"""Which totals pin an edge: the lowest that can occur on or above it, and the highest below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorewright.checks import ANY_DAY, ValueSet, World, reach
from scorewright.diagnostics import Budget
from scorewright.program import Input, Method, Program
from scorewright.program.exact_numbers import PLACES, rounded

STEPS = 20_000_000
"""The work that finding the totals may take; past it, edges are not looked at."""

_TICK = Fraction(1, 10**PLACES)
_FINE = 1000


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a band begins: a value from `below` up to `edge` and one from there up to `above` pin it."""

    band: str
    edge: Fraction
    below: Fraction
    above: Fraction

    def under(self, value: Fraction) -> bool:
        """Return whether a value is just under the edge."""
        return self.below <= value < self.edge

    def on(self, value: Fraction) -> bool:
        """Return whether a value is on the edge, or as near above it as any can be."""
        return self.edge <= value <= self.above


def edges_of(program: Program) -> Iterator[Edge]:
    """Yield every edge that a value can lie under as well as on."""
    spread = None if program.bands_by_condition else _values(program)
    if spread is None:
        return
    # Where values lie closer than a thousandth of the range, any of those near will do.
    near = (spread.highest - spread.lowest) / _FINE
    for band in program.bands:
        above, below = spread.first(band.edge), spread.last(band.edge - _TICK)
        if above is not None and below is not None:
            low, high = min(rounded(below), band.edge - near), max(rounded(above), band.edge + near)
            yield Edge(band.id, band.edge, low, high)


def _values(program: Program) -> ValueSet | None:
    """Return the values that bands are read from."""
    if program.band_on is not None:
        item = next((item for item in program.inputs if item.name == program.band_on), None)
        return _range(item) if item else None
    if not program.by_points:
        return _counts(program)
    found = reach(World(program, (ANY_DAY,), Budget(STEPS)))
    return found.total if found.exact and found.total else None


def _counts(program: Program) -> ValueSet | None:
    if program.method is not Method.COUNT:
        return None
    named = next((item for item in program.lists if item.id == program.of), None)
    most = len(named.items) if named else len(program.triggers)
    return ValueSet.of(1, range(most + 1))


def _range(item: Input) -> ValueSet | None:
    low, high = item.minimum, item.maximum
    if not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return None
    unit = 10 ** (PLACES if item.decimals is None else item.decimals)
    first, last = int(low * unit), int(high * unit)
    few = item.decimals is not None and last - first <= _FINE * 10
    return ValueSet.of(unit, range(first, last + 1)) if few else ValueSet.of(unit, (), [(first, last)])
