"""The facts of a test: written for a kind that there is, at a time that can be read, in fields that it has.

What a field holds is for the rulebook to refuse, so that a suite can expect it.
"""

from collections.abc import Iterator, Sequence

from scorewright.diagnostics import Meant, quoted
from scorewright.program import Program
from scorewright.suites.flat_tests import Path, SuiteMistake
from scorewright.suites.suite import WrittenFact
from scorewright.validation import KIND, NAME, RESERVED, TIME, kinds_of, missing, read_time

_TIMES = "write a time such as `2026-01-31T10:00:00Z`, or a day, which means its first moment"


def check_facts(facts: Sequence[WrittenFact], program: Program, path: Path) -> Iterator[SuiteMistake]:
    """Find what is wrong with how facts are written."""
    if not program.kinds:
        message = f"`{program.id}` declares no facts"
        yield SuiteMistake(
            "key-not-here", path, message, "declare them under `facts` in the rulebook", key=True
        )
        return
    for index, fact in enumerate(facts):
        yield from _check_fact(fact, program, (*path, index))


def _check_fact(fact: WrittenFact, program: Program, path: Path) -> Iterator[SuiteMistake]:
    lacking = [key for key in (KIND, TIME) if missing(fact.get(key))]
    if lacking:
        yield SuiteMistake(
            "key-missing", path, f"{' and '.join(map(quoted, lacking))} {_is(lacking)} missing"
        )
        return
    if read_time(fact[TIME]) is None:
        yield SuiteMistake("bad-format", (*path, TIME), f"{quoted(str(fact[TIME]))} is not a time", _TIMES)
    if not isinstance(fact.get(NAME) or "", str):
        yield SuiteMistake("wrong-type", (*path, NAME), "the `id` of a fact is a text", "put it in quotes")
    yield from _check_fields(fact, program, path)


def _check_fields(fact: WrittenFact, program: Program, path: Path) -> Iterator[SuiteMistake]:
    kinds = kinds_of(program.kinds)
    name = str(fact[KIND])
    if name not in kinds:
        message = f"{quoted(name)} is not a kind of fact"
        yield SuiteMistake("value-not-allowed", (*path, KIND), message, Meant(name, kinds))
        return
    fields = [field.name for field in kinds[name].fields]
    for key in fact:
        if key not in (*fields, *RESERVED):
            message = f"{quoted(key)} is not a field of `{name}`"
            way_out = Meant(key, fields) if fields else f"`{name}` has no fields, delete it"
            yield SuiteMistake("unknown-key", (*path, key), message, way_out, key=True)


def _is(several: Sequence[str]) -> str:
    return "is" if len(several) == 1 else "are"


def sent(fact: WrittenFact) -> WrittenFact:
    """Leave out what is empty, as a sender would."""
    return {key: value for key, value in fact.items() if not missing(value)}
