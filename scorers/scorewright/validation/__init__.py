"""Answers and facts as they come, every invalid one at once."""

from scorewright.validation.blank_answers import blank, missing
from scorewright.validation.empty_subject import NOTHING_SENT, asked, asks
from scorewright.validation.facts import (
    KIND,
    NAME,
    RESERVED,
    TIME,
    Kinds,
    kinds_of,
    read_facts,
    read_fields,
    read_moment,
    read_time,
)
from scorewright.validation.inputs import (
    MAX_TEXT,
    Answers,
    check,
    conclude,
    inconsistent,
    read_day,
    show,
    validate,
)
from scorewright.validation.undeclared import HINTS, Declared

__all__ = (
    "HINTS",
    "KIND",
    "MAX_TEXT",
    "NAME",
    "NOTHING_SENT",
    "RESERVED",
    "TIME",
    "Answers",
    "Declared",
    "Kinds",
    "asked",
    "asks",
    "blank",
    "check",
    "conclude",
    "inconsistent",
    "kinds_of",
    "missing",
    "read_day",
    "read_facts",
    "read_fields",
    "read_moment",
    "read_time",
    "show",
    "validate",
)
