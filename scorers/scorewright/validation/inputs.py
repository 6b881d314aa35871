"""Check the answers of one subject: exact values for what is known, every invalid input at once."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from scorewright.diagnostics import suggestion
from scorewright.program import Bound, Input, Program, Type
from scorewright.program.condition import AS_OF, Value
from scorewright.program.derived_values import LARGEST, derive
from scorewright.program.exact_numbers import DIGITS, exact, significant_digits, text
from scorewright.program.unset_fields import unset_fields
from scorewright.results import Assumed, Checked, InputCode, InputError, Invalid, errors_of, invalid
from scorewright.validation.blank_answers import blank, missing

MAX_TEXT = 10_000
"""The most characters of a text answer."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The valid answers of one subject: known ones (assumed ones among them), and what is missing.

    The values worked out from them stand among the known; `zero` names the divisors that were 0 of each
    value that could not be worked out for them. `unset` names fields that records came without.
    """

    known: Mapping[str, Value]
    missing: tuple[str, ...]
    assumed: tuple[Assumed, ...]
    zero: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unset: tuple[str, ...] = ()


def validate(program: Program, raw: Mapping[str, object], as_of: date) -> Checked[Answers]:
    """Check every declared input; nothing is clamped or coerced (law 8), and missing is not false (law 7)."""
    known: dict[str, Value] = {}
    absent: list[str] = []
    assumed: list[Assumed] = []
    errors: list[InputError] = []
    for item in program.inputs:
        value = raw.get(item.name)
        if not missing(value):
            checked = check(item, item.name, value, as_of)
            if isinstance(checked, Invalid):
                errors += checked.errors
            else:
                known[item.name] = checked
        elif item.required:
            errors.append(InputError(item.name, InputCode.REQUIRED, "an answer is required"))
        elif item.assumed is not None:
            known[item.name] = item.assumed
            assumed.append(Assumed(item.name, item.assumed))
        else:
            absent.append(item.name)
    return conclude(program, Answers(known, tuple(absent), tuple(assumed)), errors)


def conclude(program: Program, answers: Answers, errors: Iterable[InputError] = ()) -> Checked[Answers]:
    """Work out the values from answers that are valid each by itself."""
    derivation = derive(program.values, answers.known)
    wrong = (*errors, *inconsistent(program, derivation.values))
    if wrong:
        return Invalid(wrong)
    known = {**answers.known, **derivation.values}
    unset = unset_fields(program, known)
    return Answers(known, answers.missing, answers.assumed, derivation.zero, unset)


def inconsistent(program: Program, values: Mapping[str, Fraction]) -> Iterator[InputError]:
    """List the inputs to blame for values outside their range, or larger than any answer can be."""
    blamed: set[str] = set()
    for derived in program.values:
        value, name = values.get(derived.name), derived.blame or derived.name
        if value is None or name in blamed:
            continue
        if abs(value) >= LARGEST:
            message = f"{derived.label} would have more than 300 digits"
        elif not _within(value, derived.minimum, derived.maximum):
            outside = _outside(derived.minimum, derived.maximum)
            message = f"{derived.label} would be {text(value)}, {outside}"
        else:
            continue
        blamed.add(name)
        yield InputError(name, InputCode.INCONSISTENT, message)


def check(item: Input, name: str, value: object, as_of: date) -> Checked[Value]:
    """Return the exact value of one answer, or what is wrong with it."""
    if item.type is Type.LIST:
        return _list(item, name, value, as_of)
    if item.type is Type.RECORD:
        return _record(item, name, value, as_of)
    return _scalar(item, name, value, as_of)


def show(value: object) -> str:
    """Write a caller's value for a message: short, and quoted where it is text."""
    if isinstance(value, str):
        shown = value if len(value) <= 40 else value[:40] + "…"
        return f"`{''.join(c if c.isprintable() else '?' for c in shown)}`"
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return _show_number(value)
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, dict) else "a value of another kind"


def _show_number(value: int | float | Decimal) -> str:
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a number of more than 20 digits"
    shown = str(value)
    return shown if len(shown) <= 40 else shown[:40] + "…"


def _not_boolean(value: object) -> str:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return f"{show(value)} is a text, not true or false; write {value.lower()} without quotes"
    return f"{show(value)} is not true or false"


def _scalar(item: Input, name: str, value: object, as_of: date) -> Checked[Value]:
    match item.type:
        case Type.BOOLEAN:
            if isinstance(value, bool):
                return value
            return invalid(name, InputCode.WRONG_TYPE, _not_boolean(value))
        case Type.NUMBER:
            return _number(item, name, value)
        case Type.CHOICE:
            return _choice(item, name, value)
        case Type.DATE:
            return _day(item, name, value, as_of)
        case _:
            return _text(name, value)


_TOO_LARGE: Final = 10**DIGITS


def _number(item: Input, name: str, value: object) -> Checked[Fraction]:
    if type(value) is int and -_TOO_LARGE < value < _TOO_LARGE:
        # What most numbers are: finite, without decimals, and with few enough digits.
        number = Fraction(value)
        if _within(number, item.minimum, item.maximum):
            return number
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        kind = "the text " if isinstance(value, str) else ""
        return invalid(name, InputCode.WRONG_TYPE, f"{kind}{show(value)} is not a number")
    if not _finite(value):
        return invalid(name, InputCode.NOT_FINITE, f"{show(value)} is not a finite number")
    if isinstance(value, Decimal) and not -400 <= value.adjusted() <= 400:
        return invalid(
            name, InputCode.OUT_OF_RANGE, f"{show(value)} is {_outside(item.minimum, item.maximum)}"
        )
    number = exact(value)
    if not _within(number, item.minimum, item.maximum):
        return invalid(
            name, InputCode.OUT_OF_RANGE, f"{show(value)} is {_outside(item.minimum, item.maximum)}"
        )
    # A whole number has no decimals, and no more digits than its size tells; to ask for them takes long.
    whole = number.denominator == 1
    if item.decimals == 0 and not whole:
        return invalid(name, InputCode.NOT_A_WHOLE_NUMBER, f"{show(value)} is not a whole number")
    if item.decimals and not whole and (number * 10**item.decimals).denominator != 1:
        words = f"{show(value)} has more than {item.decimals} decimal{'s' * (item.decimals > 1)}"
        return invalid(name, InputCode.TOO_PRECISE, words)
    large = abs(number.numerator) >= 10**DIGITS * number.denominator
    if large or (not whole and significant_digits(value) > DIGITS):
        return invalid(name, InputCode.TOO_PRECISE, f"{show(value)} has more than {DIGITS} digits")
    return number


def _finite(value: int | float | Decimal) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()  # math.isfinite raises on a signalling NaN
    return isinstance(value, int) or math.isfinite(value)


def _within(number: Fraction, lowest: Bound, highest: Bound) -> bool:
    if isinstance(lowest, Fraction) and _is_less(number, lowest):
        return False
    return not (isinstance(highest, Fraction) and _is_less(highest, number))


def _is_less(left: Fraction, right: Fraction) -> bool:
    # As `<` has it, which asks at length what kinds of number these are: most of what a check would take.
    return left.numerator * right.denominator < right.numerator * left.denominator


def _outside(lowest: Bound, highest: Bound, below: str = "less than", above: str = "more than") -> str:
    if lowest is not None and highest is not None:
        return f"outside {_show_bound(lowest)} to {_show_bound(highest)}"
    if lowest is not None:
        return f"{below} {_show_bound(lowest)}"
    if highest is not None:
        return f"{above} {_show_bound(highest)}"
    return f"outside what {DIGITS} digits can hold"


def _show_bound(bound: Bound) -> str:
    return text(bound) if isinstance(bound, Fraction) else str(bound)


def _choice(item: Input, name: str, value: object) -> Checked[str]:
    if not isinstance(value, str):
        return invalid(name, InputCode.WRONG_TYPE, f"{show(value)} is not a text")
    if value not in item.options:
        hint = suggestion(value[:100], list(item.options))
        return invalid(name, InputCode.UNKNOWN_CHOICE, f"{show(value)} is not an option; {hint}")
    return value


def _text(name: str, value: object) -> Checked[str]:
    if not isinstance(value, str):
        return invalid(name, InputCode.WRONG_TYPE, f"{show(value)} is not a text")
    if len(value) > MAX_TEXT:
        return invalid(
            name, InputCode.OUT_OF_RANGE, f"a text of {len(value)} characters is longer than {MAX_TEXT}"
        )
    return value


def _day(item: Input, name: str, value: object, as_of: date) -> Checked[date]:
    day = read_day(value)
    if day is None:
        return invalid(name, InputCode.WRONG_TYPE, f"{show(value)} is not a day written as year-month-day")
    lowest = as_of if item.minimum is AS_OF else item.minimum
    highest = as_of if item.maximum is AS_OF else item.maximum
    if (isinstance(lowest, date) and day < lowest) or (isinstance(highest, date) and day > highest):
        return invalid(
            name,
            InputCode.OUT_OF_RANGE,
            f"{day} is {_outside(item.minimum, item.maximum, 'before', 'after')}",
        )
    return day


def read_day(value: object) -> date | None:
    """Read a day written as `2026-01-31`, or a date; None where it is neither."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != 10 or not value.isascii():
        return None
    if value[4] != "-" or value[7] != "-":
        # Python also reads a week and its day, such as 2026-W05-6.
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _list(item: Input, name: str, value: object, as_of: date) -> Checked[Value]:
    if not isinstance(value, list | tuple):
        return invalid(name, InputCode.WRONG_TYPE, f"{show(value)} is not a list")
    if len(value) > item.max_items:
        message = f"a list of {len(value)} items is longer than {item.max_items}"
        return invalid(name, InputCode.OUT_OF_RANGE, message)
    assert item.item is not None  # INVARIANT: the compiler gives every list its item
    return _all([_item(item.item, f"{name}[{index}]", part, as_of) for index, part in enumerate(value)])


def _item(item: Input, name: str, value: object, as_of: date) -> Checked[Value]:
    if isinstance(value, str) and blank(value):
        # A list says how many there are: an empty item is not simply left out.
        return invalid(name, InputCode.WRONG_TYPE, "an item of the list is empty")
    return check(item, name, value, as_of)


def _record(item: Input, name: str, value: object, as_of: date) -> Checked[Value]:
    if not isinstance(value, Mapping):
        return invalid(name, InputCode.WRONG_TYPE, f"{show(value)} is not an object")
    return _all([_part(field, f"{name}.{field.name}", value.get(field.name), as_of) for field in item.fields])


def _part(field: Input, name: str, value: object, as_of: date) -> Checked[Value | None]:
    if missing(value):
        return None if field.optional else invalid(name, InputCode.REQUIRED, "an answer is required")
    return check(field, name, value, as_of)


def _all(checked: Sequence[Checked[Value | None]]) -> Checked[Value]:
    errors = errors_of(*checked)
    return Invalid(errors) if errors else tuple([part for part in checked if not isinstance(part, Invalid)])
