"""Evaluate accounts as of now with every rulebook that declares facts, and record what they recommend."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from scorewright.accounts.evaluator import Evaluator, settlement
from scorewright.accounts.failure_causes import Causes
from scorewright.accounts.notifier import Notifier
from scorewright.catalog import Catalog
from scorewright.messages.refusals import InvalidSubject, Refusal, RefusedError
from scorewright.requests import AccountQuestion, clock
from scorewright.runtime import broken
from scorewright.storage import (
    AccountVersion,
    ActionStatus,
    BehindError,
    DatabaseAwayError,
    Repositories,
    SchemaError,
    Settlement,
)

GROUP: Final = 100
"""The most accounts that are settled in one transaction."""

GROUP_SECONDS: Final = 0.25
"""After so long the accounts that are evaluated are settled, however few they are."""


@dataclass(slots=True)
class Reconciled:
    """What became of accounts; `unanswered` are those whose facts give some rulebook no valid answers.

    `failed` are those that something went wrong with: an engine ended, they have too many facts, a bug.
    `later` are those to be settled anew: an engine ended, or another server is ahead or settles them.
    """

    accounts: int = 0
    opened: int = 0
    resolved: int = 0
    unanswered: int = 0
    failed: int = 0
    causes: Causes = field(default_factory=Causes)
    later: set[str] = field(default_factory=set)
    last: str = ""


class Reconciler:
    """Settle accounts; safe to share between threads. What changes rings the bell."""

    def __init__(self, store: Catalog, kept: Repositories, evaluator: Evaluator, notifier: Notifier) -> None:
        self.books = tuple(book for book in store if book.program.kinds)
        self._kept = kept
        self._evaluator = evaluator
        self._notifier = notifier

    def sweep(self, after: str, limit: int) -> Reconciled:
        """Settle a group of the next accounts, at most so many; without any, there are no more."""
        return self.settle(self._kept.accounts.after(after, min(limit, GROUP)))

    def settle(self, accounts: Sequence[AccountVersion]) -> Reconciled:
        """Settle the first of these accounts in one transaction, whatever becomes of one of them.

        They were counted before, so that what was recorded since is seen, or stays to be done. Where the
        database is away, nothing of them is kept.
        """
        found, group = Reconciled(), dict[AccountVersion, list[Settlement]]()
        until = time.monotonic() + GROUP_SECONDS
        for account in accounts[:GROUP]:
            try:
                answers = list(self._answers(account))
            except (DatabaseAwayError, SchemaError):
                raise
            except Exception as error:
                _fail(account, error, found)
            else:
                group[account] = [answer for answer in answers if isinstance(answer, Settlement)]
                _count(account, [answer for answer in answers if isinstance(answer, _Refused)], found)
            found.accounts += 1
            found.last = account.account
            if time.monotonic() >= until:
                break
        try:
            self._keep(group, found)
        finally:
            if found.opened or found.resolved:
                self._notifier.ring()
        return found

    def _answers(self, account: AccountVersion) -> Iterator["Settlement | _Refused"]:
        """Yield what is due by each rulebook, or why it cannot answer."""
        id, seq, moment = account.account, account.seq, clock()
        try:
            known = self._evaluator.known(id, self.books, moment)
        except RefusedError as error:
            yield _Refused("", error.refusal)
            return
        for book in self.books:
            try:
                (evaluated,) = self._evaluator.evaluate(AccountQuestion(id, (book,), moment, {}), known)
            except RefusedError as error:
                yield _Refused(book.program.id, error.refusal)
            else:
                yield settlement(id, moment, seq, evaluated)

    def _keep(self, group: Mapping[AccountVersion, Sequence[Settlement]], found: Reconciled) -> None:
        """Settle a group in one transaction, or each of it alone where one of them cannot be written."""
        if not group:
            return
        settlements = [each for own in group.values() for each in own]
        try:
            told = self._kept.ledger.settle_all(settlements, group)
        except (DatabaseAwayError, SchemaError):
            raise
        except Exception as error:
            for account, own in group.items():
                if len(group) > 1:
                    self._keep({account: own}, found)
                else:
                    _fail(account, error, found)
            return
        for each, standings in zip(settlements, told, strict=True):
            if isinstance(standings, BehindError):
                found.later.add(each.account)
            else:
                hows = [standing.how for standing in standings]
                found.opened += hows.count(ActionStatus.OPENED)
                found.resolved += hows.count(ActionStatus.RESOLVED)


def _fail(account: AccountVersion, error: Exception, found: Reconciled) -> None:
    broken("settle", error)
    found.failed += 1
    found.later.add(account.account)


class _Refused(NamedTuple):
    """Why a rulebook has no answer."""

    rulebook: str
    refusal: Refusal


def _count(account: AccountVersion, refused: Sequence[_Refused], found: Reconciled) -> None:
    for each in refused:
        found.causes.note(each.rulebook, each.refusal, account.account)
    if any(not isinstance(each.refusal, InvalidSubject) for each in refused):
        found.failed += 1
    elif refused:
        found.unanswered += 1
