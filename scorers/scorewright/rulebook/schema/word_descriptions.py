"""What each word of the closed lists stands for, in the words of the reference."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from scorewright.rulebook.model.input import Kind, Policy
from scorewright.rulebook.model.rulebook import Method, Severity

WORDS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Kind: {
        Kind.BOOLEAN: "`true` or `false`",
        Kind.INTEGER: "a whole number",
        Kind.NUMBER: "a number",
        Kind.PERCENT: "a number of percent: 12.5 is 12.5 %",
        Kind.MONEY: "an amount of money; `unit` names the currency",
        Kind.COUNT: "how often something happened",
        Kind.RATING: "a mark on a scale, best last",
        Kind.CHOICE: "one of the `options`, exactly as written there",
        Kind.TEXT: "any text",
        Kind.DATE: "a day: `2026-01-31`",
        Kind.LIST: "several values of the kind `of`, or records with `fields`",
    },
    Policy: {
        Policy.NO_POINTS: "the criterion earns 0, and the input is listed as missing",
        Policy.INCOMPLETE: "there is no total, and a band only where every possible total lies in it",
        Policy.LEAVE_OUT: "the criterion drops out, and its share goes to the known ones",
    },
    Method: {
        Method.SUM: "the points of the criteria, added up",
        Method.WEIGHTED: "of each group, the part earned of the points possible, times its `weight`",
        Method.COUNT: "how many items the list `of` has, or with `of: triggers` how many triggers fire",
        Method.VALUE: "the value `of`",
        Method.NONE: "no total: bands say `when`",
    },
    Severity: {
        Severity.INFO: "worth to know",
        Severity.WARNING: "worth to look at",
        Severity.URGENT: "to be acted on at once",
    },
}
"""By enumeration and word; a test holds it complete."""
