"""Bands as written: each with an edge of its own, from the highest to the lowest."""

from fractions import Fraction
from itertools import pairwise

from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import quoted
from scorewright.program.exact_numbers import text
from scorewright.rulebook import Document
from scorewright.rulebook.model.rulebook import Band


def written_edges(document: Document) -> list[tuple[Path, Band, Fraction]]:
    """List the bands that have an edge, in the order of the file."""
    bands = enumerate(document.rulebook.bands)
    return [(("bands", index), band, band.from_) for index, band in bands if band.from_ is not None]


def same_edges(document: Document) -> Findings:
    """Find bands that start at one edge."""
    find = Finder(document, "same-edge-twice")
    first: dict[Fraction, tuple[Path, Band]] = {}
    for path, band, edge in written_edges(document):
        place, other = first.setdefault(edge, (path, band))
        if other is not band:
            message = f"{quoted(other.id)} and {quoted(band.id)} both start at {text(edge)}"
            labels = [((*place, "from"), "the same edge")]
            yield find.at((*path, "from"), message, "give each band its own edge", labels=labels)


def order(document: Document) -> Findings:
    """Find bands that start above the band before them."""
    find = Finder(document, "bands-out-of-order")
    for (above, higher, high), (path, band, edge) in pairwise(written_edges(document)):
        if edge > high:
            message = f"{quoted(band.id)} starts at {text(edge)}, above {quoted(higher.id)} at {text(high)}"
            way = "list bands from the highest edge to the lowest"
            yield find.at((*path, "from"), message, way, labels=[((*above, "from"), "the band before")])


def qualified(document: Document) -> Findings:
    """Find bands that count as qualified below one that does not."""
    find = Finder(document, "qualified-not-monotonic")
    for (_, higher, _), (path, band, _) in pairwise(written_edges(document)):
        if band.qualified is True and higher.qualified is False:
            names = f"{quoted(band.id)} counts as qualified but the higher band {quoted(higher.id)}"
            message = f"{names} does not"
            yield find.at((*path, "qualified"), message, "swap the two, or check `qualified`")


ORDER: tuple[Check[Document], ...] = (
    Check("same-edge-twice", same_edges),
    Check("bands-out-of-order", order),
    Check("qualified-not-monotonic", qualified),
)
