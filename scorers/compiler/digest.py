"""The digest of a program: SHA-256 over its canonical form, which no comment or layout changes."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction

from scorers.condition import AsOf
from scorers.program import Program

_NOT_MEANING = frozenset({"path", "digest"})


def digest(program: Program) -> str:
    """Hash everything of a program but its places: 64 hexadecimal digits."""
    text = json.dumps(canonical(program), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def canonical(value: object) -> object:
    """Give the one JSON form of a part; a block names its class, so that none passes for another."""
    if is_dataclass(value):
        names = [f.name for f in fields(value) if f.name not in _NOT_MEANING]
        return {"": type(value).__name__, **{name: canonical(getattr(value, name)) for name in names}}
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
