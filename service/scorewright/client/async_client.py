"""The client for asyncio: the calls of `Client`, awaited."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Self, TypeVar

import grpc
from google.protobuf.message import Message

from scorewright.client.account_results import (
    AccountAnswer,
    ActionChange,
    CheckedRulebook,
    RecordedEvents,
    RulebookSummary,
    ServerStatus,
    SweptAccounts,
)
from scorewright.client.answers import Answer, StreamResult, SubjectResult
from scorewright.client.client import channel_options
from scorewright.client.errors import ScorewrightError, raise_error, raising
from scorewright.client.events import ATTEMPTS, Event, add, add_up, failures, is_passing, messages, pause
from scorewright.client.reader import read
from scorewright.client.request_builder import (
    Options,
    Rulebooks,
    account_request,
    batch_request,
    check_token,
    score_request,
    stream_requests,
    watch_request,
)
from scorewright.client.subjects import Inputs, until_refused
from scorewright.client.values import filled
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc

T = TypeVar("T")


class AsyncClient:
    """Calls to one server from one event loop, over one channel; what each takes and returns, `Client` says.

    async with AsyncClient("127.0.0.1:50051") as client:
        (answer,) = await client.score("bant_20", {"budget": 5, "authority": 4, "need": 3, "timeline": 2})
    """

    def __init__(
        self,
        address: str = "127.0.0.1:50051",
        *,
        timeout: float = 5.0,
        token: str | None = None,
        certificates: bytes | None = None,
    ) -> None:
        check_token(token)
        if certificates is None:
            self._channel = grpc.aio.insecure_channel(address, channel_options())
        else:
            credentials = grpc.ssl_channel_credentials(certificates)
            self._channel = grpc.aio.secure_channel(address, credentials, channel_options())
        self._timeout = timeout
        self._metadata = () if token is None else (("authorization", f"Bearer {token}"),)
        # The stubs are made for both kinds of channel, their types for one.
        channel: Any = self._channel
        self._scoring: Any = pb_grpc.ScoringServiceStub(channel)
        self._rulebooks: Any = pb_grpc.RulebookServiceStub(channel)
        self._signals: Any = pb_grpc.SignalServiceStub(channel)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the channel."""
        await self._channel.close()

    async def score(  # noqa: PLR0913  (options of the call, by keyword)
        self,
        rulebooks: Rulebooks,
        inputs: Inputs,
        *,
        subject: str = "",
        as_of: date | None = None,
        summary: bool = False,
        strict: bool = False,
        timeout: float | None = None,
    ) -> list[Answer]:
        """Score one subject; one answer for each rulebook, in order."""
        request = score_request(rulebooks, subject, inputs, Options(as_of, summary, strict))
        response = await self._call(self._scoring.Score, request, timeout)
        return [read(Answer, answer) for answer in response.answers]

    async def score_batch(
        self,
        rulebooks: Rulebooks,
        subjects: Iterable[tuple[str, Inputs]],
        *,
        as_of: date | None = None,
        summary: bool = False,
        strict: bool = False,
        timeout: float | None = None,
    ) -> list[SubjectResult]:
        """Score up to 10,000 subjects, each its id and its inputs; a slot for each, in order."""
        request = batch_request(rulebooks, subjects, Options(as_of, summary, strict))
        response = await self._call(self._scoring.ScoreBatch, request, timeout)
        return [read(SubjectResult, result) for result in response.results]

    async def score_stream(
        self,
        rulebooks: Rulebooks,
        subjects: Iterable[tuple[str, Inputs]],
        *,
        as_of: date | None = None,
        summary: bool = False,
        strict: bool = False,
        timeout: float | None = None,
    ) -> AsyncIterator[StreamResult]:
        """Score any number of subjects; `request_id` is the subject's id, answers come in order."""
        refused: list[Exception] = []
        requests = until_refused(
            refused, stream_requests(rulebooks, subjects, Options(as_of, summary, strict))
        )
        waits = timeout is not None
        with raising():
            call = self._scoring.ScoreStream(
                requests, timeout=timeout, metadata=self._metadata, wait_for_ready=waits
            )
            async for response in call:
                yield read(StreamResult, response)
        if refused:
            raise refused[0]

    async def record_events(self, events: Iterable[Event], *, timeout: float | None = None) -> RecordedEvents:
        """Record any number of events, in calls of up to 1,000; errors name places among all."""
        total, sent_before = pb.RecordEventsResponse(), 0
        for request in messages(events):
            add(total, await self._call(self._signals.RecordEventBatch, request, timeout), sent_before)
            sent_before += len(request.events)
        return read(RecordedEvents, total)

    async def evaluate_account(  # noqa: PLR0913  (options of the call, by keyword)
        self,
        account: str,
        rulebooks: Rulebooks,
        *,
        inputs: Inputs | None = None,
        as_of: date | datetime | None = None,
        summary: bool = False,
        strict: bool = False,
        record: bool = False,
        timeout: float | None = None,
    ) -> list[AccountAnswer]:
        """Answer for one account as of a moment; one answer for each rulebook, in order."""
        options = Options(as_of, summary, strict)
        request = account_request(account, rulebooks, inputs, options, record=record)
        response = await self._call(self._signals.EvaluateAccount, request, timeout)
        return [read(AccountAnswer, answer) for answer in response.answers]

    async def watch_actions(
        self,
        after: int = 0,
        *,
        accounts: Sequence[str] = (),
        rulebooks: Sequence[str] = (),
        follow: bool = False,
    ) -> AsyncIterator[ActionChange]:
        """Yield each action that opened or was resolved after a cursor; with `follow` also what comes."""
        failed = 0
        while True:
            request = watch_request(after, accounts, rulebooks, follow=follow)
            stream, began = self._signals.WatchActions(request, metadata=self._metadata), time.monotonic()
            try:
                async for response in stream:
                    after, failed = response.change.cursor, 0
                    yield read(ActionChange, response.change)
                return
            except grpc.RpcError as error:
                failed = failures(failed, time.monotonic() - began)
                if not is_passing(error) or failed == ATTEMPTS:
                    raise_error(error)
            finally:
                stream.cancel()
            await asyncio.sleep(pause(failed))

    async def sweep_accounts(
        self, *, mend_clock: bool = False, timeout: float | None = None
    ) -> SweptAccounts:
        """Evaluate all accounts as of now, by pages in `timeout` each; `mend_clock` mends what is ahead."""
        total = pb.SweepAccountsResponse()
        while True:
            after = total.next_after_account
            request = filled(
                pb.SweepAccountsRequest, after_account=after, mend_clock=mend_clock and not after
            )
            found = await self._call(self._signals.SweepAccounts, request, timeout)
            add_up(total, found)
            if not found.next_after_account:
                return read(SweptAccounts, total)

    async def list_rulebooks(self, *, timeout: float | None = None) -> list[RulebookSummary]:
        """List what is served."""
        response = await self._call(self._rulebooks.ListRulebooks, pb.ListRulebooksRequest(), timeout)
        return [read(RulebookSummary, summary) for summary in response.rulebooks]

    async def get_rulebook(self, rulebook: str, *, timeout: float | None = None) -> pb.Rulebook:
        """Get everything about one rulebook, as the message: what it holds stands in the proto."""
        request = filled(pb.GetRulebookRequest, rulebook=rulebook)
        response: pb.GetRulebookResponse = await self._call(self._rulebooks.GetRulebook, request, timeout)
        return response.rulebook

    async def check_rulebook(
        self, text: str, *, file: str = "", timeout: float | None = None
    ) -> CheckedRulebook:
        """Check the YAML text of a rulebook."""
        request = filled(pb.CheckRulebookRequest, text=text, file=file)
        return read(CheckedRulebook, await self._call(self._rulebooks.CheckRulebook, request, timeout))

    async def get_status(self, *, timeout: float | None = None) -> ServerStatus:
        """Get what serves since when."""
        request = pb.GetStatusRequest()
        return read(ServerStatus, await self._call(self._rulebooks.GetStatus, request, timeout))

    async def _call(
        self, method: Callable[..., Awaitable[Any]], request: Message, timeout: float | None
    ) -> Any:
        seconds = self._timeout if timeout is None else timeout
        try:
            return await method(request, timeout=seconds, metadata=self._metadata)
        except grpc.RpcError as error:
            reached = self._channel.get_state() is grpc.ChannelConnectivity.READY
            raise_error(error, lambda: reached)
        except grpc.aio.UsageError as error:
            raise ScorewrightError(grpc.StatusCode.FAILED_PRECONDITION, "the client is closed") from error
