"""What a request asks of its subjects, checked once: which rulebooks, which day, how much, how strictly."""

import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from scorers.inputs import read_day, show
from scorers.result import InputError, Invalid
from scorers.undeclared import Declared
from service.pb import scorewright_pb2 as pb
from service.refusals import (
    InvalidRequest,
    InvalidSubject,
    Objection,
    OverLimit,
    RefusedError,
    Violation,
)
from service.store import Book, Store
from service.structs import Inputs, StructReader
from service.wire import WireBatch, WireOne, WireSubject

MAX_ID: Final = 500
"""The longest id of a subject or a stream message."""

_KEPT: Final = 1_000
_SECONDS_OF_A_DAY: Final = 86_400
_DETAILS: Final = frozenset(pb.Detail.values())


@dataclass(frozen=True, slots=True)
class Question:
    """The same for every subject of a request."""

    books: tuple[Book, ...]
    as_of: date
    short: bool
    strict: bool

    def answers(self, subject: str, inputs: Inputs, unread: Sequence[InputError]) -> list[bytes]:
        """Score one subject with every rulebook, or refuse it with all that is wrong with it."""
        bodies: list[bytes] = []
        invalid: list[tuple[Book, Invalid]] = []
        for book in self.books:
            engine = book.scorer.engine
            ask = engine.summary if self.short else engine.outcome
            told = ask(inputs, self.as_of)
            if isinstance(told, Invalid):
                invalid.append((book, told))
                continue
            unknown = book.declared.missed_by(inputs)
            bodies.append(book.encoder.answer(told, subject, self.as_of, unknown))
        undeclared = self._undeclared(inputs) if self.strict else ()
        if invalid or unread or undeclared:
            raise RefusedError(InvalidSubject(self._objections(invalid, (*unread, *undeclared))))
        return bodies

    def _undeclared(self, inputs: Inputs) -> tuple[InputError, ...]:
        declared = Declared.by(*(book.program for book in self.books))
        return tuple(declared.errors(declared.missed_by(inputs)))

    def _objections(
        self, invalid: Iterable[tuple[Book, Invalid]], of_all: Iterable[InputError]
    ) -> tuple[Objection, ...]:
        better = {error.input: error for error in of_all}
        objecting: dict[InputError, list[str]] = {}
        for book, found in invalid:
            for error in found.errors:
                if error.input not in better:
                    objecting.setdefault(error, []).append(book.program.id)
        own = (
            Objection(error, () if len(ids) == len(self.books) else tuple(ids))
            for error, ids in objecting.items()
        )
        return (*own, *map(Objection, better.values()))


class Asking:
    """Read questions and subjects from requests, within the server's limits."""

    def __init__(self, store: Store, max_rulebooks: int, max_inputs: int) -> None:
        self._store = store
        self._max_rulebooks = max_rulebooks
        self._reader = StructReader(max_inputs)
        self._known: dict[Hashable, Question] = {}

    def question(self, request: WireOne | WireBatch, violations: Sequence[Violation] = ()) -> Question:
        """Read what a request asks; `violations` are what is already known to be wrong with it."""
        # Callers ask the same of one subject after another, so that what was asked before is not read again.
        day = request.as_of or int(time.time()) // _SECONDS_OF_A_DAY
        key = (*request.rulebooks, day, request.detail, request.strict)
        known = self._known.get(key)
        if known is not None and not violations:
            return known
        question = self._question(request, violations)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = question
        return question

    def _question(self, request: WireOne | WireBatch, violations: Sequence[Violation]) -> Question:
        if len(request.rulebooks) > self._max_rulebooks:
            limit = OverLimit(
                "rulebooks of a request", len(request.rulebooks), self._max_rulebooks, "send several requests"
            )
            raise RefusedError(limit)
        wrong = list(violations)
        as_of = read_day(request.as_of) if request.as_of else datetime.now(UTC).date()
        if as_of is None:
            words = f"{show(request.as_of)} is not a day written as year-month-day"
            wrong.append(Violation("as_of", "malformed", words))
        if request.detail not in _DETAILS:
            wrong.append(Violation("detail", "unknown_choice", f"{request.detail} is not FULL or SUMMARY"))
        books = self._books(request.rulebooks, wrong)
        if wrong or as_of is None:
            raise RefusedError(InvalidRequest(tuple(wrong)))
        return Question(books, as_of, request.detail == pb.SUMMARY, request.strict)

    def _books(self, references: Sequence[str], wrong: list[Violation]) -> tuple[Book, ...]:
        try:
            return self._store.find(references)
        except RefusedError as error:
            if isinstance(error.refusal, InvalidRequest):
                wrong += error.refusal.violations
                return ()
            if wrong:
                return ()
            raise

    def answers(self, question: Question, subject: WireSubject) -> list[bytes]:
        """Score one subject, or refuse it."""
        name = subject_id(subject.id)
        inputs, unread = self._reader.read(subject.inputs)
        return question.answers(name, inputs, unread)


def subject_id(raw: bytes) -> str:
    """Read the id of a subject, or refuse it."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise _refused(Violation("subject.id", "malformed", "not UTF-8 text")) from None
    if len(name) > MAX_ID:
        raise _refused(Violation("subject.id", "too_long", f"{len(name)} characters, at most {MAX_ID}"))
    return name


def _refused(violation: Violation) -> RefusedError:
    return RefusedError(InvalidRequest((violation,)))
