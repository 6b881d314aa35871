"""What a request asks of its subjects, checked once: which rulebooks, which day, how much, how strictly."""

import time
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from scorewright.catalog.catalog import Book, Store
from scorewright.catalog.invalid_inputs import invalid_on, objections, undeclared, unsent
from scorewright.messages.lazy_requests import WireBatch, WireOne, WireSubject, joined
from scorewright.messages.refusal_status import message
from scorewright.messages.refusals import (
    InvalidRequest,
    InvalidSubject,
    Objection,
    OverLimit,
    RefusedError,
    Violation,
)
from scorewright.messages.struct_reader import Inputs, StructReader
from scorewright.results.outcome import InputError, Invalid
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.validation.inputs import read_day, show

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
        invalid = unsent(self.books, inputs, unread) if self.strict else []
        for book in self.books:
            engine = book.scorer.engine
            ask = engine.summary if self.short else engine.outcome
            told = ask(inputs, self.as_of)
            if isinstance(told, Invalid):
                invalid.append((book, told))
                continue
            unknown = book.declared.missed_by(inputs)
            lost = not inputs and book.asks
            bodies.append(book.encoder.answer(told, subject, self.as_of, unknown, no_inputs=lost))
        of_all = (*unread, *(undeclared(self.books, inputs) if self.strict else ()))
        if invalid or of_all:
            raise RefusedError(InvalidSubject(objections(self.books, invalid, of_all)))
        return bodies


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
        wrong = list(violations)
        as_of = read_day(request.as_of) if request.as_of else datetime.now(UTC).date()
        if as_of is None:
            words = f"{show(request.as_of)} is not a day written as year-month-day"
            wrong.append(Violation("as_of", "malformed", words))
        wrong += wrong_detail(request.detail)
        books = find_books(self._store, request.rulebooks, self._max_rulebooks, wrong)
        if wrong or as_of is None:
            raise RefusedError(InvalidRequest(tuple(wrong)))
        return Question(books, as_of, request.detail == pb.SUMMARY, request.strict)

    def one(self, request: WireOne, violations: Sequence[Violation]) -> list[bytes]:
        """Score the subject of a request, or refuse both with all that is wrong with them."""
        try:
            question = self.question(request, violations)
        except RefusedError as error:
            if isinstance(error.refusal, InvalidRequest) and request.HasField("subject"):
                raise self._with_subject(error.refusal, request) from None
            raise
        return self.answers(question, request.subject)

    def answers(self, question: Question, subject: WireSubject) -> list[bytes]:
        """Score one subject, or refuse it."""
        name = subject_id(subject.id)
        if isinstance(name, Violation):
            found = self._objections(question.books, subject, (question.as_of,), strict=question.strict)
            raise RefusedError(InvalidRequest((name,), found))
        inputs, unread = self._reader.read(joined(subject.inputs))
        return question.answers(name, inputs, unread)

    def _with_subject(self, refusal: InvalidRequest, request: WireOne) -> RefusedError:
        """Add what is wrong with the subject whatever the request was meant to be."""
        as_of = read_day(request.as_of)
        days = (as_of,) if as_of else (date.min, date.max)
        try:
            books = self._store.find(request.rulebooks)
        except RefusedError:
            books = ()
        name = subject_id(request.subject.id)
        violations = (*refusal.violations, *([name] if isinstance(name, Violation) else ()))
        found = self._objections(books, request.subject, days, strict=request.strict)
        return RefusedError(InvalidRequest(violations, found))

    def _objections(
        self, books: tuple[Book, ...], subject: WireSubject, days: Sequence[date], *, strict: bool
    ) -> tuple[Objection, ...]:
        try:
            inputs, unread = self._reader.read(joined(subject.inputs))
        except RefusedError:
            return ()
        of_all = (*unread, *(undeclared(books, inputs) if strict and books else ()))
        lost = unsent(books, inputs, unread) if strict else []
        found = [*lost, *((book, invalid_on(days, book, inputs)) for book in books)]
        return objections(books, found, of_all)


def find_books(
    store: Store, references: Sequence[str], most: int, wrong: list[Violation]
) -> tuple[Book, ...]:
    """Give the rulebooks of a request, or add to what is wrong; that goes before what is not served."""
    if len(references) > most:
        limit = OverLimit("rulebooks of a request", len(references), most, "send several requests")
        raise RefusedError(limit)
    try:
        return store.find(references)
    except RefusedError as error:
        if isinstance(error.refusal, InvalidRequest):
            wrong += error.refusal.violations
        elif not wrong:
            raise
        else:
            wrong.append(Violation("rulebooks", "not_served", message(error.refusal)))
        return ()


def wrong_detail(detail: int) -> Iterator[Violation]:
    """Say where a request asks for an answer of another size than there is."""
    if detail not in _DETAILS:
        yield Violation("detail", "unknown_choice", f"{detail} is not FULL or SUMMARY")


def subject_id(raw: bytes) -> str | Violation:
    """Read the id of a subject, or say what is wrong with it."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        return Violation("subject.id", "malformed", "not UTF-8 text")
    if len(name) > MAX_ID:
        return Violation("subject.id", "too_long", f"{len(name)} characters, at most {MAX_ID}")
    return name
