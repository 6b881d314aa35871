"""The columns of a table: a declared input is an input, every other name is an expectation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorewright.diagnostics import Meant, quoted
from scorewright.program import Program
from scorewright.suites.expectations import INVALID, KINDS, Shape
from scorewright.suites.expected_names import check_expectation
from scorewright.suites.flat_tests import Expectation, Path, SuiteMistake
from scorewright.suites.outcome_parts import Part, cell_part
from scorewright.suites.suite import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an input where `kind` is empty, else what it expects."""

    name: str
    kind: str = ""
    key: str = ""


def read_columns(
    names: Sequence[str], program: Program, path: Path
) -> tuple[list[Column], list[SuiteMistake]]:
    """Return what each column is, and which cannot be anything."""
    declared = [item.name for item in program.inputs]
    columns, wrong = [], []
    for index, name in enumerate(names):
        place = (*path, index)
        if name in names[:index]:
            wrong.append(
                SuiteMistake(
                    "key-twice", place, f"column {quoted(name)} is written twice", "delete one of the two"
                )
            )
        kind, _, key = name.partition(".")
        if name in declared:
            columns.append(Column(name))
        elif _is_expectation(kind, key):
            columns.append(Column(name, kind, key))
            wrong += [
                SuiteMistake(found.code, place, found.message, found.help)
                for found in check_expectation(Expectation(kind, key, None, place), program)
            ]
        else:
            columns.append(Column(name))
            wrong.append(_neither(name, declared, program, place))
    return columns, wrong


def _is_expectation(kind: str, key: str) -> bool:
    keyed = kind == INVALID or (kind in KINDS and KINDS[kind].keyed)
    return bool(key) if keyed else kind in KINDS and not key


def _neither(name: str, declared: Sequence[str], program: Program, path: Path) -> SuiteMistake:
    key = name.partition(".")[2]
    keyed = [word for word, what in KINDS.items() if what.keyed]
    if name in (*keyed, INVALID):
        what = "input" if name == INVALID else KINDS[name].names.what  # type: ignore[union-attr]  # keyed ones have names
        return SuiteMistake(
            "unknown-key", path, f"column `{name}` does not say which {what}", f"write `{name}.<{what}>`"
        )
    plain = [word for word, what in KINDS.items() if not what.keyed]
    allowed = [*declared, *plain, *(f"{word}.{key}" for word in (*keyed, INVALID) if key)]
    message = f"column {quoted(name)} is neither an input nor an expectation"
    return SuiteMistake("unknown-key", path, message, Meant(name, allowed))


def read_cell(
    column: Column, cell: Cell, program: Program, path: Path
) -> Expectation | list[SuiteMistake] | None:
    """Read a cell of a column of expectations; an empty one expects nothing."""
    if cell is None:
        return None
    shape = Shape.WORD if column.kind == INVALID else KINDS[column.kind].shape
    part = _part(shape, cell)
    if part is None:
        return [
            SuiteMistake("wrong-type", path, f"{_DUE[shape]} is expected in column {quoted(column.name)}")
        ]
    expectation = Expectation(column.kind, column.key, part, path)
    # The name of the column is checked once, with the columns.
    wrong = [found for found in check_expectation(expectation, program) if not found.key]
    return wrong or expectation


_DUE = {
    Shape.WORD: "a text",
    Shape.NUMBER: "a number",
    Shape.PAIR: "a list of two numbers",
    Shape.LIST: "a list of texts",
    Shape.SET: "a list of texts",
    Shape.ANY: "a value",
}


def _part(shape: Shape, cell: Cell) -> Part:
    if shape is Shape.ANY:
        return cell_part(cell)
    match shape, cell:
        case Shape.WORD, str():
            return cell
        case Shape.NUMBER, Fraction():
            return cell
        case Shape.PAIR, [Fraction() as low, Fraction() as high]:
            return (low, high)
        case ((Shape.LIST | Shape.SET), list()) if all(isinstance(item, str) for item in cell):
            return tuple(str(item) for item in cell)
    return None


def columns_of(columns: Sequence[Column]) -> Iterator[tuple[int, Column]]:
    """Yield the columns that expect something, with their places."""
    return ((index, column) for index, column in enumerate(columns) if column.kind)
