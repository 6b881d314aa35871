"""Check facts as somebody sent them: exact values for every field, everything that is wrong at once."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from scorewright.diagnostics import nearest, suggestion
from scorewright.program import Kind
from scorewright.program.condition import Value
from scorewright.program.fact import Fact, Moment, day_of, end_of, moment_of
from scorewright.results import Checked, InputCode, InputError, Invalid, errors_of
from scorewright.validation.blank_answers import missing
from scorewright.validation.inputs import check, read_day, show

KIND: Final = "fact"
TIME: Final = "at"
NAME: Final = "id"
RESERVED: Final = (KIND, TIME, NAME)
"""What stands beside the fields of a fact where it is written flat, so that no field has such a name."""

MAX_NAME: Final = 500
"""The longest id of a fact."""

_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)

Kinds = Mapping[str, Kind]
"""The kinds of fact that are known, by name."""


def kinds_of(kinds: Iterable[Kind]) -> Kinds:
    """Return kinds by their names."""
    return {kind.name: kind for kind in kinds}


def read_facts(kinds: Kinds, sent: Iterable[object]) -> Checked[tuple[Fact, ...]]:
    """Check facts that are written flat; one that comes twice, with one id, counts once."""
    facts: dict[str | int, Fact] = {}
    errors: list[InputError] = []
    for index, item in enumerate(sent):
        found = read_fact(kinds, item)
        if isinstance(found, Invalid):
            errors += (error.within(f"facts[{index}]") for error in found.errors)
        elif facts.setdefault(found.id or index, found) != found:
            message = f"another fact with the id {show(found.id)} is different"
            errors.append(InputError(f"facts[{index}].{NAME}", InputCode.INCONSISTENT, message))
    return Invalid(tuple(errors)) if errors else tuple(facts.values())


def read_fact(kinds: Kinds, sent: object) -> Checked[Fact]:
    """Check one fact that is written flat: `{fact: api_call, at: 2026-01-24T10:00:00Z, calls: 12}`."""
    if not isinstance(sent, Mapping):
        return Invalid((InputError("", InputCode.WRONG_TYPE, f"{show(sent)} is not an object"),))
    lacking = [key for key in (KIND, TIME) if missing(sent.get(key))]
    if lacking:
        return Invalid(tuple(InputError(key, InputCode.REQUIRED, "it is missing") for key in lacking))
    at, name = read_time(sent[TIME]), sent.get(NAME)
    name = "" if missing(name) else name
    errors: list[InputError] = []
    if at is None:
        message = f"{show(sent[TIME])} is not a time such as `2026-01-31T10:00:00Z`, or a day"
        errors.append(InputError(TIME, InputCode.WRONG_TYPE, message))
    if not isinstance(name, str) or len(name) > MAX_NAME:
        message = f"{show(name)} is not a text of at most {MAX_NAME} characters"
        errors.append(InputError(NAME, InputCode.WRONG_TYPE, message))
    fields = {key: value for key, value in sent.items() if key not in RESERVED}
    values = read_fields(kinds, sent[KIND], fields, at or 0)
    errors += errors_of(values)
    if errors or at is None or isinstance(values, Invalid):
        return Invalid(tuple(errors))
    return Fact(str(sent[KIND]), at, values, str(name))


def read_fields(
    kinds: Kinds, kind: object, sent: Mapping[str, object], at: Moment
) -> Checked[dict[str, Value]]:
    """Check the fields of a fact; those that its kind does not declare are passed over."""
    known = kinds.get(kind) if isinstance(kind, str) else None
    if known is None:
        message = f"{show(kind)} is not a kind of fact; {suggestion(str(kind)[:100], kinds)}"
        return Invalid((InputError(KIND, InputCode.UNKNOWN_KIND, message),))
    values: dict[str, Value] = {}
    errors: list[InputError] = []
    day = day_of(at)
    for field in known.fields:
        value = sent.get(field.name)
        if missing(value):
            errors.append(InputError(field.name, InputCode.REQUIRED, _needed(field.name, known, sent)))
            continue
        checked = check(field, field.name, value, day)
        if isinstance(checked, Invalid):
            errors += checked.errors
        else:
            values[field.name] = checked
    return Invalid(tuple(errors)) if errors else values


def _needed(name: str, kind: Kind, sent: Mapping[str, object]) -> str:
    declared = {field.name for field in kind.fields}
    others = [other for other in sent if other not in declared]
    meant = next((other for other in others[:20] if nearest(other[:100], [name])), None)
    return f"`{kind.name}` needs it" + (f"; {show(meant)} is not one of its fields" if meant else "")


def read_moment(value: object) -> Moment | None:
    """Read the moment that something is asked about: a time with its zone, or a day, meaning its end."""
    day = read_day(value)
    return read_time(value) if day is None else end_of(day)


def read_time(value: object) -> Moment | None:
    """Read a time with its zone, kept to the microsecond, or a day, which stands for its first moment."""
    if isinstance(value, datetime):
        return None if value.tzinfo is None else moment_of(value)
    day = read_day(value)
    if day is not None:
        return moment_of(datetime(day.year, day.month, day.day, tzinfo=UTC))
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    day_text, clock, seconds, fraction, zone = found.groups()
    micros = (fraction or "")[:6].ljust(6, "0")
    zone = "+00:00" if zone in "Zz" else zone
    try:
        return moment_of(datetime.fromisoformat(f"{day_text}T{clock}{seconds or ':00'}.{micros}{zone}"))
    except (ValueError, OverflowError):
        return None
