"""Evaluate accounts as of now with every rulebook that declares facts, and record what they recommend."""

from dataclasses import dataclass

from service.account_asking import AccountQuestion, clock
from service.bell import Bell
from service.evaluator import Evaluator
from service.guard import broken
from service.history.errors import DatabaseAwayError, OutdatedError, SchemaError
from service.kept import Kept
from service.known import Known
from service.logs import LOGGER, line
from service.refusals import RefusedError
from service.store import Store


@dataclass(slots=True)
class Settled:
    """What became of accounts; `failed` are those that some rulebook could not answer for."""

    accounts: int = 0
    opened: int = 0
    resolved: int = 0
    failed: int = 0
    last: str = ""


class Settler:
    """Settle accounts; safe to share between threads. What changes rings the bell."""

    def __init__(self, store: Store, kept: Kept, evaluator: Evaluator, bell: Bell) -> None:
        self.books = tuple(book for book in store if book.program.kinds)
        self._kept = kept
        self._evaluator = evaluator
        self._bell = bell

    def settle(self, account: str, found: Settled) -> int:
        """Settle one account, count what became of it, and give the `seq` that it was settled with.

        Raises what passes by itself: the database is away, an engine ended, the ledger is past this moment.
        """
        seq, moment = self._kept.accounts.seq(account), clock()
        before = found.opened + found.resolved
        try:
            known = self._evaluator.known(account, self.books, moment)
            answered = [
                self._settle(AccountQuestion(account, (book,), moment, {}), known, seq, found)
                for book in self.books
            ]
        except RefusedError as error:
            _warn("", error)
            answered = [False]
        finally:
            if found.opened + found.resolved > before:
                self._bell.ring()
        found.accounts += 1
        found.failed += not all(answered)
        found.last = account
        return seq

    def _settle(self, question: AccountQuestion, known: Known, seq: int, found: Settled) -> bool:
        (book,), moment = question.books, question.moment
        try:
            (evaluated,) = self._evaluator.evaluate(question, known)
        except RefusedError as error:
            _warn(book.program.id, error)
            return False
        for standing in self._evaluator.settle(question.account, moment, seq, evaluated):
            found.opened += standing.opened == moment and not standing.repeats and standing.resolved is None
            found.resolved += standing.resolved == moment
        return True

    def sweep(self, after: str, limit: int) -> Settled:
        """Settle the next accounts, whatever becomes of one of them."""
        found = Settled()
        for account in self._kept.accounts.after(after, limit):
            try:
                self.settle(account, found)
            except OutdatedError:
                found.accounts += 1  # another server is ahead
            except (DatabaseAwayError, SchemaError):
                raise
            except Exception as error:
                broken("sweep", error)
                found.accounts += 1
                found.failed += 1
            found.last = account
        return found


def _warn(rulebook: str, error: RefusedError) -> None:
    # Never who it is about, nor what is wrong with which input.
    LOGGER.warning(line("not_evaluated", rulebook=rulebook, why=type(error.refusal).__name__))
