"""Evaluate accounts by their facts, and settle what follows in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorewright.accounts.fleet import edition_of
from scorewright.accounts.recorded_facts import RecordedFacts, known
from scorewright.catalog import Catalog, ServedRulebook, all_kinds, declared_by, earliest, objections
from scorewright.messages.refusals import InvalidSubject, OverLimit, RefusedError, TooManyFacts
from scorewright.program.fact import Moment
from scorewright.requests import AccountQuestion
from scorewright.results import InputCode, InputError, Invalid, Score, errors_of
from scorewright.results.outcome_json import action_answer
from scorewright.scoring import Account, Evaluation, evaluate
from scorewright.storage import ActionState, Due, Repositories, Settlement
from scorewright.validation import missing


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one rulebook says about an account; not where its answers are invalid."""

    book: ServedRulebook
    evaluation: Evaluation
    score: Score


class Evaluator:
    """Answer for accounts; safe to share between threads."""

    def __init__(self, store: Catalog, kept: Repositories, max_facts: int) -> None:
        self._kept = kept
        self._max_facts = max_facts
        self._kinds = all_kinds(book.program for book in store)

    def known(self, account: str, books: Sequence[ServedRulebook], moment: Moment) -> RecordedFacts:
        """Read the facts of an account that can matter to these rulebooks at a moment."""
        wanted = earliest((book.program for book in books), moment)
        events = self._kept.events.of(account, wanted, moment, limit=self._max_facts + 1)
        if len(events) > self._max_facts:
            advice = "let the rulebooks look at less of the past"
            raise RefusedError(OverLimit("facts of an account", None, self._max_facts, advice))
        return known(self._kinds, events)

    def evaluate(self, question: AccountQuestion, known: RecordedFacts) -> list[Evaluated]:
        """Answer by every rulebook, or refuse with all that is wrong with the answers."""
        evaluated: list[Evaluated] = []
        invalid: list[tuple[ServedRulebook, Invalid]] = []
        account = Account(known.facts, question.moment, question.inputs, question.account)
        for book in question.books:
            found = evaluate(book.scorer, account)
            for error in errors_of(found.answer):
                if error.code == InputCode.TOO_MANY_FACTS:
                    raise RefusedError(TooManyFacts(f"{book.program.id}: {error.message}"))
            if isinstance(found.answer, Invalid):
                invalid.append((book, _blaming(found, found.answer, question)))
            else:
                evaluated.append(Evaluated(book, found, found.answer))
        declared = declared_by(question.books, strict=question.strict)
        wrong = objections(question.books, invalid, question.inputs, question.unread, declared)
        if wrong:
            raise RefusedError(InvalidSubject(wrong))
        return evaluated

    def settle(self, account: str, moment: Moment, seq: int, evaluated: Evaluated) -> list[ActionState]:
        """Record in the ledger what a rulebook recommends; give what is due, then what this resolved.

        `seq` is the account's from before its facts were read.
        """
        return self._kept.ledger.settle_one(settlement(account, moment, seq, evaluated))

    def standing(self, account: str, evaluated: Evaluated) -> list[ActionState]:
        """Return what the ledger has of each action, and change nothing."""
        return self._kept.ledger.standing(account, evaluated.book.program.id)


def settlement(account: str, moment: Moment, seq: int, evaluated: Evaluated) -> Settlement:
    """Return what is due for an account by a rulebook, as the ledger takes it."""
    book = evaluated.book
    return Settlement(account, book.program.id, moment, due(evaluated.score), seq, edition_of(book))


def due(score: Score) -> tuple[Due, ...]:
    """Return what an answer recommends, as the ledger takes it."""
    return tuple(
        Due(action.id, score.idempotency_key(action), action.causes, action_answer(action))
        for action in score.outcome.actions
    )


def _blaming(found: Evaluation, answer: Invalid, question: AccountQuestion) -> Invalid:
    """Return for which answers not the caller is to blame."""

    def told(error: InputError) -> InputError:
        name = error.input.partition("[")[0]
        own = not missing(question.inputs.get(name))
        if own or name not in found.measured.answers:
            return error
        return replace(error, message=f"{error.message}, as measured from its facts")

    return Invalid(tuple(map(told, answer.errors)))
