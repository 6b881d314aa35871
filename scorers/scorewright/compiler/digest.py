"""The digest of a program: SHA-256 over its canonical form, which no comment or layout changes."""

import hashlib
import json
from dataclasses import Field, fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from scorewright.program import Program
from scorewright.program.condition import AsOf

_NOT_MEANING = frozenset({"path", "digest"})

_CALLED = {
    "ConditionPoints": "When",
    "CountPoints": "Counted",
    "DecayPoints": "Decay",
    "LinearPoints": "Linear",
    "MeasureTest": "Tally",
    "OptionPoints": "Options",
    "PercentChange": "Change",
    "RangePoints": "Steps",
    "RangeStep": "Step",
}
"""What classes are called in a digest where that is not their name: it outlives the names of the code."""


def digest(program: Program) -> str:
    """Hash everything of a program but its places (law 15): 64 hexadecimal digits."""
    text = json.dumps(canonical(program), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def canonical(value: object) -> object:
    """Return the one JSON form of a part; a block names its class, so that none passes for another.

    What a block leaves at its default is left out: a word that a later version adds to the language changes
    no digest of a rulebook that does not use it.
    """
    if is_dataclass(value):
        kind: Any = type(value)
        given = [(field, getattr(value, field.name)) for field in _meant(kind)]
        return {
            "": _CALLED.get(kind.__name__, kind.__name__),
            **{field.name: canonical(part) for field, part in given if _means(field, part)},
        }
    if isinstance(value, tuple):
        return [canonical(part) for part in value]
    if isinstance(value, Fraction):
        return {"number": f"{value.numerator}/{value.denominator}"}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, AsOf):
        return {"day": repr(value)}
    assert value is None or isinstance(value, str | bool | int)  # INVARIANT: a program holds nothing else
    return value


@cache
def _meant(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(field for field in fields(kind) if field.name not in _NOT_MEANING)


def _means(field: Field[Any], value: object) -> bool:
    # False and 0 are equal, and not the same.
    is_default = type(value) is type(field.default) and value == field.default
    return not is_default
