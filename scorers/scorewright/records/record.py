"""One subject as a file gave it: the inputs for an engine, or why the row cannot be used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from scorewright.program.fact import Moment
from scorewright.results import InputError

MAX_SUBJECT = 500
"""The most characters of a subject's id."""

SUBJECT = "subject_id"
"""The column or key that holds the subject's id."""

FACTS = "facts"
"""The key that holds the facts of a subject."""


class RowCode(StrEnum):
    """Why a row as a whole cannot be used; stable, beside the codes of single inputs."""

    NOT_JSON = "not_json"
    RAGGED_ROW = "ragged_row"
    BAD_QUOTES = "bad_quotes"
    TOO_LONG = "too_long"
    TOO_MANY_INPUTS = "too_many_inputs"
    TOO_MANY_FACTS = "too_many_facts"


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """One reason why a row is refused; `input` is empty where the row as a whole is meant."""

    input: str
    code: str
    message: str


class Record(NamedTuple):
    """One row: the line it starts on, its subject (None: it names none), and its inputs or its refusals.

    `inputs` is None where the row cannot be read as a subject at all. Where `refused` is not empty although
    the inputs can be read, they are still checked, so that everything wrong is named at once. `facts` are as
    they were sent, or `UnreadableCell`, None where the row has none; with them, `as_of` may be a `moment`
    of that day.
    """

    line: int
    subject: str | None
    inputs: Mapping[str, object] | None
    refused: tuple[RowRefusal, ...] = ()
    as_of: date | None = None
    facts: Sequence[object] | None = None
    moment: Moment | None = None


class UnreadableCell:
    """Stands for a cell that cannot be read as its input's type, or for a fact; nothing accepts it."""

    __slots__ = ("code", "message")

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message


def refusals(record: Record, errors: Iterable[InputError]) -> tuple[RowRefusal, ...]:
    """Name everything that is wrong with a row whose inputs or facts were refused."""
    unreadable = dict(_unreadable(record))
    named = [
        RowRefusal(error.input, found.code, found.message)
        if (found := unreadable.get(error.input))
        else RowRefusal(error.input, str(error.code), error.message)
        for error in errors
    ]
    return (*record.refused, *named)


def _unreadable(record: Record) -> Iterable[tuple[str, UnreadableCell]]:
    for name, value in ((FACTS, tuple(record.facts or ())), *(record.inputs or {}).items()):
        if isinstance(value, UnreadableCell):
            yield name, value
        elif isinstance(value, tuple):
            yield from (
                (f"{name}[{i}]", item) for i, item in enumerate(value) if isinstance(item, UnreadableCell)
            )


def subject_problem(subject: str) -> str | None:
    """Return what is wrong with a subject's id, if anything is."""
    if len(subject) > MAX_SUBJECT:
        return f"a subject id of {len(subject)} characters is longer than {MAX_SUBJECT}"
    if not subject.isprintable() and any(unwanted(character) for character in subject):
        return "the subject id holds a control character or bytes that are not UTF-8"
    return None


def unwanted(character: str) -> bool:
    """Return whether it is a control character (not tab or line break) or a lone surrogate."""
    code = ord(character)
    return (code < 32 and character not in "\t\r\n") or code == 127 or 0xD800 <= code <= 0xDFFF
