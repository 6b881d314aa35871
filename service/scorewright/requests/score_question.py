"""What a request asks of its subjects, checked once: which rulebooks, which day, how much, how strictly."""

import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from scorewright.catalog import Catalog, ServedRulebook, declared_by, invalid_on, objections, unsent
from scorewright.messages import StructReader, message
from scorewright.messages.lazy_requests import WireBatch, WireOne, WireSubject, joined
from scorewright.messages.refusals import (
    InvalidRequest,
    InvalidSubject,
    Objection,
    OverLimit,
    RefusedError,
)
from scorewright.results import Checked, InputError, Invalid, Score, ShortScore, errors_of, invalid
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.validation import Declared, read_day, show

MAX_SUBJECT_ID: Final = 500
"""The longest id of a subject or a stream message."""

_KEPT: Final = 1_000
_SECONDS_OF_A_DAY: Final = 86_400
_NO_SUBJECT: Final = InputError("subject", "required", "a subject is required; it may be empty")
_DETAILS: Final = frozenset(pb.Detail.values())


Scoring = Callable[..., Checked[Score] | Checked[ShortScore]]
"""How a rulebook scores one subject: in full or in short."""


@dataclass(frozen=True, slots=True)
class Question:
    """The same for every subject of a request."""

    books: tuple[ServedRulebook, ...]
    as_of: date
    scorings: tuple[tuple[ServedRulebook, Scoring], ...]
    declared: Declared | None
    """What any of the rulebooks declares, where other inputs are refused."""

    reader: StructReader

    def answers(self, subject: WireSubject) -> list[bytes]:
        """Score one subject with every rulebook, or refuse it with all that is wrong with it."""
        name = subject_id(subject.id)
        if isinstance(name, Invalid):
            raise RefusedError(InvalidRequest(name.errors, self.objections(subject, (self.as_of,))))
        inputs, unread = self.reader.read(joined(subject.inputs))
        declared = self.declared
        bodies: list[bytes] = []
        invalid = unsent(self.books, inputs, unread) if declared else []
        for book, score in self.scorings:
            answer = score(inputs, subject=name, as_of=self.as_of, needs_inputs=True)
            if isinstance(answer, Invalid):
                invalid.append((book, answer))
            else:
                bodies.append(book.encoder.answer(answer))
        if invalid or unread or (declared and declared.missed_by(inputs)):
            raise RefusedError(InvalidSubject(objections(self.books, invalid, inputs, unread, declared)))
        return bodies

    def objections(self, subject: WireSubject, days: Sequence[date]) -> tuple[Objection, ...]:
        """Name what is wrong with a subject on each of these days, as far as it can be read."""
        try:
            inputs, unread = self.reader.read(joined(subject.inputs))
        except RefusedError:
            return ()
        lost = unsent(self.books, inputs, unread) if self.declared else []
        found = [*lost, *((book, invalid_on(days, book, inputs)) for book in self.books)]
        return objections(self.books, found, inputs, unread, self.declared)


class ScoreRequests:
    """Read questions and subjects from requests, within the server's limits."""

    def __init__(self, store: Catalog, max_rulebooks: int, max_inputs: int) -> None:
        self._store = store
        self._max_rulebooks = max_rulebooks
        self._reader = StructReader(max_inputs)
        self._known: dict[Hashable, Question] = {}

    def question(self, request: WireOne | WireBatch, violations: Sequence[InputError] = ()) -> Question:
        """Read what a request asks; `violations` are what is already known to be wrong with it."""
        # Callers ask the same of one subject after another, so that what was asked before is not read again.
        day = request.as_of or time.time() // _SECONDS_OF_A_DAY
        key = (*request.rulebooks, day, request.detail, request.strict)
        known = self._known.get(key)
        if known is not None and not violations:
            return known
        question = self._question(request, violations)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = question
        return question

    def _question(self, request: WireOne | WireBatch, violations: Sequence[InputError]) -> Question:
        wrong = list(violations)
        as_of = read_day(request.as_of) if request.as_of else datetime.now(UTC).date()
        if as_of is None:
            words = f"{show(request.as_of)} is not a day written as year-month-day"
            wrong.append(InputError("as_of", "malformed", words))
        wrong += wrong_detail(request.detail)
        books = find_books(self._store, request.rulebooks, self._max_rulebooks, wrong)
        if wrong or as_of is None:
            raise RefusedError(InvalidRequest(tuple(wrong)))
        return self._about(books, as_of, request)

    def one(self, request: WireOne, violations: Sequence[InputError] = ()) -> list[bytes]:
        """Score the subject of a request, or refuse both with all that is wrong with them."""
        if not request.HasField("subject"):
            violations = (*violations, _NO_SUBJECT)
        try:
            question = self.question(request, violations)
        except RefusedError as error:
            if isinstance(error.refusal, InvalidRequest) and request.HasField("subject"):
                raise self._with_subject(error.refusal, request) from None
            raise
        return question.answers(request.subject)

    def _about(
        self, books: tuple[ServedRulebook, ...], as_of: date, request: WireOne | WireBatch
    ) -> Question:
        short = request.detail == pb.SUMMARY
        scorings = [(book, book.scorer.summary if short else book.scorer.score) for book in books]
        declared = declared_by(books, strict=request.strict)
        return Question(books, as_of, tuple(scorings), declared, self._reader)

    def _with_subject(self, refusal: InvalidRequest, request: WireOne) -> RefusedError:
        """Add what is wrong with the subject whatever the request was meant to be."""
        as_of = read_day(request.as_of)
        days = (as_of,) if as_of else (date.min, date.max)
        try:
            books = self._store.find(request.rulebooks)
        except RefusedError:
            books = ()
        name = subject_id(request.subject.id)
        violations = (*refusal.violations, *errors_of(name))
        found = self._about(books, days[0], request).objections(request.subject, days)
        return RefusedError(InvalidRequest(violations, found))


def find_books(
    store: Catalog, references: Sequence[str], most: int, wrong: list[InputError]
) -> tuple[ServedRulebook, ...]:
    """Return the rulebooks of a request, or add to what is wrong; that goes before what is not served."""
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
            wrong.append(InputError("rulebooks", "not_served", message(error.refusal)))
        return ()


def wrong_detail(detail: int) -> Iterator[InputError]:
    """Yield where a request asks for an answer of another size than there is."""
    if detail not in _DETAILS:
        yield InputError("detail", "unknown_choice", f"{detail} is not FULL or SUMMARY")


def subject_id(raw: bytes) -> Checked[str]:
    """Read the id of a subject, or say what is wrong with it."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        return invalid("subject.id", "malformed", "not UTF-8 text")
    if len(name) > MAX_SUBJECT_ID:
        return invalid("subject.id", "too_long", f"{len(name)} characters, at most {MAX_SUBJECT_ID}")
    return name
