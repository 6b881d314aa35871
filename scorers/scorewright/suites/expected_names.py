"""Check the words of a test against the program: no test may expect what cannot be."""

import re
from collections.abc import Iterator

from scorewright.diagnostics import Meant, quoted
from scorewright.program import Program
from scorewright.suites.expectations import CODES, INPUTS, INVALID, KINDS, Names
from scorewright.suites.flat_tests import Expectation, Path, SuiteMistake

RECORD = re.compile(r"\[(0|[1-9]\d{0,4})\](?=\.)")
"""The number of a record, as in `weeks[1].actual`."""


def check_expectation(expectation: Expectation, program: Program) -> Iterator[SuiteMistake]:
    """Find the names in an expectation that the program does not have."""
    kind, key, value, path = expectation.kind, expectation.key, expectation.value, expectation.path
    if kind == INVALID:
        root = key.partition("[")[0]
        if not (program.kinds and root == "facts"):
            yield from check_name(root, INPUTS, program, path, key=True)
        yield from _check_values(value, CODES, program, path)
        return
    names = KINDS[kind].names
    if names is None:
        return
    if KINDS[kind].keyed:
        yield from check_name(key, names, program, path, key=True)
    else:
        yield from _check_values(value, names, program, path)


def check_name(
    word: str, names: Names, program: Program, path: Path, *, key: bool = False
) -> Iterator[SuiteMistake]:
    """Find a word that is not among the names."""
    allowed = names.of(program)
    if RECORD.sub("[]", word) not in allowed:
        yield SuiteMistake(
            names.code, path, f"{quoted(word)} is not {_a(names.what)}", Meant(word, allowed), key
        )


def _check_values(value: object, names: Names, program: Program, path: Path) -> Iterator[SuiteMistake]:
    if isinstance(value, str):
        yield from check_name(value, names, program, path)
    elif isinstance(value, tuple):
        for index, word in enumerate(value):
            yield from check_name(str(word), names, program, (*path, index))


def _a(what: str) -> str:
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"
