"""Small rulebooks written as plain values, and their answers by every engine.

Numbers may stand as int, or as float for its shortest decimal; what a test is not about has a default.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from scorewright.compiler.lower import compile_rulebook
from scorewright.program.program import Program
from scorewright.results.outcome import Invalid, Outcome, Score
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.scoring.scorer import Scorer
from tests.engines import RUNNABLE

Written = dict[str, Any]
"""A block of a rulebook as the reader gives it: text, booleans, numbers, lists and blocks."""

AS_OF = date(2026, 1, 31)

YES_NO: Written = {"type": "boolean"}
RATING: Written = {"type": "rating"}
HEADER: Written = {"id": "small", "name": "Small", "version": "1.0.0", "owner": "tests"}


def compiled(written: Mapping[str, object]) -> Program:
    """Compile a rulebook as written."""
    return compile_rulebook(Rulebook.model_validate(exactly(written)))


def exactly(value: object) -> object:
    """Give every number as the reader does: exact."""
    if isinstance(value, Mapping):
        return {key: exactly(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [exactly(part) for part in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return Fraction(repr(value))


def rulebook(
    inputs: Mapping[str, Mapping[str, object]],
    criteria: Sequence[Mapping[str, object]],
    score: Mapping[str, object] | None = None,
    bands: Sequence[Mapping[str, object]] | None = None,
    **blocks: Any,
) -> Program:
    """Compile a rulebook: a sum out of 100, a missing answer earns nothing, one band from -1000."""
    whole = {
        "rulebook": HEADER,
        "inputs": inputs,
        "score": {"method": "sum", "out_of": 100, "if_missing": "no_points", **(score or {})},
        "criteria": criteria,
        "bands": bands or [{"id": "any", "from": -1000}],
        **blocks,
    }
    return compiled(whole)


def table(
    method: str,
    of: str | None,
    inputs: Mapping[str, Mapping[str, object]],
    bands: Sequence[Mapping[str, object]] | None = None,
    **blocks: Any,
) -> Program:
    """Compile a rulebook without points: a count is out of 100, and there is one band from -1000."""
    whole = {
        "rulebook": HEADER,
        "inputs": inputs,
        "score": {
            "method": method,
            **({} if of is None else {"of": of}),
            **({"out_of": 100} if method == "count" else {}),
        },
        "bands": bands or [{"id": "any", "from": -1000}],
        **blocks,
    }
    return compiled(whole)


def yes(name: str, points: object = 10, **keys: object) -> Written:
    """Write a criterion that earns points where a yes/no input of its name is true."""
    return {"id": name, "when": {"input": name, "is": True}, "points": points, **keys}


def acts(*names: str, **keys: object) -> dict[str, Written]:
    """Write actions with nothing but what they must have."""
    return {name: {"do": name, "owner": "sales", "due": "2 days", **keys} for name in names}


def answer(
    program: Program, inputs: Mapping[str, object] | None = None, *, as_of: date = AS_OF, **more: object
) -> Score | Invalid:
    """Score by every engine, which must agree."""
    raw = {**(inputs or {}), **more}
    first, *others = (Scorer(program, engine).score(raw, subject="s", as_of=as_of) for engine in RUNNABLE)
    assert all(other == first for other in others)
    return first


def outcome(
    program: Program, inputs: Mapping[str, object] | None = None, *, as_of: date = AS_OF, **more: object
) -> Outcome:
    """Score valid answers by every engine."""
    found = answer(program, inputs, as_of=as_of, **more)
    assert isinstance(found, Score), found
    return found.outcome


def errors(program: Program, inputs: Mapping[str, object], *, as_of: date = AS_OF) -> list[tuple[str, str]]:
    """List the inputs that every engine refuses, with their codes."""
    found = answer(program, inputs, as_of=as_of)
    assert isinstance(found, Invalid), found
    return [(error.input, str(error.code)) for error in found.errors]
