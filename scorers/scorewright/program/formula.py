"""Formulas, compiled: how a value is worked out from inputs and earlier values."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

Operand = str | Fraction
"""The name of an input or earlier value, or a number."""


class Sign(StrEnum):
    """What arithmetic does with its operands."""

    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The first operand and then each further one; a division by 0 has no value."""

    sign: Sign
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class SumOf:
    """The sum over a list's records of the product of the fields at these places."""

    list: str
    fields: tuple[int, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """Return the places of the fields that it reads."""
        return self.fields


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different texts stand in the lists, but for some texts and those with an ending."""

    lists: tuple[str, ...]
    without: tuple[str, ...]
    without_ending: str | None


@dataclass(frozen=True, slots=True)
class Trailing:
    """How many records in a row, up to the last, have the first field at or above the second, both known."""

    list: str
    field: int
    at_least: int

    @property
    def places(self) -> tuple[int, ...]:
        """Return the places of the fields that it reads."""
        return self.field, self.at_least


@dataclass(frozen=True, slots=True)
class Lookup:
    """A number by choice; a choice that is not listed has no value."""

    input: str
    numbers: tuple[tuple[str, Fraction], ...]


Formula = Arithmetic | SumOf | Distinct | Trailing | Lookup


@dataclass(frozen=True, slots=True)
class Derived:
    """A value: its formula, the inputs it reads, and the input to blame where it leaves its range."""

    name: str
    label: str
    unit: str | None
    formula: Formula
    inputs: tuple[str, ...]
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    blame: str | None = None
