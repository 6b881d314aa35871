"""The matrix: a cell for every pair of levels, and levels that groups score in."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import pairwise

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import Help, Meant, quoted
from scorewright.program.exact_numbers import text
from scorewright.rulebook import Document
from scorewright.rulebook.model.rulebook import Axis, Level, Matrix


def _axes(matrix: Matrix) -> Iterator[tuple[Path, Axis]]:
    yield ("matrix", "rows"), matrix.rows
    yield ("matrix", "columns"), matrix.columns


def cells_missing(document: Document) -> Findings:
    """Find pairs of levels without a cell."""
    matrix = document.rulebook.matrix
    if matrix is None:
        return
    find = Finder(document, "matrix-cell-missing")
    rows, columns = ([level.id for level in axis.levels] for _, axis in _axes(matrix))
    # Where a level is misspelt, that is told; what it leaves out follows from it.
    if any(row not in rows for row in matrix.cells):
        rows = [row for row in rows if row in matrix.cells]
    for row in rows:
        cells = matrix.cells.get(row, {})
        for column in columns if set(cells) <= set(columns) else ():
            if column not in cells:
                way = f"add `{column}:` and a text to row {quoted(row)}"
                yield find.at(("matrix", "cells", row), f"no cell for {row} x {column}", way, key=True)


def cells_unknown(document: Document) -> Findings:
    """Find cells of levels that do not exist."""
    matrix = document.rulebook.matrix
    if matrix is None:
        return
    find = Finder(document, "unknown-key")
    rows, columns = ([level.id for level in axis.levels] for _, axis in _axes(matrix))
    for row, cells in matrix.cells.items():
        if row not in rows:
            message = f"no level of the rows is called {quoted(row)}"
            yield find.at(("matrix", "cells", row), message, _meant(row, rows, matrix.cells), key=True)
        for column in cells:
            if row in rows and column not in columns:
                message = f"no level of the columns is called {quoted(column)}"
                way = _meant(column, columns, cells)
                yield find.at(("matrix", "cells", row, column), message, way, key=True)


def _meant(word: str, levels: Collection[str], written: Collection[str]) -> Help:
    """Suggest a level that has no row or cell yet."""
    free = [level for level in levels if level not in written]
    return Meant(word, free) if free else "delete it: every level has its own"


def levels_in_order(document: Document) -> Findings:
    """Find levels that do not start below the level before them."""
    find = Finder(document, "bands-out-of-order")
    for path, axis in _axes(document.rulebook.matrix) if document.rulebook.matrix else ():
        for index, (above, level) in enumerate(pairwise(axis.levels), 1):
            if level.from_ > above.from_:
                message = f"{_starts(level)}, above {quoted(above.id)} at {text(above.from_)}"
                way = "list levels from the highest edge to the lowest"
                yield find.at((*path, "levels", index, "from"), message, way)


def levels_apart(document: Document) -> Findings:
    """Find levels that start at one edge."""
    find = Finder(document, "same-edge-twice")
    for path, axis in _axes(document.rulebook.matrix) if document.rulebook.matrix else ():
        first: dict[Fraction, Level] = {}
        for index, level in enumerate(axis.levels):
            other = first.setdefault(level.from_, level)
            if other is not level:
                message = f"{quoted(other.id)} and {quoted(level.id)} both start at {text(level.from_)}"
                yield find.at((*path, "levels", index, "from"), message, "give each level its own edge")


def _starts(level: Level) -> str:
    return f"{quoted(level.id)} starts at {text(level.from_)}"


def levels_unreachable(analysis: Analysis) -> Findings:
    """Find levels that their group never scores in."""
    find = Finder(analysis.document, "matrix-level-unreachable")
    for path, axis in _reachable_axes(analysis):
        end: Fraction | None = None
        for index, level in enumerate(axis.levels):
            if not analysis.reach.counted[axis.group].meets(level.from_, end):
                message = f"group {quoted(axis.group)} never scores in level {quoted(level.id)}"
                yield find.at((*path, "levels", index, "from"), message, "move an edge, or delete the level")
            end = level.from_


def levels_gap(analysis: Analysis) -> Findings:
    """Find points of a group below its lowest level."""
    find = Finder(analysis.document, "band-gap-at-bottom")
    for path, axis in _reachable_axes(analysis):
        points, last = analysis.reach.counted[axis.group], len(axis.levels) - 1
        edge = axis.levels[last].from_
        if points and points.lowest < edge and analysis.reach.sharp:
            low = points.lowest
            gap = f"points of group {quoted(axis.group)} from {text(low)} up to {text(edge)}"
            message = f"{gap} belong to no level"
            way = f"let the lowest level start at {text(low)}"
            yield find.at((*path, "levels", last, "from"), message, way)


def _reachable_axes(analysis: Analysis) -> Iterator[tuple[Path, Axis]]:
    matrix = analysis.document.rulebook.matrix
    for path, axis in _axes(matrix) if matrix else ():
        if axis.group in analysis.reach.counted:
            yield path, axis


SHAPE: tuple[Check[Document], ...] = (
    Check("matrix-cell-missing", cells_missing),
    Check("unknown-key", cells_unknown),
    Check("bands-out-of-order", levels_in_order),
    Check("same-edge-twice", levels_apart),
)

LEVELS: tuple[Check[Analysis], ...] = (
    Check("matrix-level-unreachable", levels_unreachable),
    Check("band-gap-at-bottom", levels_gap),
)
