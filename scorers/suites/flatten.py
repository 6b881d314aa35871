"""A suite as a flat list of tests, and everything that is wrong with how they are written."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from scorers.exact import plain
from scorers.inputs import read_day
from scorers.program import Program, Type
from scorers.suites.columns import Column, read_cell, read_columns
from scorers.suites.expectations import INPUTS, INVALID, KINDS, Part
from scorers.suites.model import Case, Cell, Expect, Suite, Table
from scorers.suites.names import check_expectation, check_name
from scorers.suites.tests import Expectation, Path, Test, Wrong
from scorers.wording import quoted

NO_DAY = date(2000, 1, 1)
"""The day of tests whose rulebook has no dates, so that it cannot matter."""


def flatten(suite: Suite, program: Program) -> tuple[tuple[Test, ...], tuple[Wrong, ...]]:
    """List every test of a suite; one that is written wrongly is left out."""
    flat = _Flat(suite, program)
    for index, case in enumerate(suite.cases):
        flat.case(case, ("cases", index))
    for index, table in enumerate(suite.tables):
        flat.table(table, ("tables", index))
    return tuple(flat.tests), tuple(flat.wrong)


def needs_day(program: Program) -> bool:
    """Tell whether an answer can depend on `as_of`."""
    return any(Type.DATE in (item.type, item.item and item.item.type) for item in program.inputs)


class _Flat:
    def __init__(self, suite: Suite, program: Program) -> None:
        self.suite = suite
        self.program = program
        self.tests: list[Test] = []
        self.wrong: list[Wrong] = []
        if suite.tests_for != program.id:
            message = f"these tests are for {quoted(suite.tests_for)} but stand beside `{program.id}`"
            self.wrong.append(
                Wrong(
                    "file-name-differs-from-id", ("tests_for",), message, f"write `tests_for: {program.id}`"
                )
            )

    def case(self, case: Case, path: Path) -> None:
        day, wrong = self._day(case.as_of, path)
        wrong += self._undeclared(case.inputs, (*path, "inputs"))
        expected = tuple(_expectations(case.expect, (*path, "expect")))
        wrong += [found for item in expected for found in check_expectation(item, self.program)]
        inputs = {name: raw(value) for name, value in case.inputs.items()}
        self._add(Test(case.name, path, day, inputs, expected), wrong)

    def table(self, table: Table, path: Path) -> None:
        columns, wrong = read_columns(table.columns, self.program, (*path, "columns"))
        day, late = self._day(table.as_of, path)
        wrong += [*late, *self._undeclared(table.inputs, (*path, "inputs"))]
        if not wrong and not any(column.kind for column in columns):
            wrong.append(
                Wrong(
                    "expects-nothing",
                    (*path, "columns"),
                    "no column expects anything",
                    "add for example `score`",
                )
            )
        self.wrong += wrong
        if not wrong:
            shared = {name: raw(value) for name, value in table.inputs.items()}
            for index in range(len(table.rows)):
                self._row(table, columns, index, (*path, "rows", index), day, shared)

    def _row(
        self,
        table: Table,
        columns: list[Column],
        index: int,
        path: Path,
        day: date,
        shared: Mapping[str, object],
    ) -> None:
        row = table.rows[index]
        if len(row) != len(columns):
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            message = f"the row has {cells} where `columns` lists {len(columns)}"
            self.wrong.append(Wrong("wrong-shape", path, message, "write one cell for each column"))
            return
        inputs, expected, wrong = dict(shared), [], list[Wrong]()
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if not column.kind:
                inputs[column.name] = raw(cell)
                continue
            read = read_cell(column, cell, self.program, (*path, place))
            if isinstance(read, list):
                wrong += read
            elif read is not None:
                expected.append(read)
        if not wrong and not expected:
            wrong.append(
                Wrong("expects-nothing", path, "this row expects nothing", "fill in what is expected")
            )
        self._add(Test(f"{table.name}, row {index + 1}", path, day, inputs, tuple(expected)), wrong)

    def _add(self, test: Test, wrong: list[Wrong]) -> None:
        self.wrong += wrong
        if not wrong:
            self.tests.append(test)

    def _undeclared(self, inputs: Mapping[str, Cell], path: Path) -> list[Wrong]:
        return [
            wrong
            for name in inputs
            for wrong in check_name(name, INPUTS, self.program, (*path, name), key=True)
        ]

    def _day(self, own: str | None, path: Path) -> tuple[date, list[Wrong]]:
        written = own or self.suite.as_of
        place: Path = (*path, "as_of") if own else ("as_of",)
        if written is None:
            if not needs_day(self.program):
                return NO_DAY, []
            way_out = "write for example `as_of: 2026-01-31` at the top of the file, for all tests"
            return NO_DAY, [
                Wrong("key-missing", path, "`as_of` is missing, and this rulebook compares dates", way_out)
            ]
        day = read_day(written)
        if day is None:
            return NO_DAY, [Wrong("bad-format", place, f"{quoted(written)} is not a day")]
        return day, []


def raw(cell: Cell) -> object:
    """Give a cell as an engine takes it: numbers as int or float, lists as lists, records as mappings."""
    if isinstance(cell, Fraction):
        return plain(cell)
    if isinstance(cell, list):
        return [
            {name: raw(part) for name, part in item.items()} if isinstance(item, dict) else raw(item)
            for item in cell
        ]
    return cell


def _expectations(expect: Expect, path: Path) -> Iterator[Expectation]:
    for kind in (*KINDS, INVALID):
        if not expect.given(kind):
            continue
        value: Part | Mapping[str, Part] = getattr(expect, kind)
        if isinstance(value, Mapping):
            yield from (Expectation(kind, key, part, (*path, kind, key)) for key, part in value.items())
        elif not (value is None and (kind == INVALID or KINDS[kind].keyed)):
            yield Expectation(kind, "", value, (*path, kind))
