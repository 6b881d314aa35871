"""The kinds of value that a rulebook's keys take, and the block that they stand in.

Errors are raised as pydantic errors with a custom type; `read.py` turns each into a finding with its place.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainValidator,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from scorewright.rulebook.model.key_rules import Rule

Scalar = bool | Fraction | str


def _number(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    raise PydanticCustomError("number_expected", "a number is expected")


def _whole(value: object) -> int:
    number = _number(value)
    if number.denominator != 1:
        raise PydanticCustomError("whole_number_expected", "a whole number is expected")
    return number.numerator


def _scalar(value: object) -> Scalar:
    if isinstance(value, bool | Fraction | str):
        return value
    raise PydanticCustomError("scalar_expected", "true, false, a number or a text is expected")


def _bound(value: object) -> Fraction | str:
    if isinstance(value, Fraction | str):
        return value
    raise PydanticCustomError("bound_expected", "a number, a date or `as_of` is expected")


@dataclass(frozen=True, slots=True)
class Format:
    """A form that a text must have: its pattern, what it is called, an example, and in words what fits."""

    pattern: str
    kind: str
    example: str
    forms: str

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source))

    def check(self, value: object) -> object:
        """Return the value back, or raise if it is a text of another form."""
        if isinstance(value, str) and not re.fullmatch(self.pattern, value, re.ASCII):
            raise PydanticCustomError(
                "bad_format",
                "`{value}` is not a valid {kind}",
                {"value": value, "kind": self.kind, "example": self.example},
            )
        return value


MAX_ITEMS = 500
"""The most inputs, criteria, options, steps ... that one block may list."""

Number = Annotated[Fraction, PlainValidator(_number)]
Whole = Annotated[int, PlainValidator(_whole)]
Value = Annotated[Scalar, PlainValidator(_scalar)]
Bound = Annotated[Fraction | str, PlainValidator(_bound)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Id = Annotated[
    str,
    Format(
        r"[a-z][a-z0-9_]{0,63}",
        "id",
        "small letters, digits and `_`, such as `team_size`",
        "a small letter, then up to 63 small letters, digits and `_`",
    ),
]
Version = Annotated[
    str,
    Format(
        r"(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}",
        "version",
        "three numbers, such as `1.2.0`",
        "three whole numbers of at most nine digits, parted by points",
    ),
]
Day = Annotated[
    str,
    Format(
        r"\d{4}-\d{2}-\d{2}",
        "date",
        "year-month-day, such as `2026-01-31`",
        "year, month and day in 4, 2 and 2 digits, parted by `-`",
    ),
]


def _time(
    kind: str, example: str, units: tuple[str, ...], words: tuple[str, ...] = (), *, business: bool = False
) -> Format:
    """Make the form of a time: a number of some unit, which may be one of business, or one of the words."""
    number = rf"[1-9]\d{{0,3}} {'(business )?' if business else ''}({'|'.join(units)})s?"
    *others, last = (f"`{unit}`" for unit in units)
    forms = f"a number from 1 to 9999, then {', '.join(others)} or {last}, with or without `s`"
    forms += " and `business` before it" if business else ""
    return Format(
        "|".join([*words, number]), kind, example, "; ".join([*(f"`{word}`" for word in words), forms])
    )


Due = Annotated[
    str,
    _time(
        "due",
        "`48 hours`, `2 business days`, `same day` ...",
        ("minute", "hour", "day", "week", "month"),
        ("same day", "same business day", "immediately"),
        business=True,
    ),
]
Period = Annotated[str, _time("period", "`30 days` or `2 weeks`", ("day", "week"))]
Window = Annotated[str, _time("window", "`30 days`, `1 month` ...", ("hour", "day", "week", "month", "year"))]
Age = Annotated[str, _time("time", "`7 days`, `48 hours` or `2 weeks`", ("minute", "hour", "day", "week"))]
Reference = Annotated[
    str,
    Format(
        r"[a-z][a-z0-9_]{0,63}(\.[a-z][a-z0-9_]{0,63})?",
        "field",
        "a field of this fact, such as `amount`, or of an earlier one, such as `sent.thread`",
        "the id of a field, or the name that `as` gave to an earlier fact, a point and the id of its field",
    ),
]
Many = Field(default=(), max_length=MAX_ITEMS)


class Block(BaseModel):
    """What every block of a rulebook shares: frozen, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=False)

    RULES: ClassVar[tuple[Rule, ...]] = ()
    """Which of its keys go together."""

    def model_post_init(self, _: object, /) -> None:
        """Raise the first rule of its keys that the block breaks; a validator would wrap every schema."""
        for rule in self.RULES:
            rule.check(self)

    def given(self, *names: str) -> list[str]:
        """List which of these fields the author wrote."""
        written = self.model_fields_set
        return [name for name in names if name in written]


def tuple_of(value: object) -> object:
    """Read a YAML list as a tuple."""
    return tuple(value) if isinstance(value, list) else value


Items = BeforeValidator(tuple_of)
Ids = Annotated[tuple[Id, ...], Items]


def read_member(kind: type[StrEnum], value: str) -> StrEnum:
    """Read a word as a member of an enumeration, or raise with the words that are allowed."""
    if value in [member.value for member in kind]:
        return kind(value)
    allowed = ", ".join(kind)
    raise PydanticCustomError(
        "value_not_allowed", "`{value}` is not one of {allowed}", {"value": value, "allowed": allowed}
    )


def enumeration(kind: type[StrEnum]) -> BeforeValidator:
    """Read text as a member of an enumeration; anything else is left to pydantic's own type check."""
    return BeforeValidator(lambda value: read_member(kind, value) if isinstance(value, str) else value)
