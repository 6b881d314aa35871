"""The client: plain inputs in, typed answers out; deadlines, retries, errors that name what is wrong."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Final, Self, TypeVar

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
from scorewright.client.errors import raising
from scorewright.client.events import Event, add, add_up, messages, watch
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

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest message taken: an answer to 10,000 subjects does not fit into gRPC's own 4 MiB."""

POLICY: Final = files("scorewright.client").joinpath("service_config.json").read_text(encoding="utf-8")
"""How calls wait for a server and are tried again, as gRPC in any language reads it: docs/operating.md.

Every call may be repeated: scoring has no side effect, and an event is recorded once by its id.
"""

RETRY: Final[dict[str, Any]] = json.loads(POLICY)

_RECONNECT: Final = (
    # A server that starts anew is there within a second or two; gRPC would look for it more and more seldom.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 1_000),
    ("grpc.max_reconnect_backoff_ms", 1_000),
)

_GLANCE: Final = 0.1

RETRIED_BYTES: Final = 8 * 1024 * 1024
"""The most bytes of a request that are kept for another try."""

T = TypeVar("T")


def channel_options() -> list[tuple[str, Any]]:
    """Return how a channel waits, tries again and takes large messages."""
    return [
        ("grpc.service_config", POLICY),
        ("grpc.max_receive_message_length", MAX_BYTES),
        ("grpc.max_send_message_length", MAX_BYTES),
        # What was sent is kept until the response, so that large messages are tried again as well.
        ("grpc.per_rpc_retry_buffer_size", RETRIED_BYTES),
        *_RECONNECT,
    ]


class Client:
    """Calls to one server, over one channel; safe to share between threads, to be closed after use.

    `timeout` is in seconds and holds for every call that does not bring its own; a stream has none unless it
    is given one. `certificates` are PEM bytes and switch TLS on.
    """

    def __init__(
        self,
        address: str = "127.0.0.1:50051",
        *,
        timeout: float = 5.0,
        token: str | None = None,
        certificates: bytes | None = None,
    ) -> None:
        if certificates is None:
            self._channel = grpc.insecure_channel(address, channel_options())
        else:
            credentials = grpc.ssl_channel_credentials(certificates)
            self._channel = grpc.secure_channel(address, credentials, channel_options())
        self._timeout = timeout
        check_token(token)
        self._metadata = () if token is None else (("authorization", f"Bearer {token}"),)
        self._scoring = pb_grpc.ScoringServiceStub(self._channel)
        self._rulebooks = pb_grpc.RulebookServiceStub(self._channel)
        self._signals = pb_grpc.SignalServiceStub(self._channel)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the channel."""
        self._channel.close()

    def score(  # noqa: PLR0913  (options of the call, by keyword)
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
        """Score one subject; one answer for each rulebook, in order.

        `as_of` is the day that dates are compared with (None: the server's today), `summary` leaves reasons
        out, `strict` refuses inputs that a rulebook does not declare. What is wrong with inputs is raised,
        all at once, as InvalidRequestError.

            (answer,) = client.score("bant_20", {"budget": 5, "authority": 3.5, "need": 4, "timeline": 2})
            print(answer.total, answer.band and answer.band.label, answer.reasons)
        """
        request = score_request(rulebooks, subject, inputs, Options(as_of, summary, strict))
        response = self._call(self._scoring.Score, request, timeout)
        return [read(Answer, answer) for answer in response.answers]

    def score_batch(
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
        response = self._call(self._scoring.ScoreBatch, request, timeout)
        return [read(SubjectResult, result) for result in response.results]

    def score_stream(
        self,
        rulebooks: Rulebooks,
        subjects: Iterable[tuple[str, Inputs]],
        *,
        as_of: date | None = None,
        summary: bool = False,
        strict: bool = False,
        timeout: float | None = None,
    ) -> Iterator[StreamResult]:
        """Score any number of subjects; `request_id` is the subject's id, answers come in order."""
        refused: list[Exception] = []
        requests = until_refused(
            refused, stream_requests(rulebooks, subjects, Options(as_of, summary, strict))
        )
        with raising(self._is_connected):
            # Without a deadline, waiting for a server could last for ever.
            waits = timeout is not None
            for response in self._scoring.ScoreStream(
                requests, timeout=timeout, metadata=self._metadata, wait_for_ready=waits
            ):
                yield read(StreamResult, response)
        if refused:
            raise refused[0]

    def record_events(self, events: Iterable[Event], *, timeout: float | None = None) -> RecordedEvents:
        """Record any number of events, and tell what became of them all; errors name places among all.

        They go in calls of up to 1,000. An error leaves what was recorded: send all again. Where a call was
        tried again by itself, what its first try recorded counts among the duplicates.
        """
        total, sent_before = pb.RecordEventsResponse(), 0
        for request in messages(events):
            add(total, self._call(self._signals.RecordEventBatch, request, timeout), sent_before)
            sent_before += len(request.events)
        return read(RecordedEvents, total)

    def evaluate_account(  # noqa: PLR0913  (options of the call, by keyword)
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
        """Answer for one account as of a moment; one answer for each rulebook, in order.

        `as_of` is a day, whose end counts, or a time with its zone; `record` records what is recommended.
        """
        options = Options(as_of, summary, strict)
        request = account_request(account, rulebooks, inputs, options, record=record)
        response = self._call(self._signals.EvaluateAccount, request, timeout)
        return [read(AccountAnswer, answer) for answer in response.answers]

    def watch_actions(
        self,
        after: int = 0,
        *,
        accounts: Sequence[str] = (),
        rulebooks: Sequence[str] = (),
        follow: bool = False,
    ) -> Iterator[ActionChange]:
        """Yield each action that opened or was resolved after a cursor; with `follow` also of what comes.

        Where the server goes away it is begun again after the last change, for some seconds.
        """

        def begin(cursor: int) -> Any:
            request = watch_request(cursor, accounts, rulebooks, follow=follow)
            with raising():
                return self._signals.WatchActions(request, metadata=self._metadata, wait_for_ready=False)

        with closing(watch(begin, after)) as changes:
            for change in changes:
                yield read(ActionChange, change)

    def sweep_accounts(self, *, mend_clock: bool = False, timeout: float | None = None) -> SweptAccounts:
        """Evaluate all accounts as of now, by pages in `timeout` each; `mend_clock` mends what is ahead."""
        total = pb.SweepAccountsResponse()
        while True:
            after = total.next_after_account
            request = filled(
                pb.SweepAccountsRequest, after_account=after, mend_clock=mend_clock and not after
            )
            found = self._call(self._signals.SweepAccounts, request, timeout)
            add_up(total, found)
            if not found.next_after_account:
                return read(SweptAccounts, total)

    def list_rulebooks(self, *, timeout: float | None = None) -> list[RulebookSummary]:
        """List what is served."""
        request = pb.ListRulebooksRequest()
        response = self._call(self._rulebooks.ListRulebooks, request, timeout)
        return [read(RulebookSummary, summary) for summary in response.rulebooks]

    def get_rulebook(self, rulebook: str, *, timeout: float | None = None) -> pb.Rulebook:
        """Get everything about one rulebook, as the message: what it holds stands in the proto."""
        request = filled(pb.GetRulebookRequest, rulebook=rulebook)
        return self._call(self._rulebooks.GetRulebook, request, timeout).rulebook

    def check_rulebook(self, text: str, *, file: str = "", timeout: float | None = None) -> CheckedRulebook:
        """Check the YAML text of a rulebook."""
        request = filled(pb.CheckRulebookRequest, text=text, file=file)
        return read(CheckedRulebook, self._call(self._rulebooks.CheckRulebook, request, timeout))

    def get_status(self, *, timeout: float | None = None) -> ServerStatus:
        """Get what serves since when."""
        return read(ServerStatus, self._call(self._rulebooks.GetStatus, pb.GetStatusRequest(), timeout))

    def _call(self, method: Callable[..., T], request: Message, timeout: float | None) -> T:
        seconds = self._timeout if timeout is None else timeout
        with raising(self._is_connected):
            return method(request, timeout=seconds, metadata=self._metadata)

    def _is_connected(self) -> bool:
        ready = grpc.channel_ready_future(self._channel)
        try:
            ready.result(timeout=_GLANCE)
        except grpc.FutureTimeoutError:
            return False
        finally:
            ready.cancel()
        return True
