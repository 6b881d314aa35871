"""The first line of a table: which column is which input, and what makes the file unusable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scorewright.diagnostics import listing, quoted, suggestion
from scorewright.program import Program
from scorewright.records.file_lines import CUT
from scorewright.records.record import SUBJECT, unwanted


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file as a whole cannot be used; lines and columns count from 1."""

    code: str
    line: int
    column: int
    message: str
    help: str | None = None


EMPTY: Final = FileProblem("file-empty", 1, 1, "there is nothing in this file", "write a subject a line")
"""What is wrong with a file without a single line, whatever its format."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns are: positions count from 0; names that the program does not declare are ignored."""

    width: int
    subject: int | None
    inputs: tuple[tuple[str, int], ...]
    undeclared: tuple[str, ...]
    unnamed: tuple[int, ...]
    absent: tuple[str, ...]


def read_header(
    row: Sequence[str], program: Program, line: int, *, strict: bool
) -> Header | tuple[FileProblem, ...]:
    """Read the names of the columns; every problem is named at once."""
    names = [name.strip() for name in row]
    problems = list(_unreadable(names, line))
    declared = [item.name for item in program.inputs]
    known = {*declared, SUBJECT}
    undeclared = tuple(name for name in names if name and name not in known)
    if problems or set(names) & set(declared):
        problems += _twice(names, line)
        problems += _undeclared(names, declared, line) if strict else ()
    else:
        # Most often a file without a first line of names, so that what else is odd about them says nothing.
        problems.append(_no_input(names, program, line))
    if problems:
        return tuple(problems)
    return Header(
        len(names),
        names.index(SUBJECT) if SUBJECT in names else None,
        tuple((name, names.index(name)) for name in declared if name in names),
        undeclared,
        tuple(index for index, name in enumerate(names) if not name),
        tuple(name for name in declared if name not in names),
    )


def did_you_mean(name: str, program: Program) -> str:
    """Return which input a column was perhaps meant to be, or which there are."""
    return suggestion(name, [item.name for item in program.inputs])


def _unreadable(names: Sequence[str], line: int) -> Iterator[FileProblem]:
    for index, name in enumerate(names):
        if CUT in name:
            yield FileProblem("line-too-long", line, 1, "the first line is too long to name columns")
        elif any(map(unwanted, name)):
            message = f"the name of column {index + 1} is not readable UTF-8 text"
            yield FileProblem("not-utf8", line, index + 1, message, "save the file with the encoding UTF-8")


def _twice(names: Sequence[str], line: int) -> Iterator[FileProblem]:
    for index, name in enumerate(names):
        first = names.index(name)
        if name and first != index:
            message = f"{quoted(name)} names column {first + 1} and column {index + 1}"
            yield FileProblem(
                "column-twice", line, index + 1, message, "delete or rename one of the two columns"
            )


def _undeclared(names: Sequence[str], declared: Sequence[str], line: int) -> Iterator[FileProblem]:
    for index, name in enumerate(names):
        if name and name != SUBJECT and name not in declared:
            message = f"{quoted(name)} is not an input"
            yield FileProblem("undeclared-input", line, index + 1, message, suggestion(name, declared))


def _no_input(names: Sequence[str], program: Program, line: int) -> FileProblem:
    message = f"none of the {len(names)} columns is an input of `{program.id}`"
    if len(names) == 1:
        message = f"the only column, {quoted(names[0])}, is not an input of `{program.id}`"
    inputs = listing(item.name for item in program.inputs)
    return FileProblem("no-input-column", line, 1, message, f"the first line names the columns: {inputs}")
