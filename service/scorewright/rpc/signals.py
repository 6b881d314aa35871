"""The signal service: events are recorded, accounts are evaluated, changes of actions are told."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NoReturn

import grpc

from scorewright.accounts import GROUP, AccountRuntime, Causes, Evaluated, EventTally, RecordedFacts
from scorewright.messages import account_answers as write
from scorewright.messages.lazy_requests import ACCOUNT, EVENT_BATCH, EVENTS, WireEvents, decode
from scorewright.messages.refusals import InvalidRequest, NoDatabase, OutOfTime, RefusedError
from scorewright.requests import AccountQuestion, clock, read_name
from scorewright.results import InputError, errors_of
from scorewright.rpc.error_boundary import Guard, out_of_time
from scorewright.rpc.lanes import Lanes
from scorewright.rpc.methods import Method, handler_of
from scorewright.runtime import LOGGER, line
from scorewright.v1 import scorewright_pb2 as pb

SERVICE: Final = pb.DESCRIPTOR.services_by_name["SignalService"].full_name

MAX_LEFT_OUT: Final = 100
"""The most lines about events that no longer fit."""

MAX_SWEPT: Final = 10_000
"""The most accounts of one call of SweepAccounts."""

_USUALLY_SWEPT = 1_000


class SignalServicer:
    """Record, evaluate, watch and sweep."""

    def __init__(self, signals: AccountRuntime, guard: Guard, lanes: Lanes) -> None:
        self._signals = signals
        self._guard = guard
        self._lanes = lanes

    def handler(self) -> grpc.GenericRpcHandler:
        """Return gRPC the methods."""
        methods = {
            "RecordEvents": Method(self.record_events),
            "RecordEventBatch": Method(self.record_event_batch, self._lanes.accounts),
            "EvaluateAccount": Method(self.evaluate_account, self._lanes.accounts),
            "WatchActions": Method(self._signals.watching.watch, self._lanes.watchers),
            "SweepAccounts": Method(self.sweep_accounts, self._lanes.large),
        }
        return handler_of("SignalService", methods, self._guard)

    def record_events(self, requests: Iterator[bytes], _: grpc.ServicerContext) -> bytes:
        """Record a stream of events, each message before the next."""
        recording = EventTally()
        for data in requests:
            self._guard.check_size(data)
            self._record(decode(EVENTS, data), recording)
        return recording.response()

    def record_event_batch(self, data: bytes, _: grpc.ServicerContext) -> bytes:
        """Record the events of one message."""
        recording = EventTally()
        self._record(decode(EVENT_BATCH, data), recording)
        return recording.response()

    def _record(self, message: WireEvents, recording: EventTally) -> None:
        self._signals.recorder.record(message, recording)
        self._signals.recorded.ring()

    def evaluate_account(self, data: bytes, _: grpc.ServicerContext) -> bytes:
        """Answer for an account."""
        question = self._signals.asking.question(decode(ACCOUNT, data))
        seq = self._signals.kept.accounts.seq(question.account) if question.record else 0
        known = self._signals.evaluator.known(question.account, question.books, question.moment)
        evaluated = self._signals.evaluator.evaluate(question, known)
        response = pb.EvaluateAccountResponse(
            account=question.account, moment=write.timestamp(question.moment)
        )
        response.answers.extend(self._answer(question, known, seq, each) for each in evaluated)
        if question.record:
            self._signals.changed.ring()
        return response.SerializeToString()

    def _answer(
        self, question: AccountQuestion, known: RecordedFacts, seq: int, found: Evaluated
    ) -> pb.AccountAnswer:
        evaluator, short = self._signals.evaluator, question.short
        settled = evaluator.settle(question.account, question.moment, seq, found) if question.record else []
        standings = evaluator.standing(question.account, found)
        # What this call settled is told as it did, though others may have gone on since.
        now = {standing.action: standing for standing in (*standings, *settled)}
        program = found.book.program
        return pb.AccountAnswer(
            answer=write.answer_message(found.score, short=short),
            signals=write.signals(program, found.evaluation, question.inputs, short=short),
            measured=() if short else write.measured(program, found.evaluation, question.inputs),
            asserted=() if short else map(write.fact_message, found.evaluation.asserted),
            actions=write.actions(found.score, list(now.values())),
            resolved=write.resolved(list(now.values())),
            left_out=write.left_out(known.left_out[:MAX_LEFT_OUT]),
        )

    def sweep_accounts(self, data: bytes, context: grpc.ServicerContext) -> bytes:
        """Evaluate the next accounts as of now, and record it."""
        request = decode(pb.SweepAccountsRequest, data)
        if wrong := tuple(_wrong_sweep(request)):
            raise RefusedError(InvalidRequest(wrong))
        causes = Causes()
        try:
            return self._sweep(request, context, causes).SerializeToString()
        finally:
            causes.tell()

    def _sweep(
        self, request: pb.SweepAccountsRequest, context: grpc.ServicerContext, causes: Causes
    ) -> pb.SweepAccountsResponse:
        told = pb.SweepAccountsResponse(next_after_account=request.after_account)
        if request.mend_clock:
            told.mended = self._mend(context)
        left = request.max_accounts or _USUALLY_SWEPT
        while left:
            if out_of_time(context):
                raise RefusedError(OutOfTime())
            found = self._signals.reconciler.sweep(told.next_after_account, left)
            causes.join(found.causes)
            told.next_after_account = found.last
            if not found.accounts:
                break
            told.accounts += found.accounts
            told.opened += found.opened
            told.resolved += found.resolved
            told.unanswered += found.unanswered
            told.failed += found.failed
            left -= found.accounts
        return told

    def _mend(self, context: grpc.ServicerContext) -> int:
        """Set back what was settled by a clock that was ahead, so that it need not wait for its time."""
        mended = 0
        while found := self._signals.kept.ledger.set_back(clock(), GROUP):
            mended += found
            if out_of_time(context):
                raise RefusedError(OutOfTime())
        LOGGER.info(line("clock_mended", sheets=mended))
        return mended


def _wrong_sweep(request: pb.SweepAccountsRequest) -> Iterator[InputError]:
    yield from errors_of(read_name("after_account", request.after_account or "-"))
    if not 0 <= request.max_accounts <= MAX_SWEPT:
        yield InputError(
            "max_accounts", "out_of_range", f"{request.max_accounts} is outside 1 to {MAX_SWEPT}"
        )


def no_database(guard: Guard) -> grpc.GenericRpcHandler:
    """Return gRPC the same methods where there is no database: all of them refuse."""
    return handler_of("SignalService", defaultdict(lambda: Method(_refuse)), guard)


def _refuse(_: object, __: grpc.ServicerContext) -> NoReturn:
    raise RefusedError(NoDatabase())
