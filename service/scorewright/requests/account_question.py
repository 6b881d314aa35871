"""What a request asks of an account: which rulebooks, which moment, with which answers."""

import time
from dataclasses import dataclass
from typing import Final

from scorewright.catalog import Catalog, ServedRulebook
from scorewright.messages import Inputs, StructReader
from scorewright.messages.lazy_requests import WireAccount, joined
from scorewright.messages.refusals import InvalidRequest, RefusedError
from scorewright.program.fact import Moment
from scorewright.requests.event_reader import read_name
from scorewright.requests.score_question import find_books, wrong_detail
from scorewright.results import Checked, InputError, Invalid, errors_of, invalid
from scorewright.storage import fault_of
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.validation import read_moment, show

_MICROS: Final = 1_000


@dataclass(frozen=True, slots=True)
class AccountQuestion:
    """One account, one moment; `inputs` are answers that stand, with what could not be read of them."""

    account: str
    books: tuple[ServedRulebook, ...]
    moment: Moment
    inputs: Inputs
    unread: tuple[InputError, ...] = ()
    short: bool = False
    strict: bool = False
    record: bool = False


class AccountRequests:
    """Read questions from requests, within the server's limits."""

    def __init__(self, store: Catalog, max_rulebooks: int, max_inputs: int) -> None:
        self._store = store
        self._max_rulebooks = max_rulebooks
        self._reader = StructReader(max_inputs)

    def question(self, request: WireAccount) -> AccountQuestion:
        """Read what a request asks, or refuse it with all that is wrong with it."""
        now = clock()
        account, moment = read_name("account", request.account), _moment(request.as_of, now)
        wrong = list(errors_of(account, moment))
        if request.record:
            wrong += _wrong_record(request, moment, now)
        wrong += wrong_detail(request.detail)
        books = find_books(self._store, request.rulebooks, self._max_rulebooks, wrong)
        if wrong or isinstance(account, Invalid) or isinstance(moment, Invalid):
            raise RefusedError(InvalidRequest(tuple(wrong)))
        inputs, unread = self._reader.read(joined(request.inputs))
        short = request.detail == pb.SUMMARY
        return AccountQuestion(
            account, books, moment, inputs, tuple(unread), short, request.strict, request.record
        )


def _wrong_record(request: WireAccount, moment: Checked[Moment], now: Moment) -> list[InputError]:
    wrong: list[InputError] = []
    if joined(request.inputs):
        words = "what one call says is not kept, so that it may open nothing: leave out `inputs` or `record`"
        wrong.append(InputError("inputs", "inconsistent", words))
    if isinstance(moment, int) and moment > now:
        words = f"{show(request.as_of)} is later than now, and cannot be recorded yet"
        wrong.append(InputError("as_of", "in_the_future", words))
    return wrong


def clock() -> Moment:
    """Return the moment that is now."""
    return time.time_ns() // _MICROS


def _moment(written: str, now: Moment) -> Checked[Moment]:
    moment = read_moment(written) if written else now
    if moment is not None and fault_of(moment) is None:
        return moment
    words = f"{show(written)} is not a day such as `2026-01-31`, or a time such as `2026-01-31T10:00:00Z`"
    return invalid("as_of", "malformed", words)
