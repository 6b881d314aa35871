"""Requests, built from what a caller writes: once for both clients."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import grpc

from scorewright.client.errors import TokenError
from scorewright.client.subjects import Inputs, listed, subject_message, subject_messages
from scorewright.client.values import day, filled
from scorewright.v1 import scorewright_pb2 as pb

Rulebooks = str | Sequence[str]
"""One id, or several; each may be pinned, as in `bant_20@1.2.0`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a subject is scored: as of which day, with reasons or without, undeclared inputs refused or not."""

    as_of: date | None
    summary: bool
    strict: bool

    @property
    def detail(self) -> pb.Detail.ValueType:
        """Return how much is answered, as requests have it."""
        return pb.SUMMARY if self.summary else pb.FULL


def score_request(rulebooks: Rulebooks, subject: str, inputs: Inputs, options: Options) -> pb.ScoreRequest:
    """Return the request to score one subject."""
    return filled(
        pb.ScoreRequest,
        rulebooks=listed(rulebooks),
        subject=subject_message(subject, inputs),
        as_of=day(options.as_of),
        detail=options.detail,
        strict=options.strict,
    )


def batch_request(
    rulebooks: Rulebooks, subjects: Iterable[tuple[str, Inputs]], options: Options
) -> pb.ScoreBatchRequest:
    """Return the request to score many subjects at once."""
    return filled(
        pb.ScoreBatchRequest,
        rulebooks=listed(rulebooks),
        subjects=subject_messages(subjects),
        as_of=day(options.as_of),
        detail=options.detail,
        strict=options.strict,
    )


def stream_requests(
    rulebooks: Rulebooks, subjects: Iterable[tuple[str, Inputs]], options: Options
) -> Iterator[pb.ScoreStreamRequest]:
    """Yield a request for each subject of a stream."""
    for id, inputs in subjects:
        yield filled(
            pb.ScoreStreamRequest,
            request_id=id,
            rulebooks=listed(rulebooks),
            subject=subject_message(id, inputs),
            as_of=day(options.as_of),
            detail=options.detail,
            strict=options.strict,
        )


def account_request(
    account: str, rulebooks: Rulebooks, inputs: Inputs | None, options: Options, *, record: bool
) -> pb.EvaluateAccountRequest:
    """Return the request to answer for an account."""
    return filled(
        pb.EvaluateAccountRequest,
        account=account,
        rulebooks=listed(rulebooks),
        as_of=day(options.as_of),
        inputs=None if inputs is None else subject_message("", inputs).inputs,
        detail=options.detail,
        strict=options.strict,
        record=record,
    )


def watch_request(
    after: int, accounts: Sequence[str], rulebooks: Sequence[str], *, follow: bool
) -> pb.WatchActionsRequest:
    """Return the request to hear of changes after a cursor."""
    return filled(
        pb.WatchActionsRequest, after_cursor=after, accounts=accounts, rulebooks=rulebooks, follow=follow
    )


def check_token(token: str | None) -> None:
    """Raise TokenError for a token that no header can carry."""
    if token is not None and not (token.isascii() and token.isprintable()):
        raise TokenError(grpc.StatusCode.UNAUTHENTICATED, "a token is one line of printable ASCII characters")
