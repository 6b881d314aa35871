"""Exact numbers: what a score is computed with, how it is rounded and how it is written.

Every number of a program and of an outcome is a `Fraction`. A float stands for the shortest decimal that
prints as that float, so 2.8 is exactly 28/10 (law 1 and 2).
"""

from decimal import Decimal
from fractions import Fraction

DIGITS = 15
"""The most significant digits that a number may carry."""

PLACES = 4
"""The decimals that a total is rounded to."""

UNIT: int = 10**PLACES
"""How many units of the last of these decimals make one."""


def exact(number: int | float | Decimal) -> Fraction:
    """Read a finite number as the exact decimal that it prints as."""
    if isinstance(number, float):
        return Fraction(repr(number))
    return Fraction(number)


def rounded(number: Fraction) -> Fraction:
    """Round half up (towards positive infinity) to 4 decimals (law 3)."""
    # Most numbers have no more decimals: making one anew costs more than all the rest.
    return Fraction(units(number), UNIT) if UNIT % number.denominator else number


def units(number: Fraction) -> int:
    """Round half up to 4 decimals, and count the units of the last one."""
    numerator, denominator = number.numerator, number.denominator
    return (2 * numerator * UNIT + denominator) // (2 * denominator)


def as_float(number: Fraction) -> float:
    """Return the float that prints as this number of at most 15 digits."""
    return number.numerator / number.denominator


def plain(number: Fraction) -> int | float:
    """Return the int or float that JSON should show: 12 and not 12.0."""
    return number.numerator if number.denominator == 1 else as_float(number)


def text(number: Fraction) -> str:
    """Write a number in plain digits, rounded to 4 decimals, without trailing zeros."""
    count = units(number)
    whole, part = divmod(abs(count), UNIT)
    digits = f"{whole}.{part:0{PLACES}d}".rstrip("0") if part else str(whole)
    return f"-{digits}" if count < 0 else digits


def long_text(number: Fraction) -> str:
    """Write a number with up to 8 decimals, cut and not rounded, and `…` where more would follow."""
    units = abs(number) * 10**8
    digits = f"{units.__floor__():09d}"
    shown = f"{digits[:-8]}.{digits[-8:]}".rstrip("0").rstrip(".")
    more = "" if units.denominator == 1 else "…"
    return f"{'-' if number < 0 else ''}{shown}{more}"


def significant_digits(number: int | float | Decimal) -> int:
    """Count the significant digits of a finite number's shortest decimal, outer zeros left out."""
    if isinstance(number, int):
        return len(str(abs(number)).rstrip("0")) or 1
    digits = Decimal(repr(number)) if isinstance(number, float) else number
    return len("".join(map(str, digits.as_tuple().digits)).strip("0")) or 1
