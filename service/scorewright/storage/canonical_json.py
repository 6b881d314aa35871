"""What can be kept: ids and moments within limits, and JSON with exactly one way to write each value.

Numbers are written plainly and by their value, so that 1, 1.0 and 1e0 are one number, as the law has it, and
0.1 comes back as exactly 0.1: whole numbers as int, others as Decimal.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from scorewright.program.fact import Moment, moment_of

MAX_TEXT: Final = 500
"""The longest id, kind or key, in characters."""

MAX_CONTENT: Final = 65_536
"""The most bytes of the fields of an event, or of what an action shows."""

MAX_DIGITS: Final = 1_000
"""The most digits of a number, all its zeros written out."""

MAX_DEPTH: Final = 32
"""The most levels of lists and objects."""

EARLIEST: Final = moment_of(datetime.min.replace(tzinfo=UTC))
"""The first moment of the year 1."""

LATEST: Final = moment_of(datetime.max.replace(tzinfo=UTC))
"""The last moment of the year 9999."""

_TEXT: Final = json.JSONEncoder(ensure_ascii=False).encode
_READER: Final = json.JSONDecoder(parse_float=Decimal)
_WORDS: Final = {None: "null", False: "false", True: "true"}


def write(content: object) -> str:
    """Write a value as JSON, always in the same way; ValueError says what cannot be kept."""
    text = _write(content, MAX_DEPTH)
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise ValueError("a text that is not Unicode (half a surrogate pair)") from None
    if size > MAX_CONTENT:
        raise ValueError(f"{size} bytes as JSON, at most {MAX_CONTENT}")
    return text


def read(text: str) -> object:
    """Read what was written."""
    found: object = _READER.decode(text)
    return found


def read_object(text: str) -> dict[str, object]:
    """Read an object that was written."""
    found = read(text)
    # INVARIANT: only mappings are written where objects are read.
    assert isinstance(found, dict)
    return found


def read_texts(text: str) -> tuple[str, ...]:
    """Read a list of texts that was written."""
    found = read(text)
    # INVARIANT: only lists of texts are written where they are read.
    assert isinstance(found, list)
    return tuple(map(str, found))


def fault(text: str) -> str | None:
    """Return why a text cannot be an id, or None: it is empty, too long, or no database could keep it."""
    if not text:
        return "is empty"
    if len(text) > MAX_TEXT:
        return f"has {len(text)} characters, at most {MAX_TEXT}"
    if "\0" in text:
        return "holds a NUL character, which PostgreSQL cannot keep"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "is not Unicode (half a surrogate pair)"
    return None


def fault_of(moment: Moment) -> str | None:
    """Return why a moment cannot be kept, or None."""
    return None if EARLIEST <= moment <= LATEST else "is not within the years 1 to 9999"


def demand(**told: str | Moment) -> None:
    """Raise ValueError with the name of the first id or moment that no database can keep, nor has."""
    for name, value in told.items():
        if why := fault(value) if isinstance(value, str) else fault_of(value):
            raise ValueError(f"{name} {why}")


def _write(value: object, depth: int) -> str:
    if isinstance(value, str):
        return _TEXT(value)
    if isinstance(value, bool) or value is None:
        return _WORDS[value]
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if depth == 0:
        raise ValueError(f"lists and objects in one another, at most {MAX_DEPTH} deep")
    if isinstance(value, Mapping):
        return _object(value, depth - 1)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join([_write(item, depth - 1) for item in value]) + "]"
    raise ValueError(f"a {type(value).__name__}, which JSON cannot write")


def _object(value: Mapping[object, object], depth: int) -> str:
    names = [name for name in value if isinstance(name, str)]
    if len(names) < len(value):
        raise ValueError("a name that is no text")
    names.sort()
    return "{" + ",".join([f"{_TEXT(name)}:{_write(value[name], depth)}" for name in names]) + "}"


def _number(value: float | Decimal) -> str:
    if isinstance(value, int) and abs(value) < 10**18:
        return str(value)
    # A float means the shortest decimal that prints as it does.
    exact = Decimal(repr(value)) if isinstance(value, float) else _decimal(value)
    if not exact.is_finite():
        raise ValueError("a number that is not finite")
    _, digits, exponent = exact.as_tuple()
    # INVARIANT: only what is not finite has a letter for an exponent.
    assert isinstance(exponent, int)
    if max(len(digits), len(digits) + exponent, -exponent) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    plain = format(exact, "f")
    if "." in plain:
        plain = plain.rstrip("0").removesuffix(".")
    return "0" if not any(digits) else plain


def _decimal(value: int | Decimal) -> Decimal:
    if isinstance(value, int) and value.bit_length() > 4 * MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    return Decimal(value)
