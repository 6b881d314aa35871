"""A suite as a flat list of tests, and everything that is wrong with how they are written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorewright.diagnostics import quoted
from scorewright.program import Program, Type
from scorewright.program.exact_numbers import plain
from scorewright.program.fact import Moment, end_of
from scorewright.suites.case_facts import check_facts, sent
from scorewright.suites.columns import Column, read_cell, read_columns
from scorewright.suites.expectations import INPUTS, INVALID, KINDS, Shape
from scorewright.suites.expected_names import check_expectation, check_name
from scorewright.suites.flat_tests import Expectation, FlatTest, Path, SuiteMistake
from scorewright.suites.outcome_parts import cell_part
from scorewright.suites.suite import Case, Cell, Expect, Suite, Table
from scorewright.validation import read_moment

NO_DAY = date(2000, 1, 1)
"""The day of tests whose rulebook has no dates and that have no facts, so that it cannot matter."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a case has, or all rows of a table."""

    moment: Moment
    inputs: Mapping[str, object]
    facts: tuple[Mapping[str, object], ...] | None


def flatten(
    suite: Suite, program: Program, stem: str | None = None
) -> tuple[tuple[FlatTest, ...], tuple[SuiteMistake, ...]]:
    """List every test of a suite; one that is written wrongly is left out.

    `stem` is what its file and the one beside it are called: where the suite is for that, it is the rulebook
    that has another id, which is told there.
    """
    flat = _Flat(suite, program, stem)
    for index, case in enumerate(suite.cases):
        flat.case(case, ("cases", index))
    for index, table in enumerate(suite.tables):
        flat.table(table, ("tables", index))
    return tuple(flat.tests), tuple(flat.wrong)


def needs_day(program: Program) -> bool:
    """Return whether an answer can depend on `as_of`."""
    return any(Type.DATE in (item.type, item.item and item.item.type) for item in program.inputs)


class _Flat:
    def __init__(self, suite: Suite, program: Program, stem: str | None) -> None:
        self.suite = suite
        self.program = program
        self.needs_day = needs_day(program)
        self.tests: list[FlatTest] = []
        self.wrong: list[SuiteMistake] = []
        if suite.tests_for not in (program.id, stem):
            message = f"these tests are for {quoted(suite.tests_for)} but stand beside `{program.id}`"
            self.wrong.append(
                SuiteMistake(
                    "file-name-differs-from-id", ("tests_for",), message, f"write `tests_for: {program.id}`"
                )
            )

    def case(self, case: Case, path: Path) -> None:
        shared, wrong = self._shared(case, path)
        expected = tuple(_expectations(case.expect, (*path, "expect")))
        wrong += [found for item in expected for found in check_expectation(item, self.program)]
        self._add(FlatTest(case.name, path, shared.moment, shared.inputs, expected, shared.facts), wrong)

    def table(self, table: Table, path: Path) -> None:
        columns, wrong = read_columns(table.columns, self.program, (*path, "columns"))
        shared, more = self._shared(table, path)
        wrong += more
        if not wrong and not any(column.kind for column in columns):
            wrong.append(
                SuiteMistake(
                    "expects-nothing",
                    (*path, "columns"),
                    "no column expects anything",
                    "add for example `score`",
                )
            )
        self.wrong += wrong
        if not wrong:
            for index in range(len(table.rows)):
                self._row(table, columns, index, (*path, "rows", index), shared)

    def _row(self, table: Table, columns: list[Column], index: int, path: Path, shared: _Shared) -> None:
        row = table.rows[index]
        if len(row) != len(columns):
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            message = f"the row has {cells} where `columns` lists {len(columns)}"
            self.wrong.append(SuiteMistake("wrong-shape", path, message, "write one cell for each column"))
            return
        inputs, expected, wrong = dict(shared.inputs), [], list[SuiteMistake]()
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
                SuiteMistake("expects-nothing", path, "this row expects nothing", "fill in what is expected")
            )
        name = f"{table.name}, row {index + 1}"
        self._add(FlatTest(name, path, shared.moment, inputs, tuple(expected), shared.facts), wrong)

    def _add(self, test: FlatTest, wrong: list[SuiteMistake]) -> None:
        self.wrong += wrong
        if not wrong:
            self.tests.append(test)

    def _undeclared(self, inputs: Mapping[str, Cell], path: Path) -> list[SuiteMistake]:
        return [
            wrong
            for name in inputs
            for wrong in check_name(name, INPUTS, self.program, (*path, name), key=True)
        ]

    def _shared(self, part: Case | Table, path: Path) -> tuple[_Shared, list[SuiteMistake]]:
        moment, wrong = self._moment(part, path)
        wrong += self._undeclared(part.inputs, (*path, "inputs"))
        inputs = {name: raw(value) for name, value in part.inputs.items()}
        if part.facts is None:
            return _Shared(moment, inputs, None), wrong
        wrong += check_facts(part.facts, self.program, (*path, "facts"))
        facts = tuple({name: raw(value) for name, value in sent(fact).items()} for fact in part.facts)
        return _Shared(moment, inputs, facts), wrong

    def _moment(self, part: Case | Table, path: Path) -> tuple[Moment, list[SuiteMistake]]:
        written = part.as_of or self.suite.as_of
        place: Path = (*path, "as_of") if part.as_of else ("as_of",)
        if written is None:
            due = self._due(part)
            return end_of(NO_DAY), [SuiteMistake("key-missing", path, *due)] if due else []
        moment = read_moment(written)
        if moment is None:
            return end_of(NO_DAY), [
                SuiteMistake("bad-format", place, f"{quoted(written)} is not a day or moment")
            ]
        return moment, []

    def _due(self, part: Case | Table) -> tuple[str, str] | None:
        """Return why there must be a day, and how to write it."""
        way_out = "write for example `as_of: 2026-01-31` at the top of the file, for all tests"
        if self.needs_day:
            return "`as_of` is missing, and this rulebook compares dates", way_out
        if part.facts is not None and self.program.kinds:
            return "`as_of` is missing, and facts are asked as of a moment", way_out
        return None


def raw(cell: Cell) -> object:
    """Return a cell as an engine takes it: numbers as int or float, lists, records as mappings."""
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
        value = getattr(expect, kind)
        if isinstance(value, Mapping):
            free = kind != INVALID and KINDS[kind].shape is Shape.ANY
            for key, given in value.items():
                yield Expectation(kind, key, cell_part(given) if free else given, (*path, kind, key))
        elif not (value is None and (kind == INVALID or KINDS[kind].keyed)):
            yield Expectation(kind, "", value, (*path, kind))
